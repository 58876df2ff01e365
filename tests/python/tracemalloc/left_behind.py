# python: 3.13
# What a statement leaves in the lists of free objects is still traced: the tuples, dicts and lists that a call makes on the
# way. Each is measured after a collection, which empties those lists.
import collections
import copy
import functools
import gc
import tracemalloc
import types


class Plain:
    pass


class Meta(type):
    pass


class Base:
    def __init_subclass__(cls, **more):
        pass


class Filled:
    def __init__(self, *args, **more):
        self.__dict__.update(more)


def left(action):
    action()
    gc.collect()
    tracemalloc.start()
    action()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size


def starred():
    (lambda *a: None)(*[1])


def slots():
    class A:
        __slots__ = ("a", "b")


def with_property():
    class A:
        @property
        def a(self):
            return 1


def with_metaclass():
    class A(metaclass=Meta):
        pass


def with_keyword():
    class A(Base, a=1):
        pass


def returns_pair():
    def pair():
        yield
        return 1, 2

    list(pair())


def variables(x=1):
    locals()


@functools.lru_cache
def cached(x):
    return x


print("f(*list)", left(starred))  # expect: f(*list) 152
print("init with keywords", left(lambda: Filled(a=1)))  # expect: init with keywords 528
print("property", left(with_property) - left(slots))  # expect: property 872
print("OrderedDict", left(lambda: collections.OrderedDict(a=1)))  # expect: OrderedDict 416
print("dict of pairs", left(lambda: dict([(1, 2)])))  # expect: dict of pairs 120
print("copy", left(lambda: copy.copy(Plain())))  # expect: copy 328
print("reduce_ex", left(lambda: [].__reduce_ex__(4)))  # expect: reduce_ex 288
print("lru_cache", left(lambda: cached(x=4)))  # expect: lru_cache 248
print("list[int]", left(lambda: list[int]))  # expect: list[int] 48
print("mro", left(lambda: Plain.mro()))  # expect: mro 112
print("reduce", left(lambda: functools.reduce(lambda a, b: a + b, [1, 2, 3])))  # expect: reduce 168
print("generator's value", left(returns_pair))  # expect: generator's value 104
print("namespace", left(lambda: repr(types.SimpleNamespace(a=1))))  # expect: namespace 480
print("locals", left(variables))  # expect: locals 288
