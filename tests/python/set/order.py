# tests/python/set/order.py: the order in which sets show their elements, and their sizes.
import sys


def steps(sizes):
    return [(i, size) for i, size in enumerate(sizes) if i == 0 or sizes[i - 1] != size]


s = set()
sizes = [sys.getsizeof(s)]
for i in range(200):
    s.add(i * 7)
    sizes.append(sys.getsizeof(s))
print(steps(sizes))  # expect: [(0, 216), (5, 728), (19, 2264), (77, 8408)]
print([sys.getsizeof(set(range(n))) for n in (0, 1, 4, 5, 18, 19, 100)], sys.getsizeof({1, 2, 3, 4, 5}), sys.getsizeof(frozenset([1])))  # expect: [216, 216, 216, 728, 728, 2264, 8408] 472 216
print(set(range(20)), {8, 0, 16}, set([0, 8, 16]), {-1, -2, -3}, {100, 50, 25, 75})  # expect: {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19} {8, 0, 16} {0, 8, 16} {-3, -1, -2} {25, 50, 75, 100}
print({"a", "b", "c", "d", "e"}, {"spam", "eggs", "ham"}, set("hello world"))  # expect: {'d', 'c', 'a', 'e', 'b'} {'spam', 'eggs', 'ham'} {' ', 'd', 'r', 'h', 'o', 'e', 'w', 'l'}
print({1.5, 2, "x", None, (1, 2)} == {None, (1, 2), "x", 2, 1.5}, {0.5, 1.5, 2.5, 3.5}, {(1, 2), (3, 4), (5, 6)})  # expect: True {0.5, 1.5, 2.5, 3.5} {(1, 2), (3, 4), (5, 6)}
print({i * 2**32 for i in range(10)}, {i * i * 1000 for i in range(15)}, {2**61 - 1, 0, 2**61, 1})  # expect: {0, 4294967296, 17179869184, 8589934592, 12884901888, 21474836480, 25769803776, 30064771072, 34359738368, 38654705664} {0, 16000, 4000, 36000, 64000, 100000, 144000, 196000, 1000, 9000, 25000, 49000, 81000, 121000, 169000} {2305843009213693951, 0, 2305843009213693952, 1}
a, b = set(range(0, 30, 3)), set(range(0, 30, 2))
print(a | b, a & b, a - b, a ^ b)  # expect: {0, 2, 3, 4, 6, 8, 9, 10, 12, 14, 15, 16, 18, 20, 21, 22, 24, 26, 27, 28} {0, 6, 12, 18, 24} {3, 9, 15, 21, 27} {2, 3, 4, 8, 9, 10, 14, 15, 16, 20, 21, 22, 26, 27, 28}
print(b | a, b & a, b - a, b ^ a)  # expect: {0, 2, 3, 4, 6, 8, 9, 10, 12, 14, 15, 16, 18, 20, 21, 22, 24, 26, 27, 28} {0, 6, 12, 18, 24} {2, 4, 8, 10, 14, 16, 20, 22, 26, 28} {2, 3, 4, 8, 9, 10, 14, 15, 16, 20, 21, 22, 26, 27, 28}
print(a.union([100, 1], "xy"[:0]), a.intersection(range(10)), a.difference([3, 6, 9]), a.symmetric_difference([0, 1]))  # expect: {0, 1, 3, 100, 6, 9, 12, 15, 18, 21, 24, 27} {0, 9, 3, 6} {0, 12, 15, 18, 21, 24, 27} {1, 3, 6, 9, 12, 15, 18, 21, 24, 27}
s = set(range(50))
for i in range(0, 50, 2):
    s.discard(i)
print(s, sys.getsizeof(s))  # expect: {1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 41, 43, 45, 47, 49} 2264
s |= {1000, 2000}
print(s, sys.getsizeof(s), sys.getsizeof(s.copy()), s.copy())  # expect: {1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 41, 43, 45, 47, 49, 2000, 1000} 2264 1240 {1, 3, 5, 7, 9, 11, 13, 15, 2000, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 1000, 41, 43, 45, 47, 49}
print([s.pop() for _ in range(10)], s)  # expect: [1, 3, 5, 7, 9, 11, 13, 15, 17, 19] {21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 41, 43, 45, 47, 49, 2000, 1000}
s -= set(range(40))
print(s, sys.getsizeof(s))  # expect: {1000, 41, 43, 45, 47, 2000, 49} 728
s.clear()
print(s, sys.getsizeof(s), frozenset(), frozenset([3, 1]), [hash(frozenset(range(n))) for n in (0, 1, 2, 100)])  # expect: set() 216 frozenset() frozenset({1, 3}) [133146708735736, -2704248722033767810, 9000494312501845833, 4411996150312757951]
s = {c for c in "the quick brown fox"}
print(s, sorted(s), len(s))  # expect: {' ', 'q', 'u', 'f', 'n', 'x', 'r', 'h', 't', 'k', 'b', 'i', 'c', 'o', 'e', 'w'} [' ', 'b', 'c', 'e', 'f', 'h', 'i', 'k', 'n', 'o', 'q', 'r', 't', 'u', 'w', 'x'] 16
s.add("new")
s.remove("t")
s.add("t")
print(s)  # expect: {' ', 'q', 'u', 'f', 'n', 'x', 'r', 'new', 'h', 't', 'k', 'b', 'i', 'c', 'o', 'e', 'w'}
s = set([0, 8, 16])
s.remove(0)
s.remove(8)
s.add(24)
s.add(1)
print(list(s))  # expect: [24, 16, 1]
