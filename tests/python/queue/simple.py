"""A `SimpleQueue` is a type in C, and so is the exception that an empty queue raises."""
import queue
import sys

items = queue.SimpleQueue()
items.put(1)
items.put([2])
print(items.qsize(), items.get(), items.get(), items.empty())  # expect: 2 1 [2] True
print(type(items), sys.getsizeof(items))  # expect: <class '_queue.SimpleQueue'> 88
for arguments in [(False,), (True, 0.01), (True, -1)]:
    try:
        items.get(*arguments)
    except Exception as error:
        print(repr(error), type(error))  # expect: Empty() <class '_queue.Empty'>
# expect: Empty() <class '_queue.Empty'>
# expect: ValueError("'timeout' must be a non-negative number") <class 'ValueError'>
try:
    queue.Queue().get_nowait()
except queue.Empty as error:
    print(type(error), queue.Full)  # expect: <class '_queue.Empty'> <class 'queue.Full'>
