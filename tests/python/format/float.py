# tests/python/format/float.py: the format mini-language for floats.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


x = 1234.56789
print(f"{x}|{x:f}|{x:.2f}|{x:.0f}|{x:#.0f}|{x:e}|{x:.3e}|{x:g}|{x:.3g}|{x:.10g}|{x:n}|{x:%}|{x:.1%}")  # expect: 1234.56789|1234.567890|1234.57|1235|1235.|1.234568e+03|1.235e+03|1234.57|1.23e+03|1234.56789|1234.57|123456.789000%|123456.8%
print(f"{x:10.1f}|{x:<10.1f}|{x:^10.1f}|{x:+.1f}|{x: .1f}|{-x:010.1f}|{x:,.2f}|{x:_.2f}|{x:012,.1f}|{x:*>12.2f}")  # expect:     1234.6|1234.6    |  1234.6  |+1234.6| 1234.6|-0001234.6|1,234.57|1_234.57|00,001,234.6|*****1234.57
print(f"{1.0}|{1.0:g}|{1.0:.3}|{100.0:.3}|{1000.0:.3}|{1e10:.3}|{0.0001:.3}|{0.00001:.3}|{1.0:#g}|{1e20:,}|{1e15:,}")  # expect: 1.0|1|1.0|1e+02|1e+03|1e+10|0.0001|1e-05|1.00000|1e+20|1,000,000,000,000,000.0
print(f"{1e300:f}"[:20], f"{5e-324:.3e}", f"{5e-324:.400f}"[-80:], f"{0.1:.55f}")  # expect: 10000000000000000525 4.941e-324 00049406564584124654417656879286822137236505980261432476442558568250067550727021 0.1000000000000000055511151231257827021181583404541015625
print(f"{2.5:.0f}|{3.5:.0f}|{0.125:.2f}|{0.375:.2f}|{2.675:.2f}|{1e22:.0f}|{0.5:.0e}|{25.0:.0e}|{35.0:.1g}")  # expect: 2|4|0.12|0.38|2.67|10000000000000000000000|5e-01|2e+01|4e+01
print(f"{float('inf'):f}|{float('-inf'):F}|{float('nan'):E}|{float('nan'):010}|{float('inf'):+010.1f}|{float('inf'):%}|{float('inf'):g}")  # expect: inf|-INF|NAN|0000000nan|+000000inf|inf%|inf
print(f"{-0.0}|{-0.0:.1f}|{-0.0:z.1f}|{-0.04:z.1f}|{-0.06:z.1f}|{-0.0:z}|{-0.001:+z.1f}|{-0.0:ze}|{-0.0:zg}")  # expect: -0.0|-0.0|0.0|0.0|-0.1|0.0|+0.0|0.000000e+00|0
print(f"{0.0:g}|{0.0:e}|{0.0:.3}|{0.0:#.3g}|{0.0:n}|{0.0:%}|{123456.0:g}|{1234567.0:g}|{1234567.0:G}|{1e-5:g}|{1e-5:G}")  # expect: 0|0.000000e+00|0.0|0.00|0|0.000000%|123456|1.23457e+06|1.23457E+06|1e-05|1E-05
print(f"{1.5:\x00}|{12345678.9:,}|{12345678.9:_}|{12345.6:,e}|{12345.6:,g}|{0.5:,%}|{99999.5:,.0f}")  # expect: 1.5|12,345,678.9|12_345_678.9|1.234560e+04|12,345.6|50.000000%|100,000
print(len(f"{1.0:.5000f}"), len(f"{1.0:.5000e}"), f"{1.0:.5000g}", len(f"{1.0:#.5000g}"))  # expect: 5002 5006 1 5001
print(error(lambda: format(1.5, "d")))  # expect: ValueError: Unknown format code 'd' for object of type 'float'
print(error(lambda: format(1.5, "s")))  # expect: ValueError: Unknown format code 's' for object of type 'float'
print(error(lambda: format(1.5, "x")))  # expect: ValueError: Unknown format code 'x' for object of type 'float'
print(error(lambda: format(1.5, ",n")))  # expect: ValueError: Cannot specify ',' with 'n'.
print(error(lambda: format(1.5, ".")))  # expect: ValueError: Format specifier missing precision
print(error(lambda: format(1.5, ".1000000000000")))  # expect: ValueError: precision too big
print(error(lambda: format(1.5, ".99999999999999999999f")))  # expect: ValueError: Too many decimal digits in format string
print(error(lambda: format(1.5, None)))  # expect: TypeError: format() argument 2 must be str, not None
print(format(1 + 2j), format(1 + 2j, ".3"), format(1.5 + 2j, "g"), format(3j, ".2"), format(1 + 2j, "#"), format(1 + 2j, "+"), format(2j, "+"))  # expect: (1+2j) (1+2j) 1.5+2j 3j (1.+2.j) (+1+2j) +2j
print(format(1234567 + 2j, ",.1f"), format(1 - 2j, "20"), format(1 - 2j, "<20") + "|", format(1 - 2j, "^20.1f"), format(-1.5j, "e"), format(complex("nan+infj"), "F"))  # expect: 1,234,567.0+2.0j               (1-2j) (1-2j)              |       1.0-2.0j       -0.000000e+00-1.500000e+00j NAN+INFj
print(error(lambda: format(1j, "05")))  # expect: ValueError: Zero padding is not allowed in complex format specifier
print(error(lambda: format(1j, "=5")))  # expect: ValueError: '=' alignment flag is not allowed in complex format specifier
print(error(lambda: format(1j, "d")))  # expect: ValueError: Unknown format code 'd' for object of type 'complex'
print(error(lambda: format(1j, "%")))  # expect: ValueError: Unknown format code '%' for object of type 'complex'
