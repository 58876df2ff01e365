# Importing by name.
import importlib
import importlib.util
import sys

print(importlib.import_module("json.decoder").__name__, importlib.import_module(".decoder", "json") is sys.modules["json.decoder"])  # expect: json.decoder True
try:
    importlib.import_module(".x")
except TypeError as error:
    print(error)
# expect: the 'package' argument is required to perform a relative import for '.x'
for name in ["nope", "json.nope", "math.x"]:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        print(error, error.name)
# expect: No module named 'nope' nope
# expect: No module named 'json.nope' json.nope
# expect: No module named 'math.x'; 'math' is not a package math.x
import string
before = string.ascii_letters
string.ascii_letters = "changed"
print(importlib.reload(string) is string, string.ascii_letters == before)  # expect: True True
try:
    importlib.reload("x")
except TypeError as error:
    print(error)
# expect: reload() argument must be a module
spec = importlib.util.find_spec("colorsys")
print(spec.name, type(spec).__name__, spec.parent, spec.has_location, "colorsys" in sys.modules)  # expect: colorsys ModuleSpec  True False
print(importlib.util.find_spec("nope"), importlib.util.resolve_name(".a", "b.c"))  # expect: None b.c.a
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.rgb_to_hsv(1, 0, 0), module.__name__, "colorsys" in sys.modules)  # expect: (0.0, 1.0, 1) colorsys False
print(importlib.util.find_spec("sys").origin)  # expect: built-in
import time
import json
print(time.__spec__)  # expect: ModuleSpec(name='time', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in')
print(time.__loader__, json.__spec__.name, json.__spec__.submodule_search_locations == json.__path__, json.__spec__.parent)  # expect: <class '_frozen_importlib.BuiltinImporter'> json True json
print(json.decoder.__spec__.name, json.decoder.__spec__.origin == json.decoder.__file__, type(json.__loader__), json.__package__)  # expect: json.decoder True <class '_frozen_importlib_external.SourceFileLoader'> json
print(type(sys.modules["__main__"].__spec__))  # expect: <class 'NoneType'>
print(repr(time).split(" from")[0], repr(json).split(" from")[0])  # expect: <module 'time' (built-in)> <module 'json'
