"""A pool of processes, of which a program has none here."""

from concurrent.futures import _base


class BrokenProcessPool(_base.BrokenExecutor):
    """A process of a pool has ended too early."""


class ProcessPoolExecutor(_base.Executor):
    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        raise OSError(38, "Function not implemented: programs run here without other processes")


BrokenProcessPool.__module__ = "concurrent.futures.process"
