# Weak references and the collector: cleared before any __del__, callbacks of garbage do not run.
import gc, weakref
gc.collect()
class N:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("del", self.name, self.ref())
def cycle():
    a, b = N("a"), N("b")
    a.other, b.other = b, a
    a.ref, b.ref = weakref.ref(b), weakref.ref(a)
    return a, b
a, b = cycle()
outside = weakref.ref(a, lambda r: print("outside callback", r()))
inside = weakref.ref(b, lambda r: print("never"))
a.kept = inside
del inside, a, b
print(gc.collect())
# expect: outside callback None
# expect: del a None
# expect: del b None
# expect: 6
print(outside())  # expect: None
class P:
    pass
p = P()
p.me = p
refs = [weakref.ref(p, lambda r, i=i: print("callback", i)) for i in range(3)]
del p
print(gc.collect())
# expect: callback 2
# expect: callback 1
# expect: callback 0
# expect: 1
p = P()
p.me = p
def fails(r):
    raise ValueError("in callback")
r = weakref.ref(p, fails)
del p
print(gc.collect(), r())  # expect: 1 None
