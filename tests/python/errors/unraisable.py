"""Exceptions that cannot be caught: `sys.unraisablehook` gets them."""
import sys
import weakref
import gc
import atexit

real = sys.stderr


class Plain:
    """Writes without addresses."""

    def write(self, text):
        while " at 0x" in text:
            before, after = text.split(" at 0x", 1)
            text = before + after.lstrip("0123456789abcdef")
        real.write(text)

    def flush(self):
        pass


sys.stderr = Plain()


class A:
    def __del__(self):
        x = [1]
        print(x[5] + 1)


a = A()
del a


class B:
    pass


def callback(reference):
    raise ValueError("in callback")


b = B()
r = weakref.ref(b, callback)
del b


class Silent(Exception):
    def __str__(self):
        raise KeyError(1)


class C:
    def __del__(self):
        raise Silent


C()


def cleanup():
    try:
        yield
    finally:
        raise OSError(2, "x")


g = cleanup()
next(g)
del g


def stubborn():
    try:
        yield
    except GeneratorExit:
        yield 2


g = stubborn()
next(g)
del g


def hook(given):
    print(type(given).__name__, given.exc_type.__name__, given.exc_traceback.tb_lineno, given.err_msg)
    print(getattr(given.object, "__qualname__", given.object))


sys.unraisablehook = hook
C()
# expect: UnraisableHookArgs Silent 56 None
# expect: C.__del__
c = C()
c.me = c
del c
gc.collect()
# expect: UnraisableHookArgs Silent 56 None
# expect: C.__del__


def bad(given):
    raise ValueError("hook")


sys.unraisablehook = bad
C()
sys.unraisablehook = None
C()
del sys.unraisablehook
C()


def at_exit():
    raise KeyError("atexit")


atexit.register(at_exit)
