# How an int lies in memory: 30 bits a digit.
import ctypes
import sys


def digits(number):
    size = sys.getsizeof(number)
    count = (size - 24) // 4
    return list((ctypes.c_uint32 * count).from_address(id(number) + 24))


for number in (1, 255, 2**30 - 1, 2**30, 2**60, 2**60 + 5, 10**30):
    print(number, sys.getsizeof(number), digits(number))  # expect: 1 28 [1]
# expect: 255 28 [255]
# expect: 1073741823 28 [1073741823]
# expect: 1073741824 32 [0, 1]
# expect: 1152921504606846976 36 [0, 0, 1]
# expect: 1152921504606846981 36 [5, 0, 1]
# expect: 1000000000000000000000000000000 40 [0, 433305513, 852086020, 807]


def value(number):
    return sum(digit << 30 * i for i, digit in enumerate(digits(number)))


print(all(value(2**n + n) == 2**n + n for n in range(0, 300, 7)))  # expect: True
big = 2**90
raw = ctypes.string_at(id(big), sys.getsizeof(big))
print(len(raw), raw[24:], int.from_bytes(raw[24:28], "little"))  # expect: 40 b'\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00' 0


class IntObject(ctypes.Structure):
    _fields_ = [("ob_refcnt", ctypes.c_ssize_t), ("ob_type", ctypes.c_void_p), ("tag", ctypes.c_size_t), ("digit", ctypes.c_uint32 * 3)]


fields = IntObject.from_address(id(2**70 + 9))
print(fields.ob_type == id(int), ctypes.cast(fields.ob_type, ctypes.py_object).value)  # expect: True <class 'int'>
