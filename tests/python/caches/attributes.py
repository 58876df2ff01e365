# What an instruction remembers about attributes is forgotten when it is no longer so. Every access stands in a
# function that runs often enough to remember.
import sys


def warm(function, *args):
    for _ in range(20):
        result = function(*args)
    return result


class A:
    kind = "class"
    table = {}

    def __init__(self):
        self.x = 1

    def method(self):
        return "method"


def x(o):
    return o.x


def kind(o):
    return o.kind


def method(o):
    return o.method()


a = A()
print(warm(x, a), warm(kind, a), warm(method, a))  # expect: 1 class method
a.x = 2
print(x(a))  # expect: 2
# A class attribute changes.
A.kind = "new"
print(kind(a))  # expect: new
A.method = lambda self: "new method"
print(method(a))  # expect: new method
# An instance shadows a class attribute and a method, after other instances.
b = A()
b.kind = "own"
b.method = lambda: "own method"
print(kind(b), kind(a), method(b), method(a))  # expect: own new own method new method
print(warm(kind, b), warm(kind, a), warm(method, b), warm(method, a))  # expect: own new own method new method
del b.kind, b.method
print(kind(b), method(b))  # expect: new new method
# A base changes.
class B(A):
    pass
c = B()
print(warm(kind, c), warm(method, c))  # expect: new new method
A.kind = "of the base"
print(kind(c))  # expect: of the base
B.kind = "of the class"
print(kind(c), kind(a))  # expect: of the class of the base
del B.kind
print(kind(c))  # expect: of the base
class Other:
    kind = "other base"
    def method(self):
        return "other method"
class C(A):
    pass
d = C()
print(warm(kind, d), warm(method, d))  # expect: of the base new method
C.__bases__ = (Other,)
print(kind(d), method(d))  # expect: other base other method
# A data descriptor goes before what the instance has; a plain one does not.
class Data:
    def __get__(self, owner, cls):
        return "from the descriptor"
    def __set__(self, owner, value):
        print("set", value)
print(warm(x, a))  # expect: 2
A.x = Data()
print(x(a))  # expect: from the descriptor
def set_x(o, value):
    o.x = value
set_x(a, 5)  # expect: set 5
del A.x
print(x(a))  # expect: 2
warm(set_x, a, 6)
A.x = Data()
set_x(a, 7)  # expect: set 7
del A.x
print(x(a))  # expect: 6
# An attribute is deleted and set again.
def gone(o):
    try:
        return o.x
    except AttributeError as error:
        return str(error)
print(warm(gone, a))  # expect: 6
del a.x
print(gone(a))  # expect: 'A' object has no attribute 'x'
set_x(a, 8)
print(gone(a), a.__dict__)  # expect: 8 {'x': 8}
# The order of attributes is that of setting.
e = A()
def fill(o):
    o.p = 1
    o.q = 2
def fill_back(o):
    o.q = 2
    o.p = 1
for _ in range(5):
    e = A()
    fill(e)
    f = A()
    fill_back(f)
print(list(e.__dict__), list(f.__dict__))  # expect: ['x', 'p', 'q'] ['x', 'q', 'p']
# __getattribute__ and __getattr__ come later; so does __setattr__.
class D:
    y = "class"
    def __init__(self):
        self.x = 1
o = D()
print(warm(x, o), warm(gone, o))  # expect: 1 1
D.__getattribute__ = lambda self, name: "asked for " + name
print(x(o))  # expect: asked for x
del D.__getattribute__
print(x(o))  # expect: 1
D.__getattr__ = lambda self, name: "missing " + name
print(x(o))  # expect: 1
del o.x
print(x(o))  # expect: missing x
warm(set_x, o, 3)
D.__setattr__ = lambda self, name, value: print("setting", name, value)
set_x(o, 4)  # expect: setting x 4
del D.__setattr__
set_x(o, 5)
print(x(o))  # expect: 5
# __class__ is assigned.
class E:
    def __init__(self):
        self.x = "x of E"
    def method(self):
        return "method of E"
class F:
    def __init__(self):
        self.y = 0
        self.x = "x of F"
    def method(self):
        return "method of F"
