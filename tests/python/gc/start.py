# What the collector has counted when a program begins, as in a run with -I -S. The youngest count differs by a few from
# file to file.
import gc

young, middle, old = gc.get_count()
print(500 < young < 560, middle, old)  # expect: True 2 0
print([stats["collections"] for stats in gc.get_stats()])  # expect: [2, 0, 0]
print(gc.get_objects(2), len(gc.get_objects(1)) > len(gc.get_objects(0)) > 500)  # expect: [] True
