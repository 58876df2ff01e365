"""Suffixes, specs, finders and loaders."""

from importlib._bootstrap import (BuiltinImporter, FrozenImporter, ModuleSpec, NamespaceLoader, PathFinder,
                                  SourceFileLoader, spec_from_file_location)

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = [".pyc"]
EXTENSION_SUFFIXES = [".cpython-313-x86_64-linux-gnu.so", ".abi3.so", ".so"]


class ExtensionFileLoader:
    """Modules from shared libraries, of which there are none."""


class SourcelessFileLoader(SourceFileLoader):
    """Modules from compiled files, of which there are none."""



class FileFinder:
    """Finds modules in a folder."""

    def __init__(self, path, *loader_details):
        self.path = path or "."

    def __repr__(self):
        return f"FileFinder({self.path!r})"

    def find_spec(self, fullname, target=None):
        import os
        base = os.path.join(self.path, fullname.rpartition(".")[2])
        for place in (os.path.join(base, "__init__.py"), base + ".py"):
            if os.path.isfile(place):
                return spec_from_file_location(fullname, os.path.abspath(place))
        return None

    @classmethod
    def path_hook(cls, *loader_details):
        def path_hook_for_FileFinder(path):
            import os
            if not os.path.isdir(path):
                raise ImportError("only directories are supported", path=path)
            return cls(path, *loader_details)

        return path_hook_for_FileFinder

    def invalidate_caches(self):
        pass


def all_suffixes():
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
