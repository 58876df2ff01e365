# What CPython keeps in the first field of an object is the number of references to it.
import ctypes
import sys


def stored_count(address):
    return ctypes.c_long.from_address(address).value


a = []
print(stored_count(id(a)), sys.getrefcount(a))  # expect: 1 2
b = a
c = [a, a]
print(stored_count(id(a)), sys.getrefcount(a))  # expect: 4 5
del b
c.clear()
print(stored_count(id(a)), sys.getrefcount(a))  # expect: 1 2

# The address outlives the name, the object does not.
address = id(a)


class Holder:
    def __init__(self, kept):
        self.kept = kept


holder = Holder(a)
del a
print(stored_count(address))  # expect: 1
print(ctypes.cast(address, ctypes.py_object).value)  # expect: []
holder.kept = None

# Wider and narrower views of the same field.
x = object()
y = x
for kind in (ctypes.c_long, ctypes.c_ssize_t, ctypes.c_size_t, ctypes.c_uint64, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint8):
    print(kind.__name__, kind.from_address(id(x)).value)  # expect: c_long 2
# expect: c_long 2
# expect: c_ulong 2
# expect: c_ulong 2
# expect: c_uint 2
# expect: c_int 2
# expect: c_ubyte 2

# A view stays a view.
view = ctypes.c_long.from_address(id(x))
print(view, view.value)  # expect: c_long(2) 2
z = x
print(view, view.value, view._b_base_, view._b_needsfree_, view._objects)  # expect: c_long(3) 3 None 0 None
