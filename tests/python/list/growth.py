# tests/python/list/growth.py: how much room a list asks for, by how it came to be.
import sys


def steps(sizes):
    """The lengths at which the size changes."""
    return [(i, size) for i, size in enumerate(sizes) if i == 0 or sizes[i - 1] != size]


a = []
sizes = [sys.getsizeof(a)]
for i in range(100):
    a.append(i)
    sizes.append(sys.getsizeof(a))
print(steps(sizes))  # expect: [(0, 56), (1, 88), (5, 120), (9, 184), (17, 248), (25, 312), (33, 376), (41, 472), (53, 568), (65, 664), (77, 792), (93, 920)]
sizes = []
while a:
    sizes.append(sys.getsizeof(a))
    a.pop()
print(steps(sizes), sys.getsizeof(a))  # expect: [(0, 920), (47, 568), (69, 376), (81, 248), (89, 184), (93, 152), (95, 120), (99, 88)] 56
print([sys.getsizeof(list(range(n))) for n in range(8)])  # expect: [56, 72, 72, 88, 88, 104, 104, 120]
print([sys.getsizeof(list(set(range(n)))) for n in (0, 1, 3, 4, 5, 20, 1000)])  # expect: [56, 88, 120, 120, 120, 216, 8056]
print([sys.getsizeof(list(dict.fromkeys(range(n)))) for n in (0, 1, 3, 4, 5, 20)])  # expect: [56, 88, 120, 120, 120, 216]
print([sys.getsizeof(list({n: n for n in range(n)}.items())) for n in (0, 1, 3, 9)])  # expect: [56, 88, 120, 152]
print([sys.getsizeof(list(i for i in range(n))) for n in range(8)])  # expect: [56, 88, 120, 120, 120, 120, 120, 120]
print([sys.getsizeof([0] * n) for n in range(5)], [sys.getsizeof([1, 2, 3][:n]) for n in range(4)])  # expect: [56, 64, 72, 80, 88] [56, 64, 72, 80]
a = [1, 2, 3]
print(sys.getsizeof(a), sys.getsizeof(a + a), sys.getsizeof(a.copy()), sys.getsizeof(a * 3))  # expect: 88 104 80 128
a += [4]
print(sys.getsizeof(a))  # expect: 88
a *= 3
print(len(a), sys.getsizeof(a))  # expect: 12 152
del a[2:]
print(sys.getsizeof(a))  # expect: 120
a.insert(0, 1)
print(sys.getsizeof(a))  # expect: 120
a.clear()
print(sys.getsizeof(a), a.__sizeof__())  # expect: 56 40
a = [1, 2, 3, 4, 5]
a[1:3] = range(10)
print(a, sys.getsizeof(a))  # expect: [1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 4, 5] 184
del a[::2]
print(a, sys.getsizeof(a))  # expect: [0, 2, 4, 6, 8, 4] 152
a.extend(iter(range(3)))
print(sys.getsizeof(a))  # expect: 152
