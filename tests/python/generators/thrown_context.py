# What is thrown into a generator happens while the generator handles what it handles, not its caller.
import sys
import warnings


def waiting():
    yield 1


def handling():
    try:
        raise KeyError("own")
    except KeyError:
        yield 1


def delegating():
    try:
        raise KeyError("outer")
    except KeyError:
        yield from waiting()


def told(error):
    context = error.__context__
    return type(error).__name__, error.args, context, sys.getrefcount(context) - 1 if context else None


for make in (waiting, handling, delegating):
    generator = make()
    next(generator)
    try:
        try:
            raise OSError("caller")
        except OSError:
            generator.throw(ValueError("thrown"))
    except ValueError as error:
        print(make.__name__, told(error))  # expect: waiting ('ValueError', ('thrown',), None, None)
# expect: handling ('ValueError', ('thrown',), KeyError('own'), 3)
# expect: delegating ('ValueError', ('thrown',), KeyError('outer'), 3)


def closing():
    try:
        raise KeyError("own")
    except KeyError:
        try:
            yield 1
        except GeneratorExit as error:
            print(told(error))
            raise


generator = closing()
next(generator)
generator.close()  # expect: ('GeneratorExit', (), KeyError('own'), 4)


# An exception that cannot be made is thrown as the error that it was.
class NoInstance(Exception):
    def __new__(cls, *args):
        return 5


class Failing(Exception):
    def __init__(self, *args):
        raise OSError("not made")


def catching():
    try:
        yield 1
    except Exception as error:
        yield repr(error)


for thrown in (NoInstance, Failing):
    generator = catching()
    next(generator)
    print(generator.throw(thrown))  # expect: TypeError("calling <class '__main__.NoInstance'> should have returned an instance of BaseException, not int")
# expect: OSError('not made')

# Giving it in parts is deprecated from 3.12 on.
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    generator = catching()
    next(generator)
    print(generator.throw(ValueError, ValueError(3), None))
    print([str(warning.message) for warning in caught])  # expect: ValueError(3)
# expect: ['the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.']
