# tests/python/format/int.py: the format mini-language for ints.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


n = 1234567
print(f"{n}|{n:d}|{n:,}|{n:_}|{n:n}|{n:12}|{n:<12}|{n:^12}|{n:>12}|{n:=+12}")  # expect: 1234567|1234567|1,234,567|1_234_567|1234567|     1234567|1234567     |  1234567   |     1234567|+    1234567
print(f"{n:012}|{n:+}|{n: }|{-n: }|{-n:012,}|{n:*^15}|{n:é>10}|{n:x=+12}")  # expect: 000001234567|+1234567| 1234567|-1234567|-001,234,567|****1234567****|ééé1234567|+xxxx1234567
print(f"{255:x}|{255:X}|{255:#x}|{255:#X}|{255:o}|{255:#o}|{255:b}|{255:#b}|{255:#010x}|{-255:#_x}")  # expect: ff|FF|0xff|0XFF|377|0o377|11111111|0b11111111|0x000000ff|-0xff
print(f"{2**40:_b}|{2**40:_x}|{2**40:_o}|{2**40:_}|{2**70:,}|{-(2**70):x}|{2**70:#b}")  # expect: 1_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000|100_0000_0000|20_0000_0000_0000|1_099_511_627_776|1,180,591,620,717,411,303,424|-400000000000000000|0b10000000000000000000000000000000000000000000000000000000000000000000000
print(f"{65:c}|{0x1F600:c}|{65:5c}|{65:<5c}|{65:^5c}|{65:05c}")  # expect: A|😀|    A|A    |  A  |0000A
print(f"{5:f}|{5:.2f}|{5:e}|{5:g}|{5:%}|{10**20:g}|{3:.0f}|{12345:,.2f}|{1:012,.1f}")  # expect: 5.000000|5.00|5.000000e+00|5|500.000000%|1e+20|3|12,345.00|00,000,001.0
print(f"{1:08,}|{123:08,}|{1234:07,}|{1234:08,}|{0:03}|{-1:03}|{5:<03}|{5:^05}")  # expect: 0,000,001|0,000,123|001,234|0,001,234|000|-01|500|00500
print(f"{True}|{True:d}|{True:5}|{False:<6}|{True:x}")  # expect: True|1|    1|0     |1
w, p = 10, 3
print(f"{n:{w}}|{3.14159:{w}.{p}}|{n!r:>{w}}|{n:>{w + 2},}")  # expect:    1234567|      3.14|   1234567|   1,234,567
print(format(5), format(5, ""), format(5, "3"), (5).__format__("+"))  # expect: 5 5   5 +5
print(error(lambda: format(5, ".2d")))  # expect: ValueError: Precision not allowed in integer format specifier
print(error(lambda: format(5, ".2")))  # expect: ValueError: Precision not allowed in integer format specifier
print(error(lambda: format(5, "s")))  # expect: ValueError: Unknown format code 's' for object of type 'int'
print(error(lambda: format(5, "z")))  # expect: ValueError: Negative zero coercion (z) not allowed in integer format specifier
print(error(lambda: format(5, "+c")))  # expect: ValueError: Sign not allowed with integer format specifier 'c'
print(error(lambda: format(5, "#c")))  # expect: ValueError: Alternate form (#) not allowed with integer format specifier 'c'
print(error(lambda: format(5, ",c")))  # expect: ValueError: Cannot specify ',' with 'c'.
print(error(lambda: format(5, ",x")))  # expect: ValueError: Cannot specify ',' with 'x'.
print(error(lambda: format(5, ",n")))  # expect: ValueError: Cannot specify ',' with 'n'.
print(error(lambda: format(5, ",_")))  # expect: ValueError: Cannot specify both ',' and '_'.
print(error(lambda: format(5, "_,")))  # expect: ValueError: Cannot specify both ',' and '_'.
print(error(lambda: format(5, ",,")))  # expect: ValueError: Cannot specify ',' with ','.
print(error(lambda: format(5, "10x10")))  # expect: ValueError: Invalid format specifier '10x10' for object of type 'int'
print(error(lambda: format(5, "x<<5")))  # expect: ValueError: Invalid format specifier 'x<<5' for object of type 'int'
print(error(lambda: format(5, "\u20ac")))  # expect: ValueError: Unknown format code '\x20ac' for object of type 'int'
print(error(lambda: format(5, ".")))  # expect: ValueError: Format specifier missing precision
print(error(lambda: format(5, "99999999999999999999")))  # expect: ValueError: Too many decimal digits in format string
print(error(lambda: format(-1, "c")))  # expect: OverflowError: %c arg not in range(0x110000)
print(error(lambda: format(0x110000, "c")))  # expect: OverflowError: %c arg not in range(0x110000)
print(error(lambda: format(10**30, "c")))  # expect: OverflowError: Python int too large to convert to C long
print(error(lambda: format(10**400, "f")))  # expect: OverflowError: int too large to convert to float
print(error(lambda: format(5, 5)))  # expect: TypeError: format() argument 2 must be str, not int
print(error(lambda: (5).__format__(None)))  # expect: TypeError: __format__() argument must be str, not None
