# Writing to memory that Python thinks nobody can change.
import ctypes
import sys

data = b"immutable?"
ctypes.memmove(id(data) + 32, b"I", 1)
print(data)  # expect: b'Immutable?'
ctypes.memset(id(data) + 32, ord("-"), 2)
print(data)  # expect: b'--mutable?'

text = "".join(["str", "ing"])
offset = sys.getsizeof(text) - len(text) - 1
ctypes.c_char.from_address(id(text) + offset).value = b"S"
print(text)  # expect: String

pair = (1, 2)
other = "replaced"
field = ctypes.py_object.from_address(id(pair) + 24)
print(field.value)  # expect: 1
items = [1, 2, 3]
size = ctypes.c_ssize_t.from_address(id(items) + 16)
size.value = 2
print(items, len(items))  # expect: [1, 2] 2
size.value = 3
print(items)  # expect: [1, 2, 3]

number = 3.5
ctypes.c_double.from_address(id(number) + 16).value = 4.5
print(number)  # expect: 4.5

flag = ctypes.c_int(0)
ctypes.memset(ctypes.byref(flag), 1, 4)
print(hex(flag.value))  # expect: 0x1010101
source = (ctypes.c_int * 4)(1, 2, 3, 4)
target = (ctypes.c_int * 4)()
print(ctypes.memmove(target, source, 8) == ctypes.addressof(target), target[:])  # expect: True [1, 2, 0, 0]

# Memory of a bytearray, shared.
shared = bytearray(8)
word = ctypes.c_uint64.from_buffer(shared)
word.value = 0x0102030405060708
print(list(shared))  # expect: [8, 7, 6, 5, 4, 3, 2, 1]
try:
    shared.append(1)
except BufferError as error:
    print(error)  # expect: Existing exports of data: object cannot be re-sized
