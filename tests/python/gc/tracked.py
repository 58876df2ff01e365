# What the collector knows, and when it forgets.
import gc
gc.collect()
class C:
    pass
class S:
    __slots__ = ()
def f():
    yield 1
things = {
    "int": 1, "float": 1.0, "str": "x", "bytes": b"x", "None": None, "bytearray": bytearray(), "range": range(3),
    "object()": object(), "list": [], "set": set(), "frozenset": frozenset([1]), "slice": slice(1), "C()": C(),
    "S()": S(), "function": f, "class": C, "int type": int, "method": C().__init__, "generator": f(), "iterator": iter([]),
    "range iterator": iter(range(3)), "empty tuple": (), "empty dict": {}, "dict of atoms": {"a": 1},
    "dict of list": {"a": []}, "dict of tuple": {"a": (1, 2)}, "exception": ValueError("x"), "property": property(),
    "module": gc, "code": f.__code__,
}
for name, thing in things.items():
    print(name, gc.is_tracked(thing))
# expect: int False
# expect: float False
# expect: str False
# expect: bytes False
# expect: None False
# expect: bytearray False
# expect: range False
# expect: object() False
# expect: list True
# expect: set True
# expect: frozenset True
# expect: slice True
# expect: C() True
# expect: S() True
# expect: function True
# expect: class True
# expect: int type False
# expect: method True
# expect: generator True
# expect: iterator True
# expect: range iterator False
# expect: empty tuple False
# expect: empty dict False
# expect: dict of atoms False
# expect: dict of list True
# expect: dict of tuple False
# expect: exception True
# expect: property True
# expect: module True
# expect: code False
t = tuple([1, 2])
u = (1, [])
v = (1, (2, (3,)))
print(gc.is_tracked(t), gc.is_tracked(u))  # expect: True True
gc.collect()
gc.collect()
print(gc.is_tracked(t), gc.is_tracked(u), gc.is_tracked(v))  # expect: False True False
d = {"a": 1}
d["b"] = []
print(gc.is_tracked(d))  # expect: True
d["b"] = 2
print(gc.is_tracked(d))  # expect: True
gc.collect(1)
print(gc.is_tracked(d))  # expect: True
gc.collect()
print(gc.is_tracked(d))  # expect: False
