# `del list[i]` leaves the array as large as it is from 3.13 on; before, it shrank when half empty. Slices always shrink it.
import sys

a = []
a.append(3.5)
del a[0]
print(len(a), sys.getsizeof(a))  # expect: 0 88

b = list(range(100))
for _ in range(90):
    del b[-1]
print(len(b), sys.getsizeof(b))  # expect: 10 856
del b[2:]
print(len(b), sys.getsizeof(b))  # expect: 2 120

c = list(range(100))
while len(c) > 5:
    c.pop()
print(len(c), sys.getsizeof(c))  # expect: 5 120


class Loud:
    def __del__(self):
        print("gone, the list has", len(d))


d = [1, Loud(), 3]
del d[1]  # expect: gone, the list has 2
print(d)  # expect: [1, 3]
