# sys.getallocatedblocks per object.
import sys
def blocks(make, n=20000):
    keep = [None] * n
    before = sys.getallocatedblocks()
    for i in range(n):
        keep[i] = make(i)
    return round((sys.getallocatedblocks() - before) / n, 1)
class P:
    def __init__(self, i):
        self.i = i
class S:
    __slots__ = ("i",)
    def __init__(self, i):
        self.i = i
for name, make in [
    ("int", lambda i: i + 10**6), ("float", lambda i: i + 0.5), ("str", lambda i: f"s{i}"), ("list", lambda i: [i]),
    ("empty list", lambda i: []), ("tuple of 21", lambda i: (i,) * 21), ("dict", lambda i: {i: i}), ("set", lambda i: {i}),
    ("object", lambda i: object()), ("instance", P), ("slotted", S), ("range", lambda i: range(1000 + i)),
    ("lambda", lambda i: lambda: 1), ("bytes of 600", lambda i: bytes(600)), ("bytearray", lambda i: bytearray(10)),
]:
    blocks(make)
    print(name, blocks(make))
# expect: int 1.0
# expect: float 1.0
# expect: str 1.0
# expect: list 3.0
# expect: empty list 1.0
# expect: tuple of 21 2.0
# expect: dict 3.0
# expect: set 2.0
# expect: object 1.0
# expect: instance 2.0
# expect: slotted 2.0
# expect: range 3.0
# expect: lambda 1.0
# expect: bytes of 600 1.0
# expect: bytearray 2.0
