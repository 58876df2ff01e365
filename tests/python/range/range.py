# tests/python/range/range.py: ranges and slices, of any size.
import sys


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


r = range(2, 20, 3)
print(r, range(5), range(3, 1), list(r), len(r), r[0], r[-1], r[1:4], r[::-1], r[10:], r.start, r.stop, r.step)  # expect: range(2, 20, 3) range(0, 5) range(3, 1) [2, 5, 8, 11, 14, 17] 6 2 17 range(5, 14, 3) range(17, -1, -3) range(20, 20, 3) 2 20 3
print(8 in r, 9 in r, 8.0 in r, "x" in r, True in range(3), r.index(8), r.count(8), r.count(9), bool(range(0)), sum(r))  # expect: True False True False True 2 1 0 False 57
print(list(reversed(r)), list(range(5, 0, -2)), range(0) == range(2, 1), range(0, 3, 2) == range(0, 4, 2), hash(range(5)), hash(range(1, 5, 9)))  # expect: [17, 14, 11, 8, 5, 2] [5, 3, 1] True True 5795932985296280846 -1269592299258668772
b = range(2**70, 2**70 + 10, 3)
print(b, list(b), b[1], b[-1], 2**70 + 3 in b, b.index(2**70 + 6), list(reversed(b)), b[1:], hash(b))  # expect: range(1180591620717411303424, 1180591620717411303434, 3) [1180591620717411303424, 1180591620717411303427, 1180591620717411303430, 1180591620717411303433] 1180591620717411303427 1180591620717411303433 True 2 [1180591620717411303433, 1180591620717411303430, 1180591620717411303427, 1180591620717411303424] range(1180591620717411303427, 1180591620717411303436, 3) 7407114824953233751
print(len(range(-(2**62), 2**62 - 1)), range(10**20)[10**19], range(10**20)[-1], error(lambda: len(range(10**20))), hash(range(10**20)))  # expect: 9223372036854775807 10000000000000000000 99999999999999999999 OverflowError: Python int too large to convert to C ssize_t 6178378689728963704
print(error(lambda: range()), error(lambda: range(1.5)), error(lambda: range(1, 2, 0)), error(lambda: range(1, 2, 3, 4)), error(lambda: range(x=1)))  # expect: TypeError: range expected at least 1 argument, got 0 TypeError: 'float' object cannot be interpreted as an integer ValueError: range() arg 3 must not be zero TypeError: range expected at most 3 arguments, got 4 TypeError: range() takes no keyword arguments
print(error(lambda: r[9]), error(lambda: r["a"]), error(lambda: r.index(9)), error(lambda: r.index("a")), error(lambda: r < r))  # expect: IndexError: range object index out of range TypeError: range indices must be integers or slices, not str ValueError: 9 is not in range ValueError: sequence.index(x): x not in sequence TypeError: '<' not supported between instances of 'range' and 'range'
print(sys.getsizeof(r), sys.getsizeof(iter(r)), sys.getsizeof(b), type(iter(r)).__name__, type(iter(b)).__name__)  # expect: 48 40 48 range_iterator longrange_iterator
it = iter(r)
print(next(it), it.__length_hint__(), it.__reduce__()[1:], list(it), it.__length_hint__(), r.__reduce__())  # expect: 2 5 ((range(5, 20, 3),), None) [5, 8, 11, 14, 17] 0 (<class 'range'>, (2, 20, 3))
it.__setstate__(0)
s = slice(1, 10, 2)
print(s, slice(5), s.start, s.stop, s.step, s.indices(6), slice(None, None, -1).indices(5), slice(2**70).indices(2**65), s == slice(1, 10, 2), s < slice(2, 3))  # expect: slice(1, 10, 2) slice(None, 5, None) 1 10 2 (1, 6, 2) (4, -1, -1) (0, 36893488147419103232, 1) True True
print(hash(slice(1, 2, 3)), s.__reduce__(), error(lambda: slice()), error(lambda: slice(1, 2, 3, 4)), error(lambda: s.indices(-1)), error(lambda: slice("a").indices(3)))  # expect: -2340833382717974474 (<class 'slice'>, (1, 10, 2)) TypeError: slice expected at least 1 argument, got 0 TypeError: slice expected at most 3 arguments, got 4 ValueError: length should not be negative TypeError: slice indices must be integers or None or have an __index__ method
print(list(enumerate("ab", 5)), list(enumerate("a", 2**70)), list(zip("abc", range(2))), list(zip()), list(map(lambda x, y: x + y, "ab", "cd")), list(filter(None, [0, 1, "", 2])))  # expect: [(5, 'a'), (6, 'b')] [(1180591620717411303424, 'a')] [('a', 0), ('b', 1)] [] ['ac', 'bd'] [1, 2]
print(error(lambda: list(zip([1], [1, 2], strict=True))), error(lambda: list(zip([1, 2], [1], [1], strict=True))), error(lambda: list(zip([1], [1], [1, 2], strict=True))))  # expect: ValueError: zip() argument 2 is longer than argument 1 ValueError: zip() argument 2 is shorter than argument 1 ValueError: zip() argument 3 is longer than arguments 1-2
print(error(lambda: zip(1)), error(lambda: zip(x=1)), error(lambda: map(int)), error(lambda: filter(1)), error(lambda: reversed({1})), error(lambda: enumerate()), error(lambda: iter(1, 2)))  # expect: TypeError: 'int' object is not iterable TypeError: zip() got an unexpected keyword argument 'x' TypeError: map() must have at least two arguments. TypeError: filter expected 2 arguments, got 1 TypeError: 'set' object is not reversible TypeError: enumerate() missing required argument 'iterable' TypeError: iter(v, w): v must be callable
values = iter([1, 2, 3, 0, 4])
print(list(iter(lambda: next(values), 0)), next(values), list(iter(lambda: next(values), 0)))  # expect: [1, 2, 3] 4 []


class Sequence:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * 2

    def __len__(self):
        return 4


print(list(Sequence()), list(reversed(Sequence())), iter(Sequence()).__length_hint__(), 6 in Sequence(), type(iter(Sequence())).__name__)  # expect: [0, 2, 4, 6] [6, 4, 2, 0] 4 True iterator
pairs = enumerate("ab")
first = next(pairs)
ids = [id(pair) for pair in zip([1, 2, 3])]
print(first is next(pairs), ids[0] == ids[1], ids[0] == ids[2])  # expect: False False True
