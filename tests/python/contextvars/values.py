# Context variables, contexts and tokens.
import sys
from contextvars import Context, ContextVar, Token, copy_context

v = ContextVar("v", default=1)
w = ContextVar("w")
print(v.get(), w.get("fallback"), v.name, sys.getsizeof(v))  # expect: 1 fallback v 80
try:
    w.get()
except LookupError as error:
    print(type(error), error.args[0] is w)
# expect: <class 'LookupError'> True
t = v.set(5)
print(v.get(), t.old_value is Token.MISSING, Token.MISSING, t.var is v, sys.getsizeof(t))  # expect: 5 True <Token.MISSING> True 64
c = copy_context()
print(c[v], v in c, w in c, len(c), list(c) == [v], c.get(w), c.get(w, 3), dict(c.items()) == {v: 5}, sys.getsizeof(c))  # expect: 5 True False 1 True None 3 True 64


def change():
    v.set(9)
    w.set("inner")
    return v.get(), w.get()


print(c.run(change), v.get(), c[v], c[w], len(c))  # expect: (9, 'inner') 5 9 inner 2
v.reset(t)
print(v.get())  # expect: 1
for attempt in [lambda: v.reset(t), lambda: w.reset(v.set(2)), lambda: c.run(c.run, print), lambda: ContextVar(1), lambda: ContextVar(),
                lambda: c[1], lambda: Token(), lambda: hash(c), lambda: c.run(), lambda: Context(1), lambda: copy_context().run(v.reset, v.set(3))]:
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0])
# expect: RuntimeError <Token used var=<ContextVar name='v' default=1
# expect: ValueError <Token var=<ContextVar name='v' default=1
# expect: RuntimeError cannot enter context: <_contextvars.Context object
# expect: TypeError context variable name must be a str
# expect: TypeError ContextVar() takes exactly 1 positional argument (0 given)
# expect: TypeError a ContextVar key was expected, got 1
# expect: RuntimeError Tokens can only be created by ContextVars
# expect: TypeError unhashable type: '_contextvars.Context'
# expect: TypeError run() missing 1 required positional argument
# expect: TypeError Context() does not accept any arguments
# expect: ValueError <Token var=<ContextVar name='v' default=1
try:
    c[ContextVar("other")]
except KeyError:
    print("KeyError")
# expect: KeyError
print(copy_context() == copy_context(), Context() == c, ContextVar[int], Token[str])  # expect: True False _contextvars.ContextVar[int] _contextvars.Token[str]
print(repr(v).split(" at ")[0], repr(w).split(" at ")[0])  # expect: <ContextVar name='v' default=1 <ContextVar name='w'
