"""`_SimpleCData`: numbers, characters, pointers to text, references."""

import _struct
import sys
from _cdata import _CData, keep, make, object as object_at, place, read, text, write
from _ctypes._data import Argument, CType_Type, Info, buffer, info_of, new_class

SIZES = dict(c=1, b=1, B=1, h=2, H=2, i=4, I=4, l=8, L=8, q=8, Q=8, f=4, d=8, g=16, z=8, Z=8, P=8, O=8, u=4, v=2, **{"?": 1})
SIGNED, UNSIGNED = "bhilq", "BHILQ"
# Texts of errors before 3.10 name the types that they want.
_OLD = sys.version_info < (3, 10)


def _integer(value):
    if _OLD:
        if isinstance(value, float):
            raise TypeError("int expected instead of float")
        if not isinstance(value, int):
            raise TypeError(f"an integer is required (got type {type(value).__name__})")
        return value
    try:
        return value.__index__()
    except AttributeError:
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer") from None


def _float(value):
    if not isinstance(value, float):
        try:
            value = float(value) if not isinstance(value, (str, bytes)) else None
        except TypeError:
            value = None
        if value is None:
            raise TypeError
    return value


def to_memory(code, value):
    """The bytes of a value, and what must stay alive for them."""
    if code in SIGNED or code in UNSIGNED:
        size = SIZES[code]
        return (_integer(value) & (1 << 8 * size) - 1).to_bytes(size, sys.byteorder), None
    if code in "fdg":
        try:
            value = _float(value)
        except TypeError:
            raise TypeError(f"must be real number, not {type(value).__name__}") from None
        if code == "g":
            return _long_double(value), None
        return _struct.pack(code, value), None
    if code == "?":
        return (b"\1" if value else b"\0"), None
    if code == "v":
        return (b"\xff\xff" if value else bytes(2)), None
    if code == "c":
        if isinstance(value, (bytes, bytearray)) and len(value) == 1:
            return bytes(value), None
        if isinstance(value, int) and 0 <= value < 256:
            return bytes([value]), None
        raise TypeError("one character bytes, bytearray or integer expected")
    if code == "u":
        if not isinstance(value, str):
            raise TypeError(f"unicode string expected instead of {type(value).__name__} instance")
        if len(value) != 1:
            raise TypeError("one character unicode string expected")
        return ord(value).to_bytes(4, "little"), None
    if code == "O":
        return id(value).to_bytes(8, "little"), value
    return _pointer_to_memory(code, value)


def _pointer_to_memory(code, value):
    if value is None:
        return bytes(8), None
    if isinstance(value, int):
        return (value & (1 << 64) - 1).to_bytes(8, "little"), None
    if code == "z":
        if isinstance(value, bytes):
            return buffer(value)[0].to_bytes(8, "little"), value
        raise TypeError(f"bytes or integer address expected instead of {type(value).__name__} instance")
    if code == "Z":
        if isinstance(value, str):
            kept = bytearray((value + "\0").encode("utf-32-le"))
            return buffer(kept)[0].to_bytes(8, "little"), kept
        raise TypeError(f"unicode string or integer address expected instead of {type(value).__name__} instance")
    raise TypeError("cannot be converted to pointer")


def _long_double(value):
    """80 bits: a sign, 15 bits of exponent, 64 of mantissa with its leading one."""
    bits = int.from_bytes(_struct.pack("<d", value), "little")
    sign, exponent, fraction = bits >> 63, bits >> 52 & 0x7FF, bits & (1 << 52) - 1
    if exponent == 0x7FF:
        exponent, mantissa = 0x7FFF, 1 << 63 | fraction << 11
    elif exponent:
        exponent, mantissa = exponent + 15360, 1 << 63 | fraction << 11
    elif fraction:
        shift = 64 - fraction.bit_length()
        exponent, mantissa = 15372 - shift + 1, fraction << shift
    else:
        mantissa = 0
    return (mantissa | exponent << 64 | sign << 79).to_bytes(10, "little") + bytes(6)


def _from_long_double(content):
    bits = int.from_bytes(content[:10], "little")
    sign, exponent, mantissa = bits >> 79, bits >> 64 & 0x7FFF, bits & (1 << 64) - 1
    if exponent == 0x7FFF:
        value = float("inf") if mantissa == 1 << 63 else float("nan")
    else:
        power = exponent - 16446
        value = mantissa * 2 ** power if power >= 0 else mantissa / 2 ** -power
    return -float(value) if sign else float(value)


def from_memory(code, content, address):
    """The Python value of bytes."""
    if code in SIGNED:
        return int.from_bytes(content, "little", signed=True)
    if code in UNSIGNED:
        return int.from_bytes(content, "little")
    if code in "fd":
        return _struct.unpack(code, content)[0]
    if code == "g":
        return _from_long_double(content)
    if code == "?":
        return content != b"\0"
    if code == "v":
        return content != bytes(2)
    if code == "c":
        return content
    if code == "u":
        return chr(int.from_bytes(content, "little"))
    pointer = int.from_bytes(content, "little")
    if code == "O":
        if not pointer:
            raise ValueError("PyObject is NULL")
        return object_at(pointer)
    if not pointer:
        return None
    if code == "z":
        return text(pointer, 1)
    if code == "Z":
        return text(pointer, 4).decode("utf-32-le")
    return pointer


