"""Files that stand beside the modules of a program's packages."""

import importlib
import os
import pathlib
import types


def _folder(anchor):
    module = anchor if isinstance(anchor, types.ModuleType) else importlib.import_module(anchor)
    return pathlib.Path(os.path.dirname(module.__file__))


def files(anchor):
    """The folder of a package, to go on from with `/`."""
    return _folder(anchor)


def open_binary(anchor, *names):
    return open(_folder(anchor).joinpath(*names), "rb")


def open_text(anchor, *names, encoding="utf-8", errors="strict"):
    return open(_folder(anchor).joinpath(*names), encoding=encoding, errors=errors)


def read_binary(anchor, *names):
    return _folder(anchor).joinpath(*names).read_bytes()


def read_text(anchor, *names, encoding="utf-8", errors="strict"):
    return _folder(anchor).joinpath(*names).read_text(encoding, errors)


def is_resource(anchor, *names):
    return _folder(anchor).joinpath(*names).is_file()


def contents(anchor, *names):
    return iter(os.listdir(_folder(anchor).joinpath(*names)))
