"""`sys.tracebacklimit` keeps the last entries; below one there are none, and no title."""
import sys


def inner():
    return {}["missing"]


def outer():
    return inner()


for limit in (1, 2, 0, -1, 1000, 10**30):
    sys.tracebacklimit = limit
    try:
        outer()
    except KeyError:
        sys.excepthook(*sys.exc_info())
