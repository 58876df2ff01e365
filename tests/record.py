"""Writes what a real CPython prints into the `# expect:` comments of test files.

    python3.13 tests/record.py FILE.py ...

What a top-level statement prints goes behind its last line, further lines below it. Where that can't be told apart (a
mark between the statements would change the output), all of it goes to the end of the file.
"""
import ast
import re
import subprocess
import sys

MARK = "\x01"
# Runs a file with a mark written after every top-level statement; line numbers stay as they are.
MARKED_RUN = f"""
import ast, sys
path = sys.argv[1]
tree = ast.parse(open(path, encoding="utf-8").read())
mark = ast.parse("__import__('sys').stdout.write({MARK!r})").body[0]
tree.body = [node for statement in tree.body for node in (statement, mark)]
while tree.body[1:] and isinstance(tree.body[2], ast.ImportFrom) and tree.body[2].module == "__future__":
    del tree.body[1]
code = compile(tree, path, "exec")
exec(code, {{"__name__": "__main__", "__file__": path, "__builtins__": __builtins__}})
"""


def without_expectations(source):
    lines = [line for line in source.splitlines() if not re.match(r"\s*# expect:", line)]
    return [re.sub(r"\s+# expect:.*$", "", line) for line in lines]


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-s", "-S", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONHASHSEED": "0"},
    )
    return done.stdout


def expectations(text):
    return [f"# expect: {line}".rstrip() for line in text.splitlines()]


def annotated(lines, path):
    plain = run(path)
    pieces = run("-c", MARKED_RUN, path).split(MARK)
    ends = [node.end_lineno for node in ast.parse("\n".join(lines) + "\n").body]
    if "".join(pieces) != plain or len(pieces) != len(ends) + 1:
        return lines + expectations(plain)
    lines = lines + expectations(pieces[-1])
    for end, text in reversed(list(zip(ends, pieces))):
        first, rest = expectations(text)[:1], expectations(text)[1:]
        if first:
            lines[end - 1] += "  " + first[0]
        lines[end:end] = rest
    return lines


def record(path):
    with open(path, encoding="utf-8") as file:
        lines = without_expectations(file.read())
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    lines = annotated(lines, path)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


for name in sys.argv[1:]:
    record(name)
