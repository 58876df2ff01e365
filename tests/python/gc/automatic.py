# When collections start by themselves: after more allocations than the threshold, between instructions.
import gc
gc.collect()
runs = []
def watch(phase, info):
    if phase == "start":
        runs.append(info["generation"])
class Node:
    pass
def garbage(n):
    for _ in range(n):
        node = Node()
        node.me = node
gc.callbacks.append(watch)
gc.set_threshold(100, 5, 10000)
gc.collect()
runs.clear()
garbage(5000)
print(len(runs), "".join(map(str, runs)))  # expect: 49 0000001000000100000010000001000000100000010000001
gc.set_threshold(0)
runs.clear()
garbage(5000)
print(runs)  # expect: []
gc.set_threshold(100, 5, 10000)
gc.disable()
garbage(500)
print(runs, gc.isenabled())  # expect: [] False
gc.enable()
keep = []
gc.collect()
runs.clear()
for i in range(3000):
    keep.append([i])
print(len(runs), "".join(map(str, runs)))  # expect: 29 00000010000001000000100000010
gc.callbacks.clear()
