"""An iterator of itertools can be copied where it stands, and pickled, up to 3.13."""
import copy
import itertools
import pickle
import warnings

warnings.simplefilter('ignore', DeprecationWarning)

def from_second(iterator, count=2):
    for _ in range(count):
        next(iterator)
    return iterator

def none_at_first(total, value):
    return None

MAKERS = [
    lambda: itertools.count(5),
    lambda: itertools.count(1.5, 0.5),
    lambda: itertools.repeat('x', 5),
    lambda: itertools.chain([1, 2, 3], [4, 5]),
    lambda: itertools.chain.from_iterable([[1, 2, 3]]),
    lambda: itertools.cycle([1, 2, 3]),
    lambda: itertools.accumulate([1, 2, 3, 4]),
    lambda: itertools.accumulate([1, 2, 3], initial=10),
    lambda: itertools.accumulate([None, 1, 2, 3], none_at_first),
    lambda: itertools.islice([1, 2, 3, 4, 5, 6], 1, None, 2),
    lambda: itertools.islice([1, 2, 3], 3),
    lambda: itertools.starmap(divmod, [(7, 2), (9, 4), (5, 5)]),
    lambda: itertools.compress([1, 2, 3, 4], [1, 1, 0, 1]),
    lambda: itertools.filterfalse(None, [0, '', None, 1, ()]),
    lambda: itertools.takewhile(bool, [1, 2, 3, 0, 4]),
    lambda: itertools.dropwhile(bool, [1, 0, 2, 3]),
    lambda: itertools.combinations([1, 2, 3, 4], 2),
    lambda: itertools.combinations_with_replacement([1, 2], 2),
    lambda: itertools.permutations([1, 2, 3], 2),
    lambda: itertools.product([1, 2], repeat=2),
    lambda: itertools.zip_longest([1, 2, 3], [4], fillvalue=0),
    lambda: itertools.groupby([1, 1, 2, 3]),
    lambda: itertools.tee([1, 2, 3, 4])[0],
]

def shown(items):
    return [item[0] if isinstance(item[-1:], tuple) and hasattr(item[-1], '__next__') else item for item in items] \
        if items and isinstance(items[0], tuple) else items

for make in MAKERS:
    for started in 0, 2:
        iterator = from_second(make(), started)
        for copied in copy.copy, lambda it: pickle.loads(pickle.dumps(it)):
            try:
                twin = copied(iterator)
            except Exception as error:
                print(type(error).__name__, error)
                continue
            if copied is not copy.copy:
                print(type(twin).__name__, started, shown(list(itertools.islice(twin, 5))))

for arguments in [('cycle', 'ab', [1]), ('chain', 'ab', (1,)), ('combinations', ('abc', 2), (5, 5)), ('product', 'ab', (1, 1)),
                  ('permutations', 'ab', ((0,), (1,))), ('islice', ([1], 1), 'x'), ('combinations', ('abc', 2), (-5, 9))]:
    name, given, state = arguments
    iterator = getattr(itertools, name)(*given) if isinstance(given, tuple) else getattr(itertools, name)(given)
    try:
        iterator.__setstate__(state)
        print(name, list(iterator))
    except Exception as error:
        print(name, type(error).__name__, error)

warnings.simplefilter('always')
with warnings.catch_warnings(record=True) as caught:
    copy.copy(itertools.count())
print(len(caught), *[str(warning.message) for warning in caught])
# expect: count 0 [5, 6, 7, 8, 9]
# expect: count 2 [7, 8, 9, 10, 11]
# expect: count 0 [1.5, 2.0, 2.5, 3.0, 3.5]
# expect: count 2 [2.5, 3.0, 3.5, 4.0, 4.5]
# expect: repeat 0 ['x', 'x', 'x', 'x', 'x']
# expect: repeat 2 ['x', 'x', 'x']
# expect: chain 0 [1, 2, 3, 4, 5]
# expect: chain 2 [3, 4, 5]
# expect: chain 0 [1, 2, 3]
# expect: chain 2 [3]
# expect: cycle 0 [1, 2, 3, 1, 2]
# expect: cycle 2 [3, 1, 2, 3, 1]
# expect: accumulate 0 [1, 3, 6, 10]
# expect: accumulate 2 [6, 10]
# expect: accumulate 0 [10, 11, 13, 16]
# expect: accumulate 2 [13, 16]
# expect: accumulate 0 [None, None, None, None]
# expect: islice 2 [None, None]
# expect: islice 0 [2, 4, 6]
# expect: islice 2 [6]
# expect: islice 0 [1, 2, 3]
# expect: islice 2 [3]
# expect: starmap 0 [(3, 1), (2, 1), (1, 0)]
# expect: starmap 2 [(1, 0)]
# expect: compress 0 [1, 2, 4]
# expect: compress 2 [4]
# expect: filterfalse 0 [0, '', None, ()]
# expect: filterfalse 2 [None, ()]
# expect: takewhile 0 [1, 2, 3]
# expect: takewhile 2 [3]
# expect: dropwhile 0 [0, 2, 3]
# expect: dropwhile 2 [3]
# expect: combinations 0 [(1, 2), (1, 3), (1, 4), (2, 3), (2, 4)]
# expect: combinations 2 [(1, 4), (2, 3), (2, 4), (3, 4)]
# expect: combinations_with_replacement 0 [(1, 1), (1, 2), (2, 2)]
# expect: combinations_with_replacement 2 [(2, 2)]
# expect: permutations 0 [(1, 2), (1, 3), (2, 1), (2, 3), (3, 1)]
# expect: permutations 2 [(2, 1), (2, 3), (3, 1), (3, 2)]
# expect: product 0 [(1, 1), (1, 2), (2, 1), (2, 2)]
# expect: product 2 [(2, 1), (2, 2)]
# expect: zip_longest 0 [(1, 4), (2, 0), (3, 0)]
# expect: zip_longest 2 [(3, 0)]
# expect: groupby 0 [1, 2, 3]
# expect: groupby 2 [3]
# expect: _tee 0 [1, 2, 3, 4]
# expect: _tee 2 [3, 4]
# expect: cycle TypeError state is not a tuple
# expect: chain TypeError Arguments must be iterators.
# expect: combinations []
# expect: product ValueError invalid arguments
# expect: permutations ValueError invalid arguments
# expect: islice TypeError an integer is required
# expect: combinations [('b', 'c')]
# expect: 1 Pickle, copy, and deepcopy support will be removed from itertools in Python 3.14.
