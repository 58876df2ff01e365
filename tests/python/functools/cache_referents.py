"""What the collector sees in a `functools.lru_cache`: results, keys, and the type of its links."""
import functools
import gc


@functools.lru_cache(maxsize=2)
def listed(x):
    return [x]


for x in range(3):
    print(sorted(type(referent).__name__ for referent in gc.get_referents(listed)))
    listed(x)  # expect: ['dict', 'dict', 'function', 'object', 'type', 'type', 'type']
# expect: ['dict', 'dict', 'function', 'int', 'list', 'object', 'type', 'type', 'type', 'type']
# expect: ['dict', 'dict', 'function', 'int', 'int', 'list', 'list', 'object', 'type', 'type', 'type', 'type', 'type']
