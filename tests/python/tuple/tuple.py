# tests/python/tuple/tuple.py: tuples.
import gc
import sys


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


t = (1, "a", None)
print(t, (), (1,), t[0], t[-1], t[1:], t[::-1], t[5:], len(t), "a" in t, t.index("a"), t.count(1))  # expect: (1, 'a', None) () (1,) 1 None ('a', None) (None, 'a', 1) () 3 True 1 1
print(t + (2,), t * 2, 0 * t, t == (1, "a", None), (1, 2) < (1, 3), (1,) < (1, 0), () < (1,), (2,) > (1, 5))  # expect: (1, 'a', None, 2) (1, 'a', None, 1, 'a', None) () True True True True True
print(tuple("abc"), tuple([1, 2]), tuple(range(3)), tuple(x for x in range(12)), tuple())  # expect: ('a', 'b', 'c') (1, 2) (0, 1, 2) (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) ()
print(tuple(t) is t, t[:] is t, t * 1 is t, t + () is t, () + t is t, () is tuple([]), t[0:0] is ())  # expect: True True True True True True True
print([hash(x) for x in ((), (1,), (1, 2, 3), (0, -1), (1.5, (2, 3)))])  # expect: [5740354900026072187, -6644214454873602895, 529344067295497451, 8374038142897728572, 5043971494856347220]
print([sys.getsizeof((None,) * n) for n in range(6)])  # expect: [40, 48, 56, 64, 72, 80]
print(error(lambda: t[5]), error(lambda: t["a"]), error(lambda: t[2**70]), error(lambda: t + [1]), error(lambda: t.index(9)))  # expect: IndexError: tuple index out of range TypeError: tuple indices must be integers or slices, not str IndexError: cannot fit 'int' into an index-sized integer TypeError: can only concatenate tuple (not "list") to tuple ValueError: tuple.index(x): x not in tuple
print(error(lambda: hash(([],))), error(lambda: tuple(1)), error(lambda: tuple(1, 2)), error(lambda: tuple(x=1)), error(lambda: t * "a"))  # expect: TypeError: unhashable type: 'list' TypeError: 'int' object is not iterable TypeError: tuple expected at most 1 argument, got 2 TypeError: tuple() takes no keyword arguments TypeError: can't multiply sequence by non-int of type 'str'
print(error(lambda: t.__setitem__), t.__getnewargs__(), (1,).__contains__(1), error(lambda: (1, 2) < (1, "a")))  # expect: AttributeError: 'tuple' object has no attribute '__setitem__' ((1, 'a', None),) True TypeError: '<' not supported between instances of 'int' and 'str'
it = iter((1, 2, 3))
print(next(it), it.__length_hint__(), it.__reduce__()[1:], list(it), it.__reduce__()[1])  # expect: 1 2 (((1, 2, 3),), 1) [2, 3] ((),)


class Sub(tuple):
    def __new__(cls, *items):
        return super().__new__(cls, items)


s = Sub(1, 2)
s.x = 3
print(s, s.x, type(s[:]), type(s + ()), type(s * 1), s == (1, 2), hash(s) == hash((1, 2)), sys.getsizeof(s))  # expect: (1, 2) 3 <class 'tuple'> <class 'tuple'> <class 'tuple'> True True 72
gc.collect()
print(gc.is_tracked(()), gc.is_tracked((1, 2)), gc.is_tracked(s))  # expect: False False True


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, end=" ")


t = tuple(Named(c) for c in "abc")
del t
print()  # expect: c b a 
a = []
t = (a, 1)
a.append(t)
print(t, a)  # expect: ([(...)], 1) [([...], 1)]
a.clear()
deep = None
for i in range(100000):
    deep = (deep,)
del deep
deep = []
for i in range(100000):
    deep = [deep]
deep = None
print("freed")  # expect: freed
first = id((Named("x"), 1)[0:0])
del t
x = [1, 2]
t = tuple(x)
address = id(t)
del t
t = (x, x)
print(id(t) == address)  # expect: x True
