"""Processes of a program that cannot start any: the names are there, and whoever makes something of them is told."""

import os

__all__ = ["Array", "AuthenticationError", "Barrier", "BoundedSemaphore", "BufferTooShort", "Condition", "Event",
           "JoinableQueue", "Lock", "Manager", "Pipe", "Pool", "Process", "ProcessError", "Queue", "RLock", "RawArray",
           "RawValue", "Semaphore", "SimpleQueue", "TimeoutError", "Value", "active_children", "cpu_count",
           "current_process", "freeze_support", "get_all_start_methods", "get_context", "get_start_method",
           "parent_process", "set_start_method"]


class ProcessError(Exception):
    pass


class BufferTooShort(ProcessError):
    pass


class TimeoutError(ProcessError):
    pass


class AuthenticationError(ProcessError):
    pass


def _alone(*args, **keywords):
    raise OSError(38, "Function not implemented: programs run here without other processes")


class Process:
    """A process that can be described, but not started."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        global _made
        _made += 1
        self._target, self._args, self._kwargs = target, tuple(args), dict(kwargs)
        self.name = name or f"Process-{_made}"
        self.daemon = bool(daemon)
        self.pid = self.ident = self.exitcode = None

    def run(self):
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        _alone()

    def is_alive(self):
        return False

    def join(self, timeout=None):
        raise AssertionError("can only join a started process")

    def __repr__(self):
        return f"<{type(self).__name__} name={self.name!r} parent={os.getpid()} initial>"


_made = 0


class _Main(Process):
    def __init__(self):
        self.name, self.daemon, self.exitcode = "MainProcess", False, None
        self.pid = self.ident = os.getpid()

    def is_alive(self):
        return True

    def __repr__(self):
        return "<_MainProcess name='MainProcess' parent=None started>"


_current = _Main()
Array = Barrier = BoundedSemaphore = Condition = Event = JoinableQueue = Lock = Manager = Pipe = Pool = _alone
Queue = RLock = RawArray = RawValue = Semaphore = SimpleQueue = Value = _alone
_method = "fork"


def current_process():
    return _current


def parent_process():
    return None


def active_children():
    return []


def cpu_count():
    return os.cpu_count()


def freeze_support():
    pass


def get_all_start_methods():
    return ["fork", "spawn", "forkserver"]


def get_start_method(allow_none=False):
    return _method


def set_start_method(method, force=False):
    global _method
    if method not in get_all_start_methods():
        raise ValueError(f"cannot find context for {method!r}")
    _method = method


def get_context(method=None):
    import sys
    if method is not None and method not in get_all_start_methods():
        raise ValueError(f"cannot find context for {method!r}")
    return sys.modules[__name__]
