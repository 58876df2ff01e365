"""Specs and loaders: what a module says about where it comes from."""

import _imp
import sys


class ModuleSpec:
    """The name of a module, who loads it, and where it comes from."""

    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self._uninitialized_submodules = []
        self._set_fileattr = False
        self._cached = None

    def __repr__(self):
        parts = [f"name={self.name!r}", f"loader={self.loader!r}"]
        if self.origin is not None:
            parts.append(f"origin={self.origin!r}")
        if self.submodule_search_locations is not None:
            parts.append(f"submodule_search_locations={self.submodule_search_locations}")
        return f"{self.__class__.__name__}({', '.join(parts)})"

    def __eq__(self, other):
        try:
            return (self.name, self.loader, self.origin, self.submodule_search_locations == other.submodule_search_locations,
                    self.has_location) == (other.name, other.loader, other.origin, True, other.has_location)
        except AttributeError:
            return NotImplemented

    @property
    def cached(self):
        return self._cached

    @cached.setter
    def cached(self, cached):
        self._cached = cached

    @property
    def parent(self):
        return self.name.rpartition(".")[0] if self.submodule_search_locations is None else self.name

    @property
    def has_location(self):
        return self._set_fileattr

    @has_location.setter
    def has_location(self, value):
        self._set_fileattr = bool(value)


ModuleSpec.__module__ = "_frozen_importlib"


class BuiltinImporter:
    """Modules that are part of the machine."""

    _ORIGIN = "built-in"

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if _imp.is_builtin(fullname):
            return ModuleSpec(fullname, cls, origin=cls._ORIGIN)
        return None

    @staticmethod
    def create_module(spec):
        return _imp.create_builtin(spec)

    @staticmethod
    def exec_module(module):
        pass

    @classmethod
    def get_code(cls, fullname):
        return None

    @classmethod
    def get_source(cls, fullname):
        return None

    @classmethod
    def is_package(cls, fullname):
        return False


BuiltinImporter.__module__ = "_frozen_importlib"


class FrozenImporter:
    """Modules whose code is part of the machine: there are none."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        return None


FrozenImporter.__module__ = "_frozen_importlib"


class SourceFileLoader:
    """Modules of the library."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.get_code(module.__name__), module.__dict__)

    def get_filename(self, name=None):
        return self.path

    def get_source(self, fullname=None):
        source = _imp._source(self.path)
        if source is None:
            return self.get_data(self.path).decode()
        return source

    def get_data(self, path):
        source = _imp._source(path)
        if source is None:
            with open(path, "rb") as file:
                return file.read()
        return source.encode()

    def get_code(self, fullname):
        return compile(self.get_source(fullname), self.path, "exec", dont_inherit=True)

    def source_to_code(self, data, path, *, _optimize=-1):
        return compile(data, path, "exec", dont_inherit=True, optimize=_optimize)

    def path_stats(self, path):
        import os
        stat = os.stat(path)
        return {"mtime": stat.st_mtime, "size": stat.st_size}

    def is_package(self, fullname):
        return self.path.endswith("__init__.py")


SourceFileLoader.__module__ = "_frozen_importlib_external"


class NamespaceLoader:
    """Folders without a file of their own."""

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        pass


NamespaceLoader.__module__ = "_frozen_importlib_external"


class PathFinder:
    """Finds the modules of the library, and those that the program wrote."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        package = sys.modules.get(fullname.rpartition(".")[0]) if path is not None else None
        place = _imp._find(fullname, package)
        if place is None:
            return None
        if place.endswith("/"):
            spec = ModuleSpec(fullname, NamespaceLoader(), is_package=True)
            spec.submodule_search_locations = [place[:-1]]
            return spec
        return spec_from_file_location(fullname, place)

    @classmethod
    def invalidate_caches(cls):
        pass


PathFinder.__module__ = "_frozen_importlib_external"


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    loader = loader or SourceFileLoader(name, location)
    is_package = location.endswith("/__init__.py")
    spec = ModuleSpec(name, loader, origin=location, is_package=is_package)
    spec.has_location = True
    folder, _, file = location.rpartition("/")
    spec.cached = f"{folder}/__pycache__/{file.removesuffix('.py')}.{sys.implementation.cache_tag}.pyc"
    if is_package:
        spec.submodule_search_locations.append(folder)
    if submodule_search_locations is not None:
        spec.submodule_search_locations = submodule_search_locations
    return spec


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    if is_package is None and hasattr(loader, "is_package"):
        try:
            is_package = loader.is_package(name)
        except ImportError:
            is_package = None
    return ModuleSpec(name, loader, origin=origin, is_package=bool(is_package))


def module_from_spec(spec):
    module = None
    if hasattr(spec.loader, "create_module"):
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, "exec_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    if module is None:
        module = type(sys)(spec.name)
    module.__loader__ = spec.loader
    module.__package__ = spec.parent
    module.__spec__ = spec
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
        if spec.cached is not None:
            module.__cached__ = spec.cached
    return module


def _resolve_name(name, package, level):
    bits = package.rsplit(".", level - 1)
    if len(bits) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{bits[0]}.{name}" if name else bits[0]


def _find_spec(name, path, target=None):
    for finder in (*sys.meta_path, BuiltinImporter, PathFinder):
        spec = finder.find_spec(name, path, target)
        if spec is not None:
            return spec
    return None


def _spec_of(name, file, search):
    """The spec of a module that the machine made."""
    if file is None:
        return BuiltinImporter.find_spec(name)
    spec = spec_from_file_location(name, file)
    if search is not None:
        spec.submodule_search_locations = search
    return spec
