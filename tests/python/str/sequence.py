# tests/python/str/sequence.py: indexing, slices, operators, comparison, iteration.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


x = "abcdef"
print(x[0], x[-1], x[1:3], x[:-1], x[::2], x[::-1], x[4:1:-1], x[10:], x[-100:2], x[2:2] == "", x[::-2])  # expect: a f bc abcde ace fedcba edc  ab True fdb
print("가나다라"[::-1], "가a나b"[1::2], "é가"[0], "😀가a"[1:], "😀가a"[2:], "😀가a"[::2])  # expect: 라다나가 ab é 가a a 😀a
print(x * 2, x * 0 == "", 2 * "ab", "가" * 3, "ab" * -1 == "", "" * 100 == "", len("abc" * 1000))  # expect: abcdefabcdef True abab 가가가 True True 3000
print("a" < "b", "a" < "B", "abc" < "abd", "abc" < "ab", "a" <= "a", "가" > "a", "é" < "가", "😀" > "가", "a" == "a", "a" != "b", "" < "a")  # expect: True False True False True True True True True True True
print(list("abc"), list("가é"), [c for c in "😀a"], "b" in "abc", len("가나"), sorted("hello"), max("abz"), "".join(reversed("abc")))  # expect: ['a', 'b', 'c'] ['가', 'é'] ['😀', 'a'] True 2 ['e', 'h', 'l', 'l', 'o'] z cba
it = iter("abc")
print(next(it), it.__length_hint__(), next(it), next(it), next(it, "end"), it.__length_hint__(), type(it).__name__, type(iter("가")).__name__)  # expect: a 2 b c end 0 str_ascii_iterator str_iterator
print(error(lambda: x[6]), error(lambda: x[-7]), error(lambda: x["a"]), error(lambda: x[1.0]), error(lambda: x[10**30]), error(lambda: x[::0]))  # expect: IndexError: string index out of range IndexError: string index out of range TypeError: string indices must be integers, not 'str' TypeError: string indices must be integers, not 'float' IndexError: cannot fit 'int' into an index-sized integer ValueError: slice step cannot be zero
print(error(lambda: x + 1), error(lambda: 1 + x), error(lambda: x * "a"), error(lambda: x < 1), error(lambda: x - x), x == 1, x != None)  # expect: TypeError: can only concatenate str (not "int") to str TypeError: unsupported operand type(s) for +: 'int' and 'str' TypeError: can't multiply sequence by non-int of type 'str' TypeError: '<' not supported between instances of 'str' and 'int' TypeError: unsupported operand type(s) for -: 'str' and 'str' False True
print(error(lambda: "a" * 10**18), error(lambda: "ab" * 2**62))  # expect: MemoryError:  OverflowError: repeated string is too long
print("x".ljust(3, "-"), "x".rjust(3), "x".center(4, "*"), "ab".center(5, "*"), "abc".center(6, "*"), "-5".zfill(4), "+".zfill(3), "가".ljust(3, "나"), "a".rjust(3, "😀"))  # expect: x--   x *x** **ab* *abc** -005 +00 가나나 😀😀a
print("\ta\tb".expandtabs(4), "ab\tc".expandtabs(), "a\n\tb".expandtabs(2).encode(), "a\tb".expandtabs(0), "a\tb".expandtabs(-1))  # expect:     a   b ab      c b'a\n  b' ab ab
print("  a ".strip() + "|", "xxaxx".strip("x"), "  a ".lstrip() + "|", "  a ".rstrip() + "|", "abcba".strip("ab"), "가나가".strip("가"), "\u3000a\u3000".strip())  # expect: a| a a |   a| c 나 a
print(error(lambda: "a".center("x")), error(lambda: "a".ljust(3, "xy")), error(lambda: "a".rjust(3, 1)), error(lambda: "a".strip(1)))  # expect: TypeError: 'str' object cannot be interpreted as an integer TypeError: The fill character must be exactly one character long TypeError: The fill character must be a unicode character, not int TypeError: strip arg must be None or str
