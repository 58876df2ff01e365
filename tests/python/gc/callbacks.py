# gc.callbacks, statistics, DEBUG_SAVEALL.
import gc
gc.collect()
log = []
def watch(phase, info):
    log.append((phase, info))
gc.callbacks.append(watch)
class Node:
    pass
n = Node()
n.me = n
del n
gc.collect(0)
n = Node()
n.me = n
del n
gc.collect()
gc.callbacks.remove(watch)
for row in log:
    print(row)
# expect: ('start', {'generation': 0, 'collected': 0, 'uncollectable': 0})
# expect: ('stop', {'generation': 0, 'collected': 1, 'uncollectable': 0})
# expect: ('start', {'generation': 2, 'collected': 0, 'uncollectable': 0})
# expect: ('stop', {'generation': 2, 'collected': 1, 'uncollectable': 0})
def broken(phase, info):
    raise RuntimeError(phase)
gc.callbacks.append(broken)
print(gc.collect())  # expect: 0
gc.callbacks.clear()
before = gc.get_stats()
gc.collect(1)
after = gc.get_stats()
print([y["collections"] - x["collections"] for x, y in zip(before, after)])  # expect: [0, 1, 0]
gc.set_debug(gc.DEBUG_SAVEALL)
a, b = Node(), Node()
a.other, b.other = b, a
del a, b
print(gc.collect())  # expect: 2
gc.set_debug(0)
print(len(gc.garbage), [type(x).__name__ for x in gc.garbage])  # expect: 2 ['Node', 'Node']
gc.garbage.clear()
print(gc.collect())  # expect: 2
