# Bytes as text.
import binascii
import base64


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


for text in [b"a", b"ab", b"YWJj\n", "é", b"YQ==YQ==", b"abcde", 5, "YWJj"]:
    attempt(binascii.a2b_base64, text)
# expect: Error Invalid base64-encoded string: number of data characters (1) cannot be 1 more than a multiple of 4
# expect: Error Incorrect padding
# expect: b'abc'
# expect: ValueError string argument should contain only ASCII characters
# expect: b'a'
# expect: Error Invalid base64-encoded string: number of data characters (5) cannot be 1 more than a multiple of 4
# expect: TypeError argument should be bytes, buffer or ASCII string, not 'int'
# expect: b'abc'
for text in [b"YW=Jj", b"=", b"YQ=a", b"YQ==a", b"Y\nQ==", b"YQ=="]:
    attempt(binascii.a2b_base64, text, strict_mode=True)
# expect: Error Discontinuous padding not allowed
# expect: Error Leading padding not allowed
# expect: Error Discontinuous padding not allowed
# expect: Error Excess data after padding
# expect: Error Only base64 data is allowed
# expect: b'a'
attempt(binascii.unhexlify, "abc")  # expect: Error Odd-length string
attempt(binascii.unhexlify, "zz")  # expect: Error Non-hexadecimal digit found
attempt(binascii.hexlify, b"abc", "-", 2)  # expect: b'61-6263'
attempt(binascii.hexlify, b"abc", "-", -2)  # expect: b'6162-63'
attempt(binascii.b2a_base64, b"abc", newline=False)  # expect: b'YWJj'
print(binascii.crc32(b"abc"), binascii.crc32(b"c", binascii.crc32(b"ab")), binascii.crc_hqx(b"abc", 0))  # expect: 891568578 891568578 40406
print(binascii.b2a_uu(b"hello"), binascii.a2b_uu(b"%:&5L;&\\ \n"), binascii.b2a_qp(b"a=b\n\xff "), binascii.a2b_qp(b"a=3Db=\n=FF"))  # expect: b'%:&5L;&\\ \n' b'hello' b'a=3Db\n=FF=20' b'a=b\xff'
print(base64.b64encode(b"hello"), base64.b64decode("aGVsbG8="), base64.b32encode(b"hi"), base64.b16decode("6869"), base64.b85encode(b"hello"))  # expect: b'aGVsbG8=' b'hello' b'NBUQ====' b'hi' b'Xk~0{Zv'
print(binascii.Error.__mro__[1])  # expect: <class 'ValueError'>
