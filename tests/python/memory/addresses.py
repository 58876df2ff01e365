# Which address comes next.
class C:
    __slots__ = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s")
keep = [C() for _ in range(200)]
a, b, c = C(), C(), C()
first = [id(x) for x in (a, b, c)]
print(first[1] - first[0], first[2] - first[1])  # expect: 192 192
del a, b, c
x, y, z = C(), C(), C()
print([first.index(id(o)) for o in (x, y, z)])  # expect: [2, 1, 0]
l = []
i = id(l)
del l
print(id([]) == i)  # expect: True
d = {}
i = id(d)
del d
print(id({}) == i)  # expect: True
t = tuple([1, 2, 3])
i = id(t)
del t
print(id(tuple([4, 5, 6])) == i)  # expect: True
f = float("1.5")
i = id(f)
del f
print(id(float("2.5")) == i)  # expect: True
def make():
    return C()
print(id(make()) == id(make()))  # expect: True
ids = []
x = None
for _ in range(6):
    x = make()
    ids.append(id(x))
print(len(set(ids)), ids[0] == ids[2] == ids[4], ids[1] == ids[3] == ids[5])  # expect: 2 True True
pools = {}
del x, y, z
many = [C() for _ in range(400)]
for o in many:
    pools.setdefault(id(o) // 16384, []).append(id(o))
full = [p for p in pools.values() if len(p) == max(map(len, pools.values()))]
print(max(map(len, pools.values())), {(p[0] - 48) % 16384 for p in full}, full[1] == sorted(full[1]))  # expect: 85 {16} True
big = [bytes(1000) for _ in range(40)]
print(id(big[39]) - id(big[38]))  # expect: 1056
b = bytes(2000)
i = id(b)
del b
print(id(bytes(2000)) == i)  # expect: True
