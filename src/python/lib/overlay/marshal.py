"""Values as bytes, as `.pyc` files have them; code is not among them here. CPython: Python/marshal.c."""

import sys
from _struct import pack, unpack_from

version = 5 if sys.version_info >= (3, 14) else 4
_REF = 0x80
_DEPTH = 2000


class _Writer:
    def __init__(self, version):
        self.out, self.version, self.seen, self.kept = bytearray(), version, {}, []

    def put(self, value, depth=0):
        if depth > _DEPTH:
            raise ValueError("object too deeply nested to marshal")
        kind = type(value)
        if value is None or value is True or value is False or value is StopIteration or value is Ellipsis:
            self.out += {None: b"N", True: b"T", False: b"F", StopIteration: b"S", Ellipsis: b"."}[value]
            return
        flag = self._known(value)
        if flag is None:
            return
        if kind is int:
            self._int(value, flag)
        elif kind is float:
            self.out.append(ord("g") | flag)
            self.out += pack("<d", value)
        elif kind is complex:
            self.out.append(ord("y") | flag)
            self.out += pack("<dd", value.real, value.imag)
        elif kind is str:
            self._str(value, flag)
        elif kind in (tuple, list, set, frozenset):
            self._items(value, kind, flag, depth)
        elif kind is dict:
            self.out.append(ord("{") | flag)
            for key, item in value.items():
                self.put(key, depth + 1)
                self.put(item, depth + 1)
            self.out += b"0"
        elif kind is slice and self.version >= 5:
            self.out.append(ord(":") | flag)
            for part in (value.start, value.stop, value.step):
                self.put(part, depth + 1)
        else:
            try:
                content = bytes(memoryview(value))
            except TypeError:
                raise ValueError("unmarshallable object") from None
            self.out.append(ord("s") | flag)
            self.out += pack("<i", len(content)) + content

    def _known(self, value):
        """The flag of a value that may come again, or None for one that came."""
        if self.version < 3 or sys.getrefcount(value) == 4 - (sys.version_info >= (3, 14)):
            return 0
        place = self.seen.get(id(value))
        if place is not None:
            self.out += b"r" + pack("<i", place)
            return None
        self.seen[id(value)] = len(self.seen)
        self.kept.append(value)
        return _REF

    def _int(self, value, flag):
        if -1 << 31 <= value < 1 << 31:
            self.out.append(ord("i") | flag)
            self.out += pack("<i", value)
            return
        digits, rest = [], abs(value)
        while rest:
            digits.append(rest & 0x7FFF)
            rest >>= 15
        self.out.append(ord("l") | flag)
        self.out += pack("<i", len(digits) if value > 0 else -len(digits))
        for digit in digits:
            self.out += pack("<H", digit)

    def _str(self, value, flag):
        interned = self.version >= 3 and sys._is_interned(value)
        if self.version >= 4 and value.isascii():
            short = len(value) < 256
            code = ("Z" if interned else "z") if short else ("A" if interned else "a")
            self.out.append(ord(code) | flag)
            self.out += bytes([len(value)]) if short else pack("<i", len(value))
            self.out += value.encode("ascii")
            return
        content = value.encode("utf-8", "surrogatepass")
        self.out.append(ord("t" if interned and self.version >= 1 else "u") | flag)
        self.out += pack("<i", len(content)) + content

    def _items(self, value, kind, flag, depth):
        if kind is tuple and self.version >= 4 and len(value) < 256:
            self.out.append(ord(")") | flag)
            self.out.append(len(value))
        else:
            self.out.append(ord({tuple: "(", list: "[", set: "<", frozenset: ">"}[kind]) | flag)
            self.out += pack("<i", len(value))
        if kind in (set, frozenset):
            # In the order of their bytes, so that equal sets are equal bytes.
            value = sorted(value, key=dumps)
        for item in value:
            self.put(item, depth + 1)


def dumps(value, version=version, /, *, allow_code=True):
    writer = _Writer(version)
    writer.put(value)
    return bytes(writer.out)


def dump(value, file, version=version, /, *, allow_code=True):
    return file.write(dumps(value, version))


class _Reader:
    def __init__(self, content):
        self.content, self.at, self.refs = content, 0, []

    def take(self, count):
        if self.at + count > len(self.content):
            raise EOFError("marshal data too short")
        part = self.content[self.at:self.at + count]
        self.at += count
        return part

    def byte(self):
        if self.at >= len(self.content):
            raise EOFError("EOF read where not expected")
        return self.take(1)[0]

    def number(self, format="<i"):
        return unpack_from(format, self.take({"<i": 4, "<H": 2, "<d": 8}[format]))[0]

    def get(self):
        if self.at >= len(self.content):
            raise EOFError("EOF read where object expected")
        code = self.take(1)[0]
        flag, code = code & _REF, chr(code & ~_REF)
        if code in "NTFS.":
            return {"N": None, "T": True, "F": False, "S": StopIteration, ".": Ellipsis}[code]
        if code == "r":
            try:
                return self.refs[self.number()]
            except IndexError:
                raise ValueError("bad marshal data (invalid reference)") from None
        place = len(self.refs)
        if flag:
            self.refs.append(None)
        value = self._value(code, place if flag else None)
        if flag:
            self.refs[place] = value
        return value

    def _value(self, code, place):
        if code == "i":
            return self.number()
        if code == "l":
            count = self.number()
            value = sum(self.number("<H") << 15 * i for i in range(abs(count)))
            return -value if count < 0 else value
        if code == "g":
            return self.number("<d")
        if code in "fx":
            parts = [float(self.take(self.byte())) for _ in range(1 + (code == "x"))]
            return complex(*parts) if code == "x" else parts[0]
        if code == "y":
            return complex(self.number("<d"), self.number("<d"))
        if code == "s":
            return bytes(self.take(self.number()))
        if code in "zZ":
            text = self.take(self.take(1)[0]).decode("ascii")
            return sys.intern(text) if code == "Z" else text
        if code in "aA":
            text = self.take(self.number()).decode("ascii")
            return sys.intern(text) if code == "A" else text
        if code in "ut":
            text = self.take(self.number()).decode("utf-8", "surrogatepass")
            return sys.intern(text) if code == "t" else text
        if code in "()":
            count = self.take(1)[0] if code == ")" else self.number()
            return tuple([self.get() for _ in range(count)])
        if code == "[":
            value = []
            if place is not None:
                self.refs[place] = value
            for _ in range(self.number()):
                value.append(self.get())
            return value
        if code in "<>":
            items = [self.get() for _ in range(self.number())]
            return set(items) if code == "<" else frozenset(items)
        if code == "{":
            value = {}
            if place is not None:
                self.refs[place] = value
            while self.content[self.at:self.at + 1] != b"0":
                key = self.get()
                value[key] = self.get()
            self.at += 1
            return value
        if code == ":":
            return slice(self.get(), self.get(), self.get())
        raise ValueError("bad marshal data (unknown type code)")


def loads(content, /, *, allow_code=True):
    return _Reader(bytes(memoryview(content))).get()


def load(file, /, *, allow_code=True):
    reader = _Reader(file.read())
    return reader.get()
