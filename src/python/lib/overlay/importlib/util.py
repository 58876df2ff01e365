"""Specs by name, and modules from them."""

import sys

from importlib._bootstrap import (ModuleSpec, _find_spec, _resolve_name, module_from_spec, spec_from_file_location,
                                  spec_from_loader)

MAGIC_NUMBER = (3571).to_bytes(2, "little") + b"\r\n"


def resolve_name(name, package):
    """An absolute name from a relative one."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    level = len(name) - len(name.lstrip("."))
    return _resolve_name(name[level:], package, level)


def find_spec(name, package=None):
    """The spec of a module, found without importing it; its packages are imported."""
    full = resolve_name(name, package)
    if full in sys.modules:
        module = sys.modules[full]
        if module is None:
            return None
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError(f"{name}.__spec__ is not set") from None
        if spec is None:
            raise ValueError(f"{name}.__spec__ is None")
        return spec
    parent = full.rpartition(".")[0]
    if not parent:
        return _find_spec(full, None)
    package = __import__(parent, fromlist=["__path__"])
    try:
        path = package.__path__
    except AttributeError as error:
        raise ModuleNotFoundError(f"__path__ attribute not found on {parent!r} while trying to find {full!r}",
                                  name=full) from error
    return _find_spec(full, path)


def cache_from_source(path, debug_override=None, *, optimization=None):
    folder, _, file = path.rpartition("/")
    tail = f".opt-{optimization}" if optimization else ""
    place = f"__pycache__/{file.rpartition('.')[0]}.{sys.implementation.cache_tag}{tail}.pyc"
    return f"{folder}/{place}" if folder else place


def decode_source(source_bytes):
    import io
    import tokenize
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source_bytes).readline)
    return io.IncrementalNewlineDecoder(None, True).decode(source_bytes.decode(encoding))


def source_from_cache(path):
    import os
    folder, file = os.path.split(os.fspath(path))
    folder, cache = os.path.split(folder)
    if cache != "__pycache__":
        raise ValueError(f"__pycache__ not bottom-level directory in {path!r}")
    parts = file.split(".")
    if len(parts) not in (3, 4):
        raise ValueError(f"expected only 2 or 3 dots in {file!r}")
    if len(parts) == 4 and not parts[2].startswith("opt-"):
        raise ValueError("optimization portion of filename does not start with 'opt-'")
    return os.path.join(folder, parts[0] + ".py")


def source_hash(source_bytes):
    import _imp
    return _imp.source_hash(int.from_bytes(MAGIC_NUMBER, "little"), source_bytes)


class _LazyModule(type(sys)):
    """A module that is loaded when somebody asks for what it has."""

    def __getattribute__(self, name):
        spec = object.__getattribute__(self, "__spec__")
        state = spec.loader_state
        self.__class__ = state["class"]
        before = state["namespace"]
        changed = {key: value for key, value in vars(self).items() if key not in before or before[key] is not value}
        spec.loader.exec_module(self)
        if sys.modules.get(spec.name, self) is not self:
            raise ValueError(f"module object for {spec.name!r} substituted in sys.modules during a lazy load")
        # What was stored in the meantime stays.
        vars(self).update(changed)
        return getattr(self, name)

    def __delattr__(self, name):
        # The module has the attribute only once it is loaded.
        getattr(self, name)
        delattr(self, name)


class LazyLoader:
    """A loader whose modules are loaded by another when somebody asks for what they have."""

    def __init__(self, loader):
        if not hasattr(loader, "exec_module"):
            raise TypeError("loader must define exec_module()")
        self.loader = loader

    @classmethod
    def factory(cls, loader):
        return lambda *args, **keywords: cls(loader(*args, **keywords))

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        module.__spec__.loader_state = {"class": module.__class__, "namespace": vars(module).copy()}
        module.__class__ = _LazyModule
