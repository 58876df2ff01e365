# tests/python/int/arithmetic.py: operators of ints of all sizes; quotients round down.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


big = 2**100
print(7 // 2, -7 // 2, 7 // -2, -7 // -2)  # expect: 3 -4 -4 3
print(7 % 3, -7 % 3, 7 % -3, -7 % -3)  # expect: 1 2 -2 -1
print(divmod(-7, 2), divmod(7, -2))  # expect: (-4, 1) (-4, -1)
print(2**30 - 1, 2**30, 2**60, 2**90)  # expect: 1073741823 1073741824 1152921504606846976 1237940039285380274899124224
print((2**30 - 1) * (2**30 - 1), -(2**29) * 2**31)  # expect: 1152921502459363329 -1152921504606846976
print(big + 1, big - 1, 1 - big, -big)  # expect: 1267650600228229401496703205377 1267650600228229401496703205375 -1267650600228229401496703205375 -1267650600228229401496703205376
print(big * big, big * -3)  # expect: 1606938044258990275541962092341162602522202993782792835301376 -3802951800684688204490109616128
print(big // 7, -big // 7, big % 7, -big % 7, big % -7)  # expect: 181092942889747057356671886482 -181092942889747057356671886483 2 5 -5
print(divmod(big, 2**50 + 1), divmod(-big, 2**50 + 1))  # expect: (1125899906842623, 1) (-1125899906842624, 1125899906842624)
print(10**40 // 10**20, 10**40 % (10**20 + 1), -(10**40) // (10**20 + 1))  # expect: 100000000000000000000 1 -100000000000000000000
print(7 / 2, big / 3, 1 / big, -big / big, 0 / -5)  # expect: 3.5 4.2255020007607644e+29 7.888609052210118e-31 -1.0 -0.0
print((2**1000 + 1) / 2**999, 10**400 / 10**399)  # expect: 2.0 10.0
print(2**0, 2**-1, (-2)**3, (-2)**-3, 0**0, 1**big, (-1)**(big + 1), 0**big)  # expect: 1 0.5 -8 -0.125 1 1 -1 0
print(pow(3, 1000, 7), pow(3, -1, 7), pow(-3, 5, -7), pow(2, big, 1000007), pow(5, 0, 1))  # expect: 4 5 -5 332220 0
print(3 & 5, 3 | 5, 3 ^ 5, ~5, -3 & 5, -3 | 5, -3 ^ 5)  # expect: 1 7 6 -6 5 -3 -8
print(big & (big - 1), big | 1, -big & 0xFFFF, -big ^ big, ~big)  # expect: 0 1267650600228229401496703205377 0 -2535301200456458802993406410752 -1267650600228229401496703205377
print(1 << 100, -1 << 70, big >> 98, -big >> 98, -1 >> 1000, 5 >> 1, -5 >> 1, 0 << 10**30)  # expect: 1267650600228229401496703205376 -1180591620717411303424 4 -4 -1 2 -3 0
print(-big >> 10**30, big >> 10**30)  # expect: -1 0
print(abs(-big) == big, -(-big) is big, +big is big, +True, -True, abs(True))  # expect: True False True 1 -1 1
print(big < big + 1, big == 2**100, big > 1.5, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, big < float("inf"))  # expect: True True True True False True
print(1 == 1.0 == True, 1 < 1.5, -(2**70) < -1e30, 2**1000 > 1e300)  # expect: True True False True
print(hash(5), hash(-1), hash(2**61 - 1), hash(2**61), hash(-(2**61)), hash(big), hash(-(10**50)))  # expect: 5 -2 0 1 -2 549755813888 -619332571178673746
print(bool(0), bool(big), int(True), True + True)  # expect: False True 1 2
print(round(15, -1), round(25, -1), round(-25, -1), round(123456, -3), round(5, 2), round(2**70, -10))  # expect: 20 20 -20 123000 5 1180591620720000000000
print(error(lambda: 1 // 0))  # expect: ZeroDivisionError: integer division or modulo by zero
print(error(lambda: 1 % 0))  # expect: ZeroDivisionError: integer modulo by zero
print(error(lambda: 1 / 0))  # expect: ZeroDivisionError: division by zero
print(error(lambda: divmod(big, 0)))  # expect: ZeroDivisionError: integer division or modulo by zero
print(error(lambda: 0**-1))  # expect: ZeroDivisionError: 0.0 cannot be raised to a negative power
print(error(lambda: pow(2, -1, 4)))  # expect: ValueError: base is not invertible for the given modulus
print(error(lambda: pow(2, 3, 0)))  # expect: ValueError: pow() 3rd argument cannot be 0
print(error(lambda: 1 << -1))  # expect: ValueError: negative shift count
print(error(lambda: 10**400 / 3))  # expect: OverflowError: integer division result too large for a float
print(error(lambda: float(10**400)))  # expect: OverflowError: int too large to convert to float
print(error(lambda: 1 + "a"))  # expect: TypeError: unsupported operand type(s) for +: 'int' and 'str'
print((5).__add__("a"), (5).__add__(6), (5).__pow__(2, 3))  # expect: NotImplemented 11 1
