"""Runs the pieces of a session one after another in one `__main__`.

Its arguments are what is done to the heap first, and three for each piece: the name it is compiled under, the file that holds it, and how it is compiled. What
piece N prints goes to out-N.txt and err-N.txt, and the exception that ended it to end-N.txt. Only modules that are loaded
at start-up anyway are used, so that the heap is nearly the one that a file alone would find.
"""

import posix
import sys


def send(descriptor, path):
    opened = posix.open(path, posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC, 0o600)
    posix.dup2(opened, descriptor)
    posix.close(opened)


def told(error):
    name = type(error).__name__
    text = str(error)
    return f"{name}: {text}" if text else name


def execute(name, path, mode, module):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        exec(compile(text, name, mode, dont_inherit=True), module.__dict__)
    except SystemExit:
        return ""
    except BaseException as error:
        # The first frame is this one.
        error.__traceback__ = error.__traceback__.tb_next
        sys.excepthook(type(error), error, error.__traceback__)
        return told(error)
    return ""


def objects():
    """Objects of the types that keep free ones, more than any of them keeps."""
    made = [{}, [], 1.5 * len(sys.argv), (lambda: (yield))(), slice(len(sys.argv)), [].append, send.__get__(1)]
    made += [tuple([None] * size) for size in range(21)]
    return made


def prepare(heap):
    if heap == "drained":
        return [objects() for _ in range(300)]
    if heap == "full":
        _ = [objects() for _ in range(2500)]
    return None


def main(heap, pieces):
    _held = prepare(heap)
    module = type(sys)("__main__")
    sys.modules["__main__"] = module
    for place, (name, path, mode) in enumerate(pieces):
        send(1, f"out-{place}.txt")
        send(2, f"err-{place}.txt")
        sys.argv[:] = [name]
        module.__file__ = name
        end = execute(name, path, mode, module)
        sys.stdout.flush()
        sys.stderr.flush()
        if end:
            with open(f"end-{place}.txt", "w", encoding="utf-8") as file:
                file.write(end)


main(sys.argv[1], list(zip(sys.argv[2::3], sys.argv[3::3], sys.argv[4::3])))
