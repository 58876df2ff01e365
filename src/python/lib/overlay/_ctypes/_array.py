"""Arrays: `c_int * 3`."""

from _cdata import _CData, keep, make, place, read, text, write
from _ctypes._data import CType_Type, Info, concrete, get_part, info_of, new_class, set_part

_types = {}


def array_type(cls, length):
    """The class of arrays of so many items: one for each class and length."""
    if length < 0:
        raise ValueError(f"Array length must be >= 0, not {length}")
    if info_of(cls) is None:
        raise TypeError("Expected a type object")
    try:
        return _types[cls, length]
    except KeyError:
        pass
    made = new_class(PyCArrayType, f"{cls.__name__}_Array_{length}", (Array,), {"_length_": length, "_type_": cls})
    _types[cls, length] = made
    return made


class PyCArrayType(CType_Type):
    """The type of array types: what `_type_` and `_length_` say."""

    __module__ = "_ctypes"

    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if bases == (_CData,):
            return cls
        length, item = getattr(cls, "_length_", None), getattr(cls, "_type_", None)
        if length is None:
            raise AttributeError("class must define a '_length_' attribute")
        if not isinstance(length, int):
            raise TypeError("The '_length_' attribute must be an integer")
        if length < 0:
            raise ValueError("The '_length_' attribute must not be negative")
        if item is None:
            raise AttributeError("class must define a '_type_' attribute")
        info = info_of(item)
        if info is None:
            raise TypeError("_type_ must have storage info")
        made = Info(info.size * length, info.align, info.format)
        made.shape = (length, *info.shape)
        type.__setattr__(cls, "_ctypes_info", made)
        code = getattr(item, "_type_", None)
        if code == "c":
            type.__setattr__(cls, "raw", _raw)
            type.__setattr__(cls, "value", _value)
        elif code == "u":
            type.__setattr__(cls, "value", _wide_value)
        return cls

    def _set_value(cls, value):
        """What a field of this class takes besides arrays: text for characters."""
        code = getattr(cls._type_, "_type_", None)
        size = info_of(cls).size
        if code == "c" and isinstance(value, bytes):
            if len(value) > size:
                raise ValueError(f"bytes too long ({len(value)}, maximum length {size})")
            return (value + b"\0" if len(value) < size else value), None
        if code == "u" and isinstance(value, str):
            content = value.encode("utf-32-le")
            if len(content) > size:
                raise ValueError(f"string too long ({len(value)}, maximum length {size // 4})")
            return (content + bytes(4) if len(content) < size else content), None
        if isinstance(value, tuple):
            made = cls(*value)
            return read(place(made)[0], size), made._objects
        if code in ("c", "u"):
            wanted = "bytes" if code == "c" else "unicode string"
            raise TypeError(f"{wanted} expected instead of {type(value).__name__} instance")
        raise TypeError(f"incompatible types, {type(value).__name__} instance instead of {cls.__name__} instance")

    def _is_plain(cls):
        return getattr(cls._type_, "_type_", None) in ("c", "u")

    def _get_value(cls, content, address):
        if cls._type_._type_ == "c":
            return content.partition(b"\0")[0]
        return content.decode("utf-32-le").partition("\0")[0]

    def from_param(cls, value, /):
        code = getattr(cls._type_, "_type_", None)
        if isinstance(value, {"c": bytes, "u": str}.get(code, ())):
            if len(value) > cls._length_:
                raise ValueError("Invalid length")
            value = cls(*value) if code == "u" else cls.from_buffer_copy(value.ljust(cls._length_, b"\0"))
        elif isinstance(value, tuple):
            value = cls(*value)
        return super().from_param(value)


class Array(_CData, metaclass=PyCArrayType):
    """Items of one type, one behind another."""

    __module__ = "_ctypes"
    __slots__ = ()

    def __new__(cls, *args):
        info = info_of(cls)
        if info is None:
            raise TypeError("abstract class")
        return make(cls, info.size)

    def __init__(self, *items):
        for index, item in enumerate(items):
            self[index] = item

    def __len__(self):
        return self._length_

    def _at(self, index):
        if index < 0:
            index += self._length_
        if not 0 <= index < self._length_:
            raise IndexError("invalid index")
        size = info_of(self._type_).size
        return index, place(self)[0] + index * size, size

    def __getitem__(self, index):
        if isinstance(index, slice):
            items = [self[i] for i in range(*index.indices(self._length_))]
            code = getattr(self._type_, "_type_", None)
            return b"".join(items) if code == "c" else "".join(items) if code == "u" else items
        if not hasattr(type(index), "__index__"):
            raise TypeError("indices must be integers")
        _, address, size = self._at(index.__index__())
        return get_part(self._type_, address, size, self)

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            places = range(*index.indices(self._length_))
            if len(places) != len(value):
                raise ValueError("Can only assign sequence of same size")
            for i, item in zip(places, value):
                self[i] = item
            return
        if not hasattr(type(index), "__index__"):
            raise TypeError("indices must be integers")
        index, address, size = self._at(index.__index__())
        set_part(self._type_, address, size, value, self, index)

    def __delitem__(self, index):
        raise TypeError("Array does not support item deletion")

    __class_getitem__ = classmethod(type(list[int]))


@property
def _raw(self):
    """value"""
    return read(*place(self))


@_raw.setter
def _raw(self, value):
    content, (address, size) = bytes(memoryview(value)), place(self)
    if len(content) > size:
        raise ValueError("byte string too long")
    write(address, content)


@property
def _value(self):
    """string value"""
    return read(*place(self)).partition(b"\0")[0]


@_value.setter
def _value(self, value):
    if not isinstance(value, bytes):
        raise TypeError(f"bytes expected instead of {type(value).__name__} instance")
    address, size = place(self)
    if len(value) > size:
        raise ValueError("byte string too long")
    write(address, value + b"\0" if len(value) < size else value)


@property
def _wide_value(self):
    """string value"""
    return read(*place(self)).decode("utf-32-le").partition("\0")[0]


@_wide_value.setter
def _wide_value(self, value):
    if not isinstance(value, str):
        raise TypeError(f"unicode string expected instead of {type(value).__name__} instance")
    address, size = place(self)
    content = value.encode("utf-32-le")
    if len(content) > size:
        raise ValueError("string too long")
    write(address, content + bytes(4) if len(content) < size else content)
