# `id` is an address: what posts do with it.
import ctypes
import gc


def from_id(address):
    return ctypes.cast(address, ctypes.py_object).value


class Node:
    def __init__(self, name):
        self.name = name


node = Node("first")
address = id(node)
print(from_id(address) is node, from_id(address).name)  # expect: True first
again = ctypes.py_object.from_address(0) if False else from_id(address)
print(ctypes.c_long.from_address(address).value)  # expect: 2
del again
print(ctypes.c_long.from_address(address).value)  # expect: 1

# A cycle keeps its count when the name is gone, until the collector comes.
a, b = Node("a"), Node("b")
a.other, b.other = b, a
address_a = id(a)
del a, b
print(ctypes.c_long.from_address(address_a).value)  # expect: 1
print(gc.collect() >= 2)  # expect: True

# The second word is the type.
for thing in (1, "s", [], {}, node, Node, None):
    kind = ctypes.c_void_p.from_address(id(thing) + 8).value
    print(kind == id(type(thing)), from_id(kind))  # expect: True <class 'int'>
# expect: True <class 'str'>
# expect: True <class 'list'>
# expect: True <class 'dict'>
# expect: True <class '__main__.Node'>
# expect: True <class 'type'>
# expect: True <class 'NoneType'>


def count_inside():
    local = []
    first = ctypes.c_long.from_address(id(local)).value
    alias = local
    return first, ctypes.c_long.from_address(id(local)).value, alias is local


print(count_inside())  # expect: (1, 2, True)
