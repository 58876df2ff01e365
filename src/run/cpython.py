"""Runs the pieces of a session one after another in one `__main__`, and notes what a page says of them.

Its arguments are two files: what to run, and where to write what became of it, both JSON. It prints to descriptor 1,
as every process that it starts does, so that the whole of the output is in order.
"""

import ast
import builtins
import io
import json
import os
import sys
import traceback

VALUE = "<value>"
RAISED = "<raised>"


class Noted(io.TextIOBase):
    """`sys.stdout`: every piece of text goes out at once, and where it came from is noted."""

    encoding = "utf-8"
    errors = "strict"
    name = "<stdout>"
    mode = "w"

    def __init__(self, piece):
        self.piece = piece
        self.parts = []

    def fileno(self):
        return 1

    def writable(self):
        return True

    def write(self, text):
        innermost = outermost = None
        frame = sys._getframe(1)
        while frame:
            if frame.f_code.co_filename == self.piece["path"]:
                innermost = innermost or frame.f_lineno
                outermost = frame.f_lineno
            frame = frame.f_back
        data = text.encode("utf-8", "backslashreplace")
        start = os.lseek(1, 0, os.SEEK_END)
        view = memoryview(data)
        while view:
            view = view[os.write(1, view):]
        self.parts.append([innermost, outermost, start, start + len(data)])
        return len(text)


class Watched(ast.NodeTransformer):
    """Statements whose value is wanted hand it over; those whose exception is wanted, that."""

    def __init__(self, piece):
        self.values = set(piece["values"])
        self.raises = set(piece["raises"])

    def visit(self, node):
        node = self.generic_visit(node)
        if not isinstance(node, ast.stmt):
            return node
        statement = node
        if node.lineno in self.values:
            if isinstance(node, ast.Expr):
                node.value = self.handed(VALUE, node.lineno, node.value)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value:
                node.value = self.handed(VALUE, node.lineno, node.value)
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                name = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
                statement = [node, self.placed(ast.Expr(self.handed(VALUE, node.lineno, name)), node)]
        if node.lineno in self.raises and not isinstance(node, (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)):
            told = self.placed(ast.Expr(self.handed(RAISED, node.lineno, None)), node)
            again = self.placed(ast.Raise(None, None), node)
            handler = self.placed(ast.ExceptHandler(None, None, [told, again]), node)
            body = statement if isinstance(statement, list) else [statement]
            statement = self.placed(ast.Try(body, [handler], [], []), node)
        return statement

    def handed(self, name, line, value):
        like = value if value is not None else ast.Constant(None, lineno=line, col_offset=0)
        arguments = [ast.Constant(line)] + ([value] if value is not None else [])
        call = ast.Call(ast.Name(name, ast.Load()), arguments, [])
        for node in (call, call.func, arguments[0]):
            ast.copy_location(node, like)
        return call

    @staticmethod
    def placed(node, like):
        return ast.copy_location(node, like)


def type_name(kind):
    module = kind.__module__
    return kind.__qualname__ if module in ("builtins", "__main__") else f"{module}.{kind.__qualname__}"


def text_of(value, how):
    try:
        return how(value)
    except Exception:
        return None


def ended(error, path):
    """What a page says of the exception that ended a piece."""
    line = None
    step = error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename == path:
            line = step.tb_lineno
        step = step.tb_next
    if isinstance(error, SyntaxError) and error.filename == path:
        line = error.lineno
    return {
        "type_name": type_name(type(error)),
        "bases": [kind.__name__ for kind in type(error).__mro__],
        "message": text_of(error, str) or "",
        "line": line,
        "traceback": "".join(traceback.format_exception(type(error), error, error.__traceback__)),
    }


def execute(piece, module):
    values, raised = [], []

    def value(line, it):
        text = text_of(it, repr)
        if text is not None:
            values.append([line, text])
        return it

    def left(line):
        error = sys.exc_info()[1]
        raised.append([line, type_name(type(error)), text_of(error, str) or ""])

    builtins.__dict__.update({VALUE: value, RAISED: left})
    out = sys.stdout = Noted(piece)
    exit_code, exception = 0, None
    try:
        tree = compile(piece["text"], piece["path"], "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        if piece["values"] or piece["raises"]:
            tree = ast.fix_missing_locations(Watched(piece).visit(tree))
        exec(compile(tree, piece["path"], "exec", dont_inherit=True), module.__dict__)
    except SystemExit as error:
        exit_code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException as error:
        # The first frame is this one.
        error.__traceback__ = error.__traceback__.tb_next if error.__traceback__ else None
        exit_code, exception = 1, ended(error, piece["path"])
        sys.stderr.write(exception["traceback"])
    sys.stderr.flush()
    return {
        "values": values, "raised": raised, "printed": out.parts, "exit_code": exit_code, "exception": exception,
        "out": os.lseek(1, 0, os.SEEK_END), "err": os.lseek(2, 0, os.SEEK_END),
    }


def main(job, answer):
    with open(job, encoding="utf-8") as file:
        pieces = json.load(file)
    module = type(sys)("__main__")
    module.__builtins__ = builtins
    sys.modules["__main__"] = module
    sys.path[0] = os.getcwd()
    results = []
    for piece in pieces:
        sys.argv[:] = [piece["path"]]
        module.__file__ = piece["path"]
        results.append(execute(piece, module))
        # What ran is known, whatever the next piece does to the process.
        with open(answer, "w", encoding="utf-8") as file:
            json.dump(results, file)


main(*sys.argv[1:3])
