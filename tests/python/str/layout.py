# tests/python/str/layout.py: sizes, hashes, identity and interning.
import sys

print(sys.getsizeof(""), sys.getsizeof("a"), sys.getsizeof("abc"), sys.getsizeof("é"), sys.getsizeof("éé"), sys.getsizeof("가"), sys.getsizeof("가나다"), sys.getsizeof("😀"))  # expect: 41 42 44 61 59 60 64 64
print("abc".__sizeof__(), sys.getsizeof("a" * 1000), sys.getsizeof("é" * 1000), sys.getsizeof("가" * 1000), sys.getsizeof("가나"[:1]), sys.getsizeof("가a"[1:]))  # expect: 44 1041 1057 2058 60 42


class Sub(str):
    pass


print(sys.getsizeof(Sub("abc")), sys.getsizeof(Sub("")), sys.getsizeof(Sub("éé")), sys.getsizeof(Sub("가나")), Sub("abc") == "abc", hash(Sub("abc")) == hash("abc"))  # expect: 100 97 99 102 True True
print(type(Sub("ab").upper()).__name__, type(Sub("ab")[:]).__name__, type(Sub("ab") + "").__name__, type(str(Sub("ab"))).__name__, type(Sub("ab").strip()).__name__, repr(Sub("ab")))  # expect: str str str str str 'ab'
x = "hello world"
print(x[:] is x, x[0:11] is x, x + "" is x, "" + x is x, x * 1 is x, str(x) is x, x.strip() is x, x.ljust(3) is x, x.zfill(2) is x, x.expandtabs() is x, f"{x}" is x, "%s" % x is x)  # expect: True True True True True True True True True True True True
one = "a"
print(x[4] is "o", x[4:5] is x[4], chr(97) is one, "ab"[:1] is one, "é가"[0] is chr(233), "가나"[0] is "가나"[0], b"a".decode() is one, one * 1 is one)  # expect: True True True True True True True True
print(sys._is_interned("abc"), sys._is_interned("a b"), sys._is_interned("".join(["ab", "cd"])), sys._is_interned("a"), sys._is_interned("é"))  # expect: True False False True True
joined = "".join(["some", "_name"])
print(sys.intern(joined) is "some_name", sys.intern(joined + "!") is sys.intern(joined + "!"))  # expect: True True
s = "x"
for i in range(1000):
    s += "yz"
print(len(s), s[:5], s[-4:])  # expect: 2001 xyzyz yzyz
t = s
t += "!"
print(len(s), len(t), s is not t)  # expect: 2001 2002 True
