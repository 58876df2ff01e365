"""Memory that is mapped: of no file, or of one that the program has. CPython: Modules/mmapmodule.c."""

import sys

ACCESS_DEFAULT, ACCESS_READ, ACCESS_WRITE, ACCESS_COPY = range(4)
MAP_SHARED, MAP_PRIVATE, MAP_ANON, MAP_ANONYMOUS = 1, 2, 32, 32
PROT_READ, PROT_WRITE, PROT_EXEC = 1, 2, 4
PAGESIZE = ALLOCATIONGRANULARITY = 4096
error = OSError


_shared = {}  # the memory of files that are mapped from their beginning: bytes, and how many maps have them


class mmap:
    """Bytes that can be changed, searched, and read like a file."""

    __module__ = "mmap"

    def __new__(cls, fileno, length, flags=MAP_SHARED, prot=PROT_READ | PROT_WRITE, access=ACCESS_DEFAULT, offset=0, *, trackfd=True):
        import posix
        if length < 0:
            raise OverflowError("memory mapped length must be positive")
        if offset < 0:
            raise OverflowError("memory mapped offset must be positive")
        if offset % PAGESIZE:
            raise OSError(22, "Invalid argument")
        self = object.__new__(cls)
        self._fd, self._offset, self._at, self._closed = -1, offset, 0, False
        self._key = None
        self._readonly = access == ACCESS_READ or not prot & PROT_WRITE
        self._private = access == ACCESS_COPY or flags & MAP_PRIVATE
        if fileno == -1:
            if not length:
                raise OSError(22, "Invalid argument")
            self._data = bytearray(length)
            return self
        size = posix.fstat(fileno).st_size
        if not length:
            if not size:
                raise ValueError("cannot mmap an empty file")
            if offset >= size:
                raise ValueError("mmap offset is greater than file size")
            length = size - offset
        elif offset > size or size - offset < length:
            raise ValueError("mmap length is greater than file size")
        self._fd = posix.dup(fileno)
        posix.lseek(self._fd, offset, 0)
        self._data = bytearray(posix.read(self._fd, length))
        if not offset and not self._private:
            self._share(posix.fstat(fileno).st_ino)
        return self

    def _share(self, inode):
        """Maps of one file and one length are the same memory."""
        self._key = inode, len(self._data)
        shared = _shared.setdefault(self._key, [self._data, 0])
        shared[1] += 1
        self._data = shared[0]

    def _open(self):
        if self._closed:
            raise ValueError("mmap closed or invalid")
        return self._data

    def _writable(self):
        data = self._open()
        if self._readonly:
            raise TypeError("mmap can't modify a readonly memory map.")
        return data

    def flush(self, offset=0, size=None):
        data = self._open()
        if self._fd >= 0 and not self._readonly and not self._private:
            import posix
            posix.lseek(self._fd, self._offset, 0)
            posix.write(self._fd, data)

    def close(self):
        if not self._closed:
            self.flush()
            if self._fd >= 0:
                import posix
                posix.close(self._fd)
            if self._key:
                shared = _shared[self._key]
                shared[1] -= 1
                if not shared[1]:
                    del _shared[self._key]
            self._closed, self._data = True, bytearray()

    @property
    def closed(self):
        return self._closed

    def __len__(self):
        return len(self._open())

    def __getitem__(self, index):
        value = self._open()[index]
        return bytes(value) if isinstance(index, slice) else value

    def __setitem__(self, index, value):
        data = self._writable()
        if isinstance(index, slice):
            if len(value) != len(data[index]):
                raise IndexError("mmap slice assignment is wrong size")
        elif not -len(data) <= index < len(data):
            raise IndexError("mmap index out of range")
        data[index] = value
        self.flush()

    def __iter__(self):
        return iter([self._data[at:at + 1] for at in range(len(self._open()))])

    def __contains__(self, value):
        return value in self._open()

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, *args):
        self.close()

    def __buffer__(self, flags):
        return memoryview(self._open())

    def read(self, n=None):
        data = self._open()
        end = len(data) if n is None or n < 0 else min(self._at + n, len(data))
        part, self._at = bytes(data[self._at:end]), end
        return part

    def read_byte(self):
        data = self._open()
        if self._at >= len(data):
            raise ValueError("read byte out of range")
        self._at += 1
        return data[self._at - 1]

    def readline(self):
        end = self._open().find(b"\n", self._at)
        return self.read(None if end < 0 else end + 1 - self._at)

    def write(self, content):
        data = self._writable()
        content = bytes(memoryview(content))
        if self._at + len(content) > len(data):
            raise ValueError("data out of range")
        data[self._at:self._at + len(content)] = content
        self._at += len(content)
        self.flush()
        return len(content)

    def write_byte(self, byte):
        self.write(bytes([byte]))

    def seek(self, pos, whence=0):
        base = (0, self._at, len(self._open()))[whence]
        if not 0 <= base + pos <= len(self._data):
            raise ValueError("seek out of range")
        self._at = base + pos
        return self._at if sys.version_info >= (3, 13) else None

    def tell(self):
        self._open()
        return self._at

    def size(self):
        if self._fd >= 0:
            import posix
            return posix.fstat(self._fd).st_size
        return len(self._open())

    def find(self, sub, start=None, end=None):
        return self._open().find(sub, self._at if start is None else start, len(self._data) if end is None else end)

    def rfind(self, sub, start=None, end=None):
        return self._open().rfind(sub, self._at if start is None else start, len(self._data) if end is None else end)

    def move(self, dest, src, count):
        data = self._writable()
        if min(dest, src, count) < 0 or max(dest, src) + count > len(data):
            raise ValueError("source, destination, or count out of range")
        data[dest:dest + count] = data[src:src + count]

    def resize(self, newsize):
        data = self._writable()
        if newsize < len(data):
            del data[newsize:]
        else:
            data.extend(bytes(newsize - len(data)))

    def madvise(self, option, start=0, length=0):
        pass

    def __repr__(self):
        if self._closed:
            return "<mmap.mmap closed=True>"
        access = ["ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY"][1 if self._readonly else 0]
        return (f"<mmap.mmap closed=False, access={access}, length={len(self._data)}, pos={self._at}, "
                f"offset={self._offset}>")