class PyCSimpleType(CType_Type):
    """The type of simple types: what `_type_` says."""

    __module__ = "_ctypes"

    def __new__(meta, name, bases, namespace, swapped=False):
        cls = super().__new__(meta, name, bases, namespace)
        if name == "_SimpleCData" and bases == (_CData,):
            return cls
        code = getattr(cls, "_type_", None)
        if code is None:
            raise AttributeError("class must define a '_type_' attribute")
        if not isinstance(code, str):
            raise TypeError("class must define a '_type_' string attribute")
        if len(code) != 1:
            raise ValueError("class must define a '_type_' attribute which must be a string of length 1")
        if code not in SIZES:
            known = "cbBhHiIlLdfuzZqQPXOv?g"
            raise AttributeError(
                f"class must define a '_type_' attribute which must be\na single character string containing one of '{known}'.")
        size = SIZES[code]
        if bases == (_SimpleCData,) or "_type_" in namespace:
            order = (">" if swapped else "<")
            info = Info(size, size, order + code)
            type.__setattr__(cls, "_ctypes_info", info)
        if not swapped and bases == (_SimpleCData,) and code in "hHiIlLqQfd":
            other = type.__new__(meta, name, bases, {**namespace, "_swapped": True})
            type.__setattr__(other, "_ctypes_info", Info(size, size, ">" + code))
            type.__setattr__(cls, "__ctype_be__", other)
            type.__setattr__(cls, "__ctype_le__", cls)
            type.__setattr__(other, "__ctype_be__", other)
            type.__setattr__(other, "__ctype_le__", cls)
        return cls

    def __init__(cls, *args, **kwargs):
        pass

    def _is_plain(cls):
        """Whether a field of this class shows as a Python value."""
        return cls.__base__ is _SimpleCData

    def _get_value(cls, content, address):
        if "_swapped" in cls.__dict__:
            content = content[::-1]
        return from_memory(cls._type_, content, address)

    def _set_value(cls, value):
        content, kept = to_memory(cls._type_, value)
        if "_swapped" in cls.__dict__:
            content = content[::-1]
        return content, kept

    def from_param(cls, value, /):
        if isinstance(value, cls):
            return value
        code = cls._type_
        found = _pointer_param(cls, code, value) if code in "zZP" else None
        if found is not None:
            return found
        if code == "O":
            return Argument("O", id(value), value)
        if code not in "zZP":
            try:
                content, kept = cls._set_value(value)
                return Argument(code, from_memory(code, content, 0), kept)
            except TypeError:
                inner = getattr(value, "_as_parameter_", None)
                if inner is not None:
                    return cls.from_param(inner)
                if sys.version_info < (3, 12):
                    raise TypeError("wrong type") from None
                raise
        inner = getattr(value, "_as_parameter_", None)
        if inner is not None:
            return cls.from_param(inner)
        if sys.version_info < (3, 13):
            raise TypeError("wrong type")
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as ctypes.{cls.__name__}")


def _pointer_param(cls, code, value):
    """What a pointer's `from_param` accepts besides its own kind."""
    from _ctypes._array import Array
    from _ctypes._pointer import _Pointer
    from _ctypes._function import CFuncPtr
    if value is None:
        return None if code != "P" else Argument("P", 0, None)
    wanted = {"z": bytes, "Z": str}.get(code, (bytes, str))
    if isinstance(value, wanted):
        kind = "z" if isinstance(value, bytes) else "Z"
        content, kept = to_memory(kind, value)
        return Argument(kind, int.from_bytes(content, "little"), kept)
    if code == "P" and isinstance(value, int):
        return Argument("P", value, None)
    if isinstance(value, Array) and (code == "P" or getattr(value._type_, "_type_", "") == {"z": "c", "Z": "u"}[code]):
        return Argument("P", place(value)[0], value)
    if isinstance(value, _Pointer) and (code == "P" or getattr(value._type_, "_type_", "") == {"z": "c", "Z": "u"}[code]):
        return Argument("P", int.from_bytes(read(place(value)[0], 8), "little"), value)
    if isinstance(value, Argument) and value.tag == "P":
        return value
    if code == "P" and isinstance(value, CFuncPtr):
        return Argument("P", int.from_bytes(read(place(value)[0], 8), "little"), value)
    if code == "P" and isinstance(value, _SimpleCData) and value._type_ in "zZP":
        return Argument(value._type_, int.from_bytes(read(place(value)[0], 8), "little"), value)
    return None


class _SimpleCData(_CData, metaclass=PyCSimpleType):
    """A number, a character, a pointer, a reference."""

    __module__ = "_ctypes"
    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        info = info_of(cls)
        if info is None:
            raise TypeError("abstract class")
        return make(cls, info.size)

    def __init__(self, *args):
        if len(args) > 1:
            raise TypeError(f"__init__ expected at most 1 argument, got {len(args)}")
        if args:
            _set(self, args[0])

    def __bool__(self):
        address, size = place(self)
        return any(read(address, size))

    def __repr__(self):
        cls = type(self)
        if cls.__base__ is not _SimpleCData:
            return f"<{cls.__name__} object at {id(self):#x}>"
        return f"{cls.__name__}({self.value!r})"

    @property
    def value(self):
        """current value"""
        address, size = place(self)
        return type(self)._get_value(read(address, size), address)

    @value.setter
    def value(self, value):
        _set(self, value)

    @value.deleter
    def value(self):
        raise TypeError("can't delete attribute")

    def __ctypes_from_outparam__(self):
        return self.value if type(self)._is_plain() else self


def _set(data, value):
    content, kept = type(data)._set_value(value)
    write(place(data)[0], content)
    keep(data, kept)
