# tests/python/int/methods.py: the methods of int.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print((0).bit_length(), (255).bit_length(), (-256).bit_length(), (2**100).bit_length())  # expect: 0 8 9 101
print((255).bit_count(), (-7).bit_count(), (2**100 - 1).bit_count())  # expect: 8 3 100
print((1024).to_bytes(2), (1024).to_bytes(10, "little"), (-2).to_bytes(3, signed=True), (0).to_bytes(), (0).to_bytes(0))  # expect: b'\x04\x00' b'\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00' b'\xff\xff\xfe' b'\x00' b''
print((2**70).to_bytes(9, "big"), (-(2**70)).to_bytes(10, "little", signed=True))  # expect: b'@\x00\x00\x00\x00\x00\x00\x00\x00' b'\x00\x00\x00\x00\x00\x00\x00\x00\xc0\xff'
print(int.from_bytes(b"\x04\x00"), int.from_bytes(b"\xff\xff", "little", signed=True), int.from_bytes([1, 2, 3]), int.from_bytes(b""))  # expect: 1024 -1 66051 0
print(int.from_bytes(b"\x80" + bytes(12), signed=True), int.from_bytes(bytes(range(1, 20)), "little"))  # expect: -10141204801825835211973625643008 425287986064908552947102636586749984814334465
print((5).as_integer_ratio(), (5).conjugate(), (5).real, (5).imag, (5).numerator, (5).denominator, (5).is_integer())  # expect: (5, 1) 5 5 0 5 1 True
print((5).__trunc__(), (5).__floor__(), (5).__ceil__(), (5).__round__(), (5).__index__(), (5).__int__(), (5).__float__())  # expect: 5 5 5 5 5 5 5.0
print((5).__getnewargs__(), True.__getnewargs__(), (2**70).__getnewargs__())  # expect: (5,) (1,) (1180591620717411303424,)
print((0).__sizeof__(), (1).__sizeof__(), (2**30 - 1).__sizeof__(), (2**30).__sizeof__(), (2**60).__sizeof__(), (10**100).__sizeof__())  # expect: 28 28 28 32 36 72
print(error(lambda: (256).to_bytes(1)))  # expect: OverflowError: int too big to convert
print(error(lambda: (-1).to_bytes(1)))  # expect: OverflowError: can't convert negative int to unsigned
print(error(lambda: (1).to_bytes(-1)))  # expect: ValueError: length argument must be non-negative
print(error(lambda: (1).to_bytes(1, "x")))  # expect: ValueError: byteorder must be either 'little' or 'big'
print(error(lambda: (1).to_bytes(1, 3)))  # expect: TypeError: to_bytes() argument 'byteorder' must be str, not int
print(error(lambda: (1).to_bytes(10**30)))  # expect: OverflowError: Python int too large to convert to C ssize_t
print(error(lambda: int.from_bytes("a")))  # expect: TypeError: cannot convert 'str' object to bytes
print(error(lambda: int.from_bytes(5)))  # expect: TypeError: cannot convert 'int' object to bytes
print(error(lambda: int.from_bytes([256])))  # expect: ValueError: bytes must be in range(0, 256)
print(error(lambda: round(5, 1.5)))  # expect: TypeError: 'float' object cannot be interpreted as an integer


class Meters(int):
    def __repr__(self):
        return f"Meters({int(self)})"


m = Meters(5)
print(m, m + 1, type(m + 1).__name__, -m, type(-m).__name__, m.real, type(m.real).__name__, m == 5, hash(m) == hash(5))  # expect: Meters(5) 6 int -5 int 5 int True True
print(Meters.from_bytes(b"\x05"), Meters("12"), Meters(2**70), Meters("ff", 16), Meters(2**70) + 1)  # expect: Meters(5) Meters(12) Meters(1180591620717411303424) Meters(255) 1180591620717411303425
m.unit = "m"
print(m.unit, m.__dict__, int(m), type(int(m)).__name__, [10, 20, 30, 40, 50, 60][m])  # expect: m {'unit': 'm'} 5 int 60


class Index:
    def __index__(self):
        return 3


print(int(Index()), [0, 1, 2, 3][Index()], 2 ** Index().__index__(), round(1234, Index()), hex(Index()))  # expect: 3 3 8 1234 0x3


class Int:
    def __int__(self):
        return 9


class Wrong:
    def __int__(self):
        return "9"


print(int(Int()), error(lambda: int(Wrong())), error(lambda: [1][Int()]))  # expect: 9 TypeError: __int__ returned non-int (type str) TypeError: list indices must be integers or slices, not Int
