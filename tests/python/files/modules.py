# Modules that the program wrote itself, imported from a folder on sys.path.
import importlib
import os
import sys
import tempfile

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)


def write(name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


write("greeting.py", "print('loading', __name__)\nvalue = 1\ndef hello(): return 'hello'\n")
import greeting  # expect: loading greeting

print(greeting.hello(), greeting.__name__, os.path.basename(greeting.__file__), greeting.__package__ == "")  # expect: hello greeting greeting.py True
print(type(greeting.__spec__).__name__, greeting.__spec__.name, greeting.__spec__.origin == greeting.__file__)  # expect: ModuleSpec greeting True
print("greeting" in sys.modules, sys.modules["greeting"] is greeting)  # expect: True True
import greeting

write("greeting.py", "print('loading again')\nvalue = 2\nadded = True\n")
print(importlib.reload(greeting) is greeting, greeting.value, greeting.added, greeting.hello())  # expect: loading again
# expect: True 2 True hello

write("pack/__init__.py", "print('package', __name__)\nfrom .inner import answer\n")
write("pack/inner.py", "answer = 42\nfrom . import sibling\n")
write("pack/sibling.py", "where = __name__\n")
import pack.inner  # expect: package pack

print(pack.answer, pack.sibling.where, pack.inner.__package__, os.path.basename(pack.__path__[0]))  # expect: 42 pack.sibling pack pack
from pack import sibling as s

print(s.where, sorted(name for name in sys.modules if name.startswith("pack")))  # expect: pack.sibling ['pack', 'pack.inner', 'pack.sibling']

write("circle_a.py", "import circle_b\nname = 'a'\n")
write("circle_b.py", "import circle_a\nprint(hasattr(circle_a, 'name'))\nname = 'b'\n")
import circle_a  # expect: False

print(circle_a.circle_b.name)  # expect: b
write("broken.py", "value = 1\nraise RuntimeError('while loading')\n")
try:
    import broken
except RuntimeError as error:
    print(error, "broken" in sys.modules)  # expect: while loading False
write("wrong.py", "def f(:\n")
try:
    import wrong
except SyntaxError as error:
    print(type(error).__name__, os.path.basename(error.filename), error.lineno)  # expect: SyntaxError wrong.py 1
try:
    import nothing_here
except ModuleNotFoundError as error:
    print(error, error.name)  # expect: No module named 'nothing_here' nothing_here
write("lazy.py", "def __getattr__(name):\n    return f'made {name}'\n")
import lazy

print(lazy.anything)  # expect: made anything
write("names.py", "__all__ = ['seen']\nseen, hidden = 1, 2\n")
from names import *

print(seen, "hidden" in globals())  # expect: 1 False
spec = importlib.util.spec_from_file_location("custom", os.path.join(folder, "names.py")) if hasattr(importlib, "util") else None
import importlib.util

spec = importlib.util.spec_from_file_location("custom", os.path.join(folder, "names.py"))
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.__name__, module.hidden, "custom" in sys.modules)  # expect: custom 2 False
print(importlib.util.find_spec("pack.sibling").name, importlib.util.find_spec("not_there"))  # expect: pack.sibling None
