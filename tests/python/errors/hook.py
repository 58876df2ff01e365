"""A program's own `sys.excepthook` gets the exception that nobody caught."""
import sys


def hook(kind, value, trace):
    print(kind.__name__, value, trace.tb_lineno, trace.tb_next, sys.last_exc is value)  # expect: ZeroDivisionError division by zero 12 None True
    print(sys.last_type is kind, sys.last_value is value, sys.last_traceback is trace)  # expect: True True True
    sys.__excepthook__(kind, value, trace)


sys.excepthook = hook
x = 1 \
    / 0
