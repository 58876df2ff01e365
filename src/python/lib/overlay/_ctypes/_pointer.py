"""`POINTER(type)`: addresses of data."""

import sys
from _cdata import _CData, at, keep, make, place, read, write
from _ctypes._data import Argument, CType_Type, Info, concrete, get_part, info_of, keep_part, new_class, set_part


class PyCPointerType(CType_Type):
    """The type of pointer types: what `_type_` says."""

    __module__ = "_ctypes"

    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        type.__setattr__(cls, "_ctypes_info", Info(8, 8, "&"))
        target = namespace.get("_type_")
        if target is not None:
            if info_of(target) is None:
                raise TypeError("_type_ must have storage info")
            type.__setattr__(target, "__pointer_type__", cls) if sys.version_info >= (3, 14) else None
        return cls

    def set_type(cls, target, /):
        if info_of(target) is None:
            raise TypeError("_type_ must have storage info")
        type.__setattr__(cls, "_type_", target)

    def from_param(cls, value, /):
        if value is None:
            return value
        target = cls._type_
        if isinstance(value, target):
            return Argument("P", place(value)[0], value)
        from _ctypes._array import Array
        if isinstance(value, (Array, _Pointer)) and issubclass(value._type_, target):
            return value
        return super().from_param(value)

    def _convert(cls, value):
        """What an array or a target becomes when it is stored in a pointer."""
        from _ctypes._array import Array
        if isinstance(value, Array) and issubclass(value._type_, cls._type_):
            return place(value)[0].to_bytes(8, "little"), value
        return None


class _Pointer(_CData, metaclass=PyCPointerType):
    """A pointer to data of `_type_`."""

    __module__ = "_ctypes"
    __slots__ = ()

    def __new__(cls, *args):
        if getattr(cls, "_type_", None) is None:
            raise TypeError("Cannot create instance: has no _type_")
        return make(cls, 8)

    def __init__(self, target=None, /):
        if target is not None:
            self.contents = target

    @property
    def contents(self):
        """the object this pointer points to (read-write)"""
        address = int.from_bytes(read(place(self)[0], 8), "little")
        if not address:
            raise ValueError("NULL pointer access")
        return at(self._type_, address, concrete(self._type_).size, self)

    @contents.setter
    def contents(self, target):
        if not isinstance(target, self._type_):
            raise TypeError(f"expected {self._type_.__name__} instead of {type(target).__name__}")
        write(place(self)[0], place(target)[0].to_bytes(8, "little"))
        keep_part(self, 1, target)
        keep_part(self, 0, target._objects)

    @contents.deleter
    def contents(self):
        raise TypeError("Pointer does not support item deletion")

    def _item(self, index):
        address = int.from_bytes(read(place(self)[0], 8), "little")
        if not address:
            raise ValueError("NULL pointer access")
        return address + index * concrete(self._type_).size

    def __getitem__(self, index):
        if isinstance(index, slice):
            return self._slice(index)
        if not hasattr(type(index), "__index__"):
            raise TypeError("Pointer indices must be integer")
        return get_part(self._type_, self._item(index), concrete(self._type_).size, self)

    def _slice(self, index):
        step = 1 if index.step is None else index.step
        if step == 0:
            raise ValueError("slice step cannot be zero")
        if index.start is None and step < 0:
            raise ValueError("slice start is required for step < 0")
        if index.stop is None:
            raise ValueError("slice stop is required")
        items = [self[i] for i in range(index.start or 0, index.stop, step)]
        code = getattr(self._type_, "_type_", None)
        return b"".join(items) if code == "c" else "".join(items) if code == "u" else items

    def __setitem__(self, index, value):
        set_part(self._type_, self._item(index), concrete(self._type_).size, value, self, index)

    def __bool__(self):
        return any(read(place(self)[0], 8))


class _Cache(dict):
    pass


_pointer_type_cache = {}


def POINTER(type, /):
    try:
        return _pointer_type_cache[type]
    except KeyError:
        pass
    if isinstance(type, str):
        made = new_class(PyCPointerType, f"LP_{type}", (_Pointer,), {})
        _pointer_type_cache[id(made)] = made
        return made
    if not isinstance(type, CType_Type):
        raise TypeError("must have a ctypes type")
    made = new_class(PyCPointerType, f"LP_{type.__name__}", (_Pointer,), {"_type_": type})
    _pointer_type_cache[type] = made
    return made


def pointer(object, /):
    kind = object.__class__
    if kind not in _pointer_type_cache and info_of(kind) is None:
        raise TypeError("_type_ must have storage info")
    return POINTER(kind)(object)
