# Abstract base classes: registration, caches, abstract methods.
import abc
import collections.abc
import gc


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

    @property
    @abc.abstractmethod
    def name(self): ...


try:
    Shape()
except TypeError as error:
    print(error)
# expect: Can't instantiate abstract class Shape without an implementation for abstract methods 'area', 'name'


class Half(Shape):
    def area(self):
        return 0


try:
    Half()
except TypeError as error:
    print(error)
# expect: Can't instantiate abstract class Half without an implementation for abstract method 'name'
print(sorted(Shape.__abstractmethods__), Half.__abstractmethods__)  # expect: ['area', 'name'] frozenset({'name'})


class Square(Half):
    name = "square"


print(Square().area(), isinstance(Square(), Shape), issubclass(int, Shape))  # expect: 0 True False
token = abc.get_cache_token()
print(Shape.register(int) is int, abc.get_cache_token() - token, isinstance(True, Shape), issubclass(bool, Shape))  # expect: True 1 True True
try:
    Shape.register(3)
except TypeError as error:
    print(error)
# expect: Can only register classes


class A(abc.ABC): ...


class B(A): ...


try:
    B.register(A)
except RuntimeError as error:
    print(error)
# expect: Refusing to create an inheritance cycle
try:
    issubclass(1, A)
except TypeError as error:
    print(error)
# expect: issubclass() arg 1 must be a class


class Hooked(abc.ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "hook") if cls is Hooked else NotImplemented


class HasHook:
    hook = 1


print(issubclass(HasHook, Hooked), issubclass(int, Hooked))  # expect: True False
print(abc._get_dump(Hooked)[3] == abc.get_cache_token())  # expect: True
registry, cache, negative, version = abc._get_dump(Hooked)
print(len(registry), len(cache), len(negative))  # expect: 0 1 1


def temporary():
    class Gone:
        hook = 1
    print(issubclass(Gone, Hooked), len(abc._get_dump(Hooked)[1]))


temporary()  # expect: True 2
gc.collect()
print(len(abc._get_dump(Hooked)[1]))  # expect: 1
print(isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), isinstance(3, collections.abc.Hashable))  # expect: True True True
print(isinstance(iter([]), collections.abc.Iterator), issubclass(dict, collections.abc.MutableMapping), isinstance([], collections.abc.Hashable))  # expect: True True False
print(type(Shape._abc_impl), Shape._abc_impl.__sizeof__())  # expect: <class '_abc._abc_data'> 48
match [1, 2]:
    case [a, b]:
        print(a, b)
# expect: 1 2


class MySeq(collections.abc.Sequence):
    def __len__(self):
        return 2

    def __getitem__(self, i):
        if i > 1:
            raise IndexError
        return i * 10


match MySeq():
    case [a, b]:
        print(a, b, list(reversed(MySeq())), 10 in MySeq(), MySeq().index(10))
# expect: 0 10 [10, 0] True 1


class Registered: ...


collections.abc.Sequence.register(Registered)
print(Registered.__flags__ >> 5 & 1, issubclass(Registered, collections.abc.Reversible))  # expect: 1 True
