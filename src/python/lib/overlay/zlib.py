"""Compression as zlib does it. CPython: Modules/zlibmodule.c."""

import _deflate
from _deflate import adler32
from binascii import crc32

__version__ = "1.0"
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = "1.2.13"
DEFLATED, MAX_WBITS, DEF_MEM_LEVEL, DEF_BUF_SIZE = 8, 15, 8, 16384
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION = 0, 1, 9, -1
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED = range(5)
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_TREES = range(7)


class error(Exception):
    __module__ = "zlib"


def _content(data):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return bytes(memoryview(data))


def _head(level, wbits):
    if wbits < 0:
        return b""
    if wbits > 15:
        return b"\x1f\x8b\x08\0\0\0\0\0" + (b"\2" if level == 9 else b"\4" if level == 1 else b"\0") + b"\3"
    word = (8 + (wbits - 8 << 4)) << 8 | (0 if level < 2 else 1 if level < 6 else 2 if level == 6 else 3) << 6
    return (word + 31 - word % 31).to_bytes(2, "big")


def _tail(data, wbits):
    if wbits < 0:
        return b""
    if wbits > 15:
        return crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return adler32(data).to_bytes(4, "big")


def _check(level, wbits, error_text):
    size = abs(wbits) - (16 if wbits > 15 else 0)
    if not -1 <= level <= 9 or not 9 - (wbits > 0) <= size <= 15:
        raise error(error_text) if level not in range(-1, 10) else ValueError("Invalid initialization option")
    return max(size, 9)


def compress(data, /, level=-1, wbits=15):
    content = _content(data)
    size = _check(level, wbits, "Bad compression level")
    level = 6 if level == -1 else level
    return _head(level, wbits) + _deflate.deflate(content, (), True, level, size, 8, 0) + _tail(content, wbits)


class Compress:
    __module__ = "zlib"

    def compress(self, data, /):
        self._open()
        self._input += _content(data)
        return self._new(False)

    def flush(self, mode=Z_FINISH, /):
        if mode == Z_NO_FLUSH:
            return b""
        self._open()
        if mode != Z_FINISH:
            self._flushes.append(len(self._input))
            return self._new(False)
        self._ended = True
        return self._new(True)

    def _open(self):
        if self._ended:
            raise error("Error -2 while compressing data: inconsistent stream state")

    def _new(self, finish):
        """What was not given out yet."""
        level, size, memory, strategy, wbits = self._settings
        output = _head(level, wbits)
        # Before a block ends, what is in it may change: only whole blocks are given out.
        body = _deflate.deflate(self._input, self._flushes, finish, level, size, memory, strategy)
        output += body
        if finish:
            output += _tail(self._input, wbits)
        part, self._given = output[self._given:], max(self._given, len(output))
        return part

    def copy(self):
        made = object.__new__(Compress)
        made.__dict__.update(self.__dict__)
        made._input, made._flushes = bytearray(self._input), list(self._flushes)
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()


def compressobj(level=-1, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=None):
    size = _check(level, wbits, "Invalid initialization option")
    made = object.__new__(Compress)
    made._settings = 6 if level == -1 else level, size, memLevel, strategy, wbits
    made._input, made._flushes, made._given, made._ended = bytearray(), [], 0, False
    return made


def _after_head(data, wbits):
    """Where the body starts, and the kind of what follows it; None while the head is not whole."""
    if wbits < 0:
        return 0, "raw"
    if wbits > 15 and (wbits < 32 or data[:1] == b"\x1f"):
        return _after_gzip_head(data)
    if len(data) < 2:
        return None
    if data[0] & 15 != 8 and int.from_bytes(data[:2], "big") % 31 == 0:
        raise error("Error -3 while decompressing data: unknown compression method")
    if int.from_bytes(data[:2], "big") % 31 or data[0] & 15 != 8:
        raise error("Error -3 while decompressing data: incorrect header check")
    if data[1] & 32:
        raise error("Error 2 while decompressing data")
    return 2, "zlib"


