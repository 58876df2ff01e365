# Which calls make a tuple of their arguments, as tracemalloc shows it: blocks of the line, the tuple among them.
import array
import collections
import functools
import gc
import itertools
import operator
import tracemalloc
import types


class Plain:
    pass


def function(*arguments):
    return 1


plain = Plain()
Pair = collections.namedtuple('Pair', 'a b')
names = dict(globals(), x=1234567, y=7654321, t=(1, 2, 3), l=[1, 2, 3], b=b'abc', s={1, 2}, d={'m': 5})
EXPRESSIONS = """
int(x)  int()  float(x)  bool(x)  bytes(10)  bytearray(10)  complex(1, 2)  list(t)  tuple(l)  set(t)  range(3)
slice(1)  map(len, t)  filter(None, t)  reversed(t)  super(Plain, plain)  object()  Plain()  Pair(1, 2)
itertools.count(3)  itertools.chain(t)  itertools.repeat(1)  types.MethodType(function, plain)
types.SimpleNamespace(a=1)  operator.itemgetter(1, 2) and None  memoryview(b)  Exception('x') and None
max(t)  vars(plain)  'abc'.find('c', 1)  'abc'.count('b')  s.union(t)  s.update(t)  d.update(m=6)  x.__add__(1)
int.__add__(1, 2)  tuple.__new__(tuple, t)  [].__len__()  repr(x)  str(b'ab', 'utf8')
"""
for expression in EXPRESSIONS.replace('\n', '  ').split('  '):
    if not expression or expression.startswith('Exception'):
        continue
    exec(compile(f'def run():\n global r\n r = None\n r = ({expression})\n', '<line>', 'exec'), names)
    run = names['run']
    run()
    names['r'] = None
    gc.collect()
    gc.disable()
    tracemalloc.start()
    run()
    snapshot = tracemalloc.take_snapshot()
    tracemalloc.stop()
    gc.enable()
    sizes = sorted(trace.size for trace in snapshot.traces if trace.traceback[0].filename == '<line>')
    print(expression, sizes)  # expect: int(x) []
# expect: int() []
# expect: float(x) [24]
# expect: bool(x) []
# expect: bytes(10) [43, 48]
# expect: bytearray(10) [11, 48, 56]
# expect: complex(1, 2) [24, 32, 56]
# expect: list(t) [32, 56]
# expect: tuple(l) [64]
# expect: set(t) [216]
# expect: range(3) [48]
# expect: slice(1) [48]
# expect: map(len, t) [48, 48, 48]
# expect: filter(None, t) [48, 48]
# expect: reversed(t) [48]
# expect: super(Plain, plain) [56]
# expect: object() [16]
# expect: Plain() [312]
# expect: Pair(1, 2) [56]
# expect: itertools.count(3) [48, 56]
# expect: itertools.chain(t) [48, 48, 48]
# expect: itertools.repeat(1) [48, 48]
# expect: types.MethodType(function, plain) [56, 64]
# expect: types.SimpleNamespace(a=1) [40, 64, 64, 120, 120]
# expect: operator.itemgetter(1, 2) and None [56]
# expect: memoryview(b) [48, 128, 184]
# expect: max(t) []
# expect: vars(plain) [48]
# expect: 'abc'.find('c', 1) []
# expect: 'abc'.count('b') []
# expect: s.union(t) [48, 216]
# expect: s.update(t) [48]
# expect: d.update(m=6) [64, 120]
# expect: x.__add__(1) [32, 48, 56]
# expect: int.__add__(1, 2) [48, 56]
# expect: tuple.__new__(tuple, t) [48, 56]
# expect: [].__len__() [48]
# expect: repr(x) [48]
# expect: str(b'ab', 'utf8') [43]
