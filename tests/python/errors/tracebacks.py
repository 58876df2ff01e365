"""Tracebacks of many kinds, each printed as if nobody had caught it: `tracebacks.err` has what CPython prints."""
import sys

def f(a, b):
    return a + b
def g():
    x = [1, 2]
    y = x[0] + x[5]
def 함수(값):
    결과 = 값["키"] + 값["없는키"]
class A: pass
tests = []
def t(fn):
    tests.append(fn)
    return fn
@t
def _(): f(1, "a")
@t
def _(): g()
@t
def _(): 함수({"키": 1})
@t
def _():
    x = A(); x.foo.bar.baz
@t
def _():
    return int("x", base=10)
@t
def _():
    value = int("zz")
@t
def _():
    z = (1 +
         f(2,
           3) + f(4, "5"))
@t
def _():
    d = {}
    d["a"]["b"]["c"] = 1
@t
def _():
    f(
        1,
        2,
        3,
        4,
        5,
    )
@t
def _():
    x = f(1, 2) / (1
        - 1)
@t
def _():
    for i in 5: pass
@t
def _():
    a, b = 1, 2, 3
@t
def _():
    assert 1 == 2, "문자열 " + "x"
@t
def _():
    raise ValueError("a") from KeyError("b")
@t
def _():
    with open: pass
@t
def _():
    import nothing_here
@t
def _():
    lambda: (yield)
    print(undefined_name)
@t
def _():
    foo = 1
    print(fo)
@t
def _():
    x = [i / 0 for i in range(3)]
@t
def _():
    x = "가나다" + 1 + "라마바"
@t
def _():
    s = f"{1/0} 안녕"
@t
def _():
    s = f"""
 {1}
 {1/0}
"""
@t
def _():
    def gen():
        yield 1
        raise KeyError
    list(gen())
@t
def _():
    try:
        1/0
    except ZeroDivisionError:
        {}["x"]
@t
def _():
    try:
        1/0
    except ZeroDivisionError as e:
        raise RuntimeError("wrapped") from e
@t
def _():
    try:
        1/0
    except ZeroDivisionError as e:
        raise RuntimeError("wrapped") from None
@t
def _():
    e = ValueError("x"); e.add_note("note 1"); e.add_note("두 줄\n노트"); raise e
@t
def _():
    raise ExceptionGroup("eg", [ValueError(1), TypeError("t"), ExceptionGroup("inner", [KeyError("k"), OSError(2, "no")])])
@t
def _():
    def rec(n): return rec(n + 1)
    rec(0)
@t
def _():
    def rec(n):
        if n == 0: 1/0
        return rec(n - 1)
    rec(10)
@t
def _():
    x = A()
    x.attr += 1
@t
def _():
    del A().zz
@t
def _():
    not_a_func = 3
    not_a_func(1)(2)
@t
def _():
    (lambda x: x.y)(1)
@t
def _():
    x = 1
    x @ 2
@t
def _():
    x = 1
    x     **     "2"
@t
def _():
    x = {"a": 1}
    print(x    ["b"], 1)
@t
def _():
    x = [1]; print(x[
        5
    ])
@t
def _():
    print(len(5), "긴 문자열 한글", len([]))
@t
def _():
    print("긴 문자열 한글", len(5), "뒤")
@t
def _():
    x = f(1, f(2, f(3, "x")))
@t
def _():
    "abc".foo
@t
def _():
    class B:
        y = 1 / 0
@t
def _():
    eval("1 +")
@t
def _():
    exec("x = 1\ny = x / 0\n")
@t
def _():
    compile("a = (", "<s>", "exec")
@t
def _():
    if 1 < "a" < 3: pass
@t
def _():
    -"a"
@t
def _():
    x = 5
    x.real = 3
@t
def _():
    print(* 5)
@t
def _():
    f(**{"zz": 1})
@t
def _():
    x = 1; 	y = x + "t"
@t
def _():
    class X:
        def method(self):
            return self.othr
        other = 1
    X().method()
@t
def _():
    raise
@t
def _():
    raise 3
@t
def _():
    async def co(): await 3
    co().send(None)
@t
def _():
    foo = bar = 1 \
        + "a"
@t
def _():
    x = (  # comment
        1 + 2  # another
        + "a"  # third
    )
@t
def _():
    A().method(1,
        2,
        3,
        4)
@t
def _():
    [1,2,3].appendd(4)
@t
def _():
    import sys
    sys.maxsze
@t
def _():
    print(rndom)
@t
def _():
    print(random)
@t
def _():
    x: int = "a" + 1
@t
def _():
    while 1 + "a": pass
@t
def _():
    return {"a": 1}["b"]
@t
def _():
    return (1).foo()
@t
def _():
    class MyErr(Exception):
        def __str__(self): return "여러\n줄"
    raise MyErr
