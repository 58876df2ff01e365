# weakref.proxy stands for its object.
import weakref
class Vec:
    def __init__(self, *xs):
        self.xs = list(xs)
    def __add__(self, o):
        return ("add", self.xs, type(o).__name__)
    def __radd__(self, o):
        return ("radd", o)
    def __iadd__(self, o):
        self.xs.append(o)
        return self
    def __len__(self):
        return len(self.xs)
    def __getitem__(self, i):
        return self.xs[i]
    def __setitem__(self, i, v):
        self.xs[i] = v
    def __delitem__(self, i):
        del self.xs[i]
    def __contains__(self, v):
        return v in self.xs
    def __iter__(self):
        return iter(self.xs)
    def __eq__(self, o):
        return self.xs == o.xs
    def __bool__(self):
        return False
    def __neg__(self):
        return "neg"
    def __int__(self):
        return 7
    def __float__(self):
        return 1.5
    def __index__(self):
        return 2
    def __str__(self):
        return "Vec!"
    def __divmod__(self, o):
        return "divmod"
    def __pow__(self, o, m=None):
        return ("pow", o, m)
v = Vec(1, 2, 3)
p = weakref.proxy(v)
print(weakref.proxy(v) is p, type(p).__name__, isinstance(p, Vec), p.__class__ is Vec)  # expect: True ProxyType True True
print(p + 1, 1 + p, p + p, len(p), p[0], 2 in p, list(p), bool(p), -p, int(p), float(p), [5, 6, 7][p], str(p))
# expect: ('add', [1, 2, 3], 'int') ('radd', 1) ('add', [1, 2, 3], 'Vec') 3 1 True [1, 2, 3] False neg 7 1.5 7 Vec!
p[0] = 10
del p[1]
p.name = "n"
print(v.xs, v.name, p.name, p == p, p == v, v == p, divmod(p, 1), p ** 2, pow(p, 2, 3))
# expect: [10, 3] n n True True True divmod ('pow', 2, None) ('pow', 2, 3)
del p.name
print(hasattr(v, "name"))  # expect: False
q = p
q += 9
print(q is v, v.xs)  # expect: True [10, 3, 9]
try:
    hash(p)
except TypeError as error:
    print(error)  # expect: unhashable type: 'weakref.ProxyType'
try:
    next(p)
except TypeError as error:
    print(error)  # expect: Weakref proxy referenced a non-iterator 'Vec' object
try:
    p()
except TypeError as error:
    print(error)  # expect: 'weakref.ProxyType' object is not callable
class F:
    def __call__(self, *args, **kw):
        return args, kw
f = F()
g = weakref.proxy(f)
print(type(g).__name__, g(1, a=2))  # expect: CallableProxyType ((1,), {'a': 2})
del v, q
for action in [lambda: p.x, lambda: p + 1, lambda: len(p), lambda: str(p), lambda: bool(p), lambda: p == p, lambda: setattr(p, "x", 1)]:
    try:
        print(action())
    except ReferenceError as error:
        print(error)
# expect: weakly-referenced object no longer exists
# expect: weakly-referenced object no longer exists
# expect: weakly-referenced object no longer exists
# expect: weakly-referenced object no longer exists
# expect: weakly-referenced object no longer exists
# expect: weakly-referenced object no longer exists
# expect: weakly-referenced object no longer exists
print(repr(p).endswith("; dead>"))  # expect: True
