"""What the interpreter was built with: a release for 64-bit Linux."""

import sys

_version = "%d.%d" % sys.version_info[:2]
build_time_vars = {
    "ABIFLAGS": "",
    "AR": "ar",
    "BINDIR": "/usr/local/bin",
    "CC": "gcc -pthread",
    "CXX": "g++",
    "CFLAGS": "-fno-strict-overflow -Wsign-compare -DNDEBUG -g -O3 -Wall",
    "CONFIG_ARGS": "",
    "EXE": "",
    "EXT_SUFFIX": f".cpython-{_version.replace('.', '')}-x86_64-linux-gnu.so",
    "HOST_GNU_TYPE": "x86_64-pc-linux-gnu",
    "INCLUDEPY": f"/usr/local/include/python{_version}",
    "LDLIBRARY": f"libpython{_version}.a",
    "LDVERSION": _version,
    "LIBDIR": "/usr/local/lib",
    "LIBDEST": f"/usr/local/lib/python{_version}",
    "LIBRARY": f"libpython{_version}.a",
    "MULTIARCH": "x86_64-linux-gnu",
    "OPT": "-DNDEBUG -g -O3 -Wall",
    "PYTHON_FOR_BUILD": "./python -E",
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "SHELL": "/bin/sh -e",
    "SIZEOF_DOUBLE": 8,
    "SIZEOF_INT": 4,
    "SIZEOF_LONG": 8,
    "SIZEOF_LONG_LONG": 8,
    "SIZEOF_SIZE_T": 8,
    "SIZEOF_TIME_T": 8,
    "SIZEOF_VOID_P": 8,
    "SIZEOF_WCHAR_T": 4,
    "TZPATH": "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo",
    "SO": f".cpython-{_version.replace('.', '')}-x86_64-linux-gnu.so",
    "SOABI": f"cpython-{_version.replace('.', '')}-x86_64-linux-gnu",
    "VERSION": _version,
    "WITH_DOC_STRINGS": 1,
    "WITH_PYMALLOC": 1,
    "exec_prefix": "/usr/local",
    "prefix": "/usr/local",
}
if sys.version_info >= (3, 13):
    build_time_vars["Py_GIL_DISABLED"] = 0