@t
def _():
    class MyErr(Exception):
        def __str__(self): 1/0
    raise MyErr
@t
def _():
    class Outer:
        class Inner(Exception): pass
    raise Outer.Inner("x", 1)
@t
def _():
    raise BaseExceptionGroup("많은", [ValueError(i) for i in range(20)])
@t
def _():
    e = ValueError("deep")
    for i in range(14): e = ExceptionGroup(f"level {i}", [e])
    raise e
@t
def _():
    def inner(n):
        try: 1/0
        except Exception as e: return e
    def wrap():
        try:
            raise TypeError("t")
        except TypeError as e:
            e.add_note("n1")
            return e
    try:
        raise ExceptionGroup("msg\nwith newline", [inner(1), wrap()])
    except ExceptionGroup as eg:
        eg.add_note("group note")
        raise RuntimeError("after") from eg
@t
def _():
    try:
        raise ExceptionGroup("a", [ValueError(1), TypeError(2)])
    except* ValueError as eg:
        raise KeyError("new")
@t
def _():
    try:
        raise ExceptionGroup("a", [ValueError(1), TypeError(2)])
    except* ValueError as eg:
        raise
@t
def _():
    a = ValueError("a"); b = KeyError("b")
    a.__cause__ = b; b.__context__ = a
    raise a
@t
def _():
    e = ValueError("x")
    e.__notes__ = "notalist"
    raise e
@t
def _():
    e = ValueError("x")
    e.__notes__ = ["a", 1, None]
    raise e
@t
def _():
    raise SyntaxError("msg", ("file.py", 3, 5, "abc = = 3\n", 3, 7))
@t
def _():
    raise SyntaxError("msg")
@t
def _():
    raise SyntaxError("msg", ("file.py", 3, 5, "\tabc = = 3\n"))
@t
def _():
    raise SyntaxError("msg", ("file.py", None, None, None))
@t
def _():
    class P:
        def __init__(self): self._hidden = 1; self.value = 2
        def get(self): return self.hidden
    P().get()
@t
def _():
    class P:
        def __init__(self): self._hidden = 1; self.value = 2
    P().hidden
@t
def _():
    class P:
        def get(self): return value
        def value(self): pass
    P().get()
@t
def _():
    class P:
        def __init__(self): self.value = 1
        def get(self): return value
    P().get()
@t
def _():
    Prnt("x")
@t
def _():
    from sys import maxsiz
@t
def _():
    import jsn
@t
def _():
    import os.pat
@t
def _():
    pritn = 1
    del pritn
    pritn
@t
def _():
    def f():
        print(x)
        x = 1
    f()
@t
def _():
    def f():
        def g(): return y
        g()
        y = 1
    f()
@t
def _():
    it = iter([])
    next(it)
@t
def _():
    def g():
        raise StopIteration
        yield
    next(g())
@t
def _():
    import collections
    collections.namedtuple("P", "x y")(1)
@t
def _():
    sorted([1, "a"])
@t
def _():
    max([])
@t
def _():
    def f(a, /, b, *, c): pass
    f()
@t
def _():
    def f(a, /, b, *, c): pass
    f(1, 2, 3, c=1)
@t
def _():
    def f(a, /, b, *, c): pass
    f(a=1, b=2, c=3)
@t
def _():
    def f(a): pass
    f(1, a=2)
@t
def _():
    def outer():
        try:
            inner()
        finally:
            print("finally")  # expect: finally
    def inner():
        raise LookupError("긴 메시지", {"a": 1})
    outer()
@t
def _():
    class CM:
        def __enter__(self): return self
        def __exit__(self, *a): raise ValueError("exit")
    with CM():
        1/0
@t
def _():
    a = [1,2,3]
    a[10] = 5
@t
def _():
    a = (1,2)
    a[0] = 5
@t
def _():
    a = {}
    a[[]] = 5
@t
def _():
    x = 1
    x.y.z = 3
@t
def _():
    match 5:
        case int(a, b): pass
@t
def _():
    x = "é" * 5 + "漢字" + 5
@t
def _():
    def f():
        global gg
        gg += 1
    f()
@t
def _():
    (f
     (1, 2)
     (3))
@t
def _():
    x = {
        "a": 1,
        "b": f(1, "x"),
        "c": 3,
        "d": 4,
    }
@t
def _():
    raise ValueError(
        "a long message"
        "in parts"
    )
@t
def _():
    return f(
        1,
        "2")
@t
def _():
    x = f(
        1,
        "2")
@t
def _():
    x = [1,2,3][
        1:
        2][
        5]
@t
def _():
    1 if 2 > "3" else 4
@t
def _():
    (yield_ := f(1, ""))
@t
def _():
    x = not (1 in 5)


for test in tests:
    try:
        test()
    except BaseException:
        sys.excepthook(*sys.exc_info())
print(len(tests))  # expect: 120
