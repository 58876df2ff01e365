# What Unicode says of characters, and the four normal forms.
import unicodedata

for char in "aZé한中😀½①Ⅷ²ｱﬁ\u0301 (5٣":
    print(f"{ord(char):x}", unicodedata.category(char), unicodedata.bidirectional(char), unicodedata.east_asian_width(char),
          unicodedata.combining(char), unicodedata.mirrored(char), unicodedata.decomposition(char) or "-",
          unicodedata.numeric(char, None), unicodedata.digit(char, None), unicodedata.decimal(char, None),
          unicodedata.name(char))  # expect: 61 Ll L Na 0 0 - None None None LATIN SMALL LETTER A
# expect: 5a Lu L Na 0 0 - None None None LATIN CAPITAL LETTER Z
# expect: e9 Ll L A 0 0 0065 0301 None None None LATIN SMALL LETTER E WITH ACUTE
# expect: d55c Lo L W 0 0 - None None None HANGUL SYLLABLE HAN
# expect: 4e2d Lo L W 0 0 - None None None CJK UNIFIED IDEOGRAPH-4E2D
# expect: 1f600 So ON W 0 0 - None None None GRINNING FACE
# expect: bd No ON A 0 0 <fraction> 0031 2044 0032 0.5 None None VULGAR FRACTION ONE HALF
# expect: 2460 No ON A 0 0 <circle> 0031 1.0 1 None CIRCLED DIGIT ONE
# expect: 2167 Nl L A 0 0 <compat> 0056 0049 0049 0049 8.0 None None ROMAN NUMERAL EIGHT
# expect: b2 No EN A 0 0 <super> 0032 2.0 2 None SUPERSCRIPT TWO
# expect: ff71 Lo L H 0 0 <narrow> 30A2 None None None HALFWIDTH KATAKANA LETTER A
# expect: fb01 Ll L N 0 0 <compat> 0066 0069 None None None LATIN SMALL LIGATURE FI
# expect: 301 Mn NSM A 230 0 - None None None COMBINING ACUTE ACCENT
# expect: 20 Zs WS Na 0 0 - None None None SPACE
# expect: 28 Ps ON Na 0 1 - None None None LEFT PARENTHESIS
# expect: 35 Nd EN Na 0 0 - 5.0 5 5 DIGIT FIVE
# expect: 663 Nd AN N 0 0 - 3.0 3 3 ARABIC-INDIC DIGIT THREE
for form in ("NFC", "NFD", "NFKC", "NFKD"):
    print(form, [ascii(unicodedata.normalize(form, text)) for text in ("é", "e\u0301", "한글", "ﬁ①", "Å")],
          unicodedata.is_normalized(form, "é"))  # expect: NFC ["'\\xe9'", "'\\xe9'", "'\\ud55c\\uae00'", "'\\ufb01\\u2460'", "'\\xc5'"] True
# expect: NFD ["'e\\u0301'", "'e\\u0301'", "'\\u1112\\u1161\\u11ab\\u1100\\u1173\\u11af'", "'\\ufb01\\u2460'", "'A\\u030a'"] False
# expect: NFKC ["'\\xe9'", "'\\xe9'", "'\\ud55c\\uae00'", "'fi1'", "'\\xc5'"] True
# expect: NFKD ["'e\\u0301'", "'e\\u0301'", "'\\u1112\\u1161\\u11ab\\u1100\\u1173\\u11af'", "'fi1'", "'A\\u030a'"] False
print("é" == "e\u0301", unicodedata.normalize("NFC", "e\u0301") == "é", len(unicodedata.normalize("NFD", "한글")))  # expect: False True 6
print(unicodedata.lookup("SNOWMAN"), unicodedata.lookup("HANGUL SYLLABLE HAN"), unicodedata.name("\n", "none"))  # expect: ☃ 한 none


def width(text):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def plain(text):
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


print(width("abc"), width("한글 abc"), plain("Crème Brûlée"))  # expect: 3 8 Creme Brulee
for bad in (lambda: unicodedata.name("\n"), lambda: unicodedata.lookup("NOT A NAME"), lambda: unicodedata.category("ab"),
            lambda: unicodedata.category(5), lambda: unicodedata.normalize("NFX", "a"), lambda: unicodedata.digit("a"),
            lambda: unicodedata.decimal("½"), lambda: unicodedata.numeric("a")):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: ValueError: no such name
# expect: KeyError: "undefined character name 'NOT A NAME'"
# expect: TypeError: category() argument must be a unicode character, not str
# expect: TypeError: category() argument must be a unicode character, not int
# expect: ValueError: invalid normalization form
# expect: ValueError: not a digit
# expect: ValueError: not a decimal
# expect: ValueError: not a numeric character
