# tests/python/memoryview/memoryview.py: views of bytes.
import sys


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


m = memoryview(b"abcdef")
print(m[0], m[-1], m[1:3].tobytes(), bytes(m[::2]), m[::-1].tolist(), len(m), m.nbytes, m.readonly, m.format, m.itemsize, m.ndim, m.shape, m.strides, m.suboffsets)  # expect: 97 102 b'bc' b'ace' [102, 101, 100, 99, 98, 97] 6 6 True B 1 1 (6,) (1,) ()
print(m.obj, m.contiguous, m[::2].contiguous, m[::2].c_contiguous, m == b"abcdef", m[1:] == b"bcdef", m != b"x", hash(m) == hash(b"abcdef"), 97 in m, list(m[:2]), m.hex("-"))  # expect: b'abcdef' True False False True True True True True [97, 98] 61-62-63-64-65-66
print(sys.getsizeof(m), sys.getsizeof(memoryview(b"abcd").cast("B", [2, 2])), m.tobytes() == bytes(m), m.toreadonly().readonly, type(iter(m)).__name__)  # expect: 184 208 True True memory_iterator
a = bytearray(b"abcdefgh")
w = memoryview(a)
w[0] = 65
w[1:3] = b"BC"
w[-2:] = memoryview(b"xy")
print(a, w.readonly, w.cast("H").tolist(), w.cast("i")[0], w.cast("q").nbytes, w.cast("B", [2, 4]).tolist(), w.cast("B", [2, 2, 2]).shape, w.cast("B", (2, 4))[1, 2], w.cast("c")[0])  # expect: bytearray(b'ABCdefxy') False [16961, 25667, 26213, 31096] 1682129473 8 [[65, 66, 67, 100], [101, 102, 120, 121]] (2, 2, 2) 120 b'A'
h = w.cast("h")
h[0] = -2
print(a, h[0], h.format, h.itemsize, h.shape, h.tolist()[:1], w.cast("b")[0], w.cast("?").tolist()[:2])  # expect: bytearray(b'\xfe\xffCdefxy') -2 h 2 (4,) [-2] -2 [True, True]
print(error(lambda: m.__setitem__(0, 1)), error(lambda: w.__setitem__(0, 256)), error(lambda: w.__setitem__(0, "a")), error(lambda: w.__setitem__(slice(0, 2), b"abc")), error(lambda: w.__delitem__(0)), error(lambda: m[10]), error(lambda: m["a"]))  # expect: TypeError: cannot modify read-only memory ValueError: memoryview: invalid value for format 'B' TypeError: memoryview: invalid type for format 'B' ValueError: memoryview assignment: lvalue and rvalue have different structures TypeError: cannot delete memory IndexError: index out of bounds on dimension 1 TypeError: memoryview: invalid slice key
print(error(lambda: memoryview(1)), error(lambda: memoryview("a")), error(lambda: m.cast("z")), error(lambda: m.cast("i")), error(lambda: h.cast("i")), error(lambda: hash(w)), error(lambda: m[::2].cast("B")), error(lambda: m < m), error(lambda: a.append(1)))  # expect: TypeError: memoryview: a bytes-like object is required, not 'int' TypeError: memoryview: a bytes-like object is required, not 'str' ValueError: memoryview: destination format must be a native single character format prefixed with an optional '@' TypeError: memoryview: length is not a multiple of itemsize TypeError: memoryview: cannot cast between two non-byte formats ValueError: cannot hash writable memoryview object TypeError: memoryview: casts are restricted to C-contiguous views TypeError: '<' not supported between instances of 'memoryview' and 'memoryview' BufferError: Existing exports of data: object cannot be re-sized
with memoryview(a) as v:
    print(v[0], v.obj is a)  # expect: 254 True
print(error(lambda: v[0]), error(lambda: len(v)), error(lambda: v.tobytes()), repr(v)[:20])  # expect: ValueError: operation forbidden on released memoryview object ValueError: operation forbidden on released memoryview object ValueError: operation forbidden on released memoryview object <released memory at 
w.release()
h.release()
print(error(lambda: a.append(1)))  # expect: None
