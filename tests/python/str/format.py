# tests/python/str/format.py: str.format, format_map and the syntax of fields.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Point:
    x = 3
    items = [1, {"k": "v"}]

    def __format__(self, spec):
        return f"<{spec}>"


p = Point()
print("{} {}".format(1, "a"), "{1} {0} {1}".format("a", "b"), "{a} {b}".format(a=1, b=2), "{0} {a}".format(1, a=2), "{{}} {{{}}}".format(1))  # expect: 1 a b a b 1 2 1 2 {} {1}
print("{0.x} {0.items[0]} {0.items[1][k]}".format(p), "{[1]}".format("ab"), "{a[b.c]}".format(a={"b.c": 5}), "{0[1]}".format({1: "one"}))  # expect: 3 1 v b 5 one
print("{!r} {!s} {!a}".format("é", "é", "é"), "{:>5}|{:<5}|{:^5}|{:*^7}".format("a", "b", "c", "d"), "{:{}}|{:{w}.{p}}".format("a", 4, 3.14159, w=8, p=3))  # expect: 'é' é '\xe9'     a|b    |  c  |***d*** a   |    3.14
print("{:abc}".format(p), "{0:{1}{2}}".format(p, "x", "y"), "{:{{}}}".format(p) if False else "-", "{:}".format(p))  # expect: <abc> <xy> - <>
print("{a} {b}".format_map({"a": 1, "b": 2}), "가{}나".format("다"), "{}".format("x" * 3), "".format(), "no fields".format(1))  # expect: 1 2 가다나 xxx  no fields
print(error(lambda: "{}".format()), error(lambda: "{a}".format()), error(lambda: "{0}{}".format(1, 2)), error(lambda: "{}{0}".format(1, 2)))  # expect: IndexError: Replacement index 0 out of range for positional args tuple KeyError: 'a' ValueError: cannot switch from manual field specification to automatic field numbering ValueError: cannot switch from automatic field numbering to manual field specification
print(error(lambda: "{".format()), error(lambda: "}".format()), error(lambda: "{0".format(1)), error(lambda: "{0!}".format(1)), error(lambda: "{0!z}".format(1)))  # expect: ValueError: Single '{' encountered in format string ValueError: Single '}' encountered in format string ValueError: expected '}' before end of string ValueError: unmatched '{' in format spec ValueError: Unknown conversion specifier z
print(error(lambda: "{0!rr}".format(1)), error(lambda: "{0[}".format(1)), error(lambda: "{0.}".format(1)), error(lambda: "{0[]}".format(1)), error(lambda: "{0[a}".format({})))  # expect: ValueError: expected ':' after conversion specifier ValueError: expected '}' before end of string ValueError: Empty attribute in format string ValueError: Empty attribute in format string ValueError: expected '}' before end of string
print(error(lambda: "{:{:{}}}".format(1, 2, 3)), error(lambda: "{0.a}".format(1)), error(lambda: "{0[0]x}".format([1])), error(lambda: "{0]}".format(1)))  # expect: ValueError: Max string recursion exceeded AttributeError: 'int' object has no attribute 'a' ValueError: Only '.' or '[' may follow ']' in format field specifier KeyError: '0]'
print(error(lambda: "{99999999999999999999}".format(1)), error(lambda: "{-1}".format(1)), error(lambda: "{0[-1]}".format([1])), error(lambda: "{:d}".format("a")))  # expect: ValueError: Too many decimal digits in format string KeyError: '-1' TypeError: list indices must be integers or slices, not str ValueError: Unknown format code 'd' for object of type 'str'
print(error(lambda: "{}".format_map({})), error(lambda: "{a}".format_map({})), error(lambda: "{a:{}}".format(a=1)), error(lambda: "{!".format(1)))  # expect: ValueError: Format string contains positional fields KeyError: 'a' IndexError: Replacement index 0 out of range for positional args tuple ValueError: end of string while looking for conversion specifier
print("%s %d %r" % ("a", 1, "b"), "%5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5), "%x %X %#x %o %#o" % (255, 255, 255, 8, 8), "%5.1f|%e|%g|%G" % (3.14159, 12345.678, 1e-10, 1e20))  # expect: a 1 'b'     1|2    |00003|+4| 5 ff FF 0xff 10 0o10   3.1|1.234568e+04|1e-10|1E+20
print("%(a)s %(b)05.1f" % {"a": 1, "b": 2}, "%c%c" % (97, "b"), "%%" % (), "%5s|%-5s|%.2s" % ("a", "b", "cde"), "%*d|%-*d|%.*f" % (5, 1, 4, 2, 2, 3.14159))  # expect: 1 002.0 ab %     a|b    |cd     1|2   |3.14
print("%s" % [1], "%s" % None, "%r" % ("a",), "%a" % "é", "%i" % 3.9, "%d" % True, "%.3d" % 5, "%+.3d" % 5, "%#.4x" % 10, "%05s" % "a", "%d" % 10**20)  # expect: [1] None 'a' '\xe9' 3 1 005 +005 0x000a     a 100000000000000000000
print("%s" % {"a": 1}, "%(가)s" % {"가": "나"}, "%((a))s" % {"(a)": 1}, "%010.3f" % -3.14159, "%-10.3f|" % 2.5, "%F" % float("inf"), "%5.3s|" % "abcdef", "% 05d" % 3)  # expect: {'a': 1} 나 1 -00003.142 2.500     | INF   abc|  0003
print(error(lambda: "%d" % "a"), error(lambda: "%s" % ()), error(lambda: "%s" % (1, 2)), error(lambda: "%q" % 1), error(lambda: "%" % 1), error(lambda: "%(a)s" % 1))  # expect: TypeError: %d format: a real number is required, not str TypeError: not enough arguments for format string TypeError: not all arguments converted during string formatting ValueError: unsupported format character 'q' (0x71) at index 1 ValueError: incomplete format TypeError: format requires a mapping
print(error(lambda: "%(a)s" % {}), error(lambda: "%(a" % {}), error(lambda: "%c" % "ab"), error(lambda: "%c" % -1), error(lambda: "%x" % 1.5), error(lambda: "%f" % "a"), error(lambda: "%*d" % ("a", 1)))  # expect: KeyError: 'a' ValueError: incomplete format key TypeError: %c requires int or char OverflowError: %c arg not in range(0x110000) TypeError: %x format: an integer is required, not float TypeError: must be real number, not str TypeError: * wants int
print(error(lambda: "abc" % 1), error(lambda: "%s %s" % "a"), "abc" % {}, "abc" % [], error(lambda: "%d" % None), error(lambda: "%c" % 1.5), error(lambda: "%5" % 1))  # expect: TypeError: not all arguments converted during string formatting TypeError: not enough arguments for format string abc abc TypeError: %d format: a real number is required, not NoneType TypeError: %c requires int or char ValueError: incomplete format
