# `array.array`: items of one C type.
import array
import sys
from array import array as a


def attempt(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as error:
        print(type(error).__name__, error)


for args in [("i",), ("i", [1, 2]), ("w", "héy"), ("z",), ("i", "ab"), ("i", b"abcd"), ("i", b"abc"), ("b", [200]), ("B", [-1]),
             ("I", [1 << 32]), ("f", ["a"]), ("d", [1, 2.5]), ("q", [1 << 63]), ("H", [70000]), ("h", [-40000]), ("i", [1.5]),
             ("L", [1 << 64]), ("Q", [-1]), ("w", [1]), ("ii",), (1,), (), ("i", 1), ("i", a("d", [1.0])), ("d", a("i", [1])), ("i", range(3))]:
    attempt(a, *args)
# expect: array('i')
# expect: array('i', [1, 2])
# expect: array('w', 'héy')
# expect: ValueError bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)
# expect: TypeError cannot use a str to initialize an array with typecode 'i'
# expect: array('i', [1684234849])
# expect: ValueError bytes length not a multiple of item size
# expect: OverflowError signed char is greater than maximum
# expect: OverflowError unsigned byte integer is less than minimum
# expect: OverflowError unsigned int is greater than maximum
# expect: TypeError must be real number, not str
# expect: array('d', [1.0, 2.5])
# expect: OverflowError int too big to convert
# expect: OverflowError unsigned short is greater than maximum
# expect: OverflowError signed short integer is less than minimum
# expect: TypeError 'float' object cannot be interpreted as an integer
# expect: OverflowError Python int too large to convert to C unsigned long
# expect: OverflowError can't convert negative int to unsigned
# expect: TypeError array item must be unicode character
# expect: TypeError array() argument 1 must be a unicode character, not str
# expect: TypeError array() argument 1 must be a unicode character, not int
# expect: TypeError array() takes at least 1 argument (0 given)
# expect: TypeError 'int' object is not iterable
# expect: TypeError 'float' object cannot be interpreted as an integer
# expect: array('d', [1.0])
# expect: array('i', [0, 1, 2])
x = a("i", [1, 2, 3])
attempt(x.append, "a")  # expect: TypeError 'str' object cannot be interpreted as an integer
attempt(x.extend, a("d"))  # expect: TypeError can only extend with array of same kind
attempt(x.extend, [4, 5])  # expect: None
attempt(x.frombytes, b"abc")  # expect: ValueError bytes length not a multiple of item size
attempt(x.index, 9)  # expect: ValueError array.index(x): x not in array
attempt(x.remove, 9)  # expect: ValueError array.remove(x): x not in array
attempt(x.pop, 99)  # expect: IndexError pop index out of range
attempt(a("i").pop)  # expect: IndexError pop from empty array
attempt(x.__getitem__, 99)  # expect: IndexError array index out of range
attempt(x.__getitem__, "a")  # expect: TypeError array indices must be integers
attempt(x.__setitem__, 99, 1)  # expect: IndexError array assignment index out of range
attempt(x.__setitem__, 0, "a")  # expect: TypeError 'str' object cannot be interpreted as an integer
attempt(x.__setitem__, slice(0, 1), [1])  # expect: TypeError can only assign array (not "list") to array slice
attempt(x.__setitem__, slice(0, 3, 2), a("i", [1]))  # expect: ValueError attempt to assign array of size 1 to extended slice of size 2
attempt(x.__add__, [1])  # expect: TypeError can only append array (not "list") to array
attempt(x.__add__, a("d"))  # expect: TypeError bad argument type for built-in operation
attempt(x.__iadd__, [1])  # expect: TypeError can only extend array with array (not "list")
attempt(x.fromlist, [1, "a"])  # expect: TypeError 'str' object cannot be interpreted as an integer
attempt(x.tounicode)  # expect: ValueError tounicode() may only be called on unicode type arrays ('u' or 'w')
attempt(hash, x)  # expect: TypeError unhashable type: 'array.array'
attempt(x.__reduce_ex__, 3)  # expect: (<built-in function _array_reconstructor>, (<class 'array.array'>, 'i', 8, b'\x01\x00\x00\x00\x02\x00\x00\x00\x03\x00\x00\x00\x04\x00\x00\x00\x05\x00\x00\x00'), None)
attempt(x.__reduce_ex__, 2)  # expect: (<class 'array.array'>, ('i', [1, 2, 3, 4, 5]), None)
attempt(x.__lt__, [1])  # expect: NotImplemented
print(x, x * 2, x[::2], x[1:3], 2 in x, x.count(1), x.tolist(), bytes(a("h", [1, 2])), x[-1])  # expect: array('i', [1, 2, 3, 4, 5]) array('i', [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]) array('i', [1, 3, 5]) array('i', [2, 3]) True 1 [1, 2, 3, 4, 5] b'\x01\x00\x02\x00' 5
x[1:2] = a("i", [7, 8, 9])
del x[::2]
x.reverse()
x.insert(1, 100)
x.insert(-100, 50)
x += a("i", [6])
x.byteswap()
print(x, a("i", [1]) == a("d", [1.0]), a("i", [1, 2]) < a("i", [1, 3]), a("i") == a("i"))  # expect: array('i', [838860800, 67108864, 1677721600, 150994944, 117440512, 100663296]) True True True
print(array.typecodes, array.ArrayType is a, type(iter(x)), a[int], a("w", "a\x00b"), a("f", [1.1]))  # expect: bBuwhHiIlLqQfd True <class 'array.arrayiterator'> array.array[int] array('w', 'a\x00b') array('f', [1.100000023841858])
sizes = []
y = a("i")
for i in range(40):
    s = sys.getsizeof(y)
    if not sizes or sizes[-1][1] != s:
        sizes.append((i, s))
    y.append(i)
print(sizes)  # expect: [(0, 80), (1, 96), (5, 112), (9, 144), (17, 180), (26, 216), (35, 256)]
z = a("b", [1] * 100)
print(sys.getsizeof(z), type(z).__basicsize__)  # expect: 180 64
del z[50:]
print(sys.getsizeof(z))  # expect: 140
z.extend([1] * 3)
print(sys.getsizeof(z))  # expect: 140
del z[:]
print(sys.getsizeof(z), z)  # expect: 80 array('b')
print(sys.getsizeof(a("i", [1, 2, 3])), sys.getsizeof(a("i", range(3))), sys.getsizeof(a("d", b"12345678")), sys.getsizeof(a("i", [1]) * 5))  # expect: 92 96 112 100
x = a("i", [1, 2])
m = memoryview(x)
print(m.format, m.itemsize, m.shape, m[0], m.nbytes)  # expect: i 4 (2,) 1 8
attempt(x.append, 1)  # expect: BufferError cannot resize an array that is exporting buffers
m[0] = 9
m.release()
x.append(3)
print(x)  # expect: array('i', [9, 2, 3])
it = iter(x)
next(it)
print(it.__reduce__()[1:], sys.getsizeof(it))  # expect: ((array('i', [9, 2, 3]),), 1) 56
import weakref, collections.abc
print(weakref.ref(x)() is x, isinstance(x, collections.abc.MutableSequence))  # expect: True True
