"""Importing modules by name. The machine finds them itself; what it knows of a module is told here."""

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

import sys

from importlib import _bootstrap

__import__ = __import__
_RELOADING = {}


def invalidate_caches():
    """Asks the finders on sys.meta_path to forget what they know."""
    for finder in sys.meta_path:
        if hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()


def import_module(name, package=None):
    """Imports a module; a relative name needs the package that it is relative to."""
    level = len(name) - len(name.lstrip("."))
    if level:
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        name = _bootstrap._resolve_name(name[level:], package, level)
    __import__(name)
    return sys.modules[name]


def reload(module):
    """Runs the code of a module once more, in the same namespace."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError("reload() argument must be a module") from None
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    if name in _RELOADING:
        return _RELOADING[name]
    _RELOADING[name] = module
    try:
        spec = module.__spec__ = _bootstrap._find_spec(name, None)
        if spec is None:
            raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
        spec.loader.exec_module(module)
        return sys.modules[name]
    finally:
        del _RELOADING[name]
