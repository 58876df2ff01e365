"""What the collector sees in a generator, and who holds its code: its frame is an object of its own up to 3.10."""
import gc
import sys


def names(object):
    return [type(referent).__name__ for referent in gc.get_referents(object)]


def numbers():
    kept = [1]
    for number in range(3):
        yield kept, number


generator = numbers()
print(names(generator))  # expect: ['str', 'str', 'function', 'code']
kept, _ = next(generator)
print(names(generator))  # expect: ['str', 'str', 'function', 'code', 'list', 'int', 'range_iterator']
print(names(generator.gi_frame))  # expect: []
print([type(holder).__name__ for holder in gc.get_referrers(kept)])  # expect: ['dict', 'generator']

print(sys.getrefcount(numbers.__code__))  # expect: 4
generator.close()
print(names(generator), sys.getrefcount(numbers.__code__))  # expect: ['str', 'str', 'frame', 'function', 'code'] 4
del generator
print(sys.getrefcount(numbers.__code__))  # expect: 3

unused = numbers()
unused.close()
print(names(unused))  # expect: ['str', 'str', 'function', 'code']


async def coroutine():
    pass


waiting = coroutine()
print(names(waiting))  # expect: ['str', 'str', 'function', 'code']
waiting.close()
print(names(waiting))  # expect: ['str', 'str', 'function', 'code']


def function():
    pass


print(names(function))  # expect: ['code', 'dict', 'dict', 'str', 'NoneType', 'str', 'str']
