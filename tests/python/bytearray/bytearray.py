# tests/python/bytearray/bytearray.py: bytes that change; room grows as CPython's does.
import sys


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


a = bytearray(b"hello")
print(a, bytearray(), bytearray(3), bytearray([1, 2]), bytearray("é", "utf8"), bytearray(range(3)), repr(bytearray(b"'")), str(bytearray(b"a")))  # expect: bytearray(b'hello') bytearray(b'') bytearray(b'\x00\x00\x00') bytearray(b'\x01\x02') bytearray(b'\xc3\xa9') bytearray(b'\x00\x01\x02') bytearray(b"\'") bytearray(b'a')
sizes = []
grow = bytearray()
for i in range(60):
    sizes.append(sys.getsizeof(grow))
    grow.append(i)
print(sizes)  # expect: [56, 58, 61, 61, 61, 64, 64, 64, 68, 68, 68, 68, 75, 75, 75, 75, 75, 75, 75, 83, 83, 83, 83, 83, 83, 83, 83, 92, 92, 92, 92, 92, 92, 92, 92, 92, 102, 102, 102, 102, 102, 102, 102, 102, 102, 102, 113, 113, 113, 113, 113, 113, 113, 113, 113, 113, 113, 126, 126, 126]
sizes = []
while grow:
    grow.pop()
    sizes.append(sys.getsizeof(grow))
print(sizes)  # expect: [126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 73, 73, 73, 73, 73, 73, 73, 73, 73, 64, 64, 64, 64, 60, 60, 58, 57]
print(sys.getsizeof(bytearray()), sys.getsizeof(bytearray(10)), sys.getsizeof(bytearray(b"abc")), sys.getsizeof(bytearray([1, 2, 3])), bytearray(5).__alloc__())  # expect: 56 67 60 60 6
a[0] = 72
a[-1:] = b"O!"
a.append(33)
a.extend(b"ab")
a.extend([99, 100])
a.insert(0, 60)
a += b"++"
print(a, a.pop(), a.pop(0), a)  # expect: bytearray(b'HellO!!abcd+') 43 60 bytearray(b'HellO!!abcd+')
a.remove(72)
a.reverse()
print(a, len(a), a[::2], a.find(b"!"), a.count(33), a.upper(), a.replace(b"!", b"."), a.split(b"l"))  # expect: bytearray(b'+dcba!!Olle') 11 bytearray(b'+ca!le') 5 2 bytearray(b'+DCBA!!OLLE') bytearray(b'+dcba..Olle') [bytearray(b'+dcba!!O'), bytearray(b''), bytearray(b'e')]
del a[0]
del a[1:3]
del a[::2]
print(a, a * 2, a + b"x", b"x" + a, a == bytes(a), a.copy() is a, a.copy() == a)  # expect: bytearray(b'a!le') bytearray(b'a!lea!le') bytearray(b'a!lex') b'xa!le' True False True
a[1:1] = b"XYZ"
a[::2] = b"1234"[: len(a[::2])]
print(a)  # expect: bytearray(b'1X2Z3l4')
a *= 2
print(a, a.decode(), a.hex(), a.isascii())  # expect: bytearray(b'1X2Z3l41X2Z3l4') 1X2Z3l41X2Z3l4 3158325a336c343158325a336c34 True
a.clear()
print(a, sys.getsizeof(a))  # expect: bytearray(b'') 57
c = bytearray(b"abcdef")
del c[:2]
c.append(120)
print(c, c.__alloc__(), sys.getsizeof(c))  # expect: bytearray(b'cdefx') 8 64
view = memoryview(c)
print(error(lambda: c.append(1)), error(lambda: c.clear()), error(lambda: c.pop()), c)  # expect: BufferError: Existing exports of data: object cannot be re-sized BufferError: Existing exports of data: object cannot be re-sized BufferError: Existing exports of data: object cannot be re-sized bytearray(b'cdefx')
view.release()
c.append(121)
print(c, error(lambda: c.append(256)), error(lambda: c.append("a")), error(lambda: c.remove(1)), error(lambda: c.pop(50)), error(lambda: bytearray().pop()), error(lambda: c.extend(1)), error(lambda: c.extend("a")))  # expect: bytearray(b'cdefxy') ValueError: byte must be in range(0, 256) TypeError: 'str' object cannot be interpreted as an integer ValueError: value not found in bytearray IndexError: pop index out of range IndexError: pop from empty bytearray TypeError: can't extend bytearray with int TypeError: expected iterable of integers; got: 'str'
print(error(lambda: c.__setitem__(0, 256)), error(lambda: c.__setitem__(50, 1)), error(lambda: c.__setitem__("a", 1)), error(lambda: c.__setitem__(slice(0, 4, 2), b"abc")), error(lambda: c.__setitem__(slice(0, 1), 5)), error(lambda: hash(c)))  # expect: ValueError: byte must be in range(0, 256) IndexError: bytearray index out of range TypeError: bytearray indices must be integers or slices, not str ValueError: attempt to assign bytes of size 3 to extended slice of size 2 TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256) TypeError: unhashable type: 'bytearray'
print(bytearray.fromhex("6162"), bytearray(b"%s %d") % (b"a", 1), bytearray(b"a").join([b"x", b"y"]), bytearray(b"a,b").partition(b","), bytearray(b"abc").__reduce__()[1], bytearray(b"b") > b"a", b"a" in bytearray(b"abc"))  # expect: bytearray(b'ab') bytearray(b'a 1') bytearray(b'xay') (bytearray(b'a'), bytearray(b','), bytearray(b'b')) ('abc', 'latin-1') True True
it = iter(bytearray(b"ab"))
print(next(it), it.__length_hint__(), list(it), next(it, "end"), type(it).__name__)  # expect: 97 1 [98] end bytearray_iterator
