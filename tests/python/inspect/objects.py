# What inspect tells of functions, classes and frames.
import inspect


def f(a, /, b: int = 1, *args, c, d="x", **kw) -> str:
    """Doc.

        indented
    """
    return a


print(inspect.signature(f), list(inspect.signature(f).parameters), inspect.signature(f).parameters["b"].kind)
print(inspect.signature(f).bind(1, 2, 3, c=4, e=5).arguments, inspect.getdoc(f), inspect.getfullargspec(f)[:4])
for bad in [lambda: inspect.signature(f).bind(), lambda: inspect.signature(f).bind(1, c=2, a=3), lambda: inspect.signature(3)]:
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(inspect.signature(len), inspect.signature(sorted), inspect.signature(str.join), inspect.signature(print))


class A:
    """A class."""

    def __init__(self, x): ...

    @staticmethod
    def s(): ...

    @classmethod
    def c(cls): ...

    @property
    def p(self): ...

    async def co(self): ...

    def g(self):
        yield 1


print(inspect.signature(A), inspect.signature(A.c), inspect.getmro(A), inspect.isclass(A), inspect.isfunction(A.g), inspect.ismethod(A.c))
print(inspect.iscoroutinefunction(A.co), inspect.isgeneratorfunction(A.g), inspect.isbuiltin(len), inspect.ismodule(inspect))
print([name for name, kind, cls, value in inspect.classify_class_attrs(A) if cls is A and not name.startswith("__")])
print([n for n, v in inspect.getmembers(A(1)) if not n.startswith("__")], type(inspect.getattr_static(A, "s")))
print(inspect.getsource(A.c).strip(), inspect.getsourcelines(f)[1], inspect.getsource(A).splitlines()[0])


def outer():
    x = 1

    def inner():
        return x, inspect.currentframe().f_code.co_name, inspect.stack()[1].function

    return inner(), inspect.getclosurevars(inner).nonlocals["x"]


print(outer())
g = A(1).g()
print(inspect.getgeneratorstate(g), next(g), inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g)["self"] is not None)
print(inspect.cleandoc("  a\n    b\n"), inspect.unwrap(f) is f, inspect.Parameter("x", inspect.Parameter.KEYWORD_ONLY, default=1))
print(inspect.getmodule(f).__name__, inspect.getcomments(outer), inspect.isabstract(A), inspect.indentsize("    x"))
print(inspect.get_annotations(f), inspect.formatannotation(int), inspect.getcallargs(lambda a, b=2: 0, 1))

# expect: (a, /, b: int = 1, *args, c, d='x', **kw) -> str ['a', 'b', 'args', 'c', 'd', 'kw'] POSITIONAL_OR_KEYWORD
# expect: {'a': 1, 'b': 2, 'args': (3,), 'c': 4, 'kw': {'e': 5}} Doc.
# expect:
# expect: indented (['a', 'b'], 'args', 'kw', (1,))
# expect: TypeError missing a required argument: 'a'
# expect: <BoundArguments (a=1, c=2, kw={'a': 3})>
# expect: TypeError 3 is not a callable object
# expect: (obj, /) (iterable, /, *, key=None, reverse=False) (self, iterable, /) (*args, sep=' ', end='\n', file=None, flush=False)
# expect: (x) () (<class '__main__.A'>, <class 'object'>) True True True
# expect: True True True True
# expect: ['c', 'co', 'g', 'p', 's']
# expect: ['c', 'co', 'g', 'p', 's'] <class 'staticmethod'>
# expect: @classmethod
# expect:     def c(cls): ... 5 class A:
# expect: ((1, 'inner', 'outer'), 1)
# expect: GEN_CREATED 1 GEN_SUSPENDED True
# expect: a
# expect: b True x=1
# expect: __main__ None False 4
# expect: {'b': <class 'int'>, 'return': <class 'str'>} int {'a': 1, 'b': 2}
