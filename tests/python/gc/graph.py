# get_referents and get_referrers.
import gc
class Node:
    def __init__(self):
        self.x = []
        self.y = {}
class Slotted:
    __slots__ = ("b", "a")
    def __init__(self):
        self.a, self.b = [1], [2]
n = Node()
print([type(r).__name__ for r in gc.get_referents(n)])  # expect: ['list', 'dict', 'type']
s = Slotted()
print(gc.get_referents(s)[:2], gc.get_referents(s)[2] is Slotted)  # expect: [[1], [2]] True
print(gc.get_referents([1, "a", None]), gc.get_referents((1, 2), [3]))  # expect: [None, 'a', 1] [2, 1, 3]
print(gc.get_referents({"k": 1, 2: "v"}))  # expect: [1, 'k', 'v', 2]
print(gc.get_referents({"k": 1, "l": 2}))  # expect: [1, 2]
print(gc.get_referents(1, "a"))  # expect: []
def f(a=[1]):
    return a
print([type(r).__name__ for r in gc.get_referents(f)])
# expect: ['code', 'dict', 'dict', 'str', 'tuple', 'NoneType', 'str', 'str']
target = object()
one = [target]
two = {"k": target}
three = (target,)
found = gc.get_referrers(target)
print(sorted(type(r).__name__ for r in found))  # expect: ['dict', 'list', 'tuple']
print(any(r is one for r in found), any(r is two for r in found), any(r is three for r in found), any(r is globals() for r in found))
# expect: True False True True
print(len(gc.get_referrers(one)) == 1, gc.get_referrers(target, one)[0] is not None)  # expect: False True
print(gc.get_referents(iter([1, 2])), gc.get_referents(slice(1, 2, 3)))  # expect: [[1, 2]] [1, 2, 3]
print([type(r).__name__ for r in gc.get_referents(n.__init__)])  # expect: ['function', 'Node']
