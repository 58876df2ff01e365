"""Finds libraries as a Linux has them. None of them can be loaded here."""

_FOUND = {
    "c": "libc.so.6", "m": "libm.so.6", "dl": "libdl.so.2", "pthread": "libpthread.so.0", "rt": "librt.so.1",
    "stdc++": "libstdc++.so.6", "z": "libz.so.1", "crypt": "libcrypt.so.1", "ssl": "libssl.so.3", "crypto": "libcrypto.so.3",
}


def find_library(name):
    return _FOUND.get(name)