e, f = E(), F()
print(warm(x, e), warm(method, e), warm(x, f), warm(method, f))  # expect: x of E method of E x of F method of F
e.__class__ = F
print(x(e), method(e), x(f), method(f))  # expect: x of E method of F x of F method of F
set_x(e, "set")
print(x(e), e.__dict__, x(f))  # expect: set {'x': 'set'} x of F
# __dict__ is asked for, filled and replaced.
g = E()
print(warm(x, g))  # expect: x of E
g.__dict__["x"] = "through the dict"
print(x(g))  # expect: through the dict
g.__dict__ = {"x": "another dict"}
print(x(g))  # expect: another dict
warm(set_x, g, "set again")
print(g.__dict__)  # expect: {'x': 'set again'}
g.__dict__["method"] = lambda: "method of the dict"
print(method(g))  # expect: method of the dict
h = E()
print(warm(method, h), warm(x, h))  # expect: method of E x of E
for i in range(40):
    setattr(h, f"n{i}", i)
print(x(h), method(h), len(h.__dict__))  # expect: x of E method of E 41
h.__dict__[1] = "a key that is no string"
print(x(h), method(h))  # expect: x of E method of E
vars(h)["method"] = lambda: "shadowed"
print(method(h), warm(method, h))  # expect: shadowed shadowed
# __slots__: the descriptor is replaced, deleted and borrowed by another class.
class S:
    __slots__ = ("x", "y")
    def __init__(self):
        self.x, self.y = 1, 2
s = S()
print(warm(x, s))  # expect: 1
warm(set_x, s, 3)
print(x(s))  # expect: 3
slot = S.x
S.x = property(lambda self: "property")
print(x(s))  # expect: property
S.x = slot
print(x(s))  # expect: 3
del s.x
print(gone(s))  # expect: 'S' object has no attribute 'x'
S.x = S.y
print(x(s))  # expect: 2
class T:
    pass
T.x = slot
t = T()
def type_error(o):
    try:
        return o.x
    except TypeError as error:
        return str(error)
print(warm(type_error, t))  # expect: descriptor 'x' for 'S' objects doesn't apply to a 'T' object
# Properties change their getter and go.
class P:
    @property
    def x(self):
        return sys.getrefcount(self) < 10
p = P()
print(warm(x, p))  # expect: True
P.x.__init__(lambda self: "initialised again")
print(x(p))  # expect: initialised again
P.x.__init__(len)
print(type_error(p))  # expect: object of type 'P' has no len()
P.x.__init__(None)
print(gone(p))  # expect: property of 'P' object has no getter
P.x = 5
print(x(p))  # expect: 5
class Q:
    @property
    def x(self):
        yield 1
    @property
    def y(self, extra=3, *rest, **more):
        return extra, rest, more
def y(o):
    return o.y
print(list(warm(x, Q())), warm(y, Q()))  # expect: [1] (3, (), {})
# Attributes of classes, static and class methods.
class K:
    value = 1
    @staticmethod
    def static():
        return "static"
    @classmethod
    def cls(klass):
        return klass.__name__
    def plain(self):
        return "plain"
def value(klass):
    return klass.value
def static(klass):
    return klass.static()
def cls(klass):
    return klass.cls()
def plain(klass):
    return klass.plain(None)
class L(K):
    pass
print(warm(value, K), warm(static, K), warm(cls, K), warm(plain, K), warm(cls, L()))  # expect: 1 static K plain L
K.value = 2
K.static = lambda: "not static"
print(value(K), static(K), value(L), static(L), cls(L))  # expect: 2 not static 2 not static L
class Meta(type):
    @property
    def value(klass):
        return "of the metaclass"
class M(metaclass=Meta):
    pass
print(warm(value, M), value(K))  # expect: of the metaclass 2
# A finalizer that runs while a class attribute is replaced sees the new one.
class Dying:
    def __del__(self):
        print(kind(a), A.kind)
A.kind = Dying()
print(type(warm(kind, a)).__name__)  # expect: Dying
A.kind = "after"  # expect: after after
print(kind(a))  # expect: after
# Many types at one place.
class N1: x = 1
class N2:
    __slots__ = "x"
class N3:
    def __init__(self): self.x = 3
n2 = N2()
n2.x = 2
objects = [N1(), n2, N3(), 5 + 2j] * 30
total = 0
def real(o):
    try:
        return o.x
    except AttributeError:
        return o.real
for o in objects:
    total += real(o)
print(total)  # expect: 330.0
