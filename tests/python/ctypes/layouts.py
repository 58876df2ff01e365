# Structures as the C headers declare them, laid over living objects.
import ctypes
import sys


class PyObject(ctypes.Structure):
    _fields_ = [("ob_refcnt", ctypes.c_ssize_t), ("ob_type", ctypes.py_object)]


class PyVarObject(PyObject):
    _fields_ = [("ob_size", ctypes.c_ssize_t)]


class PyListObject(PyVarObject):
    _fields_ = [("ob_item", ctypes.POINTER(ctypes.py_object)), ("allocated", ctypes.c_ssize_t)]


class PyTupleObject(PyVarObject):
    _fields_ = [("ob_item", ctypes.py_object * 3)]


class PyFloatObject(PyObject):
    _fields_ = [("ob_fval", ctypes.c_double)]


print(ctypes.sizeof(PyObject), ctypes.sizeof(PyVarObject), ctypes.sizeof(PyListObject), ctypes.sizeof(PyTupleObject))  # expect: 16 24 40 48
print(PyListObject.ob_refcnt, PyListObject.ob_type, PyListObject.ob_size, PyListObject.allocated)  # expect: <Field type=c_long, ofs=0, size=8> <Field type=py_object, ofs=8, size=8> <Field type=c_long, ofs=16, size=8> <Field type=c_long, ofs=32, size=8>
print(PyListObject.ob_item.offset, PyListObject.ob_item.size)  # expect: 24 8

items = []
seen = []
for i in range(18):
    items.append(i)
    raw = PyListObject.from_address(id(items))
    seen.append((raw.ob_size, raw.allocated))
print(seen)  # expect: [(1, 4), (2, 4), (3, 4), (4, 4), (5, 8), (6, 8), (7, 8), (8, 8), (9, 16), (10, 16), (11, 16), (12, 16), (13, 16), (14, 16), (15, 16), (16, 16), (17, 24), (18, 24)]
print(raw.ob_refcnt, raw.ob_type, raw.ob_item[5], raw.ob_item[17])  # expect: 1 <class 'list'> 5 17
print(all(sys.getsizeof(items) == 56 + 8 * raw.allocated for _ in range(1)))  # expect: True

triple = ("a", 2, 3.0)
raw = PyTupleObject.from_address(id(triple))
print(raw.ob_size, raw.ob_type, list(raw.ob_item))  # expect: 3 <class 'tuple'> ['a', 2, 3.0]

number = 2.5
raw = PyFloatObject.from_address(id(number))
print(raw.ob_fval, raw.ob_type is float)  # expect: 2.5 True

text = "hello"
print(ctypes.string_at(id(text) + sys.getsizeof(text) - len(text) - 1, len(text)))  # expect: b'hello'
data = b"abcdef"
print(ctypes.string_at(id(data) + sys.getsizeof(b"") - 1), sys.getsizeof(b""))  # expect: b'abcdef' 33
print(bytes((ctypes.c_ubyte * 6).from_address(id(data) + 32)))  # expect: b'abcdef'


class Slotted:
    __slots__ = ("x", "y")


slotted = Slotted()
slotted.x, slotted.y = "first", "second"
print(ctypes.py_object.from_address(id(slotted) + 16).value, ctypes.py_object.from_address(id(slotted) + 24).value)  # expect: first second
try:
    PyVarObject.from_address("0")
except TypeError as error:
    print(error)  # expect: integer expected
