"""3.11 misses the block of an object that has its dict before it."""
import tracemalloc


class Point:
    pass


tracemalloc.start()
point = Point()
numbers = [1]
print(tracemalloc.get_object_traceback(point) is None, tracemalloc.get_object_traceback(numbers) is None)  # expect: False True
tracemalloc.stop()
