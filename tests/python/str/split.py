# tests/python/str/split.py: parts of a string, and joining them; the lists' sizes show the room they were given.
import sys


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print("a,b,,c".split(","), "a,b,,c".split(",", 1), "".split(","), "abc".split("abc"), "a--b-c".split("--"))  # expect: ['a', 'b', '', 'c'] ['a', 'b,,c'] [''] ['', ''] ['a', 'b-c']
print("  a b\t c\n".split(), "  a b  c ".split(None, 1), " ".split(), "".split(), " a ".split(maxsplit=0))  # expect: ['a', 'b', 'c'] ['a', 'b  c '] [] [] ['a ']
print("a,b,,c".rsplit(","), "a,b,,c".rsplit(",", 1), "  a b  c ".rsplit(None, 1), "  a b ".rsplit(), "a\u2003b\x85c".split())  # expect: ['a', 'b', '', 'c'] ['a,b,', 'c'] ['  a b', 'c'] ['a', 'b'] ['a', 'b', 'c']
print("가,나,다".split(","), "가나가".split("나"), "가나나가".rsplit("나", 1), "é가 나".split(), "가 나 다".rsplit(maxsplit=1))  # expect: ['가', '나', '다'] ['가', '가'] ['가나', '가'] ['é가', '나'] ['가 나', '다']
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i".splitlines(), "a\n\nb\n".splitlines(True), "".splitlines(), "\n".splitlines())  # expect: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'] ['a\n', '\n', 'b\n'] [] ['']
print(sys.getsizeof("a b".split()), sys.getsizeof("a b".split(" ")), sys.getsizeof("a b".split(" ", 1)), sys.getsizeof(("a " * 13).split()))  # expect: 80 96 72 216
print(sys.getsizeof("".split()), sys.getsizeof("a\nb".splitlines()), sys.getsizeof("a b".rsplit(None, 3)))  # expect: 72 88 88
print(",".join(["a", "b"]), "".join("abc"), "-".join(()), ", ".join(x for x in "가나"), "é".join("ab"), "a".join(["", ""]))  # expect: a,b abc  가, 나 aéb a
x = "abc"
print("".join([x]) is x, "".join((x,)) is x, x.split()[0] is x, x.split("q")[0] is x, x.splitlines()[0] is x)  # expect: True True True True True
print(error(lambda: "".join([1])), error(lambda: "".join(["a", None])), error(lambda: "".join(1)))  # expect: TypeError: sequence item 0: expected str instance, int found TypeError: sequence item 1: expected str instance, NoneType found TypeError: can only join an iterable
print(error(lambda: "a".split("")), error(lambda: "a".split(1)), error(lambda: "a".split(None, "x")))  # expect: ValueError: empty separator TypeError: must be str or None, not int TypeError: 'str' object cannot be interpreted as an integer
