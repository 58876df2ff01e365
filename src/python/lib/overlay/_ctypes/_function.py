"""Functions behind addresses. No foreign code can run here: what can be called is what this file and `_api` have."""

import sys
from _cdata import _CData, fill, keep, make, move, object as object_at, place, read, text, write
from _ctypes._data import Argument, CType_Type, Info, info_of
from _ctypes._pointer import _Pointer
from _ctypes._simple import _OLD, _SimpleCData, from_memory, to_memory

# Functions by their addresses, which lie where nothing else does.
_functions = {}
_FIRST = 0x7E0000001000


def _place(function):
    address = _FIRST + 16 * len(_functions)
    _functions[address] = function
    return address


class ArgumentError(Exception):
    """An argument that cannot be converted."""


ArgumentError.__module__ = "ctypes"


class PyCFuncPtrType(CType_Type):
    """The type of function types: what `_flags_`, `_restype_` and `_argtypes_` say."""

    __module__ = "_ctypes"

    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if bases != (_CData,) and not isinstance(getattr(cls, "_flags_", None), int):
            raise TypeError("class must define _flags_ which must be an integer")
        type.__setattr__(cls, "_ctypes_info", Info(8, 8, "X{}"))
        return cls


class CFuncPtr(_CData, metaclass=PyCFuncPtrType):
    """Function Pointer"""

    __module__ = "_ctypes"
    # What an instance knows lies beside it: the fields of CPython's structure.
    _flags_ = 1

    def __new__(cls, *args):
        return make(cls, 8)

    def __init__(self, target=None, paramflags=None, *rest):
        self._set(_restype=getattr(self, "_restype_", None), _argtypes=getattr(self, "_argtypes_", None), _errcheck=None)
        if target is None:
            address = 0
        elif isinstance(target, int):
            address = target
        elif isinstance(target, tuple):
            address = self._find(target)
        elif callable(target):
            address = _place(_Callback(target, self._argtypes, self._restype))
            keep(self, {"0": target})
        else:
            raise TypeError("argument must be callable or integer function address")
        write(place(self)[0], address.to_bytes(8, "little"))

    def _set(self, **fields):
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def _find(self, target):
        name, library = target
        if not isinstance(name, (str, bytes, int)):
            raise TypeError("the _handle attribute of the second argument must be an integer")
        if isinstance(name, int):
            raise AttributeError(f"function ordinal {name} not found")
        name = name.decode() if isinstance(name, bytes) else name
        keep(self, {"0": library})
        return dlsym(library._handle, name)

    @property
    def restype(self):
        """specify the result type"""
        return self._restype

    @restype.setter
    def restype(self, value):
        if value is not None and info_of(value) is None and not callable(value):
            raise TypeError("restype must be a type, a callable, or None")
        self._set(_restype=value)

    @property
    def argtypes(self):
        """specify the argument types"""
        return self._argtypes

    @argtypes.setter
    def argtypes(self, value):
        if value is None:
            self._set(_argtypes=None)
            return
        value = tuple(value)
        for at, kind in enumerate(value, 1):
            if not hasattr(kind, "from_param"):
                raise TypeError(f"item {at} in _argtypes_ has no from_param method")
        self._set(_argtypes=value)

    @property
    def errcheck(self):
        """a function to check for errors"""
        return self._errcheck

    @errcheck.setter
    def errcheck(self, value):
        if not callable(value):
            raise TypeError("the errcheck attribute must be callable")
        self._set(_errcheck=value)

    def __repr__(self):
        return f"<{type(self).__name__} object at {id(self):#x}>"

    def __bool__(self):
        return any(read(place(self)[0], 8))

    def __call__(self, *args, **kwargs):
        address = int.from_bytes(read(place(self)[0], 8), "little")
        function = _functions.get(address)
        if function is None:
            raise OSError(14, f"Bad address: {address:#x} is no function (CPython crashes here: segmentation fault)")
        # What was made of the arguments holds what C sees, until the call is over.
        converted = _converted(args, self._argtypes)
        result = _result(function(*[_plain(value, at + 1) for at, value in enumerate(converted)]), self._restype)
        if self._errcheck is not None:
            result = self._errcheck(result, self, args)
        return result


def _converted(args, argtypes):
    if argtypes is not None and len(args) < len(argtypes):
        raise TypeError(f"this function takes at least {len(argtypes)} argument{'s' * (len(argtypes) != 1)} ({len(args)} given)")
    found = []
    for at, value in enumerate(args):
        if argtypes is None or at >= len(argtypes):
            found.append(_as_argument(value, at + 1))
            continue
        try:
            value = argtypes[at].from_param(value)
        except Exception as error:
            name = type(error) if _OLD else type(error).__name__
            raise ArgumentError(f"argument {at + 1}: {name}: {error}") from None
        found.append(_as_argument(value, at + 1))
    return found


def _as_argument(value, at):
    """Text in an argument that keeps it; all else as it is."""
    if isinstance(value, (bytes, str)):
        code = "z" if isinstance(value, bytes) else "Z"
        content, kept = to_memory(code, value)
        return Argument(code, int.from_bytes(content, "little"), kept)
    if not isinstance(value, (Argument, _CData, int)) and hasattr(value, "_as_parameter_"):
        return _as_argument(value._as_parameter_, at)
    return value


