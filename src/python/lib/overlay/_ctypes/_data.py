"""What all C data share: a place in memory, and the class's size and alignment."""

import sys
from _cdata import _CData as _Base
from _cdata import at, buffer, keep, make, place, read, write
from _cdata import resize as _resize


class Info:
    """What a class says about its data: `StgInfo`."""

    __slots__ = ("size", "align", "format", "final", "fields", "shape", "flags")

    def __init__(self, size, align, format):
        self.size, self.align, self.format = size, align, format
        self.final, self.fields, self.shape = False, (), ()


def info_of(cls):
    """The info of a class, or None."""
    try:
        for base in cls.__mro__:
            info = base.__dict__.get("_ctypes_info")
            if info is not None:
                return info
    except AttributeError:
        pass
    return None


def concrete(cls):
    info = info_of(cls)
    if info is None:
        raise TypeError("abstract class")
    info.final = True
    return info


def caller_module():
    """The module of the code that runs, that which C would find."""
    frame = sys._getframe(1)
    while frame is not None and "/lib-dynload/" in frame.f_code.co_filename:
        frame = frame.f_back
    return frame.f_globals.get("__name__", "__main__") if frame is not None else "__main__"


def new_class(meta, name, bases, namespace):
    namespace.setdefault("__module__", caller_module())
    return meta(name, bases, namespace)


class CType_Type(type):
    """The type of the classes of C data."""

    __module__ = "_ctypes"

    def from_address(cls, address, /):
        info = concrete(cls)
        if not isinstance(address, int):
            raise TypeError("integer expected")
        return at(cls, address, info.size, None)

    def from_buffer(cls, object, offset=0, /):
        info = concrete(cls)
        where = buffer(object)
        if where is None:
            raise TypeError(f"a bytes-like object is required, not '{type(object).__name__}'")
        address, size, writable = where
        if not writable:
            raise TypeError("underlying buffer is not writable")
        if offset < 0:
            raise ValueError("offset cannot be negative")
        if info.size > size - offset:
            raise ValueError(f"Buffer size too small ({size} instead of at least {info.size + offset} bytes)")
        view = memoryview(object)
        made = at(cls, address + offset, info.size, view)
        keep(made, {"ffffffff": view})
        return made

    def from_buffer_copy(cls, object, offset=0, /):
        info = concrete(cls)
        content = memoryview(object).tobytes()
        if offset < 0:
            raise ValueError("offset cannot be negative")
        if info.size > len(content) - offset:
            raise ValueError(f"Buffer size too small ({len(content)} instead of at least {info.size + offset} bytes)")
        made = make(cls, info.size)
        write(place(made)[0], content[offset:offset + info.size])
        return made

    def in_dll(cls, library, name, /):
        info = concrete(cls)
        from _ctypes._function import symbol_data
        return at(cls, symbol_data(library, name, info.size), info.size, None)

    def from_param(cls, value, /):
        if isinstance(value, cls):
            return value
        from _ctypes._function import Argument
        if isinstance(value, Argument) and isinstance(value._obj, cls):
            return value
        inner = getattr(value, "_as_parameter_", None)
        if inner is not None:
            return cls.from_param(inner)
        raise TypeError(f"expected {cls.__name__} instance instead of {type(value).__name__}")

    def __mul__(cls, length):
        if not hasattr(type(length), "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(length).__name__}'")
        from _ctypes._array import array_type
        return array_type(cls, length.__index__())

    __rmul__ = __mul__


_CData = _Base


class Argument:
    """What `byref` and `from_param` make: `CArgObject`."""

    __slots__ = ("_obj", "tag", "value")

    def __init__(self, tag, value, object):
        self.tag, self.value, self._obj = tag, value, object

    def __repr__(self):
        if self.tag in "bBhHiIlLqQ":
            return f"<cparam '{self.tag}' ({self.value})>"
        if self.tag in "fdg":
            return f"<cparam '{self.tag}' ({self.value!r})>"
        if self.tag == "c":
            return f"<cparam 'c' ({self.value!r})>"
        if self.tag in "zZP":
            return f"<cparam '{self.tag}' ({self.value:#x})>"
        return f"<cparam '{self.tag}' at {id(self):#x}>"


Argument.__module__ = "_ctypes"
Argument.__name__ = Argument.__qualname__ = "CArgObject"


def sizeof(type, /):
    if isinstance(type, _CData):
        return place(type)[1]
    info = info_of(type)
    if info is None:
        raise TypeError("this type has no size")
    return info.size


def alignment(type, /):
    info = info_of(type if isinstance(type, CType_Type) else type.__class__)
    if info is None:
        raise TypeError("no alignment info")
    return info.align


def addressof(data, /):
    return place(data)[0]


def byref(data, offset=0, /):
    if not isinstance(data, _CData):
        raise TypeError(f"byref() argument must be a ctypes instance, not '{type(data).__name__}'")
    return Argument("P", place(data)[0] + offset, data)


def resize(data, size, /):
    if not isinstance(data, _CData):
        raise TypeError("excepted ctypes instance")
    least = info_of(type(data)).size
    if size < least:
        raise ValueError(f"minimum size is {least}")
    _resize(data, size)


_errno = 0


def get_errno():
    return _errno


def set_errno(value, /):
    global _errno
    old, _errno = _errno, value
    return old


def keep_part(data, index, kept):
    """Keeps `kept` alive as long as the memory of `data`: `KeepRef`."""
    if kept is None:
        return
    path = [format(index, "x")]
    while (base := data._b_base_) is not None and isinstance(base, _CData):
        path.append(format(getattr(data, "_index", 0), "x"))
        data = base
    objects = data._objects
    if not isinstance(objects, dict):
        objects = {}
        keep(data, objects)
    objects[":".join(path)] = kept


def get_part(cls, address, size, owner):
    """What a field, an item or a pointer shows: a Python value for a simple type, data for any other."""
    getter = getattr(cls, "_get_value", None)
    if getter is not None and cls._is_plain():
        return getter(read(address, size), address)
    return at(cls, address, concrete(cls).size, owner)


def set_part(cls, address, size, value, data, index):
    """Stores a value of a class at an address in `data`."""
    if isinstance(value, cls):
        start, length = place(value)
        write(address, read(start, min(length, size)))
        keep_part(data, index, value._objects if value._objects is not None else None)
        return
    setter = getattr(cls, "_set_value", None)
    if setter is not None:
        content, kept = setter(value)
        write(address, content)
        keep_part(data, index, kept)
        return
    if isinstance(value, tuple):
        made = cls(*value)
        write(address, read(place(made)[0], size))
        keep_part(data, index, made._objects)
        return
    convert = getattr(cls, "_convert", None)
    converted = convert(value) if convert is not None else None
    if converted is None:
        if value is None and hasattr(cls, "contents"):
            write(address, bytes(8))
            return
        raise TypeError(f"incompatible types, {type(value).__name__} instance instead of {cls.__name__} instance")
    content, kept = converted
    write(address, content)
    keep_part(data, index, kept)
