"""The functions of Python's C API that can be called through `ctypes.pythonapi`."""

import sys
from _cdata import object as object_at, read, release, retain, text


def _object(value):
    """An argument that C takes as `PyObject *`: an object, or its address."""
    return object_at(value) if isinstance(value, int) and value > 0xFFFF_FFFF else value


def _takes_object(function):
    return lambda first, *rest: function(_object(first), *rest)


def _incref(value):
    if value != 0:
        retain(_object(value))


def _decref(value):
    if value != 0:
        release(_object(value))


def _set_async_exception(thread, exception):
    import threading
    known = thread in {one.ident for one in threading.enumerate()}
    if known and thread == threading.get_ident() and isinstance(exception, type):
        raise exception
    return int(known)


def _name(address):
    return text(address, 1).decode()


def _set_item(target, index, value):
    target[index] = value
    return 0


def _set_attribute(target, name, value):
    setattr(target, _name(name), value)
    return 0


def _append(target, value):
    target.append(value)
    return 0


def _raise(kind, message):
    raise kind(_name(message))


FUNCTIONS = {
    "Py_IncRef": _incref,
    "Py_DecRef": _decref,
    "Py_GetVersion": lambda: _text(sys.version),
    "Py_GetPlatform": lambda: _text(sys.platform),
    "Py_GetCopyright": lambda: _text(sys.copyright),
    "Py_IsInitialized": lambda: 1,
    "PyGILState_Check": lambda: 1,
    "PyGILState_Ensure": lambda: 0,
    "PyGILState_Release": lambda state: 0,
    "PyThreadState_SetAsyncExc": _set_async_exception,
    "PyObject_Repr": _takes_object(repr),
    "PyObject_Str": _takes_object(str),
    "PyObject_ASCII": _takes_object(ascii),
    "PyObject_Hash": _takes_object(hash),
    "PyObject_Size": _takes_object(len),
    "PyObject_Length": _takes_object(len),
    "PyObject_Type": _takes_object(type),
    "PyObject_Dir": _takes_object(dir),
    "PyObject_IsTrue": _takes_object(lambda value: int(bool(value))),
    "PyObject_GetIter": _takes_object(iter),
    "PyObject_GetAttr": _takes_object(getattr),
    "PyObject_GetAttrString": _takes_object(lambda value, name: getattr(value, _name(name))),
    "PyObject_SetAttrString": _takes_object(_set_attribute),
    "PyObject_HasAttrString": _takes_object(lambda value, name: int(hasattr(value, _name(name)))),
    "PyObject_GetItem": _takes_object(lambda value, key: value[key]),
    "PyObject_SetItem": _takes_object(_set_item),
    "PyObject_CallObject": _takes_object(lambda function, args: function(*(args or ()))),
    "PyObject_IsInstance": _takes_object(lambda value, kind: int(isinstance(value, kind))),
    "PyCallable_Check": _takes_object(lambda value: int(callable(value))),
    "PyNumber_Add": _takes_object(lambda left, right: left + right),
    "PyNumber_Subtract": _takes_object(lambda left, right: left - right),
    "PyNumber_Multiply": _takes_object(lambda left, right: left * right),
    "PyLong_FromLong": int,
    "PyLong_FromVoidPtr": int,
    "PyLong_AsLong": _takes_object(int),
    "PyLong_AsVoidPtr": _takes_object(int),
    "PyFloat_FromDouble": float,
    "PyFloat_AsDouble": _takes_object(float),
    "PyBytes_FromStringAndSize": lambda address, size: read(address, size) if address else bytes(size),
    "PyBytes_Size": _takes_object(len),
    "PyUnicode_FromString": _name,
    "PyUnicode_FromStringAndSize": lambda address, size: read(address, size).decode(),
    "PyUnicode_GetLength": _takes_object(len),
    "PyList_New": lambda size: [None] * size,
    "PyList_Size": _takes_object(len),
    "PyList_Append": _takes_object(_append),
    "PyList_GetItem": _takes_object(lambda items, index: items[index]),
    "PyTuple_Size": _takes_object(len),
    "PyTuple_GetItem": _takes_object(lambda items, index: items[index]),
    "PyDict_New": dict,
    "PyDict_Size": _takes_object(len),
    "PyDict_GetItem": _takes_object(lambda mapping, key: mapping.get(key)),
    "PyDict_SetItem": _takes_object(_set_item),
    "PyErr_SetString": _raise,
    "PyErr_Occurred": lambda: 0,
    "PyErr_Clear": lambda: None,
    "PyGC_Collect": lambda: __import__("gc").collect(),
    "PyRun_SimpleString": lambda code: exec(_name(code), sys.modules["__main__"].__dict__) or 0,
    "PyFrame_LocalsToFast": lambda frame, clear: None,
    "PyMem_Malloc": lambda size: _allocate(size),
    "PyMem_Free": lambda address: _blocks.pop(address, None) and None,
    "PyObject_Malloc": lambda size: _allocate(size),
    "PyObject_Free": lambda address: _blocks.pop(address, None) and None,
}

# Memory and text that C code handed out.
_blocks = {}


def _allocate(size):
    from _cdata import buffer
    block = bytearray(max(size, 1))
    address = buffer(block)[0]
    _blocks[address] = block
    return address


def _text(value):
    address = _allocate(len(value.encode()) + 1)
    _blocks[address][:-1] = value.encode()
    return address
