# tests/python/format/string.py: the format mini-language for strings, and str.format.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


s = "가나다"
print(f"{s}|{s:10}|{s:>10}|{s:^10}|{s:*^9}|{s:.2}|{s:5.1}|{s:s}|{s!r:>8}|{s:다<5}|{'abc':05}|{'abc':<05}")  # expect: 가나다|가나다       |       가나다|   가나다    |***가나다***|가나|가    |가나다|   '가나다'|가나다다다|abc00|abc00
print("{} {}".format(1, 2), "{1} {0}".format(1, 2), "{a} {b!r}".format(a=1, b="x"), "{0:>5}|{0!s:<5}|".format("ab"))  # expect: 1 2 2 1 1 'x'    ab|ab   |
print("{:{}}|{:{w}.{p}f}".format("a", 5, 3.14159, w=8, p=2), "{{}}".format(), "{0[1]} {0[0]}".format([5, 6]), "{0.real}".format(5))  # expect: a    |    3.14 {} 6 5 5
print("{:%}".format(0.5), "{:,}".format(10**9), "{!a}".format("é"), "{0[a]}".format({"a": 3}))  # expect: 50.000000% 1,000,000,000 '\xe9' 3
print(error(lambda: format("a", "d")))  # expect: ValueError: Unknown format code 'd' for object of type 'str'
print(error(lambda: format("a", "=5")))  # expect: ValueError: '=' alignment not allowed in string format specifier
print(error(lambda: format("a", "+")))  # expect: ValueError: Sign not allowed in string format specifier
print(error(lambda: format("a", " ")))  # expect: ValueError: Space not allowed in string format specifier
print(error(lambda: format("a", "#")))  # expect: ValueError: Alternate form (#) not allowed in string format specifier
print(error(lambda: format("a", "z")))  # expect: ValueError: Negative zero coercion (z) not allowed in string format specifier
print(error(lambda: format("a", ",")))  # expect: ValueError: Cannot specify ',' with 's'.
print(error(lambda: format("a", "10x10")))  # expect: ValueError: Invalid format specifier '10x10' for object of type 'str'
print(error(lambda: "{} {0}".format(1)))  # expect: ValueError: cannot switch from automatic field numbering to manual field specification
print(error(lambda: "{} {}".format(1)))  # expect: IndexError: Replacement index 1 out of range for positional args tuple
print(error(lambda: "{".format(1)))  # expect: ValueError: Single '{' encountered in format string
print(error(lambda: "}".format(1)))  # expect: ValueError: Single '}' encountered in format string
print(error(lambda: "{a}".format(b=1)))  # expect: KeyError: 'a'
print(error(lambda: format([], "5")))  # expect: TypeError: unsupported format string passed to list.__format__
print(error(lambda: format(object(), "x")))  # expect: TypeError: unsupported format string passed to object.__format__
print(format(None, ""), format([1], ""), f"{None!s:>6}")  # expect: None [1]   None


class Money:
    def __init__(self, amount):
        self.amount = amount

    def __format__(self, spec):
        return f"<{spec}:{self.amount}>"


print(f"{Money(5)}|{Money(5):abc}|{Money(5):{3}}", format(Money(6), "x"), "{:yy}".format(Money(7)))  # expect: <:5>|<abc:5>|<3:5> <x:6> <yy:7>

# Between brackets everything is an index; braces are no field there.
for text in ("{0[{1}]}", "{0[x:y]}", "{0[}]}"):
    try:
        print(text.format({"{1}": 1, "x:y": 2, "}": 3}, 4), text.format("abc", 4))
    except (TypeError, ValueError) as error:
        print(error)  # expect: string indices must be integers, not 'str'
# expect: string indices must be integers, not 'str'
# expect: string indices must be integers, not 'str'
