# What goes wrong, in the words of CPython.
import re


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__, error)


for pattern in ["(", ")", "[a", "*a", "a**", "(?P<1>a)", "(?P<n>a)(?P<n>b)", "\\", r"(?<=a*)b", "(?z)", "a{2,1}", r"\1",
                "(?P=x)", "[b-a]", "(?i", "x(?i)y", r"\q", "(?(2)a)", "(?<a", r"[\d-z]", "(?L)a", "a{99999999999}"]:
    attempt(re.compile, pattern)
# expect: PatternError missing ), unterminated subpattern at position 0
# expect: PatternError unbalanced parenthesis at position 0
# expect: PatternError unterminated character set at position 0
# expect: PatternError nothing to repeat at position 0
# expect: PatternError multiple repeat at position 2
# expect: PatternError bad character in group name '1' at position 4
# expect: PatternError redefinition of group name 'n' as group 2; was group 1 at position 12
# expect: PatternError bad escape (end of pattern) at position 0
# expect: PatternError look-behind requires fixed-width pattern
# expect: PatternError unknown extension ?z at position 1
# expect: PatternError min repeat greater than max repeat at position 2
# expect: PatternError invalid group reference 1 at position 1
# expect: PatternError unknown group name 'x' at position 4
# expect: PatternError bad character range b-a at position 1
# expect: PatternError missing -, : or ) at position 3
# expect: PatternError global flags not at the start of the expression at position 1
# expect: PatternError bad escape \q at position 0
# expect: PatternError invalid group reference 2 at position 3
# expect: PatternError unknown extension ?<a at position 1
# expect: PatternError bad character range \d-z at position 1
# expect: PatternError bad inline flags: cannot use 'L' flag with a str pattern at position 3
# expect: OverflowError the repetition number is too large
attempt(re.compile, b"(?u)a")  # expect: PatternError bad inline flags: cannot use 'u' flag with a bytes pattern at position 3
attempt(re.match, "a", b"a")  # expect: TypeError cannot use a string pattern on a bytes-like object
attempt(re.match, b"a", "a")  # expect: TypeError cannot use a bytes pattern on a string-like object
attempt(re.match, "a", 1)  # expect: TypeError expected string or bytes-like object, got 'int'
attempt(re.match, 1, "a")  # expect: TypeError first argument must be string or compiled pattern
attempt(re.compile, "a", re.A | re.U)  # expect: ValueError ASCII and UNICODE flags are incompatible
attempt(re.sub, "(a)", r"\2", "a")  # expect: PatternError invalid group reference 2 at position 1
attempt(re.sub, "(a)", r"\g<x>", "a")  # expect: IndexError unknown group name 'x'
attempt(re.sub, "(a)", r"\g<1", "a")  # expect: PatternError missing >, unterminated name at position 3
attempt(re.sub, "a", "\\q", "a")  # expect: PatternError bad escape \q at position 0
attempt(re.sub, "a", lambda m: 1, "a")  # expect: TypeError sequence item 0: expected str instance, int found
attempt(re.sub, "a", 5, "a")  # expect: TypeError decoding to str: need a bytes-like object, int found
m = re.match("(a)(?P<b>b)?", "a")
attempt(m.group, 3)  # expect: IndexError no such group
attempt(m.group, "c")  # expect: IndexError no such group
attempt(m.group, -1)  # expect: IndexError no such group
attempt(m.__getitem__, 1.5)  # expect: IndexError no such group
attempt(m.start, "b")  # expect: -1
attempt(m.groupdict)  # expect: {'b': None}
attempt(re.Pattern)  # expect: TypeError cannot create 're.Pattern' instances
attempt(re.compile("a").match)  # expect: TypeError match() missing required argument 'string' (pos 1)
attempt(re.compile("a").split, "a", "b")  # expect: TypeError 'str' object cannot be interpreted as an integer
try:
    re.compile("ab(c\nd")
except re.error as error:
    print(error.msg, error.pattern, error.pos, error.lineno, error.colno)
# expect: missing ), unterminated subpattern ab(c
# expect: d 2 1 3
print(re.error is re.PatternError, re.error.__mro__)  # expect: True (<class 're.PatternError'>, <class 'Exception'>, <class 'BaseException'>, <class 'object'>)
try:
    re.match("a", "a").string = 1
except AttributeError as error:
    print(error)
# expect: readonly attribute
