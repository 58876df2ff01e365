"""A function that follows a program: calls, lines, returns, exceptions."""
import sys
def tracer(frame, event, arg):
    name = frame.f_code.co_name
    if event == 'exception': arg = (arg[0].__name__, str(arg[1]), arg[2] is not None)
    print(f'{event:9} {name:10} {frame.f_lineno - base:3} {arg!r}')
    return tracer
base = sys._getframe().f_lineno
def add(a, b):
    c = a + b
    return c
def loop(n):
    total = 0
    for i in range(n):
        if i % 2:
            continue
        total += i
    while n:
        n -= 1
    return total
def fails():
    try:
        return 1 / 0
    except ZeroDivisionError:
        x = 2
    finally:
        y = 3
    raise ValueError('no')
def gen(n):
    for i in range(n):
        yield i
def comp():
    a = [i for i in range(2)]
    return {k: v for k, v in zip(a, a)}
def outer():
    def inner():
        return 5
    with open_cm() as v:
        z = v
    return inner()
class open_cm:
    def __enter__(self): return 1
    def __exit__(self, *a):
        return False
class Klass:
    @property
    def p(self):
        return 7
    def __init__(self):
        self.x = 1
for f, args in ((add, (1, 2)), (loop, (3,)), (fails, ()), (comp, ()), (outer, ()), (lambda: list(gen(2)), ()), (lambda: Klass().p, ())):
    print('==', f.__name__)
    sys.settrace(tracer)
    try:
        f(*args)
    except ValueError as e:
        pass
    sys.settrace(None)  # expect: == add
# expect: call      add          1 None
# expect: line      add          2 None
# expect: line      add          3 None
# expect: return    add          3 3
# expect: == loop
# expect: call      loop         4 None
# expect: line      loop         5 None
# expect: line      loop         6 None
# expect: line      loop         7 None
# expect: line      loop         9 None
# expect: line      loop         6 None
# expect: line      loop         7 None
# expect: line      loop         8 None
# expect: line      loop         6 None
# expect: line      loop         7 None
# expect: line      loop         9 None
# expect: line      loop         6 None
# expect: line      loop        10 None
# expect: line      loop        11 None
# expect: line      loop        10 None
# expect: line      loop        11 None
# expect: line      loop        10 None
# expect: line      loop        11 None
# expect: line      loop        10 None
# expect: line      loop        12 None
# expect: return    loop        12 2
# expect: == fails
# expect: call      fails       13 None
# expect: line      fails       14 None
# expect: line      fails       15 None
# expect: exception fails       15 ('ZeroDivisionError', 'division by zero', True)
# expect: line      fails       16 None
# expect: line      fails       17 None
# expect: line      fails       19 None
# expect: line      fails       20 None
# expect: exception fails       20 ('ValueError', 'no', True)
# expect: return    fails       20 None
# expect: == comp
# expect: call      comp        24 None
# expect: line      comp        25 None
# expect: line      comp        25 None
# expect: line      comp        25 None
# expect: line      comp        26 None
# expect: line      comp        26 None
# expect: line      comp        26 None
# expect: return    comp        26 {0: 0, 1: 1}
# expect: == outer
# expect: call      outer       27 None
# expect: line      outer       28 None
# expect: line      outer       30 None
# expect: call      __enter__   34 None
# expect: line      __enter__   34 None
# expect: return    __enter__   34 1
# expect: line      outer       31 None
# expect: line      outer       30 None
# expect: call      __exit__    35 None
# expect: line      __exit__    36 None
# expect: return    __exit__    36 False
# expect: line      outer       32 None
# expect: call      inner       28 None
# expect: line      inner       29 None
# expect: return    inner       29 5
# expect: return    outer       32 5
# expect: == <lambda>
# expect: call      <lambda>    43 None
# expect: line      <lambda>    43 None
# expect: call      gen         21 None
# expect: line      gen         22 None
# expect: line      gen         23 None
# expect: return    gen         23 0
# expect: call      gen         23 None
# expect: line      gen         22 None
# expect: line      gen         23 None
# expect: return    gen         23 1
# expect: call      gen         23 None
# expect: line      gen         22 None
# expect: return    gen         22 None
# expect: return    <lambda>    43 [0, 1]
# expect: == <lambda>
# expect: call      <lambda>    43 None
# expect: line      <lambda>    43 None
# expect: call      __init__    41 None
# expect: line      __init__    42 None
# expect: return    __init__    42 None
# expect: call      p           38 None
# expect: line      p           40 None
# expect: return    p           40 7
# expect: return    <lambda>    43 7
print(sys.gettrace())  # expect: None
def only_calls(frame, event, arg):
    print('only', event, frame.f_code.co_name)
sys.settrace(only_calls); add(1, 2); sys.settrace(None)  # expect: only call add
def broken(frame, event, arg):
    raise RuntimeError('tracer')
sys.settrace(broken)
try: add(1, 2)
except RuntimeError as e: print('raised', e, sys.gettrace())  # expect: raised tracer None
