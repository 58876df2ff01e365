"""How often arguments are counted in every kind of call."""
import sys
v = [1]



def f1(p=[], *q, z=1, **kw):
    return sys.getrefcount(p)



def f2(p, *q):
    return sys.getrefcount(p)



def f3(p, **kw):
    return sys.getrefcount(p)



def f4(p, z=1):
    return sys.getrefcount(p)



def f5(p):
    return sys.getrefcount(p)
print(f1(v, 1, k=2), f2(v, 1), f3(v, k=2), f4(v), f4(v, z=3), f5(p=v), f5(v), f1(*[v]))
b = b'xy'
print(sys.getrefcount(b), sys.getrefcount(b'zz'), f1(b, 1, k=2), f5(b))
s = 'a b'
print(sys.getrefcount(s), sys.getrefcount('c d'), f5(s))
i = 12345
print(sys.getrefcount(i), sys.getrefcount(54321), f5(i))
t = (1, 2)
print(sys.getrefcount(t), sys.getrefcount((4, 5)), f5(t))
e = None
try:
    None.x
except Exception as x:
    e = x
print(sys.getrefcount(e))
try:
    iter(5)
except Exception as x:
    e = x
print(sys.getrefcount(e))



class D:

    def m(self, a):
        return (sys.getrefcount(a), sys.getrefcount(self))

    @classmethod
    def c(cls, a):
        return sys.getrefcount(a)

    @staticmethod
    def s(a):
        return sys.getrefcount(a)
d = D()
print(d.m(v), D.m(d, v), d.c(v), d.s(v), D.c(v))



def g(x):
    yield sys.getrefcount(x)
print(next(g(v)), list(map(f5, [v])), sorted([1], key=f5), [f5(k) for k in [v]])



def h(n, x):
    if n == 0:
        return sys.getrefcount(x)
    return h(n - 1, x)
print([h(k, v) for k in range(4)])



def lo():
    a = []
    b = a
    c = [a]
    return sys.getrefcount(a)
print(lo(), (lambda q: sys.getrefcount(q))([]), (lambda *q: sys.getrefcount(q))([]))



def cl():
    a = []

    def inner():
        return sys.getrefcount(a)
    return inner()
print(cl())
for y in [v]:
    print(sys.getrefcount(y))
print(sys.getrefcount(D), sys.getrefcount(f5), sys.getrefcount(d), sys.getrefcount(D.m), sys.getrefcount(d.m))
import functools
print(functools.partial(f5, v)(), functools.reduce(lambda a, b: sys.getrefcount(a), [v, v, v]))



class P:

    @property
    def q(self):
        return sys.getrefcount(self)

    def __getattr__(self, n):
        return sys.getrefcount(self)

    def __getitem__(self, n):
        return (sys.getrefcount(self), sys.getrefcount(n))

    def __add__(self, o):
        return (sys.getrefcount(self), sys.getrefcount(o))

    def __call__(self, o):
        return (sys.getrefcount(self), sys.getrefcount(o))

    def __len__(self):
        return sys.getrefcount(self)

    def __enter__(self):
        return sys.getrefcount(self)

    def __exit__(self, *a):
        print(sys.getrefcount(self))

    def __iter__(self):
        return iter([sys.getrefcount(self)])

    def __repr__(self):
        return str(sys.getrefcount(self))

    def __eq__(self, o):
        print('eq', sys.getrefcount(self), sys.getrefcount(o))
        return True
p = P()
print(p.q, p.zzz, p[v], p + v, p(v), len(p), list(p), p, repr(p), f'{p}', p == v)
with p as w:
    print(w)



def dec(f):

    def wrap(*a, **k):
        return f(*a, **k)
    return wrap

@dec


def z(a):
    return sys.getrefcount(a)
print(z(v), z(a=v))
# expect: 3 3 3 3 3 3 3 3
# expect: 5 4 6 6
# expect: 4 3 5
# expect: 4 3 5
# expect: 4 3 5
# expect: 2
# expect: 2
# expect: (3, 3) (3, 3) 3 3 3
# expect: 3 [5] [1] [5]
# expect: [3, 4, 5, 6]
# expect: 4 2 2
# expect: 2
# expect: 4
# expect: 6 2 2 2 1
# expect: 5 4294967295
# expect: eq 5 5
# expect: 4 4 (4, 5) (4, 5) (4, 6) 4 [4] 5 5 6 True
# expect: 5
# expect: 4
# expect: 5 5
