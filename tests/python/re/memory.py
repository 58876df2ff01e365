# Sizes and reference counts of patterns and matches.
import gc
import re
import sys

p = re.compile("a(b)?(?P<x>c)")
text = "".join(["ab", "c"])
before = sys.getrefcount(text)
m = p.match(text)
print(sys.getrefcount(text) - before, sys.getsizeof(m), m.__sizeof__(), type(m).__basicsize__, type(m).__itemsize__)  # expect: 1 152 136 88 8
print(type(p).__basicsize__, type(p).__itemsize__, sys.getsizeof(p) - p.__sizeof__())  # expect: 96 4 16
print(gc.is_tracked(m), gc.is_tracked(p), m.group() is text, m.string is text, m.re is p)  # expect: True True True True True
print(gc.get_referents(m) == [type(m), text, p] or gc.get_referents(m) == [text, p])  # expect: True
m.regs
print(m.regs is m.regs)  # expect: True
del m
print(sys.getrefcount(text) - before)  # expect: 0
it = p.finditer(text)
print(sys.getrefcount(text) - before)  # expect: 1
list(it)
del it
print(sys.getrefcount(text) - before)  # expect: 0
import weakref
r = weakref.ref(p)
print(r() is p)  # expect: True
try:
    weakref.ref(p.match(text))
except TypeError as error:
    print(error)
# expect: cannot create weak reference to 're.Match' object
parts = re.split(",", text)
print(parts[0] is text, re.sub("x", "y", text) is text)  # expect: True True
