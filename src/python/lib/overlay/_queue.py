"""A queue without a size, without frames of its own in tracebacks. CPython: Modules/_queuemodule.c."""

import sys
from collections import deque
from threading import Semaphore
from types import GenericAlias

# Without what stands before the object: in C that is no list of weak references.
_SIZE = 40 if sys.version_info[:2] == (3, 12) else 56


class Empty(Exception):
    "Exception raised by Queue.get(block=0)/get_nowait()."


class SimpleQueue:
    """Simple, unbounded, reentrant FIFO queue."""

    __slots__ = ("_items", "_count", "__weakref__")

    def __init__(self):
        self._items = deque()
        self._count = Semaphore(0)

    def put(self, item, block=True, timeout=None):
        self._items.append(item)
        self._count.release()

    def put_nowait(self, item):
        self.put(item)

    def get(self, block=True, timeout=None):
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not self._count.acquire(block, timeout if block else None):
            raise Empty
        return self._items.popleft()

    def get_nowait(self):
        return self.get(False)

    def empty(self):
        return not self._items

    def qsize(self):
        return len(self._items)

    def __sizeof__(self):
        return _SIZE

    __class_getitem__ = classmethod(GenericAlias)
