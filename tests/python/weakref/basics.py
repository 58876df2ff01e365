# weakref.ref: sharing, death, callbacks, comparison, hash.
import sys, weakref
class C:
    def __init__(self, v=0):
        self.v = v
    def __eq__(self, other):
        return self.v == other.v
    def __hash__(self):
        return hash(self.v)
c = C(1)
r = weakref.ref(c)
print(r() is c, weakref.ref(c) is r, sys.getrefcount(c), weakref.getweakrefcount(c))  # expect: True True 2 1
print(r.__callback__, r == weakref.ref(C(1)), hash(r) == hash(c))  # expect: None False True
d = C(1)
s = weakref.ref(d)
print(r == s, r != s)  # expect: True False
def gone(ref):
    print("gone", ref is k, ref())
k = weakref.ref(c, gone)
print(k is r, k.__callback__ is gone, weakref.getweakrefcount(c), weakref.getweakrefs(c) == [r, k])  # expect: False True 2 True
del c  # expect: gone True None
print(r(), k(), k.__callback__, hash(r), r == r, r == s, r == weakref.ref(d))  # expect: None None None 1 True False False
e = C(5)
q = weakref.ref(e)
del e
try:
    hash(q)
except TypeError as error:
    print(error)  # expect: weak object has gone away
for bad in [(), (1,), (d, None, 3)]:
    try:
        weakref.ref(*bad)
    except TypeError as error:
        print(error)
# expect: __new__ expected at least 1 argument, got 0
# expect: cannot create weak reference to 'int' object
# expect: __new__ expected at most 2 arguments, got 3
try:
    weakref.ref(d, callback=None)
except TypeError as error:
    print(error)  # expect: ref() takes no keyword arguments
try:
    s < r
except TypeError as error:
    print(error)  # expect: '<' not supported between instances of 'weakref.ReferenceType' and 'weakref.ReferenceType'
try:
    s(1)
except TypeError as error:
    print(error)  # expect: weakref expected 0 arguments, got 1
print(weakref.ref[int], sys.getsizeof(s))  # expect: weakref.ReferenceType[int] 80
order = []
x = C(9)
refs = [weakref.ref(x, lambda _, i=i: order.append(i)) for i in range(4)]
del refs[1]
del x
print(order)  # expect: [3, 2, 0]
class Ref(weakref.ref):
    __slots__ = ("key",)
    def __new__(cls, o, cb=None, key=None):
        return super().__new__(cls, o, cb)
    def __init__(self, o, cb=None, key=None):
        super().__init__(o, cb)
        self.key = key
y = C(3)
p, t = Ref(y, None, "a"), Ref(y, None, "b")
print(p is t, p.key, t.key, p == t, weakref.getweakrefcount(y), type(weakref.ref(y)) is weakref.ref)
# expect: False a b True 2 True
class NoWeak:
    __slots__ = ()
for thing in [1, "s", [], {}, (), NoWeak(), object(), None]:
    try:
        weakref.ref(thing)
    except TypeError as error:
        print(error)
# expect: cannot create weak reference to 'int' object
# expect: cannot create weak reference to 'str' object
# expect: cannot create weak reference to 'list' object
# expect: cannot create weak reference to 'dict' object
# expect: cannot create weak reference to 'tuple' object
# expect: cannot create weak reference to 'NoWeak' object
# expect: cannot create weak reference to 'object' object
# expect: cannot create weak reference to 'NoneType' object
for thing in [C, gone, set(), frozenset(), C(1).__init__, (i for i in []), type(sys)("m")]:
    print(type(weakref.ref(thing)()).__name__)
# expect: type
# expect: function
# expect: set
# expect: frozenset
# expect: method
# expect: generator
# expect: module
