//! Code objects and instructions: what the compiler makes and the virtual machine runs.
//!
//! A [`Code`] here is plain data, free of any interpreter: the compiler returns a tree of them (an inner
//! function's code is a constant of the outer one's), and the machine loads the tree into its memory once.

pub mod dis;
mod old_depth;
pub mod opcode;

pub use old_depth::old_depth;
pub use opcode::{Op, intrinsic1, intrinsic2};

use num_bigint::BigInt;
use std::sync::Arc;

/// One instruction as the machine executes it: an opcode with its whole argument.
///
/// CPython stores 16-bit units with `EXTENDED_ARG` prefixes and inline caches between them; the offsets
/// that `dis` and tracebacks show are computed from this form when asked for. A jump's `arg` is the
/// **index of its target** in [`Code::instructions`], forward or backward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// What to do.
    pub op: Op,
    /// The argument; for a jump, the index of the target instruction.
    pub arg: u32,
}

/// Where an instruction comes from: lines from 1, columns in UTF-8 bytes from 0. A line of 0 means
/// that CPython records no position for it (the `RESUME` of a module is at line 0, with an end line).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// First line.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// Byte column of the start in `line`.
    pub column: u32,
    /// Byte column of the end in `end_line`.
    pub end_column: u32,
}

impl Position {
    /// The column of an instruction for which CPython records only a line.
    pub const NO_COLUMN: u32 = u32::MAX;
}

/// One row of the exception table: instructions `start..end` are guarded by the handler at `target`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExceptionEntry {
    /// First guarded instruction, by index.
    pub start: u32,
    /// One past the last guarded instruction.
    pub end: u32,
    /// The handler's first instruction.
    pub target: u32,
    /// The stack is cut to this depth before the handler runs.
    pub depth: u32,
    /// Whether the index of the raising instruction is pushed below the exception.
    pub lasti: bool,
}

/// A constant as the compiler knows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `True`, `False`
    Bool(bool),
    /// An integer of any size.
    Int(BigInt),
    /// A float; equality of constants is by bits (0.0 and -0.0 are two constants).
    Float(f64),
    /// A complex number: real and imaginary part.
    Complex(f64, f64),
    /// A string as code points; a lone surrogate is possible, so it is not a `String`.
    Str(PyStr),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A tuple of constants.
    Tuple(Vec<Const>),
    /// A frozenset of constants, in the order written: `x in {1, 2}`.
    FrozenSet(Vec<Const>),
    /// The code of an inner function, class body, lambda or generator expression.
    Code(Arc<Code>),
}

/// Python text as the compiler carries it: valid UTF-8, or code points when there are lone surrogates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PyStr {
    /// The usual case.
    Utf8(Box<str>),
    /// Text with lone surrogates, as code points.
    CodePoints(Box<[u32]>),
}

/// The `co_flags` bits. CPython: Include/cpython/code.h.
pub mod flags {
    /// Locals are fast locals.
    pub const OPTIMIZED: u32 = 0x01;
    /// A new local namespace per call.
    pub const NEWLOCALS: u32 = 0x02;
    /// `*args`
    pub const VARARGS: u32 = 0x04;
    /// `**kwargs`
    pub const VARKEYWORDS: u32 = 0x08;
    /// Nested inside another function.
    pub const NESTED: u32 = 0x10;
    /// A generator function.
    pub const GENERATOR: u32 = 0x20;
    /// It has neither cells nor free variables (up to 3.10).
    pub const NOFREE: u32 = 0x40;
    /// A coroutine function.
    pub const COROUTINE: u32 = 0x80;
    /// A generator that `await` accepts.
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    /// An asynchronous generator function.
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// `from __future__ import annotations`
    pub const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
    /// The first constant is the docstring (3.14; kept 0 before).
    pub const HAS_DOCSTRING: u32 = 0x400_0000;
    /// Defined in a class's body.
    pub const METHOD: u32 = 0x800_0000;
}

/// What one slot of the fast locals is. CPython: `_PyLocals_Kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalKind {
    /// A plain local or argument.
    pub local: bool,
    /// A cell of this function (an argument may be both local and cell).
    pub cell: bool,
    /// A free variable, from the closure.
    pub free: bool,
    /// Exists only for an inlined comprehension.
    pub hidden: bool,
}

/// A compiled block of code. The fields are those of CPython 3.13's `PyCodeObject`.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// `co_name`
    pub name: Box<str>,
    /// `co_qualname`
    pub qualname: Box<str>,
    /// `co_filename`
    pub filename: Arc<str>,
    /// `co_firstlineno`
    pub first_line: u32,
    /// `co_flags`, see [`flags`].
    pub flags: u32,
    /// `co_argcount`: positional parameters, with the positional-only ones, without `*args`.
    pub argcount: u32,
    /// `co_posonlyargcount`
    pub posonlyargcount: u32,
    /// `co_kwonlyargcount`
    pub kwonlyargcount: u32,
    /// `co_stacksize`: the deepest the value stack gets.
    pub stacksize: u32,
    /// `co_names`: globals, attributes, imports.
    pub names: Box<[Box<str>]>,
    /// `co_localsplusnames`: arguments, locals, cells, free variables.
    pub localsplus: Box<[(Box<str>, LocalKind)]>,
    /// `co_consts`, then those that are not listed there.
    pub consts: Box<[Const]>,
    /// How many are not: ints of a byte and the like, which CPython loads with an instruction of their own.
    pub hidden_consts: u32,
    /// The instructions.
    pub instructions: Box<[Instruction]>,
    /// One position per instruction.
    pub positions: Box<[Position]>,
    /// The exception table, ordered by `start`, innermost entry only: rows never overlap.
    pub exception_table: Box<[ExceptionEntry]>,
}

impl Code {
    /// Code that does nothing, not even return.
    pub fn empty(filename: Arc<str>) -> Code {
        Code {
            name: "".into(),
            qualname: "".into(),
            filename,
            first_line: 1,
            flags: 0,
            argcount: 0,
            posonlyargcount: 0,
            kwonlyargcount: 0,
            stacksize: 0,
            names: Box::default(),
            localsplus: Box::default(),
            consts: Box::default(),
            hidden_consts: 0,
            instructions: Box::default(),
            positions: Box::default(),
            exception_table: Box::default(),
        }
    }
}
