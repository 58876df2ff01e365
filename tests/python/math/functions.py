# tests/python/math/functions.py: every function of math.
import math
from math import inf, nan


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(math.pi, math.e, math.tau, math.inf, math.nan)  # expect: 3.141592653589793 2.718281828459045 6.283185307179586 inf nan
print(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(0.5), math.atan2(1, -1), math.atan2(-0.0, -1))  # expect: 0.8414709848078965 0.5403023058681398 1.5574077246549023 0.5235987755982989 1.0471975511965979 0.4636476090008061 2.356194490192345 -3.141592653589793
print(math.sinh(1), math.cosh(1), math.tanh(1), math.asinh(0.5), math.acosh(1.5), math.atanh(0.5), math.asinh(-1e300), math.acosh(1e300))  # expect: 1.1752011936438014 1.5430806348152437 0.7615941559557649 0.48121182505960347 0.9624236501192069 0.5493061443340548 -691.4686750787736 691.4686750787736
print(math.exp(1), math.exp2(0.5), math.expm1(1e-10), math.log(10), math.log(8, 2), math.log2(10), math.log10(1000), math.log1p(1e-10))  # expect: 2.718281828459045 1.4142135623730951 1.00000000005e-10 2.302585092994046 3.0 3.321928094887362 3.0 9.999999999500001e-11
print(math.log(10**400), math.log2(2**2000), math.log10(10**400), math.log(10**400, 10))  # expect: 921.0340371976182 2000.0 400.0 399.99999999999994
print(math.pow(2, 0.5), math.pow(0, 0), math.pow(inf, -1), math.pow(1, nan), math.sqrt(2), math.cbrt(-8), math.hypot(3, 4), math.hypot(1, 2, 3))  # expect: 1.4142135623730951 1.0 0.0 1.0 1.4142135623730951 -2.0 5.0 3.7416573867739413
print(math.hypot(), math.hypot(-5), math.hypot(inf, nan), math.hypot(1e308, 1e308), math.hypot(5e-324, 5e-324), math.hypot(0.1, 0.2, 0.3, 0.4))  # expect: 0.0 5.0 inf 1.4142135623730951e+308 5e-324 0.5477225575051661
print(math.dist((1, 2), (4, 6)), math.dist([0.1] * 5, [0.7] * 5), math.dist((), ()))  # expect: 5.0 1.3416407864998738 0.0
print(math.ceil(1.2), math.floor(-1.2), math.trunc(-1.8), math.ceil(5), math.floor(10**30), math.trunc(True), math.fabs(-2))  # expect: 2 -2 -1 5 1000000000000000000000000000000 1 2.0
print(math.fmod(-7, 3), math.fmod(1, inf), math.remainder(7, 4), math.remainder(6, 4), math.remainder(-6, 4), math.modf(-1.5), math.modf(inf), math.modf(-0.0))  # expect: -1.0 1.0 -1.0 -2.0 2.0 (-0.5, -1.0) (0.0, inf) (-0.0, -0.0)
print(math.frexp(10), math.frexp(0), math.frexp(5e-324), math.frexp(inf), math.ldexp(0.625, 4), math.ldexp(1, -1074), math.ldexp(1, -10**30), math.ldexp(3, -1075))  # expect: (0.625, 4) (0.0, 0) (0.5, -1073) (inf, 0) 10.0 5e-324 0.0 1e-323
print(math.copysign(1, -0.0), math.isnan(nan), math.isinf(-inf), math.isfinite(1), math.isclose(1, 1 + 1e-10), math.isclose(0, 1e-10), math.isclose(0, 1e-10, abs_tol=1e-9))  # expect: -1.0 True True True True False True
print(math.degrees(math.pi), math.radians(180), math.nextafter(1, 2), math.nextafter(0, -1), math.nextafter(1, 2, steps=5), math.nextafter(1, 0, steps=0), math.nextafter(-5e-324, 1), math.ulp(1), math.ulp(0), math.ulp(1e308), math.ulp(inf))  # expect: 180.0 3.141592653589793 1.0000000000000002 -5e-324 1.000000000000001 1.0 -0.0 2.220446049250313e-16 5e-324 1.99584030953472e+292 inf
print(math.gamma(0.5), math.gamma(5), math.gamma(-1.5), math.gamma(171), math.gamma(1e-5), math.gamma(23), math.gamma(24), math.gamma(150.5), math.gamma(-170.5))  # expect: 1.7724538509055159 24.0 2.3632718012073544 7.257415615307998e+306 99999.42279422554 1.1240007277776077e+21 2.585201673888497e+22 4.661072627097377e+261 -3.312739521538607e-308
print(math.lgamma(0.5), math.lgamma(3), math.lgamma(-1.5), math.lgamma(1e300), math.lgamma(1e-30), math.lgamma(100.5), math.lgamma(inf), math.lgamma(-inf))  # expect: 0.5723649429247004 0.693147180559945 0.8600470153764812 6.897755278982137e+302 69.07755278982137 361.4355404677776 inf inf
print(math.erf(0.5), math.erfc(0.5), math.erf(-3), math.erfc(10), math.erf(inf), math.erfc(-2))  # expect: 0.5204998778130465 0.4795001221869535 -0.9999779095030014 2.088487583762545e-45 1.0 1.9953222650189528
print(math.factorial(0), math.factorial(20), math.factorial(30), len(str(math.factorial(1000))), math.factorial(True))  # expect: 1 2432902008176640000 265252859812191058636308480000000 2568 1
print(math.comb(5, 2), math.comb(100, 50), math.comb(5, 6), math.comb(10**30, 2), math.perm(5, 2), math.perm(5), math.perm(5, 6), math.perm(10**20, 3))  # expect: 10 100891344545564193334812497256 0 499999999999999999999999999999500000000000000000000000000000 20 120 0 999999999999999999970000000000000000000200000000000000000000
print(math.gcd(), math.gcd(12, -18), math.gcd(0, 0), math.gcd(10**40, 6**40), math.gcd(12, 18, 27), math.lcm(), math.lcm(4, -6), math.lcm(4, 0), math.lcm(10**20, 6, 7))  # expect: 0 6 0 1099511627776 3 1 12 0 2100000000000000000000
print(math.isqrt(0), math.isqrt(15), math.isqrt(16), math.isqrt(10**40), math.isqrt(2**64 - 1), math.isqrt(10**41 - 1))  # expect: 0 3 4 100000000000000000000 4294967295 316227766016837933199
print(math.fsum([0.1] * 10), sum([0.1] * 10), math.fsum([1e16, 1, -1e16]), math.fsum([]), math.fsum([1e308, -1e308, 1]), math.fsum([inf, 1]), math.fsum([1, 1e-16, 1e-16]))  # expect: 1.0 1.0 1.0 0.0 1.0 inf 1.0000000000000002
print(math.prod([1, 2, 3]), math.prod([]), math.prod([1.5, 2]), math.prod([2, 3], start=10), math.prod(range(1, 30)), math.prod(["a", 3]))  # expect: 6 1 3.0 60 8841761993739701954543616000000 aaa
print(math.sumprod([1, 2], [3, 4]), math.sumprod([1.5, 2], [2, 0.1]), math.sumprod([], []), math.sumprod([10**20, 1], [10**20, 0.5]), math.sumprod([0.1] * 10, [1] * 10), math.sumprod([True, 2.5], [3, 4]))  # expect: 11 3.2 0 1e+40 1.0 13.0
print(math.fma(2, 3, 4), math.fma(0.1, 10, -1), math.fma(inf, 1, 2))  # expect: 10.0 5.551115123125783e-17 inf
for function in (math.sqrt, math.log, math.acos, math.acosh, math.atanh, math.gamma, math.lgamma, math.log1p, math.asin):
    for x in (-1, -2.5, 0, 1, 2, inf, -inf, nan):
        try:
            value = function(x)
        except ValueError as e:
            value = str(e)
        globals().setdefault("table", []).append(f"{function.__name__}({x}) {value}")
