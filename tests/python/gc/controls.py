# The collector's switches, thresholds and their errors.
import gc
print(gc.isenabled())  # expect: True
gc.disable()
print(gc.isenabled())  # expect: False
gc.enable()
print(gc.get_threshold())  # expect: (2000, 10, 10)
gc.set_threshold(700)
print(gc.get_threshold())  # expect: (700, 10, 10)
gc.set_threshold(1, 2, 3)
print(gc.get_threshold())  # expect: (1, 2, 3)
gc.set_threshold(2000, 10, 10)
for bad in [(), (1, 2, 3, 4), ("a",), (1.5,)]:
    try:
        gc.set_threshold(*bad)
    except TypeError as error:
        print(error)
# expect: gc.set_threshold requires 1 to 3 arguments
# expect: gc.set_threshold requires 1 to 3 arguments
# expect: 'str' object cannot be interpreted as an integer
# expect: 'float' object cannot be interpreted as an integer
for bad in [-1, 3]:
    try:
        gc.collect(bad)
    except ValueError as error:
        print(error)
    try:
        gc.get_objects(bad)
    except ValueError as error:
        print(error)
# expect: invalid generation
# expect: invalid generation
# expect: generation parameter must be less than the number of available generations (3)
print(gc.get_debug(), gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)
# expect: 0 1 2 4 32 38
gc.set_debug(gc.DEBUG_SAVEALL)
print(gc.get_debug())  # expect: 32
gc.set_debug(0)
print(gc.garbage, gc.callbacks)  # expect: [] []
print([sorted(row) for row in gc.get_stats()])
# expect: [['collected', 'collections', 'uncollectable'], ['collected', 'collections', 'uncollectable'], ['collected', 'collections', 'uncollectable']]
