# The simple types: what they hold, what they show, how they wrap around.
import ctypes
from ctypes import *

for kind in (c_bool, c_char, c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_longlong, c_size_t, c_ssize_t,
             c_float, c_double, c_longdouble, c_char_p, c_wchar, c_wchar_p, c_void_p, py_object, c_int8, c_uint16, c_int32, c_uint64):
    print(kind.__name__, kind._type_, sizeof(kind), alignment(kind))  # expect: c_bool ? 1 1
# expect: c_char c 1 1
# expect: c_byte b 1 1
# expect: c_ubyte B 1 1
# expect: c_short h 2 2
# expect: c_ushort H 2 2
# expect: c_int i 4 4
# expect: c_uint I 4 4
# expect: c_long l 8 8
# expect: c_ulong L 8 8
# expect: c_long l 8 8
# expect: c_ulong L 8 8
# expect: c_long l 8 8
# expect: c_float f 4 4
# expect: c_double d 8 8
# expect: c_longdouble g 16 16
# expect: c_char_p z 8 8
# expect: c_wchar u 4 4
# expect: c_wchar_p Z 8 8
# expect: c_void_p P 8 8
# expect: py_object O 8 8
# expect: c_byte b 1 1
# expect: c_ushort H 2 2
# expect: c_int i 4 4
# expect: c_ulong L 8 8
print(c_int(), c_int(7), c_ubyte(-1), c_byte(200), c_short(40000), c_uint(-1), c_int(2**40 + 5), c_ulonglong(-2))  # expect: c_int(0) c_int(7) c_ubyte(255) c_byte(-56) c_short(-25536) c_uint(4294967295) c_int(5) c_ulong(18446744073709551614)
print(c_float(0.1), c_double(0.1), c_longdouble(2.5), c_bool(5), c_char(b"x"), c_wchar("한"), c_void_p(), c_void_p(16))  # expect: c_float(0.10000000149011612) c_double(0.1) c_longdouble(2.5) c_bool(True) c_char(b'x') c_wchar('한') c_void_p(None) c_void_p(16)
print(c_char_p(b"bytes").value, c_wchar_p("text").value, c_char_p().value, py_object([1]), py_object())  # expect: b'bytes' text None py_object([1]) py_object(<NULL>)
print(bool(c_int(0)), bool(c_int(3)), bool(c_double(0.0)), c_int(3) == c_int(3), isinstance(c_int(), ctypes._SimpleCData))  # expect: False True False False True

n = c_int(5)
n.value += 1
print(n, n.value, type(n.value), n.__class__.__mro__[1:])  # expect: c_int(6) 6 <class 'int'> (<class '_ctypes._SimpleCData'>, <class '_ctypes._CData'>, <class 'object'>)


class MyInt(c_int):
    pass


print(MyInt(3).value, repr(MyInt(3)).startswith("<MyInt object at 0x"), MyInt.__mro__[1])  # expect: 3 True <class 'ctypes.c_int'>


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


attempt(lambda: c_int("x"))  # expect: TypeError: 'str' object cannot be interpreted as an integer
attempt(lambda: c_int(1.5))  # expect: TypeError: 'float' object cannot be interpreted as an integer
attempt(lambda: c_int(1, 2))  # expect: TypeError: __init__ expected at most 1 argument, got 2
attempt(lambda: c_char("a"))  # expect: TypeError: one character bytes, bytearray or integer expected
attempt(lambda: c_char(b"ab"))  # expect: TypeError: one character bytes, bytearray or integer expected
attempt(lambda: c_double("x"))  # expect: TypeError: must be real number, not str
attempt(lambda: c_char_p("x"))  # expect: TypeError: bytes or integer address expected instead of str instance
attempt(lambda: c_void_p("x"))  # expect: TypeError: cannot be converted to pointer
attempt(lambda: c_wchar(3))  # expect: TypeError: unicode string expected instead of int instance
attempt(lambda: c_wchar("ab"))  # expect: TypeError: one character unicode string expected
attempt(lambda: py_object().value)  # expect: ValueError: PyObject is NULL
attempt(lambda: sizeof(5))  # expect: TypeError: this type has no size
attempt(lambda: byref(5))  # expect: TypeError: byref() argument must be a ctypes instance, not 'int'
attempt(lambda: c_int(3).val)  # expect: AttributeError: 'c_int' object has no attribute 'val'
attempt(lambda: hash(c_int(3)))  # expect: TypeError: unhashable type
