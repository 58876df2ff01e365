# Globals and builtins: what an instruction remembers of them is forgotten when a dict gains or loses a name.
import builtins


def warm(function, *args):
    for _ in range(20):
        result = function(*args)
    return result


def get():
    return name


def length(o):
    return len(o)


name = 1
print(warm(get))  # expect: 1
name = 2
print(get())  # expect: 2
# A global hides a builtin, and lets it show again.
print(warm(length, [1, 2]))  # expect: 2
len = lambda o: "mine"
print(length([1, 2]), warm(length, []))  # expect: mine mine
del len
print(length([1, 2]))  # expect: 2
builtins.name = "builtin"
del name
print(get(), warm(get))  # expect: builtin builtin
del builtins.name
try:
    get()
except NameError as error:
    print(error)  # expect: name 'name' is not defined
name = 3
print(get())  # expect: 3
# The builtins change.
real = builtins.len
print(warm(length, "abc"))  # expect: 3
builtins.len = lambda o: "changed"
print(length("abc"))  # expect: changed
builtins.len = real
print(length("abc"))  # expect: 3
builtins.extra = 1
print(warm(length, "abcd"))  # expect: 4
# The dict of globals grows, is emptied of a name, changes kind.
for i in range(200):
    globals()[f"filler{i}"] = i
print(get())  # expect: 3
globals()[5] = "a key that is no string"
print(get(), length("a"))  # expect: 3 1
name = 4
print(get(), warm(get))  # expect: 4 4
# One code object with several globals.
code = compile("def f():\n    return value, len('ab')\n", "<code>", "exec")
spaces = [{"value": i} for i in range(4)]
spaces[2]["len"] = lambda o: "own"
for space in spaces:
    exec(code, space)
for _ in range(5):
    print([space["f"]() for space in spaces])  # expect: [(0, 2), (1, 2), (2, 'own'), (3, 2)]
# expect: [(0, 2), (1, 2), (2, 'own'), (3, 2)]
# expect: [(0, 2), (1, 2), (2, 'own'), (3, 2)]
# expect: [(0, 2), (1, 2), (2, 'own'), (3, 2)]
# expect: [(0, 2), (1, 2), (2, 'own'), (3, 2)]
code = spaces[0]["f"].__code__
from types import FunctionType
f = [FunctionType(code, {"value": i, "__builtins__": {"len": lambda o, i=i: i}}) for i in range(3)]
for _ in range(4):
    results = [g() for g in f]
print(results)  # expect: [(0, 0), (1, 1), (2, 2)]
# A subclass of dict as globals: functions look names up as dict does, but module code asks the class.
class Space(dict):
    def __missing__(self, key):
        return "missing " + key
    def __getitem__(self, key):
        if key in ("g", "results", "_", "__builtins__"):
            return dict.__getitem__(self, key)
        return "got " + key if key in self else self.__missing__(key)
space = Space(value=1)
exec("def g(): return value\nresults = [g(), g(), g(), g()]\nresults2 = value", space)
print(dict.__getitem__(space, "results"), dict.__getitem__(space, "results2"))  # expect: ['got value', 'got value', 'got value', 'got value'] got value
# An instance's dict as globals.
class Holder:
    pass
holder = Holder()
holder.value = 10
holder.other = 20
exec("def g(): return value + other\ntotal = sum(g() for _ in range(10))", holder.__dict__)
print(holder.total)  # expect: 300
holder.value = 11
print(holder.g())  # expect: 31
# Attributes of modules.
import sys
def limit(module):
    return module.answer
sys.answer = 1
print(warm(limit, sys))  # expect: 1
sys.answer = 2
print(limit(sys))  # expect: 2
del sys.answer
try:
    limit(sys)
except AttributeError as error:
    print(error)  # expect: module 'sys' has no attribute 'answer'
sys.answer = 3
print(limit(sys))  # expect: 3
del sys.answer
from types import ModuleType
module = ModuleType("m")
module.answer = "plain"
print(warm(limit, module))  # expect: plain
hook = ModuleType("hook")
hook.answer = "set"
print(warm(limit, hook))  # expect: set
hook.__getattr__ = lambda wanted: "asked " + wanted
print(limit(hook))  # expect: set
del hook.answer
print(limit(hook))  # expect: asked answer
# Global names of a function whose module is cleared.
space = {"name": "here"}
exec("def g(): return name", space)
g = space["g"]
print(warm(g))  # expect: here
space.clear()
try:
    g()
except NameError as error:
    print(error)  # expect: name 'name' is not defined
space["name"] = "again"
print(g())  # expect: again
