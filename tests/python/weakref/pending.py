# Weak containers that somebody iterates over: up to 3.13 what dies stays in them until the last iteration ends.
import gc
import sys
import weakref


class Node:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return ord(self.name)


def hidden(container):
    return sorted(name for name in vars(container) if name.startswith("_"))


values = weakref.WeakValueDictionary()
keys = weakref.WeakKeyDictionary()
members = weakref.WeakSet()
print(hidden(values), hidden(keys), hidden(members))  # expect: ['_iterating', '_pending_removals', '_remove'] ['_dirty_len', '_iterating', '_pending_removals', '_remove'] ['_iterating', '_pending_removals', '_remove']

nodes = [Node(name) for name in "abc"]
for place, node in enumerate(nodes):
    values[node.name] = node
    keys[node] = place
    members.add(node)
del node

walk, other = iter(values.keys()), iter(members)
print(next(walk), next(other) in nodes)  # expect: a True
nodes.pop(1)
gc.collect()
print(len(values), "b" in values, len(values.data))  # expect: 2 False 2
print(len(keys), len(keys.data))  # expect: 2 2
print(len(members), len(members.data))  # expect: 2 3
del walk, other
print(len(values.data), len(members.data))  # expect: 2 2
nodes.clear()
gc.collect()
print(len(values), len(keys), len(members), sys.getsizeof(vars(members)) > 0)  # expect: 0 0 0 True
print(weakref.WeakValueDictionary(a=sys).copy().data.keys())  # expect: dict_keys(['a'])
