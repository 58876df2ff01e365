# A partial with keywords passes on a copy of them, and C unpacks it to an array of new references.
import functools
import sys


def counts(a, b=None, *, c=None):
    return sys.getrefcount(a)


o = object()
print(functools.partial(counts, o)())  # expect: 4
print(functools.partial(counts, o, c=1)())  # expect: 5
print(functools.partial(counts, b=1)(o))  # expect: 6
print(functools.partial(counts, c=o)(o))  # expect: 10
print(functools.partial(counts)(o, c=2))  # expect: 4
print(counts(*(o,), **{"b": o}))  # expect: 4
