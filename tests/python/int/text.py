# tests/python/int/text.py: reading and writing ints.
import sys


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(int("42"), int(" -1_000\n"), int("+7"), int("0x1f", 16), int("0x_1F", 0), int("0b101", 0), int("0o17", 0))  # expect: 42 -1000 7 31 31 5 15
print(int("z", 36), int("00", 0), int("0_0", 0), int("-0"), int("٣٤"), int(b"12"), int(bytearray(b"13")))  # expect: 35 0 0 0 34 12 13
print(int("1" * 40), int("f" * 30, 16), int("-" + "9" * 25))  # expect: 1111111111111111111111111111111111111111 1329227995784915872903807060280344575 -9999999999999999999999999
print(int(), int(3.99), int(-3.99), int(1e20), int(True), int("10", base=2))  # expect: 0 3 -3 100000000000000000000 1 2
print(repr(2**70), str(-(10**30)), hex(255), oct(-8), bin(5), hex(-(2**70)))  # expect: 1180591620717411303424 -1000000000000000000000000000000 0xff -0o10 0b101 -0x400000000000000000
print(error(lambda: int("")))  # expect: ValueError: invalid literal for int() with base 10: ''
print(error(lambda: int("1__0")))  # expect: ValueError: invalid literal for int() with base 10: '1__0'
print(error(lambda: int("_1")))  # expect: ValueError: invalid literal for int() with base 10: '_1'
print(error(lambda: int("1_")))  # expect: ValueError: invalid literal for int() with base 10: '1_'
print(error(lambda: int("0x")))  # expect: ValueError: invalid literal for int() with base 10: '0x'
print(error(lambda: int("010", 0)))  # expect: ValueError: invalid literal for int() with base 0: '010'
print(error(lambda: int("12a")))  # expect: ValueError: invalid literal for int() with base 10: '12a'
print(error(lambda: int("\x1c1")))  # expect: ValueError: invalid literal for int() with base 10: '\x1c1'
print(error(lambda: int("1", 1)))  # expect: ValueError: int() base must be >= 2 and <= 36, or 0
print(error(lambda: int("1", 37)))  # expect: ValueError: int() base must be >= 2 and <= 36, or 0
print(error(lambda: int(1, 2)))  # expect: TypeError: int() can't convert non-string with explicit base
print(error(lambda: int(b"1x")))  # expect: ValueError: invalid literal for int() with base 10: b'1x'
print(error(lambda: int(None)))  # expect: TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'
print(error(lambda: int([])))  # expect: TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'
print(error(lambda: int(x=1)))  # expect: TypeError: int() got an unexpected keyword argument 'x'
print(error(lambda: int(base=2)))  # expect: TypeError: int() missing string argument
print(error(lambda: int(1, 2, 3)))  # expect: TypeError: int expected at most 2 arguments, got 3
print(error(lambda: int(float("nan"))))  # expect: ValueError: cannot convert float NaN to integer
print(error(lambda: int(float("inf"))))  # expect: OverflowError: cannot convert float infinity to integer
print(error(lambda: int("1" * 4301)))  # expect: ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit
print(error(lambda: str(10**4300)))  # expect: ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit
print(len(str(10**4299)), len(hex(10**5000)), len(str(int("1" * 4300))))  # expect: 4300 4155 4300
print(sys.get_int_max_str_digits())  # expect: 4300
sys.set_int_max_str_digits(0)
print(len(str(10**6000)), int("7" * 5000) % 1000)  # expect: 6001 777
