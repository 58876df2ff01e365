# python: 3.9 3.10 3.11 3.12
# Up to 3.12 a function's frame keeps one dict, which every locals() brings up to date. Recorded with 3.12.1; the same
# under 3.9.18, 3.10.13 and 3.11.7.
import sys


def changes():
    a = 1
    first = locals()
    a = 2
    b = 3
    second = locals()
    del b
    third = locals()
    return first is second is third, sorted(third), third["a"]


print(changes())  # expect: (True, ['a', 'first', 'second'], 2)


def kept(value):
    before = sys.getrefcount(value)
    locals()
    return sys.getrefcount(value) - before


print(kept([]))  # expect: 1


def written():
    x = 1
    locals()["x"] = 5
    locals()["y"] = 6
    return x, locals()["x"], locals()["y"]


print(written())  # expect: (1, 1, 6)


def shared():
    cell = "free"

    def inner():
        own = 1
        return cell, locals() is sys._getframe().f_locals, sorted(locals())

    return inner()


print(shared())  # expect: ('free', True, ['cell', 'own'])


def generator():
    x = 1
    kept = locals()
    yield kept
    x = 2
    yield locals() is kept, kept["x"]


g = generator()
print(next(g)["x"], next(g), g.gi_frame.f_locals["x"])  # expect: 1 (True, 2) 2
