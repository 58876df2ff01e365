"""Waiting for the sockets of this program, which exist in memory only.

A wait sleeps on a lock that whoever writes to a socket releases, so that other threads run meanwhile and the clock moves on.
"""

import _thread
import math

error = OSError
EPOLLIN, EPOLLPRI, EPOLLOUT, EPOLLERR, EPOLLHUP, EPOLLRDHUP = 1, 2, 4, 8, 16, 8192
EPOLLONESHOT, EPOLLET, EPOLL_CLOEXEC = 1 << 30, 1 << 31, 0o2000000
POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL, POLLRDHUP = 1, 2, 4, 8, 16, 32, 8192
PIPE_BUF = 4096

_files = {}     # what is open, by its number: it tells `_readable()` and `_writable()`
_sleepers = []  # locks of those that wait for any of it


def _open(file):
    """The lowest free number, as the system gives them; 0, 1 and 2 are the standard streams."""
    number = 3
    while number in _files:
        number += 1
    _files[number] = file
    return number


def _close(number):
    _files.pop(number, None)


def _wake():
    """Something became readable or writable."""
    while _sleepers:
        _sleepers.pop().release()


def _number(file):
    if not isinstance(file, int):
        try:
            file = file.fileno()
        except AttributeError:
            raise TypeError("argument must be an int, or have a fileno() method.") from None
    if file < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({file})")
    return file


def _wait(ready, timeout):
    """What `ready()` gives as soon as that is something, or what it gives `timeout` seconds later."""
    deadline = None
    if timeout is not None:
        from time import monotonic
        deadline = monotonic() + timeout
    while not (found := ready()):
        if deadline is not None and (timeout <= 0 or (timeout := deadline - monotonic()) <= 0):
            break
        lock = _thread.allocate_lock()
        lock.acquire()
        _sleepers.append(lock)
        if not lock.acquire(True, -1 if timeout is None else timeout):
            _sleepers.remove(lock)
            return ready()
    return found


def _events(number, wanted):
    file = _files.get(number)
    if file is None:
        return POLLNVAL
    return wanted & ((file._readable() and EPOLLIN) | (file._writable() and EPOLLOUT))


class epoll:
    def __init__(self, sizehint=-1, flags=0):
        self._wanted = {}
        self._fd = _open(self)

    def _readable(self):
        return any(_events(number, wanted) for number, wanted in self._wanted.items())

    def _writable(self):
        return False

    @property
    def closed(self):
        return self._fd < 0

    def _check_open(self):
        if self._fd < 0:
            raise ValueError("I/O operation on closed epoll object")

    def fileno(self):
        self._check_open()
        return self._fd

    def close(self):
        if self._fd >= 0:
            _close(self._fd)
            self._fd = -1

    def register(self, fd, eventmask=EPOLLIN | EPOLLPRI | EPOLLOUT):
        self._check_open()
        number = _number(fd)
        if number not in _files:
            raise OSError(9, "Bad file descriptor")
        if number in self._wanted:
            raise FileExistsError(17, "File exists")
        self._wanted[number] = eventmask

    def modify(self, fd, eventmask):
        self._check_open()
        number = _number(fd)
        if number not in self._wanted:
            raise FileNotFoundError(2, "No such file or directory")
        self._wanted[number] = eventmask

    def unregister(self, fd):
        self._check_open()
        if self._wanted.pop(_number(fd), None) is None:
            raise FileNotFoundError(2, "No such file or directory")

    def _ready(self):
        return [(number, found) for number, wanted in list(self._wanted.items())
                if (found := _events(number, wanted) & ~POLLNVAL)]

    def poll(self, timeout=None, maxevents=-1):
        self._check_open()
        if timeout is not None and timeout < 0:
            timeout = None
        found = _wait(self._ready, timeout)
        return found if maxevents == -1 else found[:maxevents]

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, *exc_info):
        self.close()


class _poll:
    def __init__(self):
        self._wanted = {}

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT):
        self._wanted[_number(fd)] = eventmask

    def modify(self, fd, eventmask):
        number = _number(fd)
        if number not in self._wanted:
            raise FileNotFoundError(2, "No such file or directory")
        self._wanted[number] = eventmask

    def unregister(self, fd):
        del self._wanted[_number(fd)]

    def poll(self, timeout=None):
        seconds = None if timeout is None or timeout < 0 else math.ceil(timeout) / 1000
        return _wait(lambda: [(number, found) for number, wanted in list(self._wanted.items())
                              if (found := _events(number, wanted))], seconds)


def poll():
    return _poll()


def select(rlist, wlist, xlist, timeout=None):
    """Those of the first two lists that can be read and written now."""
    if timeout is not None and timeout < 0:
        raise ValueError("timeout must be non-negative")
    lists = [[(file, _number(file)) for file in files] for files in (rlist, wlist, xlist)]
    for _, number in lists[0] + lists[1] + lists[2]:
        if number not in _files:
            raise OSError(9, "Bad file descriptor")

    def ready():
        readable = [file for file, number in lists[0] if _events(number, EPOLLIN)]
        writable = [file for file, number in lists[1] if _events(number, EPOLLOUT)]
        return (readable, writable, []) if readable or writable else ()

    return _wait(ready, timeout) or ([], [], [])
