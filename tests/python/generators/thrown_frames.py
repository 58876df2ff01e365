# Who is on the stack while an exception goes through generators and coroutines to what they wait for.
import sys
import types
import warnings


def stack():
    frame, names = sys._getframe(1), []
    while frame is not None and frame.f_code.co_name != "<module>":
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names


def inner():
    try:
        yield stack()
    except ValueError:
        yield stack()
        raise KeyError("inner")


def middle():
    kept = "middle"
    yield from inner()


def outer():
    try:
        yield from middle()
    except KeyError as error:
        trace, names = error.__traceback__, []
        while trace is not None:
            names.append(trace.tb_frame.f_code.co_name)
            trace = trace.tb_next
        yield names


generator = outer()
print(next(generator))  # expect: ['inner', 'middle', 'outer']
print(generator.throw(ValueError))  # expect: ['inner', 'middle', 'outer']
print(generator.gi_frame.f_lineno - generator.gi_code.co_firstlineno, generator.gi_frame.f_back)  # expect: 2 None
print(next(generator))  # expect: ['outer', 'middle', 'inner']


@types.coroutine
def waits():
    try:
        yield stack()
    except ZeroDivisionError:
        yield stack()


async def one():
    return await waits()


async def two():
    return await one()


coroutine = two()
print(coroutine.send(None), coroutine.throw(ZeroDivisionError))  # expect: ['waits', 'one', 'two'] ['waits', 'one', 'two']
coroutine.close()
for again in (lambda: coroutine.throw(ValueError), lambda: coroutine.__await__().throw(ValueError)):
    try:
        again()
    except RuntimeError as error:
        print(error)  # expect: cannot reuse already awaited coroutine
# expect: cannot reuse already awaited coroutine


class Invalid:
    def __aiter__(self):
        return self

    def __anext__(self):
        return self

    def __await__(self):
        1 / 0


async def loops():
    async for _ in Invalid():
        pass


try:
    loops().send(None)
except TypeError as error:
    print(error, repr(error.__cause__), error.__cause__ is error.__context__)  # expect: 'async for' received an invalid object from __anext__: Invalid ZeroDivisionError('division by zero') True

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    never = one()
    never.cr_frame.clear()
    print([str(warning.message) for warning in caught])  # expect: ["coroutine 'one' was never awaited"]
