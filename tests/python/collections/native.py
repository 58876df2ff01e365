# tests/python/collections/native.py: deque, defaultdict and OrderedDict.
import sys
from _collections import OrderedDict, _count_elements, _tuplegetter, defaultdict, deque


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


d = deque([1, 2, 3], 4)
d.appendleft(0)
d.append(4)
print(d, len(d), d[0], d[-1], d.maxlen, deque("abc"), list(reversed(d)), 3 in d, d.index(3), d.count(2))  # expect: deque([1, 2, 3, 4], maxlen=4) 4 1 4 4 deque(['a', 'b', 'c']) [4, 3, 2, 1] True 2 1
d.rotate(1)
d = deque(range(10))
d.rotate(-3)
d.remove(5)
d.insert(2, "i")
del d[0]
d[1] = "s"
d.reverse()
print(d, d + deque([1]), deque([1, 2]) * 2, deque([1], 2) * 5, d.copy() == d, d.clear(), d)  # expect: deque([]) deque([2, 1, 0, 9, 8, 7, 6, 's', 4, 1]) deque([1, 2, 1, 2]) deque([1, 1], maxlen=2) True None deque([])
sizes = []
for i in range(200):
    sizes.append(sys.getsizeof(d))
    d.append(i)
print([(i, n) for i, n in enumerate(sizes) if i == 0 or sizes[i - 1] != n])  # expect: [(0, 760), (33, 1288), (97, 1816), (161, 2344)]
sizes = []
for i in range(100):
    d.rotate(7)
    d.pop()
    sizes.append(sys.getsizeof(d))
print([(i, n) for i, n in enumerate(sizes) if i == 0 or sizes[i - 1] != n], sum(d), d[50], d[-50])  # expect: [(0, 2344), (12, 1816), (13, 2344), (20, 1816), (22, 2344), (28, 1816), (32, 2344), (36, 1816), (41, 2344), (44, 1816), (50, 2344), (52, 1816), (59, 2344), (60, 1816), (76, 1288), (77, 1816), (84, 1288), (86, 1816), (92, 1288), (96, 1816)] 9684 67 67
print(error(lambda: deque().pop()), error(lambda: d[999]), error(lambda: deque([], -1)), error(lambda: deque([], "a")), error(lambda: deque([1], 1).insert(0, 5)), error(lambda: d.remove("q")))  # expect: IndexError: pop from an empty deque IndexError: deque index out of range ValueError: maxlen must be non-negative TypeError: an integer is required IndexError: deque already at its maximum size ValueError: 'q' is not in deque


def grows():
    d = deque([1, 2])
    for x in d:
        d.append(x)


print(error(grows), error(lambda: deque().foo), error(lambda: deque([1]) < [1]), error(lambda: d.rotate(2**70)))  # expect: RuntimeError: deque mutated during iteration AttributeError: 'collections.deque' object has no attribute 'foo' TypeError: '<' not supported between instances of 'collections.deque' and 'list' OverflowError: Python int too large to convert to C ssize_t
c = defaultdict(list)
c["a"].append(1)
print(c, c["b"], c.get("z"), c | {"q": 1}, c.copy(), error(lambda: defaultdict(1)), error(lambda: defaultdict(None)["k"]), sys.getsizeof(defaultdict(list)))  # expect: defaultdict(<class 'list'>, {'a': [1], 'b': []}) [] None defaultdict(<class 'list'>, {'a': [1], 'b': [], 'q': 1}) defaultdict(<class 'list'>, {'a': [1], 'b': []}) TypeError: first argument must be callable or None KeyError: 'k' 72
counts = {"x": 2}
_count_elements(counts, "xxyz")
print(counts, _tuplegetter(0, "doc"), _tuplegetter(1, "doc").__get__((5, 6)), _tuplegetter(1, "doc").__doc__)  # expect: {'x': 4, 'y': 1, 'z': 1} _tuplegetter(0, 'doc') 6 doc
o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a")
o.move_to_end("c", last=False)
print(o, list(o), list(reversed(o)), o.keys(), o.values(), o.items(), dict(o), o == {"a": 1, "b": 2, "c": 3}, o == OrderedDict(a=1, b=2, c=3))  # expect: OrderedDict({'c': 3, 'b': 2, 'a': 1}) ['c', 'b', 'a'] ['a', 'b', 'c'] odict_keys(['c', 'b', 'a']) odict_values([3, 2, 1]) odict_items([('c', 3), ('b', 2), ('a', 1)]) {'c': 3, 'b': 2, 'a': 1} True False
print(o.popitem(), o.popitem(last=False), o, o.pop("b"), o, o.pop("q", 5), error(lambda: o.pop("q")), error(o.popitem), error(lambda: o.move_to_end("q")))  # expect: ('a', 1) ('c', 3) OrderedDict() 2 OrderedDict() 5 KeyError: 'q' KeyError: 'dictionary is empty' KeyError: 'q'
o = OrderedDict([(1, 2), (3, 4)])
o.update({5: 6}, x=7)
print(o, o | {9: 9}, {9: 9} | o, OrderedDict.fromkeys("ab", 0), o.copy(), o.setdefault(1, 0), o.setdefault("n", 0), len(o))  # expect: OrderedDict({1: 2, 3: 4, 5: 6, 'x': 7, 'n': 0}) OrderedDict({1: 2, 3: 4, 5: 6, 'x': 7, 9: 9}) OrderedDict({9: 9, 1: 2, 3: 4, 5: 6, 'x': 7}) OrderedDict({'a': 0, 'b': 0}) OrderedDict({1: 2, 3: 4, 5: 6, 'x': 7}) 2 0 5
sizes = []
o = OrderedDict()
for i in range(25):
    sizes.append(sys.getsizeof(o))
    o[i] = i
print(sizes)  # expect: [128, 384, 416, 448, 480, 512, 736, 768, 800, 832, 864, 1304, 1336, 1368, 1400, 1432, 1464, 1496, 1528, 1560, 1592, 1624, 2448, 2480, 2512]


def deletes():
    o = OrderedDict(a=1, b=2)
    for k in o:
        del o[k]


print(error(deletes), error(lambda: OrderedDict(1)), error(lambda: OrderedDict(1, 2)), error(lambda: OrderedDict([(1,)])))  # expect: RuntimeError: OrderedDict mutated during iteration TypeError: 'int' object is not iterable TypeError: expected at most 1 arguments, got 2 ValueError: need more than 1 value to unpack
