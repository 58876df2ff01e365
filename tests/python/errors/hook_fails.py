"""An error in `sys.excepthook` is shown before the one it was called for."""
import sys


def hook(kind, value, trace):
    return {}[kind.__name__]


sys.excepthook = hook
"".join([1])
