# What traced memory says about a piece of code.
import sys
import tracemalloc
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory(), tracemalloc.get_traceback_limit())  # expect: False (0, 0) 1
tracemalloc.start()
def measure(make, n=20000):
    keep = [None] * n
    before = tracemalloc.get_traced_memory()[0]
    for i in range(n):
        keep[i] = make(i)
    return round((tracemalloc.get_traced_memory()[0] - before) / n)
class P:
    def __init__(self, i):
        self.i = i
class S:
    __slots__ = ("i",)
    def __init__(self, i):
        self.i = i
for name, make in [
    ("int", lambda i: i + 10**6), ("float", lambda i: i + 0.5), ("str", lambda i: f"s{i:05}"), ("list of 3", lambda i: [0, 1, 2]),
    ("tuple of 25", lambda i: (i,) * 25), ("dict", lambda i: {"k": 1}), ("set", lambda i: {1}), ("object", lambda i: object()),
    ("slotted", S), ("bytes of 600", lambda i: bytes(600)),
]:
    measure(make)
    print(name, measure(make))
# expect: int 32
# expect: float 24
# expect: str 47
# expect: list of 3 88
# expect: tuple of 25 272
# expect: dict 183
# expect: set 216
# expect: object 16
# expect: slotted 72
# expect: bytes of 600 633
tracemalloc.clear_traces()
big = bytes(1_000_000)
size, peak = tracemalloc.get_traced_memory()
print(size > 1_000_000, peak >= size)  # expect: True True
del big
size, peak = tracemalloc.get_traced_memory()
print(size < 10_000, peak > 1_000_000)  # expect: True True
tracemalloc.reset_peak()
print(tracemalloc.get_traced_memory()[1] < 10_000)  # expect: True
x = bytes(5000)
here = sys._getframe().f_lineno
print(len(tracemalloc.get_object_traceback(x)), here - tracemalloc.get_object_traceback(x)[0].lineno)  # expect: 1 1
print(tracemalloc.get_object_traceback(1))  # expect: None
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())  # expect: False (0, 0)
for bad in (0, -1, 65536):
    try:
        tracemalloc.start(bad)
    except ValueError as error:
        print(error)
# expect: the number of frames must be in range [1; 65535]
# expect: the number of frames must be in range [1; 65535]
# expect: the number of frames must be in range [1; 65535]
