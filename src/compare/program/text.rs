//! Operators, methods and formats on plain values: what they give, and what they say where they do not fit.

use super::writer::{Kind, Writer};

const PLAIN: [&str; 30] = [
    "0",
    "1",
    "-1",
    "255",
    "257",
    "10**10",
    "2**64",
    "-2**31",
    "0.5",
    "-1.5",
    "1e20",
    "7.0",
    "''",
    "'abc'",
    "'기억'",
    "'a b'",
    "'A-b_c'",
    "b''",
    "b'abc'",
    "None",
    "True",
    "1j",
    "[1, 'a']",
    "(2, None)",
    "{'a': 1}",
    "{1, 2}",
    "range(4)",
    "[]",
    "[3, 1, 2]",
    "slice(1, 3)",
];

const METHODS: [&str; 46] = [
    "append",
    "extend",
    "insert",
    "pop",
    "remove",
    "index",
    "count",
    "sort",
    "reverse",
    "copy",
    "clear",
    "get",
    "popitem",
    "setdefault",
    "update",
    "keys",
    "items",
    "upper",
    "title",
    "split",
    "partition",
    "replace",
    "find",
    "startswith",
    "strip",
    "join",
    "zfill",
    "center",
    "encode",
    "isdigit",
    "isidentifier",
    "casefold",
    "splitlines",
    "removeprefix",
    "add",
    "discard",
    "union",
    "issubset",
    "bit_length",
    "as_integer_ratio",
    "hex",
    "is_integer",
    "decode",
    "__len__",
    "__contains__",
    "__repr__",
];

const OPERATORS: [&str; 22] = [
    "+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>", "<", "<=", "==", "!=",
    "is not", "in", "not in", "and", "or",
];

const FUNCTIONS: [&str; 34] = [
    "len",
    "sum",
    "min",
    "max",
    "sorted",
    "list",
    "tuple",
    "set",
    "dict",
    "str",
    "repr",
    "ascii",
    "int",
    "float",
    "bool",
    "bytes",
    "abs",
    "round",
    "all",
    "any",
    "callable",
    "ord",
    "chr",
    "hex",
    "bin",
    "frozenset",
    "complex",
    "bytearray",
    "reversed",
    "enumerate",
    "iter",
    "hash",
    "memoryview",
    "zip",
];

const FORMATS: [&str; 22] = [
    "", "d", "x", "#x", "08b", ",", "_", "e", ".3f", "g", "%", "+", "<10", ">10", "^10", "*^12",
    "s", "c", "n", "=+8", ".0f", "_x",
];

fn plain(writer: &mut Writer) -> String {
    if writer.chance(10) {
        return writer.of(&[Kind::Text, Kind::Number, Kind::Fixed]);
    }
    writer.one(&PLAIN).to_owned()
}

/// One operation, and what it gives.
pub fn operation(writer: &mut Writer) {
    let (left, right) = (plain(writer), plain(writer));
    let statement = match writer.between(0, 9) {
        0..=2 => {
            let method = writer.one(&METHODS);
            let arguments = match writer.between(0, 3) {
                0 | 1 => String::new(),
                2 => right,
                _ => format!("{right}, {}", plain(writer)),
            };
            format!(
                "v = {left}\nx = v.{method}({arguments})\nprint(repr(x)[:200], repr(v)[:200], sys.getsizeof(x))"
            )
        }
        3 | 4 => {
            let operator = writer.one(&OPERATORS);
            format!(
                "v, w = {left}, {right}\nx = v {operator} w\nprint(repr(x)[:200], type(x).__name__)"
            )
        }
        5 => format!("v = {left}\nprint(v[{right}])"),
        6 => {
            let function = writer.one(&FUNCTIONS);
            format!("x = {function}({left})\nprint(repr(x)[:60], sys.getsizeof(x))")
        }
        7 => {
            let format = writer.one(&FORMATS);
            format!("v = {left}\nprint(f'{{v:{format}}}|')")
        }
        8 => {
            let letter = writer.one(&[
                "s", "r", "d", "x", "f", ".2f", "5s", "-5s", "05d", "e", "c", "a",
            ]);
            format!("print('%{letter}' % {left})")
        }
        _ => format!("first, *rest = {left}\nprint(first, rest)"),
    };
    writer.say(&statement);
}
