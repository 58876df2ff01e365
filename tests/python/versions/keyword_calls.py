# A class that is called with keywords holds its arguments in a tuple and a dict meanwhile: more references.
import sys


class Init:

    def __init__(self, a, b=0):
        print('init', sys.getrefcount(a), sys.getrefcount(self))


class New:

    def __new__(cls, a=0):
        print('new', sys.getrefcount(a))
        return object.__new__(cls)


class Any:

    def __init__(self, *a, **k):
        print('any', *[sys.getrefcount(x) for x in a], *[sys.getrefcount(x) for x in k.values()])


value = object()
other = object()
Init(value)  # expect: init 5 3
Init(a=value)  # expect: init 6 4
Init(value, b=other)  # expect: init 6 4
Init(b=other, a=value)  # expect: init 6 4
New(value)  # expect: new 5
New(a=value)  # expect: new 6
Any(value)  # expect: any 6
Any(q=value)  # expect: any 7
Any(value, q=value)  # expect: any 11 11


def local():
    inner = object()
    Init(inner)
    Init(a=inner)
    New(a=inner)
    Any(q=inner)


local()  # expect: init 5 3
# expect: init 6 4
# expect: new 6
# expect: any 7
for _ in range(3):
    Init(a=value)  # expect: init 6 4
# expect: init 6 4
# expect: init 6 4
