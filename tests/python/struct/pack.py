# Values as bytes and back.
import struct
import sys


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__, error)


print(struct.pack("<ih", 1, -2), struct.pack(">Iq", 1, -1), struct.pack("5s3p?c", b"ab", b"xyz", 1, b"z"))  # expect: b'\x01\x00\x00\x00\xfe\xff' b'\x00\x00\x00\x01\xff\xff\xff\xff\xff\xff\xff\xff' b'ab\x00\x00\x00\x02xy\x01z'
print(struct.unpack("<ih", b"\x01\0\0\0\xfe\xff"), struct.unpack(">2h", b"\0\1\xff\xff"))  # expect: (1, -2) (1, -1)
print(struct.pack("@bhilq", 1, 2, 3, 4, 5), struct.calcsize("@bhilq"), struct.calcsize("=bhilq"), struct.calcsize("bxhx0q"))  # expect: b'\x01\x00\x02\x00\x03\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00' 24 19 8
print(struct.unpack("<efd", struct.pack("<efd", 1.5, 2.25, -0.1)), struct.pack(">d", 1.0).hex())  # expect: (1.5, 2.25, -0.1) 3ff0000000000000
print(struct.unpack_from("<h", b"abcdef", 2), struct.unpack_from("<h", b"abcdef", -2))  # expect: (25699,) (26213,)
b = bytearray(6)
struct.pack_into(">H", b, 2, 0x1234)
print(b, list(struct.iter_unpack("<h", b"\1\0\2\0")))  # expect: bytearray(b'\x00\x00\x124\x00\x00') [(1,), (2,)]
s = struct.Struct("<i4s")
print(s, s.size, s.format, s.pack(7, b"word"), s.unpack(b"\7\0\0\0word"))  # expect: Struct('<i4s') 8 <i4s b'\x07\x00\x00\x00word' (7, b'word')
print(sys.getsizeof(s), s.__sizeof__(), struct.Struct("").__sizeof__(), struct.Struct("hHbB").__sizeof__(), struct.Struct("4xi").__sizeof__())  # expect: 168 152 88 216 120
for args in [("i",), ("i", 1, 2), ("b", 200), ("B", -1), ("h", "x"), ("i", 1.5), ("I", -1), ("q", 1 << 63), ("Q", 1 << 64),
             ("s", "a"), ("c", b"ab"), ("c", 1), ("f", "x"), ("e", 1e10), ("<f", 1e300), ("p", 1), ("?", []), ("P", -1), ("<P", 1),
             ("5s", 1), ("<b", 1000), ("<H", 70000), ("N", -1)]:
    attempt(struct.pack, *args)
# expect: error pack expected 1 items for packing (got 0)
# expect: error pack expected 1 items for packing (got 2)
# expect: error 'b' format requires -128 <= number <= 127
# expect: error 'B' format requires 0 <= number <= 255
# expect: error required argument is not an integer
# expect: error required argument is not an integer
# expect: error 'I' format requires 0 <= number <= 4294967295
# expect: error 'q' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: error 'Q' format requires 0 <= number <= 18446744073709551615
# expect: error argument for 's' must be a bytes object
# expect: error char format requires a bytes object of length 1
# expect: error char format requires a bytes object of length 1
# expect: error required argument is not a float
# expect: OverflowError float too large to pack with e format
# expect: OverflowError float too large to pack with f format
# expect: error argument for 'p' must be a bytes object
# expect: b'\x00'
# expect: b'\xff\xff\xff\xff\xff\xff\xff\xff'
# expect: error bad char in struct format
# expect: error argument for 's' must be a bytes object
# expect: error 'b' format requires -128 <= number <= 127
# expect: error 'H' format requires 0 <= number <= 65535
# expect: error 'N' format requires 0 <= number <= 18446744073709551615
for args in [("i", b"abc"), ("z", b""), ("3", b""), ("i 2", b""), ("99999999999999999999i", b""), ("2s?", b"ab\x02"),
             ("5p", b"\x09abcd"), ("i", "x")]:
    attempt(struct.unpack, *args)
# expect: error unpack requires a buffer of 4 bytes
# expect: error bad char in struct format
# expect: error repeat count given without format specifier
# expect: error repeat count given without format specifier
# expect: error total struct size too long
# expect: (b'ab', True)
# expect: (b'abcd',)
# expect: TypeError a bytes-like object is required, not 'str'
attempt(struct.unpack_from, "i", b"1234567", 4)  # expect: error unpack_from requires a buffer of at least 8 bytes for unpacking 4 bytes at offset 4 (actual buffer size is 7)
attempt(struct.unpack_from, "i", b"1234567", -9)  # expect: error offset -9 out of range for 7-byte buffer
attempt(struct.pack_into, "i", b, 4, 1)  # expect: error pack_into requires a buffer of at least 8 bytes for packing 4 bytes at offset 4 (actual buffer size is 6)
attempt(struct.pack_into, "i", b, -2, 1)  # expect: error no space to pack 4 bytes at offset -2
attempt(struct.pack_into, "i", b, 2)  # expect: error pack_into expected 1 items for packing (got 0)
attempt(struct.pack_into, "i", b"abcdef", 2, 1)  # expect: TypeError argument must be read-write bytes-like object, not bytes
attempt(struct.pack_into, "i", b)  # expect: error pack_into expected offset argument
attempt(struct.iter_unpack, "i", b"123")  # expect: error iterative unpacking requires a buffer of a multiple of 4 bytes
attempt(struct.iter_unpack, "", b"")  # expect: error cannot iteratively unpack with a struct of length 0
attempt(struct.Struct, 1)  # expect: TypeError Struct() argument 1 must be a str or bytes object, not int
attempt(struct.Struct, "é")  # expect: UnicodeEncodeError 'ascii' codec can't encode character '\xe9' in position 0: ordinal not in range(128)
print(struct.error.__mro__, type(struct.iter_unpack("b", b"a")))  # expect: (<class 'struct.error'>, <class 'Exception'>, <class 'BaseException'>, <class 'object'>) <class '_struct.unpack_iterator'>