print(table)  # expect: ['sqrt(-1) math domain error', 'sqrt(-2.5) math domain error', 'sqrt(0) 0.0', 'sqrt(1) 1.0', 'sqrt(2) 1.4142135623730951', 'sqrt(inf) inf', 'sqrt(-inf) math domain error', 'sqrt(nan) nan', 'log(-1) math domain error', 'log(-2.5) math domain error', 'log(0) math domain error', 'log(1) 0.0', 'log(2) 0.6931471805599453', 'log(inf) inf', 'log(-inf) math domain error', 'log(nan) nan', 'acos(-1) 3.141592653589793', 'acos(-2.5) math domain error', 'acos(0) 1.5707963267948966', 'acos(1) 0.0', 'acos(2) math domain error', 'acos(inf) math domain error', 'acos(-inf) math domain error', 'acos(nan) nan', 'acosh(-1) math domain error', 'acosh(-2.5) math domain error', 'acosh(0) math domain error', 'acosh(1) 0.0', 'acosh(2) 1.3169578969248166', 'acosh(inf) inf', 'acosh(-inf) math domain error', 'acosh(nan) nan', 'atanh(-1) math domain error', 'atanh(-2.5) math domain error', 'atanh(0) 0.0', 'atanh(1) math domain error', 'atanh(2) math domain error', 'atanh(inf) math domain error', 'atanh(-inf) math domain error', 'atanh(nan) nan', 'gamma(-1) math domain error', 'gamma(-2.5) -0.9453087204829417', 'gamma(0) math domain error', 'gamma(1) 1.0', 'gamma(2) 1.0', 'gamma(inf) inf', 'gamma(-inf) math domain error', 'gamma(nan) nan', 'lgamma(-1) math domain error', 'lgamma(-2.5) -0.05624371649767457', 'lgamma(0) math domain error', 'lgamma(1) 0.0', 'lgamma(2) 0.0', 'lgamma(inf) inf', 'lgamma(-inf) inf', 'lgamma(nan) nan', 'log1p(-1) math domain error', 'log1p(-2.5) math domain error', 'log1p(0) 0.0', 'log1p(1) 0.6931471805599453', 'log1p(2) 1.0986122886681096', 'log1p(inf) inf', 'log1p(-inf) math domain error', 'log1p(nan) nan', 'asin(-1) -1.5707963267948966', 'asin(-2.5) math domain error', 'asin(0) 0.0', 'asin(1) 1.5707963267948966', 'asin(2) math domain error', 'asin(inf) math domain error', 'asin(-inf) math domain error', 'asin(nan) nan']
print([str(error(lambda: f(1e4))) for f in (math.exp, math.exp2, math.expm1, math.cosh, math.sinh, math.gamma)])  # expect: ['OverflowError: math range error', 'OverflowError: math range error', 'OverflowError: math range error', 'OverflowError: math range error', 'OverflowError: math range error', 'OverflowError: math range error']
print([str(error(lambda: f(inf))) for f in (math.sin, math.cos, math.tan, math.ceil, math.floor, math.trunc)])  # expect: ['ValueError: math domain error', 'ValueError: math domain error', 'ValueError: math domain error', 'OverflowError: cannot convert float infinity to integer', 'OverflowError: cannot convert float infinity to integer', 'OverflowError: cannot convert float infinity to integer']
