# tests/python/float/arithmetic.py: operators, comparison with ints, rounding.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


inf, nan = float("inf"), float("nan")
print(1.5 + 2, 1.5 - 2, 1.5 * 2, 7.0 / 2, 7.5 // 2, 7.5 % 2, divmod(7.5, 2), 2**0.5)  # expect: 3.5 -0.5 3.0 3.5 3.0 1.5 (3.0, 1.5) 1.4142135623730951
print(-7.5 // 2, -7.5 % 2, 7.5 % -2, divmod(-7.5, 2), -0.0 % 5, 0.0 % -5, 1e300 // 1e-300 == inf or 1)  # expect: -4.0 0.5 -0.5 (-4.0, 0.5) 0.0 -0.0 True
print(5 % 0.3, divmod(5, 0.1), -1e-20 % 3, 1 // 0.1)  # expect: 0.20000000000000018 (49.0, 0.09999999999999973) 3.0 9.0
print(2.0**3, 2.0**-1, (-2.0) ** 3, (-8) ** (1 / 3), 0.0**0, inf**0, nan**0, 1.0**nan, (-1.0) ** inf, 0.5**inf, 2.0**-inf)  # expect: 8.0 0.5 -8.0 (1.0000000000000002+1.7320508075688772j) 1.0 1.0 1.0 1.0 1.0 0.0 0.0
print((-0.0) ** 3, (-0.0) ** 2, (-inf) ** 3, (-inf) ** -3, (-inf) ** 2.5)  # expect: -0.0 0.0 -inf -0.0 inf
print(inf - inf, inf * 0, inf / inf, -inf // 3, 5 // inf, -5 // inf, 5 % inf, -5 % inf)  # expect: nan nan nan nan 0.0 -1.0 5.0 inf
print(1.0 == 1, 2.0**53 == 2**53, 2.0**53 == 2**53 + 1, 1e300 < 10**301, inf > 10**400, -inf < -(10**400), nan == nan, nan != nan, nan < 1)  # expect: True True False True True True False True False
print(0.5 < 1, 1.5 > 1, 2**70 + 0.0 == 2**70, 1e20 == 10**20, 1e23 == 10**23, 0.1 == 1, 3 <= 3.0)  # expect: True True True True False False True
print(hash(1.0), hash(0.5), hash(-1.0), hash(1e300), hash(inf), hash(-inf), hash(0.1), hash(5e-324), hash(2.0**61))  # expect: 1 1152921504606846976 -2 1224995262755759164 314159 -314159 230584300921369408 16777216 1
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(0.5), round(1e20), round(5e-324, 400))  # expect: 2 4 -2 2.67 1200.0 0 100000000000000000000 5e-324
print(round(2.5, 0), round(-0.4), round(-0.4, 0), round(25.0, -1), round(35.0, -1), round(1e300, -400), round(nan, 2), round(inf, 1), round(1.5, None))  # expect: 2.0 0 -0.0 20.0 40.0 0.0 nan inf 2
print(int(1e20), (2.5).__trunc__(), (-2.5).__floor__(), (-2.5).__ceil__(), (2.0).is_integer(), (2.5).is_integer(), inf.is_integer())  # expect: 100000000000000000000 2 -3 -2 True False False
print(abs(-0.0), +1.5, -1.5, bool(0.0), bool(nan), (1.5).real, (1.5).imag, (1.5).conjugate(), (1.5).__getnewargs__())  # expect: 0.0 1.5 -1.5 False True 1.5 0.0 1.5 (1.5,)
print(error(lambda: 1.5 / 0))  # expect: ZeroDivisionError: float division by zero
print(error(lambda: 1.5 // 0))  # expect: ZeroDivisionError: float floor division by zero
print(error(lambda: 1.5 % 0))  # expect: ZeroDivisionError: float modulo by zero
print(error(lambda: divmod(1.5, 0)))  # expect: ZeroDivisionError: float divmod()
print(error(lambda: 0.0**-1))  # expect: ZeroDivisionError: 0.0 cannot be raised to a negative power
print(error(lambda: 1e300**2))  # expect: OverflowError: (34, 'Numerical result out of range')
print(error(lambda: pow(1.5, 2, 3)))  # expect: TypeError: pow() 3rd argument not allowed unless all arguments are integers
print(error(lambda: round(nan)))  # expect: ValueError: cannot convert float NaN to integer
print(error(lambda: round(inf)))  # expect: OverflowError: cannot convert float infinity to integer
print(error(lambda: round(1.7e308, -308)))  # expect: OverflowError: rounded value too large to represent
print(error(lambda: int(nan)))  # expect: ValueError: cannot convert float NaN to integer
print(error(lambda: 1.5 + "a"))  # expect: TypeError: unsupported operand type(s) for +: 'float' and 'str'
print(error(lambda: 1.5 & 1))  # expect: TypeError: unsupported operand type(s) for &: 'float' and 'int'
print(error(lambda: 1.5 * 10**400))  # expect: OverflowError: int too large to convert to float
print((1.5).__add__("a"), (1.5).__eq__(1), (1.5).__lt__("a"), (1.5).__radd__(1))  # expect: NotImplemented False NotImplemented 2.5


class Celsius(float):
    pass


c = Celsius("36.6")
print(c, type(c).__name__, c + 1, type(c + 1).__name__, -c, type(-c).__name__, Celsius.fromhex("0x1p4"), type(Celsius.fromhex("0x1p4")).__name__)  # expect: 36.6 Celsius 37.6 float -36.6 float 16.0 Celsius
c.unit = "C"
print(c.unit, c == 36.6, hash(c) == hash(36.6), float(c), type(float(c)).__name__)  # expect: C True True 36.6 float


class Number:
    def __float__(self):
        return 2.5


class Index:
    def __index__(self):
        return 3


class Wrong:
    def __float__(self):
        return 1


print(float(Number()), float(Index()), error(lambda: float(Wrong())))  # expect: 2.5 3.0 TypeError: Wrong.__float__ returned non-float (type int)
