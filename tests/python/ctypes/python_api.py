# Functions of the C API through `ctypes.pythonapi`.
import ctypes
import sys
from ctypes import pythonapi, py_object

x = []
print(sys.getrefcount(x))  # expect: 2
pythonapi.Py_IncRef(py_object(x))
print(sys.getrefcount(x))  # expect: 3
pythonapi.Py_DecRef(py_object(x))
print(sys.getrefcount(x))  # expect: 2

size = pythonapi.PyList_Size
size.argtypes, size.restype = [py_object], ctypes.c_ssize_t
print(size([1, 2, 3]))  # expect: 3
show = pythonapi.PyObject_Repr
show.argtypes, show.restype = [py_object], py_object
print(show({"a": 1}))  # expect: {'a': 1}
make = pythonapi.PyUnicode_FromString
make.argtypes, make.restype = [ctypes.c_char_p], py_object
print(make(b"from C"))  # expect: from C
version = pythonapi.Py_GetVersion
version.restype = ctypes.c_char_p
print(version().decode().split()[0] == sys.version.split()[0])  # expect: True
print(pythonapi.Py_IncRef is pythonapi.Py_IncRef, pythonapi["Py_IncRef"] is pythonapi.Py_IncRef)  # expect: True False
print(type(pythonapi), pythonapi._name, repr(pythonapi).startswith("<PyDLL 'None', handle "))  # expect: <class 'ctypes.PyDLL'> None True

for bad in (lambda: pythonapi.PyNothing_AtAll, lambda: size(), lambda: ctypes.CDLL("libnothere.so")):
    try:
        print(bad())
    except Exception as error:
        # The first begins with the name of the program.
        print(f"{type(error).__name__}: {str(error)[-62:]}" if "symbol" not in str(error) else str(error).split(": ")[1:])  # expect: ['undefined symbol', 'PyNothing_AtAll']
# expect: TypeError: this function takes at least 1 argument (0 given)
# expect: OSError: .so: cannot open shared object file: No such file or directory

# Python functions as C functions.
Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int)
add = Callback(lambda a, b: a + b)
print(add(2, 3), Callback, ctypes.sizeof(add), bool(add))  # expect: 5 <class 'ctypes.CFUNCTYPE.<locals>.CFunctionType'> 8 True
try:
    add("x", 1)
except ctypes.ArgumentError as error:
    print(error)  # expect: argument 1: TypeError: 'str' object cannot be interpreted as an integer