def _plain(value, at):
    """What C would get: an int, a float, an object."""
    if isinstance(value, Argument):
        return value._obj if value.tag == "O" else value.value
    if isinstance(value, _SimpleCData):
        code = value._type_
        return value.value if code not in "zZP" else int.from_bytes(read(place(value)[0], 8), "little")
    if isinstance(value, (_Pointer, CFuncPtr)):
        return int.from_bytes(read(place(value)[0], 8), "little")
    if isinstance(value, _CData):
        return place(value)[0]
    if value is None:
        return 0
    if isinstance(value, int):
        return value
    name = TypeError if _OLD else "TypeError"
    raise ArgumentError(f"argument {at}: {name}: Don't know how to convert parameter {at}")


def _result(result, restype):
    if restype is None:
        return None
    if not isinstance(restype, type) or info_of(restype) is None:
        return restype(_signed(result))
    code = getattr(restype, "_type_", None)
    if code == "O":
        if isinstance(result, _Null):
            raise ValueError("PyObject is NULL")
        return result
    if not isinstance(code, str):
        made = restype()
        write(place(made)[0], _word(result).to_bytes(8, "little"))
        return made
    if code in "fdg":
        content = to_memory(code, float(result))[0]
    else:
        content = _word(result).to_bytes(8, "little")[:info_of(restype).size]
    value = restype._get_value(content, 0)
    if restype._is_plain():
        return value
    made = restype()
    write(place(made)[0], content)
    return made


class _Null:
    """A `NULL` that stands for an object."""


def _word(value):
    if value is None:
        return 0
    if not isinstance(value, (int, float)):
        return id(value)
    return int(value) & (1 << 64) - 1


def _signed(value):
    word = _word(value) & 0xFFFFFFFF
    return word - (1 << 32) if word >> 31 else word


class _Callback:
    """A Python function that C could call."""

    def __init__(self, function, argtypes, restype):
        self.function, self.argtypes, self.restype = function, argtypes or (), restype

    def __call__(self, *args):
        values = []
        for kind, value in zip(self.argtypes, args):
            code = getattr(kind, "_type_", None)
            if isinstance(code, str) and code in "zZ":
                value = from_memory(code, _word(value).to_bytes(8, "little"), 0)
            elif not isinstance(code, str):
                made = kind()
                write(place(made)[0], _word(value).to_bytes(8, "little"))
                value = made
            values.append(value)
        result = self.function(*values)
        return result.value if isinstance(result, _SimpleCData) else result


def _memmove(target, source, size):
    move(target, source, size)
    return target


def _memset(target, byte, size):
    fill(target, byte & 255, size)
    return target


def _string_at(address, size=-1):
    return text(address, 1) if size < 0 else read(address, size)


def _wstring_at(address, size=-1):
    content = text(address, 4) if size < 0 else read(address, 4 * size)
    return content.decode("utf-32-le")


def _memoryview_at(address, size, readonly):
    from _cdata import at
    view = memoryview(at(_Span, address, size, None))
    return view.toreadonly() if readonly else view


class _Span(_CData):
    """Bytes somewhere."""

    __slots__ = ()


def _cast(address, source, kind):
    if isinstance(kind, type) and info_of(kind) is not None:
        code = getattr(kind, "_type_", None)
        fits = issubclass(kind, (_Pointer, CFuncPtr)) or isinstance(code, str) and code in "sPzUZXO"
    else:
        fits = False
    if not fits:
        shown = kind.__name__ if isinstance(kind, type) else repr(kind)
        raise TypeError(f"cast() argument 2 must be a pointer type, not {shown}")
    made = kind()
    if isinstance(source, _CData):
        kept = dict(source._objects) if isinstance(source._objects, dict) else {}
        kept[id(source)] = source
        keep(made, kept)
    write(place(made)[0], address.to_bytes(8, "little"))
    return made


_memmove_addr, _memset_addr = _place(_memmove), _place(_memset)
_string_at_addr, _wstring_at_addr = _place(_string_at), _place(_wstring_at)
_cast_addr, _memoryview_at_addr = _place(_cast), _place(_memoryview_at)

# Handles of libraries: there is one, the interpreter itself.
_SELF = 0x7E0000000000


def dlopen(name, flag=0, /):
    if name is None:
        return _SELF
    if not isinstance(name, str):
        name = name.decode()
    if ".so" in name and not name.startswith(("libc.", "libm.")) and "/" not in name:
        raise OSError(f"{name}: cannot open shared object file: No such file or directory")
    raise OSError(f"{name}: cannot open shared object file: programs run here without foreign libraries")


_named = {}


def dlsym(handle, name, /):
    if name in _named:
        return _named[name]
    from _ctypes import _api
    function = _api.FUNCTIONS.get(name)
    if function is None:
        raise AttributeError(f"{sys.executable or 'python'}: undefined symbol: {name}")
    _named[name] = _place(function)
    return _named[name]


def symbol_data(library, name, size):
    """Where a variable of the interpreter lies: memory of its own, of zeros."""
    if not name.startswith(("Py", "_Py")):
        raise ValueError(f"{sys.executable or 'python'}: undefined symbol: {name}")
    data = _variables.get(name)
    if data is None or place(data)[1] < size:
        data = _variables[name] = make(_Span, max(size, 8))
    return place(data)[0]


_variables = {}


def call_function(address, arguments, /):
    converted = _converted(arguments, None)
    return _signed(_functions[address](*[_plain(value, at + 1) for at, value in enumerate(converted)]))
