"""Writes what CPython makes of Python sources, as `code::dis::listing` writes it.

    python3.13 tests/compiler/record.py FILE.py ...     # FILE.txt beside each
    python3.13 tests/compiler/record.py --out DIR FILE.py ...

Run it with PYTHONHASHSEED=0: the order of `__static_attributes__` is that of a set.
"""

import dis
import pathlib
import struct
import sys
import types


def text(value, quote="'"):
    points = value if isinstance(value, bytes) else map(ord, value)
    out = []
    for point in points:
        if point in (0x27, 0x5C):
            out.append("\\" + chr(point))
        elif 0x20 <= point <= 0x7E:
            out.append(chr(point))
        else:
            out.append("\\u{%x}" % point)
    return quote + "".join(out) + quote


def bits(value):
    return "0x%016x" % struct.unpack("<Q", struct.pack("<d", value))


def constant(value):
    match value:
        case None | True | False:
            return str(value)
        case int():
            return hex(value)
        case float():
            return "float " + bits(value)
        case complex():
            return f"complex {bits(value.real)} {bits(value.imag)}"
        case str():
            return text(value)
        case bytes():
            return "b" + text(value)
        case tuple():
            return "tuple(" + ", ".join(map(constant, value)) + ")"
        case frozenset():
            return "frozenset(" + ", ".join(sorted(map(constant, value))) + ")"
        case types.CodeType():
            return "code " + value.co_qualname
    return "Ellipsis"


def locals_of(code):
    kinds = {}
    for name in code.co_varnames:
        kinds[name] = "l"
    for name in code.co_cellvars:
        kinds[name] = kinds.get(name, "") + "c"
    for name in code.co_freevars:
        kinds[name + " free"] = "f"
    return " ".join(f"{name.split()[0]}:{kind}" for name, kind in kinds.items())


def listing(code, out):
    out.append(f"code {code.co_qualname} {code.co_name} line {code.co_firstlineno}")
    args = f"{code.co_argcount} {code.co_posonlyargcount} {code.co_kwonlyargcount}"
    out.append(f"flags {code.co_flags:#x} args {args} stack {code.co_stacksize}")
    out.append("names " + " ".join(code.co_names))
    out.append("locals " + locals_of(code))
    for index, value in enumerate(code.co_consts):
        out.append(f"const {index} {constant(value)}")
    for instruction in dis.get_instructions(code):
        if instruction.opname == "EXTENDED_ARG":
            continue
        position = instruction.positions
        numbers = position.lineno, position.col_offset, position.end_lineno, position.end_col_offset
        line, column, end_line, end_column = ("-" if n is None else n for n in numbers)
        argument = "" if instruction.arg is None else f" {instruction.arg}"
        place = f"@{line}:{column}-{end_line}:{end_column}"
        out.append(f"{instruction.offset} {instruction.opname}{argument} {place}")
    for entry in dis._parse_exception_table(code):
        out.append(f"except {entry.start} {entry.end} {entry.target} {entry.depth} {int(entry.lasti)}")
    out.append("")
    for value in code.co_consts:
        if isinstance(value, types.CodeType):
            listing(value, out)


def record(path):
    source = pathlib.Path(path).read_bytes()
    try:
        code = compile(source, "<test>", "exec", dont_inherit=True)
    except SyntaxError as error:
        place = f"{error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset}"
        return f"{type(error).__name__} {place} {error.msg}\n"
    except (RecursionError, MemoryError, ValueError) as error:
        return f"{type(error).__name__} {error}\n"
    out = []
    listing(code, out)
    return "\n".join(out)


def main(arguments):
    target = None
    if arguments[:1] == ["--out"]:
        target, arguments = pathlib.Path(arguments[1]), arguments[2:]
    for path in map(pathlib.Path, arguments):
        where = target / (str(path).strip("/").replace("/", "!") + ".txt") if target else path.with_suffix(".txt")
        where.write_text(record(path), encoding="utf-8", errors="surrogatepass")


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    main(sys.argv[1:])
