# tests/python/str/repr.py: quotes and escapes.
print(repr("a"), repr("'"), repr('"'), repr("'\""), repr("\\"), repr("\n\t\r\0\x1b\x7f"), repr(""))  # expect: 'a' "'" '"' '\'"' '\\' '\n\t\r\x00\x1b\x7f' ''
print(repr("é가😀"), repr("\x80\x9f\xa0\xad"), repr("\u200b\u2028\ufeff"), repr("\ud800\udfff"), repr("\ue000\U000e0001\U0010ffff"), repr("\u0378"))  # expect: 'é가😀' '\x80\x9f\xa0\xad' '\u200b\u2028\ufeff' '\ud800\udfff' '\ue000\U000e0001\U0010ffff' '\u0378'
print(ascii("é가😀a"), ascii("\ud800"), ascii("'"), ascii(["é"]), "{!a}".format("가"))  # expect: '\xe9\uac00\U0001f600a' '\ud800' "'" ['\xe9'] '\uac00'
print(str(b"abc", "ascii"), str(b"\xea\xb0\x80", "utf-8"), str(b"\xff", errors="replace") == "\ufffd", str(object=5), str() == "", str(b"a"))  # expect: abc 가 True 5 True b'a'


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(error(lambda: str(1, 2)), error(lambda: str("a", "utf8")), error(lambda: str(1, "utf8")), error(lambda: str(b"a", "foo")), error(lambda: str(1, 2, 3, 4)))  # expect: TypeError: str() argument 'encoding' must be str, not int TypeError: decoding str is not supported TypeError: decoding to str: need a bytes-like object, int found LookupError: unknown encoding: foo TypeError: str expected at most 3 arguments, got 4
print("abc".translate({97: "A", 98: None, 99: 100}), "abc".translate(str.maketrans("ab", "xy", "c")), "가나".translate({0xAC00: "a"}), "aé".translate({233: "가"}), str.maketrans({"a": 1, 98: 2}))  # expect: Ad xy a나 a가 {97: 1, 98: 2}
print(error(lambda: "a".translate({97: 1.5})), error(lambda: "a".translate({97: 0x110000})), error(lambda: "a".translate(1)), error(lambda: str.maketrans("a", "bc")), error(lambda: str.maketrans(1)), error(lambda: str.maketrans({"ab": 1})))  # expect: TypeError: character mapping must return integer, None or str ValueError: character mapping must be in range(0x110000) TypeError: 'int' object is not subscriptable ValueError: the first two maketrans arguments must have equal length TypeError: if you give only one argument to maketrans it must be a dict ValueError: string keys in translate table must be of length 1
