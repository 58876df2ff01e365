# Pointers: contents, items, casts, and what they keep alive.
from ctypes import *

n = c_int(42)
p = pointer(n)
print(p.contents, p[0], p.contents.value, type(p), p._type_)  # expect: c_int(42) 42 42 <class '__main__.LP_c_int'> <class 'ctypes.c_int'>
p.contents.value = 7
p[0] += 1
print(n, addressof(n) == addressof(p.contents), cast(p, c_void_p).value == addressof(n))  # expect: c_int(8) True True
p.contents = c_int(1000)
print(p[0], n.value)  # expect: 1000 8

Pointer = POINTER(c_int)
print(Pointer, Pointer is POINTER(c_int), bool(Pointer()), bool(p))  # expect: <class '__main__.LP_c_int'> True False True
for bad in (lambda: Pointer().contents, lambda: Pointer()[0], lambda: Pointer(5), lambda: cast(5, c_int), lambda: p["x"]):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: ValueError: NULL pointer access
# expect: ValueError: NULL pointer access
# expect: TypeError: expected c_int instead of int
# expect: TypeError: cast() argument 2 must be a pointer type, not c_int
# expect: TypeError: Pointer indices must be integer

values = (c_int * 4)(10, 20, 30, 40)
first = cast(values, POINTER(c_int))
print(first[0], first[3], first[1:3], [first[i] for i in range(4)])  # expect: 10 40 [20, 30] [10, 20, 30, 40]
second = cast(addressof(values) + sizeof(c_int), POINTER(c_int))
print(second[0], second.contents)  # expect: 20 c_int(20)
raw = cast(values, POINTER(c_ubyte))
print(raw[0:8])  # expect: [10, 0, 0, 0, 20, 0, 0, 0]


class Node(Structure):
    pass


Node._fields_ = [("value", c_int), ("next", POINTER(Node))]
tail = Node(2, None)
head = Node(1, pointer(tail))
print(head.value, head.next.contents.value, bool(tail.next), sizeof(Node))  # expect: 1 2 False 16
node, seen = head, []
while True:
    seen.append(node.value)
    if not node.next:
        break
    node = node.next.contents
print(seen)  # expect: [1, 2]

# From an address to the object and back.
thing = {"key": [1, 2]}
print(cast(id(thing), py_object).value is thing)  # expect: True
box = py_object(thing)
print(box.value is thing, c_void_p.from_buffer(box).value == id(thing))  # expect: True True
text = b"shared"
q = c_char_p(text)
print(q.value, cast(q, POINTER(c_char))[0:3], string_at(q), string_at(q, 3), string_at(text, 2))  # expect: b'shared' b'sha' b'shared' b'sha' b'sh'
print(byref(c_int(3)).__class__.__name__, c_int.from_param(5), repr(byref(n)).startswith("<cparam 'P' (0x"))  # expect: CArgObject <cparam 'i' (5)> True
