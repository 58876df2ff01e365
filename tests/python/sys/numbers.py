# Sizes, counts and limits that sys tells.
import sys
class C:
    pass
class S:
    __slots__ = ("a",)
for x in [1, 2**40, 1.0, "a", "é", "가", b"", [], (), {}, set(), None, True, C(), S(), object(), len, int, C, C().__init__, range(3), sys]:
    print(type(x).__name__, sys.getsizeof(x))
# expect: int 28
# expect: int 32
# expect: float 24
# expect: str 42
# expect: str 61
# expect: str 60
# expect: bytes 33
# expect: list 56
# expect: tuple 40
# expect: dict 64
# expect: set 216
# expect: NoneType 16
# expect: bool 28
# expect: C 48
# expect: S 40
# expect: object 16
# expect: builtin_function_or_method 72
# expect: type 416
# expect: type 1712
# expect: method-wrapper 48
# expect: range 48
# expect: module 72
class Odd:
    def __sizeof__(self):
        return self.value
odd = Odd()
for odd.value in [0, 100, -1, "x"]:
    try:
        print(sys.getsizeof(odd))
    except Exception as error:
        print(type(error).__name__, error)
# expect: 32
# expect: 132
# expect: ValueError __sizeof__() should return >= 0
# expect: TypeError an integer is required
odd.value = "x"
print(sys.getsizeof(odd, "default"))  # expect: default
a = []
b = [a, a]
print(sys.getrefcount(a), sys.getrefcount([]), sys.getrefcount(None))  # expect: 4 1 4294967295
print(sys.getrecursionlimit())  # expect: 1000
sys.setrecursionlimit(500)
print(sys.getrecursionlimit())  # expect: 500
for bad in (0, "a"):
    try:
        sys.setrecursionlimit(bad)
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError recursion limit must be greater or equal than 1
# expect: TypeError 'str' object cannot be interpreted as an integer
s = "".join(["not", " ", "interned"])
print(sys._is_interned(s), sys._is_interned(sys.intern(s)), sys.intern(s) is s)  # expect: False True True
try:
    sys.intern(1)
except TypeError as error:
    print(error)  # expect: intern() argument must be str, not int
print(sys.maxsize, sys.byteorder, sys.maxunicode, sys.hexversion, sys.platform, sys.getdefaultencoding())
# expect: 9223372036854775807 little 1114111 51183856 linux utf-8
print(sys.version_info, sys.version_info >= (3, 13), sys.version.split()[0])
# expect: sys.version_info(major=3, minor=13, micro=0, releaselevel='final', serial=0) True 3.13.0
print(sys.float_info.max, sys.int_info, sys.hash_info)
# expect: 1.7976931348623157e+308 sys.int_info(bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300, str_digits_check_threshold=640) sys.hash_info(width=64, modulus=2305843009213693951, inf=314159, nan=0, imag=1000003, algorithm='siphash13', hash_bits=64, seed_bits=128, cutoff=0)
print(sys.implementation.name, sys.flags.optimize, sys.getswitchinterval(), sys.get_int_max_str_digits())
# expect: cpython 0 0.005 4300
try:
    sys.exit(3)
except SystemExit as error:
    print(error.code)  # expect: 3
try:
    sys.exit()
except SystemExit as error:
    print(error.code, error.args)  # expect: None ()
