# python: 3.9 3.10
# SipHash-2-4 with the key of PYTHONHASHSEED=0; slices have no hash. Recorded with 3.10.13; the same under 3.9.18.
import sys

print(sys.hash_info.algorithm)  # expect: siphash24
print(hash("a"), hash(b"memory"), hash("기억"))  # expect: -7583489610679606711 -2045387792877262843 3394546350860338461
print({"one", "two", "three", "four", "five", "six"})  # expect: {'one', 'four', 'two', 'three', 'six', 'five'}
print({"red": 1}.keys() | {"green", "blue"})  # expect: {'blue', 'green', 'red'}
try:
    {}[1:2]
except TypeError as error:
    print(error)  # expect: unhashable type: 'slice'
print((lambda: 0).__code__.co_flags & 0x40, compile("1", "f", "eval").co_flags)  # expect: 64 64
