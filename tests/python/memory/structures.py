"""What an object of each type takes, as tracemalloc counts it: the structure, its header, what it makes with it."""
import array
import collections
import functools
import io
import itertools
import operator
import re
import struct
import threading
import tracemalloc
import weakref


class Plain:
    pass


plain = Plain()


def function():
    def inner():
        pass
    return inner


MAKERS = {
    "attrgetter": lambda: operator.attrgetter("a"),
    "exception": lambda: ValueError(),
    "os error": lambda: OSError(1, "x"),
    "attribute error": lambda: AttributeError("x"),
    "import error": lambda: ImportError("x"),
    "syntax error": lambda: SyntaxError("x"),
    "stop iteration": lambda: StopIteration(1),
    "unicode error": lambda: UnicodeDecodeError("ascii", b"", 0, 0, "x"),
    "function": function,
    "property": lambda: property(),
    "deque": lambda: collections.deque(),
    "zip": lambda: zip(),
    "enumerate": lambda: enumerate(()),
    "generic alias": lambda: list[int],
    "itemgetter": lambda: operator.itemgetter(1),
    "methodcaller": lambda: operator.methodcaller("x"),
    "reference": lambda: weakref.ref(plain, len),
    "proxy": lambda: weakref.proxy(plain, len),
    "array": lambda: array.array("i"),
    "struct": lambda: struct.Struct("i"),
    "partial": lambda: functools.partial(Plain),
    "bytes file": lambda: io.BytesIO(),
    "lock": lambda: threading.Lock(),
    "reentrant lock": lambda: threading.RLock(),
    "tee": lambda: itertools.tee(()),
    "groupby": lambda: itertools.groupby(()),
    "defaultdict": lambda: collections.defaultdict(int),
    "counter": lambda: collections.Counter(),
    "instance": lambda: Plain(),
    "method": lambda: plain.__init__,
}


def measured(make, count=50):
    # The first ones use up what dead objects left.
    keep = [make() for i in range(200)] + [None] * count
    tracemalloc.start()
    for i in range(count):
        keep[200 + i] = make()
    size, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size


for name, make in MAKERS.items():
    print(f"{name:16} {measured(make)}")  # expect: attrgetter       5200
# expect: exception        4400
# expect: os error         9200
# expect: attribute error  5200
# expect: import error     6000
# expect: syntax error     7600
# expect: stop iteration   4800
# expect: unicode error    10400
# expect: function         8000
# expect: property         4000
# expect: deque            38000
# expect: zip              3200
# expect: enumerate        6000
# expect: generic alias    4000
# expect: itemgetter       3200
# expect: methodcaller     4000
# expect: reference        4000
# expect: proxy            4000
# expect: array            4000
# expect: struct           6800
# expect: partial          7200
# expect: bytes file       4000
# expect: lock             4400
# expect: reentrant lock   4800
# expect: tee              34400
# expect: groupby          6800
# expect: defaultdict      3600
# expect: counter          4000
# expect: instance         3600
# expect: method           2400
print(type(re.compile("a")).__basicsize__, type(threading.Lock()).__flags__ >> 14 & 1)  # expect: 96 1
