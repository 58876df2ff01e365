# tests/python/bytes/bytes.py: bytes, their methods and errors.
import sys


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


b = b"hello world"
print(bytes(), bytes(3), bytes([1, 2]), bytes("é", "utf8"), bytes(bytearray(b"x")), bytes(memoryview(b"yz")), bytes(range(3)), bytes((65,)))  # expect: b'' b'\x00\x00\x00' b'\x01\x02' b'\xc3\xa9' b'x' b'yz' b'\x00\x01\x02' b'A'
print(sys.getsizeof(b""), sys.getsizeof(b"a"), sys.getsizeof(bytes(100)), hash(b"abc") == hash("abc"), b"a" is bytes([97]), bytes(b) is b, b[:] is b, b + b"" is b, b * 1 is b, b.strip() is b)  # expect: 33 34 133 True True True True True True True
print(b[0], b[-1], b[1:4], b[::-1], b[::3], list(b"ab"), 104 in b, b"wor" in b, b"" in b, b + b"!", b"ab" * 3, b"a" < b"b", b"a" == "a", b"a" == bytearray(b"a"))  # expect: 104 100 b'ell' b'dlrow olleh' b'hlwl' [97, 98] True True True b'hello world!' b'ababab' True False True
print(repr(b"a'b"), repr(b"'\""), repr(b"\n\t\r\\\0\x7f\xff"), str(b"a"), b.find(b"o"), b.rfind(b"o"), b.find(111), b.count(b"l"), b.count(108), b.index(b"w"))  # expect: b"a'b" b'\'"' b'\n\t\r\\\x00\x7f\xff' b'a' 4 7 4 3 3 6
print(b.replace(b"o", b"0"), b.replace(b"l", b"", 1), b.replace(b"", b"-", 2), b.split(), b.split(b"o", 1), b.rsplit(b"o", 1), b"a\nb\r\n".splitlines(), b"a\nb".splitlines(True), b.partition(b" "), b.rpartition(b"o"))  # expect: b'hell0 w0rld' b'helo world' b'-h-ello world' [b'hello', b'world'] [b'hell', b' world'] [b'hello w', b'rld'] [b'a', b'b'] [b'a\n', b'b'] (b'hello', b' ', b'world') (b'hello w', b'o', b'rld')
print(b.upper(), b.title(), b.capitalize(), b"aB".swapcase(), b.center(15, b"*"), b"x".ljust(3), b"x".rjust(3, b"-"), b"-5".zfill(4), b"\ta".expandtabs(3), b"  a ".strip(), b"xax".strip(b"x"), b.removeprefix(b"hello"), b.removesuffix(b"world"))  # expect: b'HELLO WORLD' b'Hello World' b'Hello world' b'Ab' b'**hello world**' b'x  ' b'--x' b'-005' b'   a' b'a' b'a' b' world' b'hello '
print(b.hex(), b.hex("-", 2), b.hex(":", -4), bytes.fromhex("68 656c"), b"ab".hex("."), bytes.maketrans(b"ab", b"xy")[96:100], b"abc".translate(bytes.maketrans(b"ab", b"xy")), b"abc".translate(None, b"b"))  # expect: 68656c6c6f20776f726c64 68-656c-6c6f-2077-6f72-6c64 68656c6c:6f20776f:726c64 b'hel' 61.62 b'`xyc' b'xyc' b'ac'
print(b.startswith(b"he"), b.startswith((b"x", b"h")), b.endswith(b"ld", 0, -1), b"abc".isalpha(), b"12".isdigit(), b"Ab".istitle(), b" ".isspace(), b"a1".isalnum(), b"\x80".isascii(), b"".join([b"a", bytearray(b"b")]), b"-".join([b"a", b"b"]))  # expect: True True False True True True True True False b'ab' b'a-b'
print(b"%s %d %r %a" % (b"a", 1, "b", "é"), b"%b %c %x" % (b"q", 65, 255), b"%(k)s" % {b"k": b"v"}, b"%5.1f" % 3.14, b"%-4s|" % b"a")  # expect: b"a 1 'b' '\\xe9'" b'q A ff' b'v' b'  3.1' b'a   |'
print(error(lambda: bytes("a")), error(lambda: bytes([256])), error(lambda: bytes([1.5])), error(lambda: bytes(-1)), error(lambda: bytes(1.5)), error(lambda: bytes(["a"])), error(lambda: bytes(1, "a")), error(lambda: bytes(None)))  # expect: TypeError: string argument without an encoding ValueError: bytes must be in range(0, 256) TypeError: 'float' object cannot be interpreted as an integer ValueError: negative count TypeError: cannot convert 'float' object to bytes TypeError: 'str' object cannot be interpreted as an integer TypeError: encoding without a string argument TypeError: cannot convert 'NoneType' object to bytes
print(error(lambda: b[100]), error(lambda: b["a"]), error(lambda: b + "a"), error(lambda: b + 1), error(lambda: b < "a"), error(lambda: "a" in b), error(lambda: 256 in b), error(lambda: b.find("a")), error(lambda: b.find(256)))  # expect: IndexError: index out of range TypeError: byte indices must be integers or slices, not str TypeError: can't concat str to bytes TypeError: can't concat int to bytes TypeError: '<' not supported between instances of 'bytes' and 'str' TypeError: a bytes-like object is required, not 'str' ValueError: byte must be in range(0, 256) TypeError: argument should be integer or bytes-like object, not 'str' ValueError: byte must be in range(0, 256)
print(error(lambda: b.split("a")), error(lambda: b.split(b"")), error(lambda: b.join([1])), error(lambda: b.replace("a", b"b")), error(lambda: b.index(b"z")), error(lambda: b.startswith("a")), error(lambda: b.center(3, b"ab")), error(lambda: b.center(3, 1)))  # expect: TypeError: a bytes-like object is required, not 'str' ValueError: empty separator TypeError: sequence item 0: expected a bytes-like object, int found TypeError: a bytes-like object is required, not 'str' ValueError: subsection not found TypeError: startswith first arg must be bytes or a tuple of bytes, not str TypeError: center() argument 2 must be a byte string of length 1, not bytes TypeError: center() argument 2 must be a byte string of length 1, not int
print(error(lambda: bytes.fromhex("6")), error(lambda: bytes.fromhex("zz")), error(lambda: bytes.fromhex(1)), error(lambda: b.hex("ab")), error(lambda: b.hex(1)), error(lambda: b.translate(b"x")), error(lambda: bytes.maketrans(b"a", b"bc")))  # expect: ValueError: non-hexadecimal number found in fromhex() arg at position 1 ValueError: non-hexadecimal number found in fromhex() arg at position 0 TypeError: fromhex() argument must be str, not int ValueError: sep must be length 1. TypeError: object of type 'int' has no len() ValueError: translation table must be 256 characters long ValueError: maketrans arguments must have same length
print(error(lambda: b"%s" % "a"), error(lambda: b"%d" % b"a"), error(lambda: b"%c" % 256), error(lambda: b"%q" % 1), error(lambda: b"a" % 1), error(lambda: b"a" * b"b"), error(lambda: hash(bytearray())))  # expect: TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'str' TypeError: %d format: a real number is required, not bytes OverflowError: %c arg not in range(256) ValueError: unsupported format character 'q' (0x71) at index 1 TypeError: not all arguments converted during bytes formatting TypeError: can't multiply sequence by non-int of type 'bytes' TypeError: unhashable type: 'bytearray'


class Sub(bytes):
    pass


print(sys.getsizeof(Sub(b"abc")), Sub(b"abc"), type(Sub(b"a").upper()).__name__, type(Sub(b"ab")[:]).__name__, Sub(b"ab") == b"ab", Sub.fromhex("61"), type(Sub.fromhex("61")).__name__)  # expect: 68 b'abc' bytes bytes True b'a' Sub


class HasBytes:
    def __bytes__(self):
        return b"made"


print(bytes(HasBytes()), b"%b" % HasBytes(), b"".join([b"x"]) , [x for x in b"ab"], max(b"az"), sorted(b"ba"))  # expect: b'made' b'made' b'x' [97, 98] 122 [97, 98]
