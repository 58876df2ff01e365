# Structures and unions: layout, initial values, bit fields, byte order.
from ctypes import *


class Point(Structure):
    _fields_ = [("x", c_int), ("y", c_int)]


class Rect(Structure):
    _fields_ = [("upper", Point), ("lower", Point), ("name", c_char * 8)]


p = Point(1, y=2)
print(p.x, p.y, sizeof(p), Point.x, Point.y, p._fields_)  # expect: 1 2 8 <Field type=c_int, ofs=0, size=4> <Field type=c_int, ofs=4, size=4> [('x', <class 'ctypes.c_int'>), ('y', <class 'ctypes.c_int'>)]
p.x += 10
print(p.x, bytes(p))  # expect: 11 b'\x0b\x00\x00\x00\x02\x00\x00\x00'
r = Rect(Point(1, 2), (3, 4), b"box")
print(r.upper.x, r.lower.y, r.name, sizeof(Rect))  # expect: 1 4 b'box' 24
r.upper.x = 77
corner = r.upper
corner.y = 88
print(r.upper.x, r.upper.y, corner._b_base_ is r)  # expect: 77 88 True
r.upper = p
print(r.upper.x, Rect.name)  # expect: 11 <Field type=c_char_Array_8, ofs=16, size=8>


class Padded(Structure):
    _fields_ = [("a", c_char), ("b", c_double), ("c", c_char)]


class Packed(Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("a", c_char), ("b", c_double), ("c", c_char)]


print(sizeof(Padded), Padded.b.offset, Padded.c.offset, alignment(Padded))  # expect: 24 8 16 8
print(sizeof(Packed), Packed.b.offset, Packed.c.offset, alignment(Packed))  # expect: 10 1 9 1


class Flags(Structure):
    _fields_ = [("low", c_uint, 3), ("middle", c_uint, 5), ("sign", c_int, 4), ("rest", c_uint, 20)]


f = Flags(9, 31, -3, 5)
print(f.low, f.middle, f.sign, f.rest, sizeof(Flags), Flags.low, Flags.sign)  # expect: 1 31 -3 5 4 <Field type=c_uint, ofs=0:0, bits=3> <Field type=c_int, ofs=0:8, bits=4>
f.low = 6
print(f.low, f.middle, f.sign, bytes(f))  # expect: 6 31 -3 b'\xfe]\x00\x00'


class Number(Union):
    _fields_ = [("whole", c_uint32), ("bytes", c_ubyte * 4), ("real", c_float)]


n = Number(0x01020304)
print(n.bytes[:], hex(n.whole), sizeof(Number))  # expect: [4, 3, 2, 1] 0x1020304 4
n.real = 1.0
print(hex(n.whole), n.bytes[:])  # expect: 0x3f800000 [0, 0, 128, 63]


class Network(BigEndianStructure):
    _fields_ = [("port", c_uint16), ("size", c_uint32)]


print(bytes(Network(80, 1)), Network.from_buffer_copy(b"\0\x50\0\0\0\0\0\2").size)  # expect: b'\x00P\x00\x00\x00\x00\x00\x01' 2


class Outer(Structure):
    _anonymous_ = ["inner"]
    _fields_ = [("tag", c_int), ("inner", Number)]


o = Outer(1)
o.whole = 5
print(o.bytes[0], o.inner.whole, Outer.whole.offset)  # expect: 5 5 4
for bad in (lambda: Point(1, 2, 3), lambda: Point(1, x=2), lambda: Point("a"), lambda: p.z, lambda: Structure(),
            lambda: type("Bad", (Structure,), {"_fields_": [("a", int)]}),
            lambda: type("Bad", (Structure,), {"_fields_": ["a"]}),
            lambda: Point.from_buffer(b"12345678"), lambda: Point.from_buffer(bytearray(4)), lambda: delattr(p, "x")):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: TypeError: too many initializers
# expect: TypeError: duplicate values for field 'x'
# expect: TypeError: 'str' object cannot be interpreted as an integer
# expect: AttributeError: 'Point' object has no attribute 'z'
# expect: TypeError: abstract class
# expect: TypeError: second item in _fields_ tuple (index 0) must be a C type
# expect: TypeError: '_fields_' must be a sequence of (name, C type) pairs
# expect: TypeError: underlying buffer is not writable
# expect: ValueError: Buffer size too small (4 instead of at least 8 bytes)
# expect: TypeError: can't delete attribute
p.extra = "instances have a __dict__"
print(p.__dict__)  # expect: {'extra': 'instances have a __dict__'}
