"""Writes what CPython 3.13.0 says about each program of programs.jsonl into it.

    python3.13 tests/syntax/record.py

A line is an object: the `source` of a program of ours, and the `error` that `compile` raises for it as
[type, message, line, offset, end line, end offset, text], or null.
"""

import json
import pathlib
import sys
import warnings

FILE = pathlib.Path(__file__).with_name("programs.jsonl")


def error(source):
    try:
        compile(source, "<program>", "exec")
    except SyntaxError as e:
        return [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text]
    except Exception as e:
        return [type(e).__name__, str(e)] + [None] * 5
    return None


def main():
    assert sys.version_info[:3] == (3, 13, 0), sys.version
    warnings.simplefilter("ignore")
    rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    for row in rows:
        row["error"] = error(row["source"])
    lines = [json.dumps(row, ensure_ascii=True) + "\n" for row in rows]
    FILE.write_text("".join(lines), "utf-8")


main()
