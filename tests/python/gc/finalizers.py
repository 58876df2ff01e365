# __del__ runs once per object; resurrection; order in a cycle.
import gc
class N:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("del", self.name)
a, b, c = N("a"), N("b"), N("c")
a.next, b.next, c.next = b, c, a
del a, b, c
print("collecting")  # expect: collecting
print(gc.collect())
# expect: del a
# expect: del b
# expect: del c
# expect: 3
saved = []
class Phoenix:
    def __del__(self):
        print("saved")
        saved.append(self)
p = Phoenix()
p.me = p
print(gc.is_finalized(p))  # expect: False
del p
print(gc.collect())
# expect: saved
# expect: 0
print(gc.is_finalized(saved[0]), saved[0].me is saved[0])  # expect: True True
saved.clear()
print(gc.collect())  # expect: 1
q = Phoenix()
del q  # expect: saved
print(len(saved), gc.is_finalized(saved[0]))  # expect: 1 True
saved.clear()
print(gc.collect())  # expect: 0
class Raises:
    def __del__(self):
        raise ValueError("in __del__")
r = Raises()
r.me = r
del r
print(gc.collect())  # expect: 1
class Leaf:
    def __del__(self):
        print("leaf")
holder = [Leaf()]
holder.append(holder)
del holder
print(gc.collect())
# expect: leaf
# expect: 2
