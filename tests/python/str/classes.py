# tests/python/str/classes.py: questions about characters, by Unicode's classes.
def ask(text):
    names = "alpha alnum decimal digit numeric space identifier printable ascii lower upper title".split()
    return " ".join(name for name in names if getattr(text, "is" + name)())


print(ask("abc"), ask("ABC1"), ask("Abc"), sep=" | ")  # expect: alpha alnum identifier printable ascii lower | alnum identifier printable ascii upper | alpha alnum identifier printable ascii title
print(ask("123"), ask("²"), ask("½"), ask("٣"), ask("①"), ask("Ⅷ"), ask("一"), ask("億"), sep=" | ")  # expect: alnum decimal digit numeric printable ascii | alnum digit numeric printable | alnum numeric printable | alnum decimal digit numeric printable | alnum digit numeric printable | alnum numeric identifier printable upper title | alpha alnum numeric identifier printable | alpha alnum numeric identifier printable
print(ask(" \t\n"), ask("\x1c"), ask("\xa0"), ask("\u200b"), ask("\u3000"), ask(""), sep=" | ")  # expect: space ascii | space ascii | space |  | space | printable ascii
print(ask("가나"), ask("_a1"), ask("1a"), ask("변수1"), ask("a·b"), ask("ªº"), ask("é"), sep=" | ")  # expect: alpha alnum identifier printable | identifier printable ascii lower | alnum printable ascii lower | alnum identifier printable | identifier printable lower | alpha alnum identifier printable lower | alpha alnum identifier printable lower
print(ask("\ud800"), ask("\ue000"), ask("\U000e0001"), ask("😀"), ask("\x7f"), ask("\xad"), sep=" | ")  # expect:  |  |  | printable | ascii | 
print(sum(chr(i).isspace() for i in range(0x110000)), sum(chr(i).isdecimal() for i in range(0x3000)), sum(chr(i).isdigit() for i in range(0x3000)))  # expect: 29 290 385
print([int(x) for x in ("٣", "३", "３", "𝟗")], "٣".zfill(3))  # expect: [3, 3, 3, 9] 00٣
