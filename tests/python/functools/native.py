# tests/python/functools/native.py: partial, reduce, cmp_to_key and the cache behind lru_cache.
from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


p = partial(int, base=2)
print(p("101"), p, p.func, p.args, p.keywords, partial(p, "11"), partial(p, "11")(), partial(print, 1, sep="-").args)  # expect: 5 functools.partial(<class 'int'>, base=2) <class 'int'> () {'base': 2} functools.partial(<class 'int'>, '11', base=2) 3 (1,)
p.x = 1
print(p.__dict__, partial(p, 1).func is p, p.__reduce__()[2], error(lambda: partial()), error(lambda: partial(1)))  # expect: {'x': 1} True (<class 'int'>, (), {'base': 2}, {'x': 1}) TypeError: type 'partial' takes at least one argument TypeError: the first argument must be callable
print(reduce(lambda a, b: a * 10 + b, [1, 2, 3]), reduce(lambda a, b: a + b, [], 5), error(lambda: reduce(max, [])), error(lambda: reduce(max, 1)), error(lambda: reduce(max)))  # expect: 123 5 TypeError: reduce() of empty iterable with no initial value TypeError: reduce() arg 2 must support iteration TypeError: reduce expected at least 2 arguments, got 1
backwards = cmp_to_key(lambda a, b: b - a)
print(sorted([1, 3, 2], key=backwards), backwards(1) < backwards(2), backwards(1) == backwards(1), backwards(5).obj)  # expect: [3, 2, 1] False True 5
print(error(lambda: backwards(1) < 5), error(lambda: hash(backwards(1))), error(lambda: cmp_to_key()), error(lambda: backwards()))  # expect: TypeError: other argument must be K instance TypeError: unhashable type: 'functools.KeyWrapper' TypeError: cmp_to_key() missing required argument 'mycmp' (pos 1) TypeError: K() missing required argument 'obj' (pos 1)


def info(*numbers):
    return numbers


def cached(maxsize, typed=False):
    calls = []

    def function(*args, **kwargs):
        calls.append((args, kwargs))
        return len(calls)

    return _lru_cache_wrapper(function, maxsize, typed, info), calls


def twelve(maxsize):
    f, calls = cached(maxsize)
    results = [f(1), f(2), f(1), f(3), f(2), f(1), f(1.0), f("x"), f(1, 2), f(a=1), f(a=1), f(1, a=2)]
    return results, f.cache_info(), len(calls), f.cache_clear(), f.cache_info()


print(twelve(None))  # expect: ([1, 2, 1, 3, 2, 1, 4, 5, 6, 7, 7, 8], (4, 8, None, 8), 8, None, (0, 0, None, 0))
print(twelve(0))  # expect: ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], (0, 12, 0, 0), 12, None, (0, 0, 0, 0))
print(twelve(2))  # expect: ([1, 2, 1, 3, 4, 5, 6, 7, 8, 9, 9, 10], (2, 10, 2, 2), 10, None, (0, 0, 2, 0))
f, calls = cached(None, True)
print([f(1), f(1.0), f(True), f(1)], f.cache_info(), error(lambda: f([])), f.__copy__() is f)  # expect: [1, 2, 3, 1] (1, 3, None, 3) TypeError: unhashable type: 'list' True


class Owner:
    method = cached(4)[0]


o = Owner()
print(o.method(1), o.method(1), Owner.method(o, 1), Owner.method.cache_info())  # expect: 1 1 1 (2, 1, 4, 1)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        print("hash", self.n, end="; ")
        return self.n

    def __eq__(self, other):
        print("eq", self.n, other.n, end="; ")
        return self.n == other.n


f, calls = cached(1)
k = Key(1)
print(f(k, 0), f(k, 0), f(Key(1), 0), f(Key(2), 0), f(k, 0))  # expect: hash 1; hash 1; hash 1; eq 1 1; hash 2; hash 1; 1 1 1 2 3
