# Up to 3.10 a call makes a frame object, which its code keeps for the next call; only the caller holds the function.
import sys
import tracemalloc


def count(n):
    return [sys.getrefcount(count)] + (count(n - 1) if n else [])


print(count(3))  # expect: [3, 4, 5, 6]


def made():
    yield sys.getrefcount(made)


print(list(made()))  # expect: [3]


class Made:
    def __init__(self):
        print(sys.getrefcount(Made.__init__))

    def __call__(self):
        return sys.getrefcount(self)


print(Made()())  # expect: 4
# expect: 3


def kept_by(function):
    tracemalloc.start()
    function()
    first = tracemalloc.get_traced_memory()[0]
    function()
    second = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return first, second


def small():
    pass


def with_handler(a=1, b=2):
    try:
        with open as c:
            pass
    except (TypeError, AttributeError):
        pass


kept_by(small)
print(kept_by(lambda: None), kept_by(lambda: [1, [2, [3]]]) > (0, 0))  # expect: (0, 0) False
print(small.__code__.co_stacksize >= 0, with_handler.__code__.co_stacksize >= 3)  # expect: True True

frames = []


def generator():
    frames.append(sys._getframe())
    yield 1


for _ in range(3):
    frames.clear()
    it = generator()
    next(it)
    it.close()
    it = None
    print(frames[0].f_back is None, frames[0].f_code.co_name)  # expect: True generator
# expect: True generator
# expect: True generator
