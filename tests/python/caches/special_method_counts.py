"""How often an object is counted inside its special methods, however they are called."""
import sys
v = [1]



class P:

    def __call__(self, o):
        return (sys.getrefcount(self), sys.getrefcount(o))

    def __enter__(self):
        return sys.getrefcount(self)

    def __exit__(self, *a):
        print('exit', sys.getrefcount(self))

    def __repr__(self):
        return str(sys.getrefcount(self))

    def __len__(self):
        return sys.getrefcount(self)

    def __bool__(self):
        print('bool', sys.getrefcount(self))
        return True

    def __hash__(self):
        return sys.getrefcount(self)

    def __iter__(self):
        print('iter', sys.getrefcount(self))
        return iter([])

    def __next__(self):
        return sys.getrefcount(self)

    def __contains__(self, o):
        print('in', sys.getrefcount(self), sys.getrefcount(o))
        return True

    def __int__(self):
        return sys.getrefcount(self)

    def __index__(self):
        return sys.getrefcount(self)

    def __setitem__(self, k, o):
        print('set', sys.getrefcount(self), sys.getrefcount(k), sys.getrefcount(o))

    def __delitem__(self, k):
        print('del', sys.getrefcount(self), sys.getrefcount(k))

    def __setattr__(self, k, o):
        print('seta', sys.getrefcount(self), sys.getrefcount(o))

    def __lt__(self, o):
        return (sys.getrefcount(self), sys.getrefcount(o))

    def __radd__(self, o):
        return (sys.getrefcount(self), sys.getrefcount(o))

    def __iadd__(self, o):
        print('iadd', sys.getrefcount(self), sys.getrefcount(o))
        return self

    def __neg__(self):
        return sys.getrefcount(self)

    def __abs__(self):
        return sys.getrefcount(self)

    def __format__(self, s):
        return str(sys.getrefcount(self))

    def __reversed__(self):
        return sys.getrefcount(self)

    def __get__(self, i, c):
        return (sys.getrefcount(self), sys.getrefcount(i))



class Q:

    def __str__(self):
        return str(sys.getrefcount(self))

    def __getattribute__(self, n):
        return sys.getrefcount(self)



class R:

    def __repr__(self):
        return str(sys.getrefcount(self))
p = P()
print(p(v))  # expect: (4, 5)
print(p(o=v))  # expect: (5, 6)
with p as w:
    print(w)  # expect: 5
# expect: exit 4
print(p)  # expect: 5
print(repr(p))  # expect: 4
print(str(p))  # expect: 4
print(f'{p}', f'{p!r}', '%s' % p, '{}'.format(p), '%r' % (p,), '{0!r}'.format(p), format(p))  # expect: 5 4 4 7 4 6 5
print(len(p))  # expect: 4
print(bool(p))  # expect: bool 4
# expect: True
print(hash(p))  # expect: 4
print(not p)  # expect: bool 4
# expect: False
for _ in p:
    pass  # expect: iter 4
list(p)  # expect: iter 4
print(next(p))  # expect: 4
print(v in p)  # expect: in 4 4
# expect: True
print(int(p))  # expect: 4
print(hex(p))  # expect: 0x4
p[v] = v  # expect: set 4 6 6
del p[v]  # expect: del 4 4
p.a = v  # expect: seta 4 4
print(p < v)  # expect: (4, 4)
print(v + p)  # expect: (4, 4)
p += v  # expect: iadd 4 4
print(-p, abs(p), reversed(p))  # expect: 4 4 5



class H:
    q = p
print(H().q)  # expect: (5, 3)
q = Q()
print(q)  # expect: 5
print(str(q))  # expect: 4
print(q.x)  # expect: 4
print(getattr(q, 'x'))  # expect: 4
r = R()
print(r)  # expect: 5
print([r], [r, r])  # expect: [6] [6, 6]
print((r,))  # expect: (4,)
print({1: r})  # expect: {1: 5}
print({r})  # expect: {5}
print(str([r]))  # expect: [4]
print('%s' % r, f'{r}', '{}'.format(r), format(r))  # expect: 4 5 7 5



def show(*a):
    return [sys.getrefcount(x) for x in a]
print(show(r))  # expect: [4]
print(show(*[r]))  # expect: [4]
print(show(*(r,)))  # expect: [4]
print(max([r], key=sys.getrefcount))  # expect: 5
print(list(map(sys.getrefcount, [r])))  # expect: [3]
print([sys.getrefcount(x) for x in [r]])  # expect: [4]
print(sorted([r], key=lambda k: print(sys.getrefcount(k))))  # expect: 5
# expect: [4]
print(dict(a=r)['a'])  # expect: 5
print(isinstance(r, R), sys.getrefcount(r))  # expect: True 2
print(*[r])  # expect: 5
print(r, r)  # expect: 7 7
import operator
print(operator.attrgetter('x')(q))  # expect: 4
print(operator.call(p, v) if hasattr(operator, 'call') else '')  # expect: (5, 5)
print(any((x is r for x in [r])), next(iter([p])))  # expect: True 6



class S:

    def __new__(cls, a):
        print('new', sys.getrefcount(a))
        return super().__new__(cls)

    def __init__(self, a):
        print('init', sys.getrefcount(a), sys.getrefcount(self))
S(v)  # expect: new 5
# expect: init 5 3
S(a=v)  # expect: new 6
# expect: init 6 4



class T:

    def __new__(cls, a):
        print('new', sys.getrefcount(a))
        return super().__new__(cls)
T(v)  # expect: new 5
T(a=v)  # expect: new 6



class M(type):

    def __call__(cls, *a):
        print('call', sys.getrefcount(a[0]))
        return super().__call__(*a)



class U(metaclass=M):

    def __init__(self, a):
        print('init', sys.getrefcount(a))
U(v)  # expect: call 5
# expect: init 6



class W:

    def __init_subclass__(cls):
        print('isub', sys.getrefcount(cls))

    def __set_name__(self, o, n):
        print('sn', sys.getrefcount(self), sys.getrefcount(o))



class X(W):
    y = W()  # expect: sn 6 4
# expect: isub 5



class E(Exception):

    def __init__(self, a):
        self.c = sys.getrefcount(a)
print(E(v).c)  # expect: 5
try:
    raise E(v)
except E as e:
    print(sys.getrefcount(e), sys.getrefcount(e.__traceback__), e.args, sys.getrefcount(v))  # expect: 3 2 ([1],) 3
print(sys.getrefcount(v))  # expect: 2
