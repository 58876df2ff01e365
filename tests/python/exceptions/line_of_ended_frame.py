"""The line of a frame that an exception has left: that of the instruction that raised, whatever cleaned up after it."""

class Quiet:
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return None

def in_with():
    with Quiet():
        1 / 0
        pass

def in_except():
    try:
        1 / 0
    except:
        1 / 0
        pass

def in_named_except():
    try:
        1 / 0
    except Exception as error:
        1 / 0
        pass

def in_finally():
    try:
        1 / 0
    finally:
        1 / 0
        pass

def no_match():
    try:
        1 / 0
    except TypeError:
        pass

def raised_again():
    try:
        1 / 0
    except ZeroDivisionError:
        raise

def through_finally():
    try:
        1 / 0
    finally:
        len('')

for function in in_with, in_except, in_named_except, in_finally, no_match, raised_again, through_finally:
    try:
        function()
    except Exception as error:
        entry = error.__traceback__.tb_next
        first = function.__code__.co_firstlineno
        print(function.__name__, entry.tb_lineno - first, entry.tb_frame.f_lineno - first)
# expect: in_with 2 2
# expect: in_except 4 4
# expect: in_named_except 4 4
# expect: in_finally 4 4
# expect: no_match 2 3
# expect: raised_again 2 4
# expect: through_finally 2 4
