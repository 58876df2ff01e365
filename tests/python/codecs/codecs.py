# tests/python/codecs/codecs.py: encodings and what handlers make of what has no form in them.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print("aé가😀".encode(), "aé".encode("latin-1"), "a".encode("ascii"), "aé가😀".encode("utf-16-le"), "a가".encode("utf-16"), "a😀".encode("utf-32-be"), "a".encode("utf-8-sig"))  # expect: b'a\xc3\xa9\xea\xb0\x80\xf0\x9f\x98\x80' b'a\xe9' b'a' b'a\x00\xe9\x00\x00\xac=\xd8\x00\xde' b'\xff\xfea\x00\x00\xac' b'\x00\x00\x00a\x00\x01\xf6\x00' b'\xef\xbb\xbfa'
print(b"a\xc3\xa9\xea\xb0\x80\xf0\x9f\x98\x80".decode(), b"a\xe9".decode("latin1"), b"a\0\0\xac".decode("utf-16-le"), b"\xfe\xff\0a".decode("utf-16"), b"\xff\xfea\0".decode("utf-16"), b"\xef\xbb\xbfa".decode("utf-8-sig"))  # expect: aé가😀 aé a가 a a a
print("가나다".encode("cp949"), "똠".encode("cp949"), b"\xb0\xa1\x8cc".decode("cp949"), b"\xb0\xa1".decode("euc-kr"), error(lambda: "😀".encode("cp949")), error(lambda: b"\xb0".decode("cp949")))  # expect: b'\xb0\xa1\xb3\xaa\xb4\xd9' b'\x8cc' 가똠 가 UnicodeEncodeError: 'cp949' codec can't encode character '\U0001f600' in position 0: illegal multibyte sequence UnicodeDecodeError: 'cp949' codec can't decode byte 0xb0 in position 0: incomplete multibyte sequence
print(error(lambda: "é".encode("ascii")), error(lambda: "aé가b".encode("ascii")), error(lambda: "가".encode("latin-1")), error(lambda: "\ud800".encode()))  # expect: UnicodeEncodeError: 'ascii' codec can't encode character '\xe9' in position 0: ordinal not in range(128) UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-2: ordinal not in range(128) UnicodeEncodeError: 'latin-1' codec can't encode character '\uac00' in position 0: ordinal not in range(256) UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not allowed
print(error(lambda: b"\xff".decode()), error(lambda: b"a\xe2\x82".decode()), error(lambda: b"a\xe2\x82b".decode()), error(lambda: b"\xf0\x28".decode()), error(lambda: b"\xed\xa0\x80".decode()), error(lambda: b"\x80".decode("ascii")))  # expect: UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 1-2: unexpected end of data UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 1-2: invalid continuation byte UnicodeDecodeError: 'utf-8' codec can't decode byte 0xf0 in position 0: invalid continuation byte UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte UnicodeDecodeError: 'ascii' codec can't decode byte 0x80 in position 0: ordinal not in range(128)
print(error(lambda: b"a".decode("utf-16")), error(lambda: b"\0\xdc".decode("utf-16-le")), error(lambda: b"\0\xd8".decode("utf-16-le")), error(lambda: b"\0\xd8a\0".decode("utf-16-le")), error(lambda: b"aaaa".decode("utf-32-le")))  # expect: UnicodeDecodeError: 'utf-16-le' codec can't decode byte 0x61 in position 0: truncated data UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)
text = "a가é\udcff"
print(text.encode("ascii", "replace"), text.encode("ascii", "ignore"), text.encode("ascii", "backslashreplace"), text.encode("ascii", "xmlcharrefreplace"), "가".encode("ascii", "namereplace"))  # expect: b'a???' b'a' b'a\\uac00\\xe9\\udcff' b'a&#44032;&#233;&#56575;' b'\\N{HANGUL SYLLABLE GA}'
print("a\udcff".encode("utf-8", "surrogateescape"), "\ud800".encode("utf-8", "surrogatepass"), b"a\xff".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape"), ascii(b"\xed\xa0\x80".decode("utf-8", "surrogatepass")))  # expect: b'a\xff' b'\xed\xa0\x80' b'a\xff' '\ud800'
print(b"a\xff\xe2\x82b".decode("utf8", "replace"), b"a\xff\xe2\x82b".decode("utf8", "ignore"), b"a\xffb".decode("ascii", "backslashreplace"), ascii(b"\xff\xe2\x82".decode("utf8", "surrogateescape")))  # expect: a��b ab a\xffb '\udcff\udce2\udc82'
print(error(lambda: "é".encode("ascii", "nope")), "a".encode("ascii", "nope"), error(lambda: "a".encode("nope")), error(lambda: "a".encode(1)), error(lambda: b"a".decode("utf-8", 1)), error(lambda: b"\xff".decode("utf8", "namereplace")))  # expect: LookupError: unknown error handler name 'nope' b'a' LookupError: unknown encoding: nope TypeError: encode() argument 'encoding' must be str, not int TypeError: decode() argument 'errors' must be str, not int TypeError: don't know how to handle UnicodeDecodeError in error callback
print("a\\\n\té가".encode("unicode_escape"), ascii(b"\\x41\\u1234\\n\\\\".decode("unicode_escape")), "é가".encode("raw_unicode_escape"), "A".encode("UTF 8"), "A".encode("Latin_1"), "A".encode("U8"))  # expect: b'a\\\\\\n\\t\\xe9\\uac00' 'A\u1234\n\\' b'\xe9\\uac00' b'A' b'A' b'A'
try:
    "aé가".encode("ascii")
except UnicodeEncodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason, e.args)  # expect: ascii aé가 1 3 ordinal not in range(128) ('ascii', 'aé가', 1, 3, 'ordinal not in range(128)')
try:
    b"a\xff".decode()
except UnicodeDecodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason, e.args)  # expect: utf-8 b'a\xff' 1 2 invalid start byte ('utf-8', b'a\xff', 1, 2, 'invalid start byte')
