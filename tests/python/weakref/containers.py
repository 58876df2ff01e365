# The containers of the weakref module.
import gc, weakref
gc.collect()
class K:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return f"K{self.n}"
a, b, c = K(1), K(2), K(3)
values = weakref.WeakValueDictionary(a=a, b=b)
values["c"] = c
print(sorted(values), values["a"], len(values), "b" in values, values.get("z"))  # expect: ['a', 'b', 'c'] K1 3 True None
del b
print(sorted(values), len(values))  # expect: ['a', 'c'] 2
keys = weakref.WeakKeyDictionary({a: "a", c: "c"})
print(len(keys), keys[a], a in keys)  # expect: 2 a True
s = weakref.WeakSet([a, c])
print(len(s), a in s)  # expect: 2 True
del c
print(len(values), len(keys), len(s))  # expect: 1 1 1
class M:
    def hello(self):
        return "hello"
m = M()
w = weakref.WeakMethod(m.hello)
print(w()(), weakref.ref(m.hello)())  # expect: hello None
del m
print(w())  # expect: None
class R:
    pass
r = R()
f = weakref.finalize(r, print, "finalized", sep=" ")
print(f.alive, f.peek()[1] is print)  # expect: True True
del r  # expect: finalized
print(f.alive, f.peek())  # expect: False None
r = R()
f = weakref.finalize(r, print, "called")
print(f(), f.alive)
# expect: called
# expect: None False
r.me = r
g = weakref.finalize(r, print, "by the collector")
del r
print(gc.collect())
# expect: by the collector
# expect: 2
h = weakref.finalize(a, print, "at exit")
print(h.atexit)  # expect: True
h.detach()
