"""An error of the program's own class, with its module up to 3.10, where the interpreter itself tells it."""
import io
import sys


class OwnError(Exception):
    pass


class Dying:
    def __del__(self):
        raise OwnError("in __del__")


told = sys.stderr
sys.stderr = io.StringIO()
Dying()
try:
    raise OwnError("uncaught")
except OwnError:
    sys.excepthook(*sys.exc_info())
text, sys.stderr = sys.stderr.getvalue(), told
print([line for line in text.splitlines() if "OwnError:" in line])  # expect: ['OwnError: in __del__', 'OwnError: uncaught']
