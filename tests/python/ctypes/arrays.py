# Arrays and buffers of characters.
import sys
from ctypes import *

Three = c_int * 3
print(Three, Three._length_, Three._type_, sizeof(Three), Three is c_int * 3)  # expect: <class '__main__.c_int_Array_3'> 3 <class 'ctypes.c_int'> 12 True
a = Three(1, 2)
print(list(a), len(a), a[0], a[-1], a[1:], a[::-1])  # expect: [1, 2, 0] 3 1 0 [2, 0] [0, 2, 1]
a[2] = 30
a[0:2] = [10, 20]
print(a[:], sum(a), max(a), 20 in a)  # expect: [10, 20, 30] 60 30 True
print(bytes(a), bytes(bytearray(a)), memoryview(a).nbytes)  # expect: b'\n\x00\x00\x00\x14\x00\x00\x00\x1e\x00\x00\x00' b'\n\x00\x00\x00\x14\x00\x00\x00\x1e\x00\x00\x00' 12
for bad in (lambda: a[3], lambda: a["x"], lambda: Three(1, 2, 3, 4), lambda: Three("x"), lambda: c_int * -1, lambda: c_int * "2"):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: IndexError: invalid index
# expect: TypeError: indices must be integers
# expect: IndexError: invalid index
# expect: TypeError: 'str' object cannot be interpreted as an integer
# expect: ValueError: Array length must be >= 0, not -1
# expect: TypeError: can't multiply sequence by non-int of type 'str'

grid = (c_int * 3 * 2)((1, 2, 3), (4, 5, 6))
print(type(grid).__name__, sizeof(grid), [list(row) for row in grid], grid[1][2])  # expect: c_int_Array_3_Array_2 24 [[1, 2, 3], [4, 5, 6]] 6
row = grid[0]
row[0] = 100
print(grid[0][0], row._b_base_ is grid)  # expect: 100 True

p = create_string_buffer(b"hello")
print(sizeof(p), p.raw, p.value, type(p).__name__)  # expect: 6 b'hello\x00' b'hello' c_char_Array_6
p.value = b"hi"
print(p.raw, p.value, p[0], p[:3])  # expect: b'hi\x00lo\x00' b'hi' b'h' b'hi\x00'
p = create_string_buffer(10)
p.raw = b"0123456789"
print(p.value, len(p))  # expect: b'0123456789' 10
for bad in (lambda: create_string_buffer("text"), lambda: create_string_buffer(b"long", 2), lambda: setattr(p, "value", "x")):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: TypeError: text
# expect: ValueError: byte string too long
# expect: TypeError: bytes expected instead of str instance
u = create_unicode_buffer("안녕", 4)
print(sizeof(u), u.value, u[1], ascii(u[:]))  # expect: 16 안녕 녕 '\uc548\ub155\x00\x00'

# An array over somebody else's memory.
source = bytearray(b"abcdefgh")
window = (c_char * 4).from_buffer(source, 2)
window[0] = b"X"
print(source, window.raw)  # expect: bytearray(b'abXdefgh') b'Xdef'
copy = (c_char * 4).from_buffer_copy(source)
copy[0] = b"?"
print(source, copy.raw)  # expect: bytearray(b'abXdefgh') b'?bXd'
print(sys.getsizeof(Three()), sys.getsizeof((c_char * 100)()))  # expect: 128 128
