"""Without `sys.excepthook` the exception is shown all the same."""
import sys

del sys.excepthook
[].pop()
