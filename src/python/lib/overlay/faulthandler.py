"""What a crash would print. Nothing crashes here, so that it is only on or off."""

_on = False


def enable(file=None, all_threads=True, c_stack=True):
    global _on
    _on = True


def disable():
    global _on
    was, _on = _on, False
    return was


def is_enabled():
    return _on


def dump_traceback(file=None, all_threads=True):
    import sys
    file = file if file is not None else sys.stderr
    file.write("Current thread 0x00007f0000001000 (most recent call first):\n")
    frame = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        file.write(f'  File "{code.co_filename}", line {frame.f_lineno} in {code.co_name}\n')
        frame = frame.f_back


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    if timeout <= 0:
        raise ValueError("timeout must be greater than 0")


def cancel_dump_traceback_later():
    pass


def register(signum, file=None, all_threads=True, chain=False):
    pass


def unregister(signum):
    return False
