"""`Structure` and `Union`: fields at offsets, as a C compiler lays them out."""

import sys
from _cdata import _CData, keep, make, place, read, write
from _ctypes._data import CType_Type, Info, concrete, get_part, info_of, set_part


class CField:
    """A field of a structure: where it lies, and what it is."""

    __module__ = "_ctypes"
    __slots__ = ("_name", "_type", "_offset", "_size", "_index", "_bits", "_shift")

    def __init__(self, name, type, offset, size, index, bits=None, shift=0):
        self._name, self._type, self._offset, self._size, self._index = name, type, offset, size, index
        self._bits, self._shift = bits, shift

    @property
    def offset(self):
        """offset in bytes of this field"""
        return self._offset

    @property
    def size(self):
        """size in bytes of this field"""
        return self._size if self._bits is None else self._bits << 16 | self._shift

    def __repr__(self):
        if self._bits is not None:
            return f"<Field type={self._type.__name__}, ofs={self._offset}:{self._shift}, bits={self._bits}>"
        return f"<Field type={self._type.__name__}, ofs={self._offset}, size={self._size}>"

    def __get__(self, data, owner=None):
        if data is None:
            return self
        address = place(data)[0] + self._offset
        if self._bits is None:
            return get_part(self._type, address, self._size, data)
        word = self._type._get_value(read(address, self._size), address)
        return self._cut(word)

    def _cut(self, word):
        value = word >> self._shift & (1 << self._bits) - 1
        if self._type._type_ in "bhilq" and value >> self._bits - 1:
            value -= 1 << self._bits
        return self._type(value).value if self._type._type_ == "?" else value

    def __set__(self, data, value):
        if not isinstance(data, _CData):
            raise TypeError("not a ctype instance")
        address = place(data)[0] + self._offset
        if self._bits is not None:
            value = self._joined(address, value)
        set_part(self._type, address, self._size, value, data, self._index)

    def _joined(self, address, value):
        """The word that holds the field with the field's bits replaced."""
        content, _ = self._type._set_value(value)
        mask = (1 << self._bits) - 1
        word = self._type._get_value(read(address, self._size), address)
        bits = self._type._get_value(content, 0) & mask
        word = word & ~(mask << self._shift) | bits << self._shift
        return self._type._get_value((word & (1 << 8 * self._size) - 1).to_bytes(
            self._size, "big" if "_swapped" in self._type.__dict__ else "little"), 0)

    def __delete__(self, data):
        raise TypeError("can't delete attribute")


