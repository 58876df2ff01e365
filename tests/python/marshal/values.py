# Values as the bytes of .pyc files.
import marshal

values = [1, -5, 2**40, -2**70, 1.5, "abc", "한글", b"bytes", None, True, False, (1, 2), [1, "a"], {"a": 1, 2: [3]}, {1},
          frozenset([2]), 2 + 3j, ..., "", (), [], {}, "x" * 300, tuple(range(300)), bytearray(b"xy")]
for value in values:
    content = marshal.dumps(value)
    print(len(content), content[:12], marshal.loads(content) == value)  # expect: 5 b'\xe9\x01\x00\x00\x00' True
# expect: 5 b'\xe9\xfb\xff\xff\xff' True
# expect: 11 b'\xec\x03\x00\x00\x00\x00\x00\x00\x00\x00\x04' True
# expect: 15 b'\xec\xfb\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00' True
# expect: 9 b'\xe7\x00\x00\x00\x00\x00\x00\xf8?' True
# expect: 5 b'\xda\x03abc' True
# expect: 11 b'\xf5\x06\x00\x00\x00\xed\x95\x9c\xea\xb8\x80' True
# expect: 10 b'\xf3\x05\x00\x00\x00bytes' True
# expect: 1 b'N' True
# expect: 1 b'T' True
# expect: 1 b'F' True
# expect: 12 b'\xa9\x02\xe9\x01\x00\x00\x00\xe9\x02\x00\x00\x00' True
# expect: 13 b'\xdb\x02\x00\x00\x00\xe9\x01\x00\x00\x00\xda\x01' True
# expect: 25 b'\xfb\xda\x01a\xe9\x01\x00\x00\x00\xe9\x02\x00' True
# expect: 10 b'\xbc\x01\x00\x00\x00\xe9\x01\x00\x00\x00' True
# expect: 10 b'\xbe\x01\x00\x00\x00\xe9\x02\x00\x00\x00' True
# expect: 17 b'\xf9\x00\x00\x00\x00\x00\x00\x00@\x00\x00\x00' True
# expect: 1 b'.' True
# expect: 2 b'\xda\x00' True
# expect: 2 b'\xa9\x00' True
# expect: 5 b'\xdb\x00\x00\x00\x00' True
# expect: 2 b'\xfb0' True
# expect: 305 b'\xc1,\x01\x00\x00xxxxxxx' True
# expect: 1505 b'\xa8,\x01\x00\x00\xe9\x00\x00\x00\x00\xe9\x01' True
# expect: 7 b'\xf3\x02\x00\x00\x00xy' True
shared = [1, 2]
print(marshal.loads(marshal.dumps([shared, shared])), marshal.dumps([1.5], 2), marshal.dumps("abc", 0))  # expect: [[1, 2], [1, 2]] b'[\x01\x00\x00\x00g\x00\x00\x00\x00\x00\x00\xf8?' b'u\x03\x00\x00\x00abc'
for bad in (lambda: marshal.dumps(object()), lambda: marshal.loads(b""), lambda: marshal.dumps([lambda: 0]),
            lambda: marshal.loads(b"i\x01"), lambda: marshal.loads(b"?")):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: ValueError: unmarshallable object
# expect: EOFError: EOF read where object expected
# expect: ValueError: unmarshallable object
# expect: EOFError: marshal data too short
# expect: ValueError: bad marshal data (unknown type code)
