# tests/python/itertools/itertools.py: every iterator of the module.
from itertools import *


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(list(islice(count(5, 2), 4)), count(3), count(1.5, 2), count(2**63 - 2), list(islice(count(2**63 - 2), 4)), list(islice(cycle("ab"), 5)), repeat("x", 2), list(repeat(1, 3)))  # expect: [5, 7, 9, 11] count(3) count(1.5, 2) count(9223372036854775806) [9223372036854775806, 9223372036854775807, 9223372036854775808, 9223372036854775809] ['a', 'b', 'a', 'b', 'a'] repeat('x', 2) [1, 1, 1]
print(list(accumulate([1, 2, 3])), list(accumulate([3, 1, 2], max)), list(accumulate([1, 2], initial=10)), list(accumulate([])), list(batched("abcdefg", 3)))  # expect: [1, 3, 6] [3, 3, 3] [10, 11, 13] [] [('a', 'b', 'c'), ('d', 'e', 'f'), ('g',)]
print(list(chain("ab", [1])), list(chain.from_iterable(["ab", "c"])), list(compress("abc", [1, 0, 1])), list(dropwhile(lambda x: x < 3, [1, 3, 2])), list(takewhile(lambda x: x < 3, [1, 3, 2])))  # expect: ['a', 'b', 1] ['a', 'b', 'c'] ['a', 'c'] [3, 2] [1]
print(list(filterfalse(None, [0, 1, 2, ""])), list(starmap(pow, [(2, 3), [3, 2]])), list(pairwise("abcd")), list(pairwise([1])), list(zip_longest("abc", "d", fillvalue="-")), list(zip_longest()))  # expect: [0, ''] [8, 9] [('a', 'b'), ('b', 'c'), ('c', 'd')] [] [('a', 'd'), ('b', '-'), ('c', '-')] []
print([(k, list(g)) for k, g in groupby("aabbca")], [(k, list(g)) for k, g in groupby([1, 3, 2, 4], lambda x: x % 2)], [k for k, _ in groupby("aab")])  # expect: [('a', ['a', 'a']), ('b', ['b', 'b']), ('c', ['c']), ('a', ['a'])] [(1, [1, 3]), (0, [2, 4])] ['a', 'b']
print(list(islice("abcdef", 2)), list(islice("abcdef", 1, None, 2)), list(islice("abc", 5, 9)), list(islice(iter("abcdef"), 0, 5, 3)))  # expect: ['a', 'b'] ['b', 'd', 'f'] [] ['a', 'd']
print(list(product("ab", [1, 2])), list(product([0, 1], repeat=2)), list(product()), list(product("a", "")))  # expect: [('a', 1), ('a', 2), ('b', 1), ('b', 2)] [(0, 0), (0, 1), (1, 0), (1, 1)] [()] []
print(list(permutations("abc", 2)), len(list(permutations(range(5)))), list(permutations("ab", 3)), list(permutations([])), list(combinations("abcd", 2)), list(combinations("ab", 3)), list(combinations([], 0)))  # expect: [('a', 'b'), ('a', 'c'), ('b', 'a'), ('b', 'c'), ('c', 'a'), ('c', 'b')] 120 [] [()] [('a', 'b'), ('a', 'c'), ('a', 'd'), ('b', 'c'), ('b', 'd'), ('c', 'd')] [] [()]
print(list(combinations_with_replacement("abc", 2)), list(combinations_with_replacement("", 1)), list(permutations(range(4)))[::5])  # expect: [('a', 'a'), ('a', 'b'), ('a', 'c'), ('b', 'b'), ('b', 'c'), ('c', 'c')] [] [(0, 1, 2, 3), (0, 3, 2, 1), (1, 3, 0, 2), (2, 1, 3, 0), (3, 1, 0, 2)]
a, b, c = tee(range(200), 3)
print(next(a), sum(b), sum(a), list(c) == list(range(200)), tee([], 0), list(tee(tee([1, 2])[0])[1]))  # expect: 0 19900 19900 True () [1, 2]
print(error(lambda: count("a")), error(lambda: islice([], -1)), error(lambda: islice([], 0, 1, 0)), error(lambda: islice([])), error(lambda: batched([], 0)), error(lambda: list(batched("abc", 2, strict=True))))  # expect: TypeError: a number is required ValueError: Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize. ValueError: Step for islice() must be a positive integer or None. TypeError: islice expected at least 2 arguments, got 1 ValueError: n must be at least one ValueError: batched(): incomplete batch
print(error(lambda: repeat()), error(lambda: len(repeat(1))), error(lambda: repeat(1).__length_hint__()), error(lambda: cycle(1)), error(lambda: chain(x=1)), error(lambda: tee([], -1)))  # expect: TypeError: repeat() missing required argument 'object' (pos 1) TypeError: object of type 'itertools.repeat' has no len() TypeError: len() of unsized object TypeError: 'int' object is not iterable TypeError: chain() takes no keyword arguments ValueError: n must be >= 0
print(error(lambda: product(repeat=-1)), error(lambda: combinations([], -1)), error(lambda: permutations([], "a")), error(lambda: zip_longest(x=1)), error(lambda: starmap(1)), error(lambda: list(starmap(pow, [1]))))  # expect: ValueError: repeat argument cannot be negative ValueError: r must be non-negative TypeError: Expected int as r TypeError: zip_longest() got an unexpected keyword argument TypeError: starmap expected 2 arguments, got 1 TypeError: 'int' object is not iterable
print([t.__basicsize__ for t in (count, cycle, repeat, accumulate, batched, chain, combinations, compress, dropwhile, groupby, islice, pairwise, permutations, product, starmap, zip_longest)])  # expect: [40, 48, 32, 56, 40, 32, 56, 32, 40, 72, 56, 40, 64, 48, 32, 56]
print(product("ab", "c").__sizeof__(), combinations("abc", 2).__sizeof__(), permutations("abc", 2).__sizeof__(), combinations_with_replacement("abc", 2).__sizeof__())  # expect: 64 72 104 72
kept = list(combinations("abc", 2))
print(len({id(t) for t in kept}), [t for t in combinations("abc", 2)] == kept)  # expect: 3 True
