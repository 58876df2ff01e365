# tests/python/int/identity.py: small ints are shared, others are new.
import sys


def same(a, b):
    return a is b


print(same(int("256"), int("256")), same(int("257"), int("257")), same(int("-5"), int("-5")), same(int("-6"), int("-6")))  # expect: True False True False
n = int("1000")
print(same(n - 744, 256), same(n - 743, 257), same(n // 1000, 1), same(n * 0, 0), same(n & 255, 232), same(-n + n, 0))  # expect: True False True True True True
print(same(int(n), n), same(+n, n), same(n.real, n), same(n.__index__(), n), same(int("5"), 5), same(abs(-n), n))  # expect: True True True True True False
print(same(2**70 - 2**70, 0), same(2**70 // 2**69, 2), same(2**70 % 7, 2), same((2**70 + 256) - 2**70, 256))  # expect: True True True True
print(sys.getsizeof(0), sys.getsizeof(1), sys.getsizeof(2**30), sys.getsizeof(2**60 - 1), sys.getsizeof(2**60), sys.getsizeof(True))  # expect: 28 28 32 32 36 28
print(sys.getrefcount(5), sys.getrefcount(int("1000")))  # expect: 4294967295 1
