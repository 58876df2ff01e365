"""Signals of a program to which nobody sends any: handlers can be set and asked for."""

import enum

__all__ = ["Handlers", "SIGABRT", "SIGALRM", "SIGINT", "SIGTERM", "SIG_DFL", "SIG_IGN", "Signals", "alarm",
           "default_int_handler", "getsignal", "raise_signal", "set_wakeup_fd", "signal", "strsignal", "valid_signals"]


class Signals(enum.IntEnum):
    SIGHUP = 1
    SIGINT = 2
    SIGQUIT = 3
    SIGILL = 4
    SIGTRAP = 5
    SIGABRT = 6
    SIGBUS = 7
    SIGFPE = 8
    SIGKILL = 9
    SIGUSR1 = 10
    SIGSEGV = 11
    SIGUSR2 = 12
    SIGPIPE = 13
    SIGALRM = 14
    SIGTERM = 15
    SIGCHLD = 17
    SIGCONT = 18
    SIGSTOP = 19
    SIGTSTP = 20
    SIGWINCH = 28


class Handlers(enum.IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1


globals().update(Signals.__members__)
globals().update(Handlers.__members__)
NSIG = 65


def default_int_handler(signalnum, frame, /):
    raise KeyboardInterrupt


_handlers = {Signals.SIGINT: default_int_handler}


def _signal(number):
    if not 1 <= number < NSIG:
        raise ValueError("signal number out of range")
    return Signals(number) if number in Signals._value2member_map_ else number


def signal(signalnum, handler, /):
    """Sets a handler and gives the one before."""
    number = _signal(signalnum)
    if not callable(handler) and handler not in (0, 1):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if number in (Signals.SIGKILL, Signals.SIGSTOP):
        raise OSError(22, "Invalid argument")
    before = getsignal(number)
    _handlers[number] = handler if callable(handler) else Handlers(handler)
    return before


def getsignal(signalnum, /):
    return _handlers.get(_signal(signalnum), Handlers.SIG_DFL)


def raise_signal(signalnum, /):
    """Runs the handler, as if the signal had come from outside."""
    import sys
    handler = getsignal(signalnum)
    if callable(handler):
        handler(int(signalnum), sys._getframe(1))
    elif handler is Handlers.SIG_DFL and signalnum not in (Signals.SIGCHLD, Signals.SIGCONT, Signals.SIGWINCH):
        raise SystemExit(128 + signalnum)


def alarm(seconds, /):
    return 0


def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    return -1


def valid_signals():
    return {_signal(number) for number in range(1, NSIG) if number not in (32, 33)}


def strsignal(signalnum, /):
    names = {1: "Hangup", 2: "Interrupt", 3: "Quit", 6: "Aborted", 9: "Killed", 11: "Segmentation fault", 14: "Alarm clock",
             15: "Terminated"}
    return names.get(_signal(signalnum))
