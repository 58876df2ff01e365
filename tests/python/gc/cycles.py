# How many objects a full collection finds in one piece of garbage.
import gc
gc.collect()
gc.disable()
class Node:
    pass
def one_list():
    a = []
    a.append(a)
def two_lists():
    a, b = [], []
    a.append(b)
    b.append(a)
def list_in_dict():
    d = {}
    d["me"] = [d]
def node_itself():
    n = Node()
    n.me = n
def two_nodes():
    a, b = Node(), Node()
    a.other, b.other = b, a
def tuple_cycle():
    inner = []
    t = (inner,)
    inner.append(t)
def closure():
    def f():
        return f
def bound_method():
    n = Node()
    n.method = n.__init__
def generator():
    def g():
        me = holder
        yield me
    holder = []
    running = g()
    next(running)
    holder.append(running)
def class_dropped():
    class K:
        pass
def ring(n):
    nodes = [Node() for _ in range(n)]
    for i in range(n):
        nodes[i].next = nodes[(i + 1) % n]
for make in [one_list, two_lists, list_in_dict, node_itself, two_nodes, tuple_cycle, closure, bound_method, generator, class_dropped]:
    make()
    print(make.__name__, gc.collect())
# expect: one_list 1
# expect: two_lists 2
# expect: list_in_dict 2
# expect: node_itself 1
# expect: two_nodes 2
# expect: tuple_cycle 2
# expect: closure 3
# expect: bound_method 2
# expect: generator 5
# expect: class_dropped 6
ring(10)
print(gc.collect())  # expect: 10
ring(1000)
print(gc.collect())  # expect: 1000
print(gc.collect())  # expect: 0
