"""Loaders of files, and the heads of compiled ones: nothing here reads compiled code."""

import _imp
import sys

from importlib._bootstrap import NamespaceLoader, PathFinder, SourceFileLoader, spec_from_file_location
from importlib.machinery import (BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, SOURCE_SUFFIXES, ExtensionFileLoader,
                                 FileFinder, SourcelessFileLoader)
from importlib.util import MAGIC_NUMBER, cache_from_source, decode_source


def _pack_uint32(number):
    return (int(number) & 0xFFFFFFFF).to_bytes(4, "little")


def _code_to_timestamp_pyc(code, mtime=0, source_size=0):
    return bytearray(MAGIC_NUMBER + _pack_uint32(0) + _pack_uint32(mtime) + _pack_uint32(source_size))


def _code_to_hash_pyc(code, source_hash, checked=True):
    return bytearray(MAGIC_NUMBER + _pack_uint32(1 | checked << 1) + source_hash)


def _calc_mode(path):
    import os
    try:
        return os.stat(path).st_mode | 0o200
    except OSError:
        return 0o666 | 0o200


def _write_atomic(path, data, mode=0o666):
    import os
    temporary = f"{path}.{id(path)}"
    with open(temporary, "wb") as file:
        file.write(data)
    os.chmod(temporary, mode & 0o666)
    os.replace(temporary, path)