class _Layout:
    """Where the next field goes: the rules of gcc on x86-64."""

    def __init__(self, base, is_union, pack):
        self.size, self.align, self.pack, self.is_union = 0, 1, pack, is_union
        if base is not None:
            self.size, self.align = base.size, max(base.align, 1)
        # Bits taken of the word that holds bit fields: its offset, its size, and how many.
        self.word = None

    def add(self, info, bits):
        align = min(info.align, self.pack) if self.pack else info.align
        self.align = max(self.align, align)
        if self.is_union:
            self.size = max(self.size, info.size)
            return 0, 0
        if bits is not None:
            return self._add_bits(info, bits, align)
        self.word = None
        offset = (self.size + align - 1) // align * align
        self.size = offset + info.size
        return offset, 0

    def _add_bits(self, info, bits, align):
        end = self.word if self.word is not None else self.size * 8
        width = info.size * 8
        # A field does not cross the border of a word of its type.
        if end // width != (end + bits - 1) // width:
            end = (end + width - 1) // width * width
        offset = end // width * info.size
        self.word = end + bits
        self.size = max(self.size, (self.word + 7) // 8)
        return offset, end - offset * 8

    def total(self):
        return (self.size + self.align - 1) // self.align * self.align


def _base_info(cls):
    for base in cls.__mro__[1:]:
        info = base.__dict__.get("_ctypes_info")
        if info is not None:
            return info
    return None


def _check_pair(pair):
    if not isinstance(pair, tuple) or len(pair) not in (2, 3) or not isinstance(pair[0], str):
        raise TypeError("'_fields_' must be a sequence of (name, C type) pairs")
    return pair


def _set_fields(cls, fields, is_union):
    """Makes the descriptors of `_fields_`, and the class's size: `PyCStructUnionType_update_stginfo`."""
    info = info_of(cls)
    if info is not None and "_ctypes_info" in cls.__dict__ and info.final:
        raise AttributeError("_fields_ is final")
    try:
        count = len(fields)
    except TypeError:
        raise TypeError("'_fields_' must be a sequence of pairs") from None
    pack = getattr(cls, "_pack_", 0)
    if not isinstance(pack, int) or pack < 0:
        raise ValueError("_pack_ must be a non-negative integer")
    swapped = getattr(cls, "_swappedbytes_", None) is not None
    base = _base_info(cls)
    layout = _Layout(base, is_union, pack)
    start = len(base.fields) if base is not None else 0
    formats, position = [], 0
    names = list(base.fields) if base is not None else []
    for index in range(count):
        name, kind, *bits = _check_pair(fields[index])
        part = info_of(kind)
        if part is None or not isinstance(kind, CType_Type):
            raise TypeError(f"second item in _fields_ tuple (index {index}) must be a C type")
        part.final = True
        bits = bits[0] if bits else None
        if bits is not None:
            _check_bits(name, kind, part, bits)
        offset, shift = layout.add(part, bits)
        if swapped and bits is not None:
            shift = part.size * 8 - shift - bits
        type.__setattr__(cls, name, CField(name, kind, offset, part.size, start + index, bits, shift))
        names.append(name)
        if offset > position and sys.version_info >= (3, 12):
            formats.append(f"{offset - position}x")
        position = offset + part.size
        formats.append(_format(part) + f":{name}:")
    made = Info(layout.total(), layout.align, "")
    if made.size > position and sys.version_info >= (3, 12):
        formats.append(f"{made.size - position}x")
    made.format = "B" if is_union else "T{" + "".join(formats) + "}"
    made.fields = tuple(names)
    type.__setattr__(cls, "_ctypes_info", made)
    _add_anonymous(cls)


def _format(info):
    shape = f"({','.join(map(str, info.shape))})" if info.shape else ""
    return shape + info.format


def _check_bits(name, kind, info, bits):
    code = getattr(kind, "_type_", None)
    if not isinstance(code, str) or code not in "bBhHiIlLqQ?cu":
        raise TypeError(f"bit fields not allowed for type {kind.__name__}")
    if not 0 < bits <= info.size * 8:
        raise ValueError(f"number of bits invalid for bit field{f' {name!r}' if sys.version_info >= (3, 14) else ''}")


def _add_anonymous(cls):
    """The fields of fields in `_anonymous_` are fields of the class."""
    for name in cls.__dict__.get("_anonymous_", ()):
        field = cls.__dict__.get(name)
        if not isinstance(field, CField):
            raise AttributeError(name)
        for inner in info_of(field._type).fields:
            part = getattr(field._type, inner)
            if not inner.startswith("_fields_"):
                type.__setattr__(cls, inner, CField(
                    inner, part._type, field._offset + part._offset, part._size, field._index, part._bits, part._shift))


class _AggregateType(CType_Type):
    """What the types of structures and of unions share."""

    __module__ = "_ctypes"
    _is_union = False

    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if bases == (_CData,):
            return cls
        fields = namespace.get("_fields_")
        if fields is not None:
            # A metaclass may have its own way to take them.
            cls._fields_ = fields
        else:
            base = _base_info(cls)
            made = Info(base.size, base.align, base.format) if base is not None else Info(0, 1, "B")
            if base is not None:
                made.fields = base.fields
                base.final = True
            type.__setattr__(cls, "_ctypes_info", made)
        return cls

    def __setattr__(cls, name, value):
        type.__setattr__(cls, name, value)
        if name == "_fields_":
            _set_fields(cls, value, type(cls)._is_union)


class PyCStructType(_AggregateType):
    """The type of structures: what `_fields_` says."""

    __module__ = "_ctypes"


class UnionType(_AggregateType):
    """The type of unions."""

    __module__ = "_ctypes"
    _is_union = True


class _Aggregate:
    """What structures and unions do."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        info = info_of(cls)
        if info is None:
            raise TypeError("abstract class")
        info.final = True
        return make(cls, info.size)

    def __init__(self, *args, **kwargs):
        names = info_of(type(self)).fields
        if len(args) > len(names):
            raise TypeError("too many initializers")
        for name, value in zip(names, args):
            if name in kwargs:
                raise TypeError(f"duplicate values for field {name!r}")
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)


class Structure(_CData, metaclass=PyCStructType):
    """Structure base class"""

    __module__ = "_ctypes"
    __slots__ = ()
    __new__ = _Aggregate.__new__
    __init__ = _Aggregate.__init__


class Union(_CData, metaclass=UnionType):
    """Union base class"""

    __module__ = "_ctypes"
    __slots__ = ()
    __new__ = _Aggregate.__new__
    __init__ = _Aggregate.__init__


def buffer_info(type, /):
    """The format, the number of dimensions and the shape of a type's buffer."""
    info = concrete(type)
    return info.format, len(info.shape), tuple(info.shape)
