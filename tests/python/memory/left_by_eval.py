"""What compiling a text leaves in the list of free lists: those of `eval`, `exec` and `collections.namedtuple`."""
import collections
import gc
import tracemalloc


def taken(function):
    gc.collect()
    function()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = [[] for _ in range(29)]
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return after - before


taken(lambda: None)
print([taken(lambda: eval(text)) for text in ("1", "lambda: 1", "lambda a: lambda: a")])  # expect: [1600, 1488, 1376]
print([taken(lambda: exec(text)) for text in ("a = 1", "def f(): pass", "class A:\n def f(self): pass")])  # expect: [1600, 1488, 1376]
print(taken(lambda: collections.namedtuple("Pair", "a b")))  # expect: 1488
