"""Suffixes, specs, finders and loaders."""

from importlib._bootstrap import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder, SourceFileLoader

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = [".pyc"]
EXTENSION_SUFFIXES = [".cpython-313-x86_64-linux-gnu.so", ".abi3.so", ".so"]


class ExtensionFileLoader:
    """Modules from shared libraries, of which there are none."""


class SourcelessFileLoader(SourceFileLoader):
    """Modules from compiled files, of which there are none."""



class FileFinder:
    """Finds modules in a folder; there are no folders."""

    def __init__(self, path, *loader_details):
        self.path = path

    def find_spec(self, fullname, target=None):
        return None

    def invalidate_caches(self):
        pass


def all_suffixes():
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
