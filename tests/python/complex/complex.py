# tests/python/complex/complex.py: complex numbers.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


inf, nan = float("inf"), float("nan")
print(1 + 2j, 2j, -2j, 0j, -0j, complex(-0.0, 2), complex(1, -0.0), complex(inf, nan), 1e16j, 1.5 - 2.25j)  # expect: (1+2j) 2j (-0-2j) 0j (-0-0j) (-0+2j) (1-0j) (inf+nanj) 1e+16j (1.5-2.25j)
print((1 + 2j) + 1, (1 + 2j) - 1.5, (1 + 2j) * (3 - 4j), (1 + 2j) / (3 - 4j), 1 / 2j, -(1 + 2j), +(1 + 2j), abs(3 + 4j))  # expect: (2+2j) (-0.5+2j) (11+2j) (-0.2+0.4j) -0.5j (-1-2j) (1+2j) 5.0
print((1 + 2j) ** 2, (1 + 2j) ** -2, (1 + 2j) ** 0, (1 + 2j) ** 0.5, (1 + 2j) ** (1 + 1j), 1j**101, 0j**0, 0j**2)  # expect: (-3+4j) (-0.12-0.16j) (1+0j) (1.272019649514069+0.7861513777574233j) (-0.24720004426291722+0.6964504870825432j) (4.408109496293883e-15+1j) (1+0j) 0j
print((1 + 2j).real, (1 + 2j).imag, (1 + 2j).conjugate(), (1 + 2j).__getnewargs__(), (1 + 2j).__complex__(), bool(0j), bool(1j))  # expect: 1.0 2.0 (1-2j) (1.0, 2.0) (1+2j) False True
print(1 + 0j == 1, 1 + 0j == 1.0, 1j == 1, (2**53 + 0j) == 2**53 + 1, 1j != 1j, complex(nan) == complex(nan))  # expect: True True False False False False
print(hash(1j), hash(1 + 0j), hash(1.5 + 2j), hash(complex(0.0, -1)), hash(-1 + 0j))  # expect: 1000003 1 1152921504608846983 -2000006 -2
print(complex("1+2j"), complex(" ( -1.5e3-J ) "), complex("j"), complex("3"), complex("1_0j"), complex("nan-infj"), complex("-0j"))  # expect: (1+2j) (-1500-1j) 1j (3+0j) 10j (nan-infj) -0j
print(complex(), complex(1), complex(1, 2), complex(1j, 2), complex(1, 2j), complex(1j, 1j), complex(real=3), complex(imag=4), complex(True))  # expect: 0j (1+0j) (1+2j) 3j (-1+0j) (-1+1j) (3+0j) 4j (1+0j)
print(error(lambda: complex("1 + 2j")))  # expect: ValueError: complex() arg is a malformed string
print(error(lambda: complex("")))  # expect: ValueError: complex() arg is a malformed string
print(error(lambda: complex("1+2")))  # expect: ValueError: complex() arg is a malformed string
print(error(lambda: complex("1", 2)))  # expect: TypeError: complex() can't take second arg if first is a string
print(error(lambda: complex(1, "2")))  # expect: TypeError: complex() second arg can't be a string
print(error(lambda: complex([])))  # expect: TypeError: complex() first argument must be a string or a number, not 'list'
print(error(lambda: complex(1, [])))  # expect: TypeError: complex() second argument must be a number, not 'list'
print(error(lambda: 1j / 0))  # expect: ZeroDivisionError: complex division by zero
print(error(lambda: 1j // 1))  # expect: TypeError: unsupported operand type(s) for //: 'complex' and 'int'
print(error(lambda: 1j % 1))  # expect: TypeError: unsupported operand type(s) for %: 'complex' and 'int'
print(error(lambda: 0j**-1))  # expect: ZeroDivisionError: 0.0 to a negative or complex power
print(error(lambda: 0j**1j))  # expect: ZeroDivisionError: 0.0 to a negative or complex power
print(error(lambda: 1j < 2j))  # expect: TypeError: '<' not supported between instances of 'complex' and 'complex'
print(error(lambda: int(1j)))  # expect: TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'
print(error(lambda: float(1j)))  # expect: TypeError: float() argument must be a string or a real number, not 'complex'
print(error(lambda: pow(1j, 2, 3)))  # expect: ValueError: complex modulo
print(error(lambda: (1e300 + 1j) ** 2))  # expect: OverflowError: complex exponentiation
print(error(lambda: abs(complex(1.7e308, 1.7e308))))  # expect: OverflowError: absolute value too large
print(error(lambda: divmod(1j, 1)))  # expect: TypeError: unsupported operand type(s) for divmod(): 'complex' and 'int'
print(error(lambda: round(1j)))  # expect: TypeError: type complex doesn't define __round__ method


class Z(complex):
    pass


z = Z(1, 2)
z.name = "z"
print(z, type(z).__name__, z + 1, type(z + 1).__name__, z.name, type(+z).__name__, Z("2j"), z == 1 + 2j)  # expect: (1+2j) Z (2+2j) complex z complex 2j True


class Special:
    def __complex__(self):
        return 3 + 4j


class Wrong:
    def __complex__(self):
        return 3


print(complex(Special()), complex(Special(), 1), error(lambda: complex(Wrong())))  # expect: (3+4j) (3+5j) TypeError: __complex__ returned non-complex (type int)
