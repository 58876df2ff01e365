# tests/python/float/text.py: the shortest text that reads back, and reading.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(0.1, 1.0, -0.0, 100.0, 1e15, 1e16, 123456789012345678.0, 1e22, 1e23, 1.5e300)  # expect: 0.1 1.0 -0.0 100.0 1000000000000000.0 1e+16 1.2345678901234568e+17 1e+22 1e+23 1.5e+300
print(0.0001, 0.00001, 1.5e-7, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308)  # expect: 0.0001 1e-05 1.5e-07 5e-324 2.2250738585072014e-308 1.7976931348623157e+308
print(0.1 + 0.2, 1 / 3, 2 / 3, 1e100, 9007199254740993.0, 4.35, 2.675)  # expect: 0.30000000000000004 0.3333333333333333 0.6666666666666666 1e+100 9007199254740992.0 4.35 2.675
print(float("inf"), float("-Infinity"), float("nan"), -float("nan"), float("1e400"), float("-1e-400"))  # expect: inf -inf nan nan inf -0.0
print(float(" 1_000.5 "), float("1e5"), float(".5"), float("5."), float("-1E-3"), float("٣.٥"), float(b"2.5"), float(bytearray(b"1")))  # expect: 1000.5 100000.0 0.5 5.0 -0.001 3.5 2.5 1.0
print(float(), float(5), float(2**70), float(True), float("0.1") == 0.1, float("123456789.123456789123456789"))  # expect: 0.0 5.0 1.1805916207174113e+21 1.0 True 123456789.12345679
print(error(lambda: float("")))  # expect: ValueError: could not convert string to float: ''
print(error(lambda: float("abc")))  # expect: ValueError: could not convert string to float: 'abc'
print(error(lambda: float("1__0")))  # expect: ValueError: could not convert string to float: '1__0'
print(error(lambda: float("1_.5")))  # expect: ValueError: could not convert string to float: '1_.5'
print(error(lambda: float("1e")))  # expect: ValueError: could not convert string to float: '1e'
print(error(lambda: float("0x10")))  # expect: ValueError: could not convert string to float: '0x10'
print(error(lambda: float("1 2")))  # expect: ValueError: could not convert string to float: '1 2'
print(error(lambda: float(".")))  # expect: ValueError: could not convert string to float: '.'
print(error(lambda: float(None)))  # expect: TypeError: float() argument must be a string or a real number, not 'NoneType'
print(error(lambda: float([])))  # expect: TypeError: float() argument must be a string or a real number, not 'list'
print(error(lambda: float(1, 2)))  # expect: TypeError: float expected at most 1 argument, got 2
print(error(lambda: float(x=1)))  # expect: TypeError: float() takes no keyword arguments
print(error(lambda: float(1j)))  # expect: TypeError: float() argument must be a string or a real number, not 'complex'
print((0.1).hex(), (1.0).hex(), (-0.0).hex(), (5e-324).hex(), (1e308).hex(), float("inf").hex(), float("nan").hex())  # expect: 0x1.999999999999ap-4 0x1.0000000000000p+0 -0x0.0p+0 0x0.0000000000001p-1022 0x1.1ccf385ebc8a0p+1023 inf nan
print(float.fromhex("0x1.8p+1"), float.fromhex("-0x.1"), float.fromhex(" 1p-1074 "), float.fromhex("inf"), float.fromhex("0x1.fffffffffffff8p0"))  # expect: 3.0 -0.0625 5e-324 inf 2.0
print(error(lambda: float.fromhex("0x")))  # expect: ValueError: invalid hexadecimal floating-point string
print(error(lambda: float.fromhex("zz")))  # expect: ValueError: invalid hexadecimal floating-point string
print(error(lambda: float.fromhex("0x1p1024")))  # expect: OverflowError: hexadecimal value too large to represent as a float
print((0.5).as_integer_ratio(), (-0.1).as_integer_ratio(), (1e20).as_integer_ratio(), (0.0).as_integer_ratio(), (5e-324).as_integer_ratio()[1] == 2**1074)  # expect: (1, 2) (-3602879701896397, 36028797018963968) (100000000000000000000, 1) (0, 1) True
print(error(lambda: float("inf").as_integer_ratio()))  # expect: OverflowError: cannot convert Infinity to integer ratio
print(error(lambda: float("nan").as_integer_ratio()))  # expect: ValueError: cannot convert NaN to integer ratio
print(float.__getformat__("double"), error(lambda: float.__getformat__("x")))  # expect: IEEE, little-endian ValueError: __getformat__() argument 1 must be 'double' or 'float'
