"""`contents` of a pointer is a new object each time, which the pointer keeps what it needs alive for."""
from ctypes import POINTER, Structure, c_int, pointer

number = c_int(42)
p = pointer(number)
print(p.contents is number, p.contents is p.contents, p._objects)  # expect: False False {'1': c_int(42)}
number.value = 7
print(p.contents, p[0])  # expect: c_int(7) 7
p.contents = c_int(22)
print(p.contents.value, number.value, list(p._objects))  # expect: 22 7 ['1']
pp = pointer(p)
print(list(pp._objects), pp.contents is p, pp._objects["0"], pp[0][0])  # expect: ['1', '0'] False {'1': c_int(22)} 22


class Node(Structure):
    pass


Node._fields_ = [("value", c_int), ("next", POINTER(Node))]
second = Node(2)
first = Node(1, pointer(second))
print(first.next.contents.value, first.next.contents is second, bool(second.next))  # expect: 2 False False