def _after_gzip_head(data):
    if data[:2] != b"\x1f\x8b"[:len(data)]:
        raise error("Error -3 while decompressing data: incorrect header check")
    if len(data) < 10:
        return None
    flags, at = data[3], 10
    if flags & 4:
        at += 2 + int.from_bytes(data[10:12], "little")
    for bit in (8, 16):
        if flags & bit:
            end = data.find(b"\0", at)
            if end < 0:
                return None
            at = end + 1
    return at + (2 if flags & 2 else 0), "gzip"


def _inflated(data, wbits, length=-1):
    """Output, bytes used, whether the stream ended."""
    head = _after_head(data, wbits)
    if head is None:
        return b"", len(data), False
    start, kind = head
    found = _deflate.inflate(data[start:], length)
    if found is None:
        raise error("Error -3 while decompressing data: invalid block type")
    output, used, ended = found
    end = start + used
    if not ended or kind == "raw":
        return output, end, ended
    size = 4 if kind == "zlib" else 8
    tail = data[end:end + size]
    if len(tail) < size:
        return output, len(data), False
    if kind == "zlib" and tail != adler32(output).to_bytes(4, "big") or (
            kind == "gzip" and tail[:4] != crc32(output).to_bytes(4, "little")):
        raise error("Error -3 while decompressing data: incorrect data check")
    if kind == "gzip" and tail[4:] != (len(output) & 0xFFFFFFFF).to_bytes(4, "little"):
        raise error("Error -3 while decompressing data: incorrect length check")
    return output, end + size, True


def decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    content = _content(data)
    output, used, ended = _inflated(content, wbits)
    if not ended:
        raise error("Error -5 while decompressing data: incomplete or truncated stream")
    return output


class Decompress:
    __module__ = "zlib"

    def decompress(self, data, /, max_length=0):
        if max_length < 0:
            raise ValueError("max_length must be non-negative")
        content = _content(data)
        if self.eof:
            self.unused_data += content
            return b""
        self._input += content
        output, used, ended = _inflated(self._input, self._wbits)
        part = output[self._given:]
        if max_length and len(part) > max_length:
            part = part[:max_length]
            self._given += len(part)
            # What is not given out yet counts as not read.
            self._input, self.unconsumed_tail = self._input[:-len(content)] if content else self._input, content
            self._held = True
            return part
        self._given += len(part)
        self.unconsumed_tail = b""
        if ended:
            self.eof, self.unused_data = True, self._input[used:]
        return part

    def flush(self, length=DEF_BUF_SIZE, /):
        if length <= 0:
            raise ValueError("length must be greater than zero")
        return self.decompress(self.unconsumed_tail) if self.unconsumed_tail else b""

    def copy(self):
        made = object.__new__(Decompress)
        made.__dict__.update(self.__dict__)
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()


def decompressobj(wbits=MAX_WBITS, zdict=b""):
    made = object.__new__(Decompress)
    made._wbits, made._input, made._given = wbits, b"", 0
    made.eof, made.unused_data, made.unconsumed_tail = False, b"", b""
    return made


class _ZlibDecompressor:
    """Decompresses piece by piece, as `gzip` reads."""

    def __init__(self, wbits=MAX_WBITS, zdict=b""):
        self._inner, self._rest = decompressobj(wbits, zdict), b""
        self.needs_input = True

    @property
    def eof(self):
        return self._inner.eof and not self._rest

    @property
    def unused_data(self):
        return self._inner.unused_data

    def decompress(self, data, max_length=-1):
        if self.eof:
            raise EOFError("End of stream already reached")
        output = self._rest + (b"" if self._inner.eof else self._inner.decompress(data))
        if max_length >= 0:
            output, self._rest = output[:max_length], output[max_length:]
        else:
            self._rest = b""
        self.needs_input = not self._rest and not self._inner.eof
        return output
