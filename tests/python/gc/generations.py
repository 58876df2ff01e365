# Objects move to older generations; counts move with allocations.
import gc
gc.collect()
gc.disable()
def generation_of(x):
    for i in range(3):
        if any(o is x for o in gc.get_objects(i)):
            return i
x = []
print(generation_of(x))  # expect: 0
gc.collect(0)
print(generation_of(x))  # expect: 1
gc.collect(1)
print(generation_of(x))  # expect: 2
gc.collect(2)
print(generation_of(x))  # expect: 2
gc.collect()
before = gc.get_count()[0]
keep = [[] for _ in range(100)]
print(gc.get_count()[0] - before)  # expect: 102
before = gc.get_count()[0]
del keep
print(gc.get_count()[0] < before)  # expect: True
gc.collect()
print(gc.get_count()[1:])  # expect: (0, 0)
gc.collect(0)
print(gc.get_count()[1:])  # expect: (1, 0)
gc.collect(0)
print(gc.get_count()[1:])  # expect: (2, 0)
gc.collect(1)
print(gc.get_count()[1:])  # expect: (0, 1)
gc.freeze()
frozen = gc.get_freeze_count()
print(frozen > 100, len(gc.get_objects()) < 50)  # expect: True True
gc.unfreeze()
print(gc.get_freeze_count())  # expect: 0
