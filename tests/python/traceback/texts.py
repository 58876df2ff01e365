# The module traceback, as programs use it.
import io
import traceback


def inner(x):
    return 1 / x


def outer():
    try:
        inner(0)
    except ZeroDivisionError as error:
        raise ValueError("bad value") from error


try:
    outer()
except ValueError as error:
    print(traceback.format_exc().replace(__file__, "FILE"))
    print(traceback.format_exception_only(error), traceback.extract_tb(error.__traceback__)[0].name)
    stack = traceback.TracebackException.from_exception(error)
    print(stack.exc_type_str, str(stack), stack.__cause__.exc_type_str, [frame.lineno for frame in stack.stack])
    out = io.StringIO()
    traceback.print_exception(error, file=out, limit=1, chain=False)
    print(out.getvalue().replace(__file__, "FILE"))
try:
    exec("def f(:\n  pass")
except SyntaxError as error:
    print("".join(traceback.format_exception_only(error)))
try:
    raise ExceptionGroup("many", [ValueError(1), ExceptionGroup("inner", [TypeError("t")])])
except ExceptionGroup as error:
    print("".join(traceback.format_exception(error)).replace(__file__, "FILE"))
try:
    try:
        {}["k"]
    except KeyError:
        [].index(3)
except ValueError as error:
    error.add_note("a note\nof two lines")
    print("".join(traceback.format_exception(error)).replace(__file__, "FILE"))


def recursive(n):
    return recursive(n - 1) if n else 1 / 0


try:
    recursive(20)
except ZeroDivisionError:
    print(traceback.format_exc().replace(__file__, "FILE"))
try:
    "abc".uper()
except AttributeError as error:
    print(traceback.format_exception_only(error))


def where():
    return [frame.name for frame in traceback.extract_stack()]


print(where(), traceback.format_list([("f.py", 3, "g", "line")]))

# expect: Traceback (most recent call last):
# expect:   File "FILE", line 12, in outer
# expect:     inner(0)
# expect:     ~~~~~^^^
# expect:   File "FILE", line 7, in inner
# expect:     return 1 / x
# expect:            ~~^~~
# expect: ZeroDivisionError: division by zero
# expect:
# expect: The above exception was the direct cause of the following exception:
# expect:
# expect: Traceback (most recent call last):
# expect:   File "FILE", line 18, in <module>
# expect:     outer()
# expect:     ~~~~~^^
# expect:   File "FILE", line 14, in outer
# expect:     raise ValueError("bad value") from error
# expect: ValueError: bad value
# expect:
# expect: ['ValueError: bad value\n'] <module>
# expect: ValueError bad value ZeroDivisionError [18, 14]
# expect: Traceback (most recent call last):
# expect:   File "FILE", line 18, in <module>
# expect:     outer()
# expect:     ~~~~~^^
# expect: ValueError: bad value
# expect:
# expect:   File "<string>", line 1
# expect:     def f(:
# expect:           ^
# expect: SyntaxError: invalid syntax
# expect:
# expect:   + Exception Group Traceback (most recent call last):
# expect:   |   File "FILE", line 32, in <module>
# expect:   |     raise ExceptionGroup("many", [ValueError(1), ExceptionGroup("inner", [TypeError("t")])])
# expect:   | ExceptionGroup: many (2 sub-exceptions)
# expect:   +-+---------------- 1 ----------------
# expect:     | ValueError: 1
# expect:     +---------------- 2 ----------------
# expect:     | ExceptionGroup: inner (1 sub-exception)
# expect:     +-+---------------- 1 ----------------
# expect:       | TypeError: t
# expect:       +------------------------------------
# expect:
# expect: Traceback (most recent call last):
# expect:   File "FILE", line 37, in <module>
# expect:     {}["k"]
# expect:     ~~^^^^^
# expect: KeyError: 'k'
# expect:
# expect: During handling of the above exception, another exception occurred:
# expect:
# expect: Traceback (most recent call last):
# expect:   File "FILE", line 39, in <module>
# expect:     [].index(3)
# expect:     ~~~~~~~~^^^
# expect: ValueError: 3 is not in list
# expect: a note
# expect: of two lines
# expect:
# expect: Traceback (most recent call last):
# expect:   File "FILE", line 50, in <module>
# expect:     recursive(20)
# expect:     ~~~~~~~~~^^^^
# expect:   File "FILE", line 46, in recursive
# expect:     return recursive(n - 1) if n else 1 / 0
# expect:            ~~~~~~~~~^^^^^^^
# expect:   File "FILE", line 46, in recursive
# expect:     return recursive(n - 1) if n else 1 / 0
# expect:            ~~~~~~~~~^^^^^^^
# expect:   File "FILE", line 46, in recursive
# expect:     return recursive(n - 1) if n else 1 / 0
# expect:            ~~~~~~~~~^^^^^^^
# expect:   [Previous line repeated 18 more times]
# expect: ZeroDivisionError: division by zero
# expect:
# expect: ["AttributeError: 'str' object has no attribute 'uper'. Did you mean: 'upper'?\n"]
# expect: ['<module>', 'where'] ['  File "f.py", line 3, in g\n    line\n']
