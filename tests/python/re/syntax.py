# Patterns of every kind, on text and on bytes.
import re


def show(pattern, *texts, flags=0):
    compiled = re.compile(pattern, flags)
    for text in texts:
        found = compiled.search(text)
        print(repr(text), found and (found.group(), found.groups()))


show(r"(a+?)(a*)$", "aaa", "b")
# expect: 'aaa' ('aaa', ('a', 'aa'))
# expect: 'b' None
show(r"(?:ab|a)(?:bc|c)", "abc", "abbc")
# expect: 'abc' ('abc', ())
# expect: 'abbc' ('abbc', ())
show(r"(a|b)*c", "ababc", "c")
# expect: 'ababc' ('ababc', ('b',))
# expect: 'c' ('c', (None,))
show(r"(?:(a)|b)*", "ab", "ba")
# expect: 'ab' ('ab', ('a',))
# expect: 'ba' ('ba', ('a',))
show(r"(\w)\1", "hello", "abc")
# expect: 'hello' ('ll', ('l',))
# expect: 'abc' None
show(r"(?i:É)x", "éx", "éX")
# expect: 'éx' ('éx', ())
# expect: 'éX' None
show(r"ß|σ", "ß", "Σ", "ς", flags=re.I)
# expect: 'ß' ('ß', ())
# expect: 'Σ' ('Σ', ())
# expect: 'ς' ('ς', ())
show(r"[k-s]+", "\u212a\u017f", flags=re.I)  # expect: 'Kſ' ('Kſ', ())
show(r"(?<=a)b(?!c)", "abc", "abd")
# expect: 'abc' None
# expect: 'abd' ('b', ())
show(r"(?<!a)b", "ab", "cb", "b")
# expect: 'ab' None
# expect: 'cb' ('b', ())
# expect: 'b' ('b', ())
show(r"(?=(\w+))\1:", "key:")  # expect: 'key:' ('key:', ('key',))
show(r"(?>a+)ab", "aaab")  # expect: 'aaab' None
show(r"a++b|a*+a|c?+", "aaab", "aaa")
# expect: 'aaab' ('aaab', ())
# expect: 'aaa' ('', ())
show(r"(?:ab){2,3}+c", "ababc", "abababc", "abc")
# expect: 'ababc' ('ababc', ())
# expect: 'abababc' ('abababc', ())
# expect: 'abc' None
show(r"(<)?\w+(?(1)>|$)", "<a>", "<a", "a")
# expect: '<a>' ('<a>', ('<',))
# expect: '<a' ('a', (None,))
# expect: 'a' ('a', (None,))
show(r"^\w+$", "one\ntwo", flags=re.M)  # expect: 'one\ntwo' ('one', ())
show(r"a.c", "a\nc", flags=re.S)  # expect: 'a\nc' ('a\nc', ())
show(r"a.c", "a\nc")  # expect: 'a\nc' None
show(r"""
    (\d+)   # digits
    \ *     # spaces
    ([a-z])
""", "12  x", flags=re.X)
# expect: '12  x' ('12  x', ('12', 'x'))
show(r"\bfoo\b", "a foo.", "afoo")
# expect: 'a foo.' ('foo', ())
# expect: 'afoo' None
show(r"\Boo\B", "foots", "foo")
# expect: 'foots' ('oo', ())
# expect: 'foo' None
show(r"\A\d{3,}\Z", "123", "12")
# expect: '123' ('123', ())
# expect: '12' None
show(r"[^\W\d_]+", "12_añb")  # expect: '12_añb' ('añb', ())
show(r"\w+", "añb", flags=re.A)  # expect: 'añb' ('a', ())
show(r"[\s\S]{2}", "\n\t")  # expect: '\n\t' ('\n\t', ())
show(r"[\U0001F600-\U0001F64F]", "hi \U0001F603")  # expect: 'hi 😃' ('😃', ())
show(r"[а-яё]+", "Привет ёж", flags=re.I)  # expect: 'Привет ёж' ('Привет', ())
show(rb"(\w+)\xff", b"ab\xff")  # expect: b'ab\xff' (b'ab\xff', (b'ab',))
show(b"[\x80-\xff]", b"a\x9f")  # expect: b'a\x9f' (b'\x9f', ())
show(r"(?s:.)(?-i:a)", "\nA", "\na", flags=re.I)
# expect: '\nA' None
# expect: '\na' ('\na', ())
show(r"x{0}y{,2}z{1,}", "xyyzz")  # expect: 'xyyzz' ('yyzz', ())
show(r"(a*)*", "b")  # expect: 'b' ('', ('',))
show(r"(a*?)*?b", "aab")  # expect: 'aab' ('aab', ('a',))
show(r"((?:a|ab)(c|bcd))(d*)", "abcd")  # expect: 'abcd' ('abcd', ('abcd', 'bcd', ''))
print(re.findall(r"(?:\d+|\w)+?", "a12"), re.findall(r"\b|a", "a a"))  # expect: ['a', '12'] ['', 'a', '', '', 'a', '']
print(re.search(r"(?:x+x+)+y", "x" * 16))  # expect: None
print(re.match("(" * 50 + "a" + ")" * 50, "a").lastindex, len(re.match("(?:a|b)*", "ab" * 20000).group()))  # expect: 1 40000
print(re.match(r"(.*)(\d+)(.*)", "ab12cd").groups(), re.match(r"(?:a?){12}a{12}", "a" * 12).end())  # expect: ('ab1', '2', 'cd') 12
