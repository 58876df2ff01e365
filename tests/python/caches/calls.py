# Calls: classes, methods, super and the limits of recursion.
import sys


def warm(function, *args):
    for _ in range(20):
        result = function(*args)
    return result


class A:
    def __init__(self, value):
        self.value = value


def make(cls):
    return cls(1).__dict__


print(warm(make, A))  # expect: {'value': 1}
A.__init__ = lambda self, value: setattr(self, "other", value)
print(make(A))  # expect: {'other': 1}
class New(A):
    pass
print(warm(make, New))  # expect: {'other': 1}
New.__new__ = lambda cls, value: print("new") or object.__new__(cls)
print(make(New))  # expect: new
# expect: {'other': 1}
print(make(A))  # expect: {'other': 1}
class B(A):
    pass
print(warm(make, B))  # expect: {'other': 1}
B.__init__ = lambda self, value: None
print(make(B), make(A))  # expect: {} {'other': 1}
B.__init__ = lambda self, value: 5
try:
    make(B)
except TypeError as error:
    print(error)  # expect: __init__() should return None, not 'int'
del B.__init__
print(make(B))  # expect: {'other': 1}
class Meta(type):
    def __call__(cls, *args):
        return A(*args)
class C(metaclass=Meta):
    pass
print(warm(make, C))  # expect: {'other': 1}
import abc
class D:
    def __init__(self, value):
        self.value = value
print(warm(make, D))  # expect: {'value': 1}
D.__abstractmethods__ = frozenset({"f"})
try:
    make(D)
except TypeError as error:
    print(error)  # expect: Can't instantiate abstract class D without an implementation for abstract method 'f'
D.__abstractmethods__ = frozenset()
print(make(D))  # expect: {'value': 1}
class Wrong:
    def __init__(self, a, b):
        pass
def wrong():
    try:
        Wrong(1)
    except TypeError as error:
        return str(error)
print(warm(wrong))  # expect: Wrong.__init__() missing 1 required positional argument: 'b'
# Functions whose code, defaults and globals change.
def f(a, b=2):
    return a, b
def call():
    return f(1)
print(warm(call))  # expect: (1, 2)
f.__defaults__ = (3,)
print(call())  # expect: (1, 3)
f.__code__ = (lambda a, b: (b, a)).__code__
print(call())  # expect: (3, 1)
f = lambda *args: args
print(call())  # expect: (1,)
f = len
try:
    call()
except TypeError as error:
    print(error)  # expect: object of type 'int' has no len()
f = A
print(call().__dict__)  # expect: {'other': 1}
# super finds the next class of the object's own order.
class Base:
    def m(self):
        return ["Base"]
    @property
    def p(self):
        return "p"
    @classmethod
    def c(cls):
        return cls.__name__
class Left(Base):
    def m(self):
        return ["Left"] + super().m()
    def attribute(self):
        return super().p, super().c(), super().__class__.__name__
class Right(Base):
    def m(self):
        return ["Right"] + super().m()
class Both(Left, Right):
    def m(self):
        return ["Both"] + super().m()
def m(o):
    return o.m()
both, left = Both(), Left()
print(warm(m, both), warm(m, left))  # expect: ['Both', 'Left', 'Right', 'Base'] ['Left', 'Base']
print(m(both), m(left), both.attribute(), left.attribute(), left.attribute())  # expect: ['Both', 'Left', 'Right', 'Base'] ['Left', 'Base'] ('p', 'Both', 'super') ('p', 'Left', 'super') ('p', 'Left', 'super')
Right.m = lambda self: ["changed"]
print(m(both), m(left))  # expect: ['Both', 'Left', 'changed'] ['Left', 'Base']
del Right.m
print(m(both))  # expect: ['Both', 'Left', 'Base']
Base.m = lambda self: ["other"]
print(m(both), m(left))  # expect: ['Both', 'Left', 'other'] ['Left', 'other']
del Base.m
try:
    m(left)
except AttributeError as error:
    print(error)  # expect: 'super' object has no attribute 'm'
class Init(Base):
    def __init__(self):
        super().__init__()
        self.done = True
class InitBelow(Init):
    def __init__(self):
        super().__init__()
print([InitBelow().done for _ in range(5)])  # expect: [True, True, True, True, True]
def fake_super():
    real = super
    class G(Base):
        def name(self):
            return super().__self_class__.__name__
    g = G()
    print(warm(g.name))
    globals()["super"] = lambda *args: args and "two" or [args]
    class H:
        def name(self):
            return super().copy()
    print(warm(H().name))
    del globals()["super"]
    print(g.name())
fake_super()  # expect: G
# expect: [()]
# expect: G
# References to an object while its method runs: nobody else holds it.
class Counted:
    def count(self):
        return sys.getrefcount(self)
    def again(self):
        return self.count()
    def above(self):
        return super().__sizeof__() > 0
def count(o):
    return o.count()
o = Counted()
for _ in range(4):
    print(count(o), o.again(), Counted().count(), o.above())  # expect: 4 4 2 True
# expect: 4 4 2 True
# expect: 4 4 2 True
# expect: 4 4 2 True
# Free lists and addresses: a call of a method leaves no trace.
class Free:
    def method(self):
        return None
def addresses(o):
    first = id(object())
    o.method()
    o.method()
    return first == id(object())
print(warm(addresses, Free()))  # expect: True
# The deepest call is as deep as CPython's.
def depth(n=0):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
sys.setrecursionlimit(200)
print(depth() == depth(), 190 < depth() < 200)  # expect: True True
class Deep:
    def down(self, n):
        try:
            return self.down(n + 1)
        except RecursionError:
            return n
    @property
    def prop(self):
        self.n += 1
        return self.prop
deep = Deep()
print(deep.down(0) - depth(), deep.down(0) - depth())  # expect: 0 0
deep.n = 0
try:
    deep.prop
except RecursionError as error:
    print(error)  # expect: maximum recursion depth exceeded
sys.setrecursionlimit(1000)
