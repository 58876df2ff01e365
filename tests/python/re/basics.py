# The functions of `re` and what a match tells.
import re

m = re.search(r"(?P<year>\d{4})-(?P<month>\d\d)(-(\d\d))?", "born 1991-02, moved 2008-12-03")
print(m)  # expect: <re.Match object; span=(5, 12), match='1991-02'>
print(m.group(), m.group(1), m.group("month"), m[2], m["year"], m.group(1, 2, 4))  # expect: 1991-02 1991 02 02 1991 ('1991', '02', None)
print(m.groups(), m.groups("-"), m.groupdict())  # expect: ('1991', '02', None, None) ('1991', '02', '-', '-') {'year': '1991', 'month': '02'}
print(m.start(), m.end(), m.span("month"), m.span(3), m.regs)  # expect: 5 12 (10, 12) (-1, -1) ((5, 12), (5, 9), (10, 12), (-1, -1), (-1, -1))
print(m.lastindex, m.lastgroup, m.pos, m.endpos, m.string[:4], m.re.pattern[:9])  # expect: 2 month 0 30 born (?P<year>
print(m.expand(r"\g<month>/\1"), bool(m))  # expect: 02/1991 True

print(re.match("b", "ab"), re.fullmatch("a|ab", "ab"), re.match("$", ""))  # expect: None <re.Match object; span=(0, 2), match='ab'> <re.Match object; span=(0, 0), match=''>
print(re.findall(r"\w+", "spam, eggs; ham"), re.findall(r"(\w)(\d)?", "a1b"))  # expect: ['spam', 'eggs', 'ham'] [('a', '1'), ('b', '')]
print(re.split(r"\W+", "Words, words, words."), re.split("(-)", "a-b-c", maxsplit=1))  # expect: ['Words', 'words', 'words', ''] ['a', '-', 'b-c']
print(re.split(r"x*", "axbc"), re.split("", "ab"))  # expect: ['', 'a', '', 'b', 'c', ''] ['', 'a', 'b', '']
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.subn("a", "b", "banana", count=2))  # expect: world hello ('bbnbna', 2)
print(re.sub("[aeiou]", lambda m: m.group().upper(), "engine"))  # expect: EngInE
print(re.sub("x*", "-", "abxd"), re.sub("a", lambda m: None, "banana"))  # expect: -a-b--d- bnn
print([m.span() for m in re.finditer(r"a|(?=b)", "abab")])  # expect: [(0, 1), (1, 1), (2, 3), (3, 3)]
print(re.escape("a.b*c [1]"), re.escape(b"\x00-"))  # expect: a\.b\*c\ \[1\] b'\x00\\-'

p = re.compile(r"a(b)?(?P<rest>c.*)", re.I | re.S)
print(p)  # expect: re.compile('a(b)?(?P<rest>c.*)', re.IGNORECASE|re.DOTALL)
print(p.groups, p.groupindex, p.flags, repr(p.pattern))  # expect: 2 {'rest': 2} 50 'a(b)?(?P<rest>c.*)'
print(p == re.compile(p.pattern, re.S | re.I), hash(p) == hash(p), p is re.compile(p.pattern, p.flags))  # expect: True True False
print(p.match("xac", 1), p.search("xacy", 0, 3), p.fullmatch("ACd"))  # expect: <re.Match object; span=(1, 3), match='ac'> <re.Match object; span=(1, 3), match='ac'> <re.Match object; span=(0, 3), match='ACd'>
print(re.compile(b"\\d", re.A), re.compile("x" * 300).__repr__()[-20:])  # expect: re.compile(b'\\d', re.ASCII) xxxxxxxxxxxxxxxxxxx)
print(re.purge(), type(p), type(m), p.__class__.__mro__)  # expect: None <class 're.Pattern'> <class 're.Match'> (<class 're.Pattern'>, <class 'object'>)

s = p.scanner("ac ab abc")
print(s.search(), s.match(), type(s))  # expect: <re.Match object; span=(0, 9), match='ac ab abc'> None <class '_sre.SRE_Scanner'>
print(next(p.finditer("--ac")), p.finditer("").__class__)  # expect: <re.Match object; span=(2, 4), match='ac'> <class 'callable_iterator'>
import copy
print(copy.copy(p) is p, copy.deepcopy(m) is m)  # expect: True True
print(re.Pattern[str], re.Match[bytes])  # expect: re.Pattern[str] re.Match[bytes]
