"""How often an argument is counted while a class is called, before and after the call is specialised."""
import sys


class Plain:
    def __init__(self, x):
        self.count = sys.getrefcount(x)


class Default:
    def __init__(self, x, y=2):
        self.count = sys.getrefcount(x)


class Slotted:
    __slots__ = ("count",)

    def __init__(self, x):
        self.count = sys.getrefcount(x)


def counts():
    thing = []
    for i in range(4):
        print(Plain(thing).count, Slotted(thing).count, Default(thing).count, Default(thing, 3).count)


counts()  # expect: 5 5 5 5
# expect: 3 5 5 3
# expect: 3 5 5 3
# expect: 3 5 5 3


class Raises:
    def __init__(self, x):
        raise ValueError(x)


class Returns:
    def __init__(self, x):
        return 5


class Yields:
    def __init__(self, x):
        yield 1


def failures():
    thing = []
    for kind in Raises, Returns, Yields:
        for i in range(3):
            try:
                kind(thing)
            except Exception as error:
                print(type(error).__name__, error)
            print(sys.getrefcount(thing))


failures()  # expect: ValueError []
# expect: 2
# expect: ValueError []
# expect: 2
# expect: ValueError []
# expect: 2
# expect: TypeError __init__() should return None, not 'int'
# expect: 2
# expect: TypeError __init__() should return None, not 'int'
# expect: 2
# expect: TypeError __init__() should return None, not 'int'
# expect: 2
# expect: TypeError __init__() should return None, not 'generator'
# expect: 2
# expect: TypeError __init__() should return None, not 'generator'
# expect: 2
# expect: TypeError __init__() should return None, not 'generator'
# expect: 2


class Nested:
    def __init__(self, depth):
        self.next = Nested(depth - 1) if depth else None


node = Nested(300)
length = 0
while node:
    node = node.next
    length += 1
print(length)  # expect: 301


class Endless:
    def __init__(self, n):
        self.next = Endless(n + 1)


try:
    Endless(0)
except RecursionError as error:
    print(error)  # expect: maximum recursion depth exceeded
