# tests/python/math/errors.py: what math refuses.
import math
from math import inf, nan


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(error(lambda: math.sqrt("a")))  # expect: TypeError: must be real number, not str
print(error(lambda: math.sqrt(10**400)))  # expect: OverflowError: int too large to convert to float
print(error(lambda: math.log(0)))  # expect: ValueError: math domain error
print(error(lambda: math.log(10, 1)))  # expect: ZeroDivisionError: float division by zero
print(error(lambda: math.log()))  # expect: TypeError: log expected at least 1 argument, got 0
print(error(lambda: math.log(1, 2, 3)))  # expect: TypeError: log expected at most 2 arguments, got 3
print(error(lambda: math.log("a")))  # expect: TypeError: must be real number, not str
print(error(lambda: math.sin()))  # expect: TypeError: math.sin() takes exactly one argument (0 given)
print(error(lambda: math.sin(1, 2)))  # expect: TypeError: math.sin() takes exactly one argument (2 given)
print(error(lambda: math.atan2(1)))  # expect: TypeError: atan2 expected 2 arguments, got 1
print(error(lambda: math.fmod(1, 0)))  # expect: ValueError: math domain error
print(error(lambda: math.fmod(inf, 1)))  # expect: ValueError: math domain error
print(error(lambda: math.remainder(1, 0)))  # expect: ValueError: math domain error
print(error(lambda: math.pow(0, -1)))  # expect: ValueError: math domain error
print(error(lambda: math.pow(-1, 0.5)))  # expect: ValueError: math domain error
print(error(lambda: math.pow(10, 400)))  # expect: OverflowError: math range error
print(error(lambda: math.ldexp(1, 5000)))  # expect: OverflowError: math range error
print(error(lambda: math.ldexp(1, 1.5)))  # expect: TypeError: Expected an int as second argument to ldexp.
print(error(lambda: math.factorial(-1)))  # expect: ValueError: factorial() not defined for negative values
print(error(lambda: math.factorial(5.0)))  # expect: TypeError: 'float' object cannot be interpreted as an integer
print(error(lambda: math.factorial(10**30)))  # expect: OverflowError: factorial() argument should not exceed 9223372036854775807
print(error(lambda: math.comb(5, -1)))  # expect: ValueError: k must be a non-negative integer
print(error(lambda: math.comb(-5, 1)))  # expect: ValueError: n must be a non-negative integer
print(error(lambda: math.comb(5, 2.0)))  # expect: TypeError: 'float' object cannot be interpreted as an integer
print(error(lambda: math.comb(10**30, 10**20)))  # expect: OverflowError: min(n - k, k) must not exceed 9223372036854775807
print(error(lambda: math.perm(-1)))  # expect: ValueError: factorial() not defined for negative values
print(error(lambda: math.perm(5, -1)))  # expect: ValueError: k must be a non-negative integer
print(error(lambda: math.perm(10**30, 10**20)))  # expect: OverflowError: k must not exceed 9223372036854775807
print(error(lambda: math.isqrt(-1)))  # expect: ValueError: isqrt() argument must be nonnegative
print(error(lambda: math.isqrt(2.5)))  # expect: TypeError: 'float' object cannot be interpreted as an integer
print(error(lambda: math.gcd(1.5)))  # expect: TypeError: 'float' object cannot be interpreted as an integer
print(error(lambda: math.fsum([1e308, 1e308])))  # expect: OverflowError: intermediate overflow in fsum
print(error(lambda: math.fsum([inf, -inf])))  # expect: ValueError: -inf + inf in fsum
print(error(lambda: math.fsum(["a"])))  # expect: TypeError: must be real number, not str
print(error(lambda: math.fsum(5)))  # expect: TypeError: 'int' object is not iterable
print(error(lambda: math.prod([1.5, "a"])))  # expect: TypeError: can't multiply sequence by non-int of type 'float'
print(error(lambda: math.dist([1], [1, 2])))  # expect: ValueError: both points must have the same number of dimensions
print(error(lambda: math.dist(1, 2)))  # expect: TypeError: 'int' object is not iterable
print(error(lambda: math.hypot("a")))  # expect: TypeError: must be real number, not str
print(error(lambda: math.isclose(1, 2, rel_tol=-1)))  # expect: ValueError: tolerances must be non-negative
print(error(lambda: math.sumprod([1], [1, 2])))  # expect: ValueError: Inputs are not the same length
print(error(lambda: math.sumprod(5, [1])))  # expect: TypeError: 'int' object is not iterable
print(error(lambda: math.nextafter(1, 2, steps=-1)))  # expect: ValueError: steps must be a non-negative integer
print(error(lambda: math.nextafter(1, 2, steps=1.5)))  # expect: TypeError: 'float' object cannot be interpreted as an integer
print(error(lambda: math.trunc("a")))  # expect: TypeError: type str doesn't define __trunc__ method
print(error(lambda: math.floor("a")))  # expect: TypeError: must be real number, not str
print(error(lambda: math.ceil(nan)))  # expect: ValueError: cannot convert float NaN to integer
print(error(lambda: math.fma(inf, 0, 1)))  # expect: ValueError: invalid operation in fma
print(error(lambda: math.fma(1e308, 10, 0)))  # expect: OverflowError: overflow in fma
print(error(lambda: math.fma(1, 2)))  # expect: TypeError: fma expected 3 arguments, got 2
