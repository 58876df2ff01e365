"""Processes of a program that cannot start any: the names are there, and whoever uses them is told."""

__all__ = ["Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run",
           "CalledProcessError", "DEVNULL", "SubprocessError", "TimeoutExpired", "CompletedProcess"]

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode, self.cmd, self.output, self.stderr = returncode, cmd, output, stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            import signal
            try:
                return f"Command '{self.cmd}' died with {signal.Signals(-self.returncode)!r}."
            except ValueError:
                return f"Command '{self.cmd}' died with unknown signal {-self.returncode}."
        return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd, self.timeout, self.output, self.stderr = cmd, timeout, output, stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"


class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr

    def __repr__(self):
        parts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        parts += [f"{name}={value!r}" for name in ("stdout", "stderr") if (value := getattr(self, name)) is not None]
        return f"{type(self).__name__}({', '.join(parts)})"

    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


class Popen:
    def __init__(self, args, *arguments, **keywords):
        raise OSError(38, "Function not implemented: programs run here without other processes")


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    return Popen(*popenargs, **kwargs)


def call(*popenargs, timeout=None, **kwargs):
    return Popen(*popenargs, **kwargs)


def check_call(*popenargs, **kwargs):
    return Popen(*popenargs, **kwargs)


def check_output(*popenargs, timeout=None, **kwargs):
    return Popen(*popenargs, **kwargs)


def getstatusoutput(cmd, *, encoding=None, errors=None):
    return Popen(cmd, shell=True)


def getoutput(cmd, *, encoding=None, errors=None):
    return Popen(cmd, shell=True)
