"""C data types: what `ctypes` is made of. Memory is the machine's own, see `_cdata`."""

import _cdata
from _ctypes._data import _CData, addressof, alignment, byref, get_errno, resize, set_errno, sizeof
from _ctypes._simple import _SimpleCData
from _ctypes._pointer import POINTER, _Pointer, _pointer_type_cache, pointer
from _ctypes._array import Array
from _ctypes._aggregate import CField, Structure, Union, buffer_info
from _ctypes._function import (
    ArgumentError, CFuncPtr, _cast_addr, _memmove_addr, _memoryview_at_addr, _memset_addr, _string_at_addr, _wstring_at_addr,
    call_function, dlopen, dlsym)

__version__ = "1.1.0"
FUNCFLAG_CDECL, FUNCFLAG_PYTHONAPI, FUNCFLAG_USE_ERRNO, FUNCFLAG_USE_LASTERROR = 1, 4, 8, 16
RTLD_LOCAL, RTLD_GLOBAL = 0, 256
SIZEOF_TIME_T = 8
CTYPES_MAX_ARGCOUNT = 1024


def Py_INCREF(object, /):
    _cdata.retain(object)
    return object


def Py_DECREF(object, /):
    _cdata.release(object)
    return object


def PyObj_FromPtr(address, /):
    return _cdata.object(address)
