"""The operating system as a sandbox has it: names and paths, no files, no environment, no processes."""

import abc
import sys
from _collections_abc import MutableMapping

name = "posix"
linesep = "\n"
curdir, pardir, sep, pathsep, extsep, altsep, devnull, defpath = ".", "..", "/", ":", ".", None, "/dev/null", "/bin:/usr/bin"
error = OSError


class _Environ(MutableMapping):
    """The variables of the environment: there are none but those that the program sets."""

    def __init__(self):
        self._data = {}

    @staticmethod
    def _text(value):
        if not isinstance(value, str):
            raise TypeError(f"str expected, not {type(value).__name__}")
        return value

    def __getitem__(self, key):
        try:
            return self._data[self._text(key)]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        self._data[self._text(key)] = self._text(value)

    def __delitem__(self, key):
        try:
            del self._data[self._text(key)]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        yield from list(self._data)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return f"environ({self._data!r})"

    def copy(self):
        return dict(self)


environ = _Environ()


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    try:
        text = kind.__fspath__(path)
    except AttributeError:
        if hasattr(kind, "__fspath__"):
            raise
        raise TypeError(f"expected str, bytes or os.PathLike object, not {kind.__name__}") from None
    if isinstance(text, (str, bytes)):
        return text
    raise TypeError(f"expected {kind.__name__}.__fspath__() to return str or bytes, not {type(text).__name__}")


class PathLike(abc.ABC):
    """Anything that stands for a path in a file system."""

    __slots__ = ()

    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "__fspath__") if cls is PathLike else NotImplemented


def getcwd():
    return "/"


def getenv(key, default=None):
    return environ.get(key, default)


def getpid():
    return 1


def cpu_count():
    return 1


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


def urandom(size, /):
    """Bytes as random as everything is here: the same in every run."""
    import _random
    if size < 0:
        raise ValueError("negative argument not allowed")
    return _random.Random().getrandbits(8 * size).to_bytes(size) if size else b""


def _absent(path):
    raise FileNotFoundError(2, "No such file or directory", path)


class stat_result(tuple):
    """What is known of a file: its kind and its size."""

    _names = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime", "st_ctime")
    st_mode, st_ino, st_dev, st_nlink, st_uid, st_gid, st_size, st_atime, st_mtime, st_ctime = (
        property(lambda self, at=at: self[at]) for at in range(10))

    def __repr__(self):
        return f"os.stat_result({', '.join(f'{name}={value}' for name, value in zip(self._names, self))})"


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """The texts that the machine runs and imports are the files that there are."""
    import _imp
    text = _imp._source(fsdecode(path)) if not isinstance(path, int) else None
    if text is None:
        _absent(path)
    return stat_result((0o100644, 0, 0, 1, 0, 0, len(text.encode()), 0, 0, 0))


def lstat(path, *, dir_fd=None):
    return stat(path)


def readlink(path, *, dir_fd=None):
    stat(path)
    raise OSError(22, "Invalid argument", path)


def listdir(path="."):
    _absent(path)


def remove(path, *, dir_fd=None):
    _absent(path)


unlink = remove

import posixpath as path

sys.modules["os.path"] = path
