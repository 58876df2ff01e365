//! What is known of the code object that is being made.

use super::annotations::Deferred;
use crate::python::code::{Const, PyStr};
use crate::python::compiler::ast::{Loc, Stmt};
use crate::python::compiler::ir::{Label, Sequence};
use crate::python::compiler::names::Sym;
use crate::python::compiler::symtable::SymMap;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What a code object is compiled from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// A module, expression or prompt line.
    Module,
    /// A class body.
    Class,
    /// `def`
    Function,
    /// `async def`
    AsyncFunction,
    /// `lambda`
    Lambda,
    /// A comprehension that is a function.
    Comprehension,
    /// `__annotate__`
    Annotations,
    /// Type parameters, their bounds, and the value of a `type` statement.
    TypeParams,
}

/// Why the compiler has to unwind something when control leaves a statement. CPython: `fblocktype`.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum FBlockKind<'a> {
    WhileLoop,
    ForLoop,
    AsyncForLoop,
    TryExcept,
    /// A `try` whose `finally` body is given.
    FinallyTry(&'a [Stmt]),
    FinallyEnd,
    With,
    AsyncWith,
    /// A handler, with the name that it binds.
    HandlerCleanup(Option<Sym>),
    PopValue,
    ExceptionHandler,
    ExceptionGroupHandler,
    AsyncComprehensionGenerator,
    StopIteration,
}

/// An entry of the stack of enclosing statements.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct FBlock<'a> {
    pub kind: FBlockKind<'a>,
    pub block: Label,
    pub exit: Label,
    pub loc: Loc,
}

/// Names in the order of their first use.
#[derive(Debug, Default)]
pub struct NameTable {
    /// The names.
    pub order: Vec<Sym>,
    index: SymMap<u32>,
}

impl NameTable {
    /// The number of a name, added when missing.
    pub fn add(&mut self, name: Sym) -> u32 {
        let next = self.order.len() as u32;
        let index = *self.index.entry(name).or_insert(next);
        if index == next {
            self.order.push(name);
        }
        index
    }

    /// The number of a name.
    pub fn get(&self, name: Sym) -> Option<u32> {
        self.index.get(&name).copied()
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        self.order.len() as u32
    }
}

impl FromIterator<Sym> for NameTable {
    fn from_iter<I: IntoIterator<Item = Sym>>(names: I) -> NameTable {
        let mut table = NameTable::default();
        names.into_iter().for_each(|name| {
            table.add(name);
        });
        table
    }
}

/// What makes two constants one: `1`, `1.0` and `True` are equal but not the same constant, nor are 0.0 and -0.0.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    None,
    Ellipsis,
    Bool(bool),
    Int(num_bigint::BigInt),
    Float(u64),
    Complex(u64, u64),
    Str(PyStr),
    Bytes(Vec<u8>),
    Tuple(Vec<Key>),
    FrozenSet(BTreeSet<Key>),
    Code(String, u32, usize),
}

impl Key {
    /// Not-a-number is equal to nothing, not even to itself.
    fn has_nan(&self) -> bool {
        let nan = |bits: &u64| f64::from_bits(*bits).is_nan();
        match self {
            Key::Float(x) => nan(x),
            Key::Complex(real, imag) => nan(real) || nan(imag),
            Key::Tuple(items) => items.iter().any(Key::has_nan),
            Key::FrozenSet(items) => items.iter().any(Key::has_nan),
            _ => false,
        }
    }

    fn of(value: &Const) -> Key {
        match value {
            Const::None => Key::None,
            Const::Ellipsis => Key::Ellipsis,
            Const::Bool(value) => Key::Bool(*value),
            Const::Int(value) => Key::Int(value.clone()),
            Const::Float(value) => Key::Float(value.to_bits()),
            Const::Complex(real, imag) => Key::Complex(real.to_bits(), imag.to_bits()),
            Const::Str(text) => Key::Str(text.clone()),
            Const::Bytes(bytes) => Key::Bytes(bytes.clone()),
            Const::Tuple(items) => Key::Tuple(items.iter().map(Key::of).collect()),
            Const::FrozenSet(items) => Key::FrozenSet(items.iter().map(Key::of).collect()),
            Const::Code(code) => Key::Code(
                code.qualname.to_string(),
                code.first_line,
                code.instructions.len(),
            ),
        }
    }
}

/// `co_consts` in the making: equal constants are kept once.
#[derive(Default)]
pub struct Consts {
    /// The constants.
    pub values: Vec<Const>,
    index: FxHashMap<Key, u32>,
}

impl Consts {
    /// The number of a constant, added when missing.
    pub fn add(&mut self, value: Const) -> u32 {
        let key = Key::of(&value);
        if key.has_nan() {
            self.values.push(value);
            return self.values.len() as u32 - 1;
        }
        if let Some(&index) = self.index.get(&key)
            && (!matches!(value, Const::Code(_)) || self.values.get(index as usize) == Some(&value))
        {
            return index;
        }
        let index = self.values.len() as u32;
        self.values.push(value);
        self.index.insert(key, index);
        index
    }
}

/// The first number of a constant that is folded in the flow graph.
pub const LATE: u32 = 1 << 30;

/// A code object in the making.
pub struct Unit<'a> {
    /// Its scope in the symbol table.
    pub scope: usize,
    /// What it is compiled from.
    pub kind: UnitKind,
    /// `co_name`
    pub name: Sym,
    /// `co_qualname`
    pub qualname: String,
    /// The class whose private names are mangled.
    pub private: Option<Sym>,
    /// `co_firstlineno`
    pub first_line: i32,
    /// `co_argcount`
    pub argcount: u32,
    /// `co_posonlyargcount`
    pub posonlyargcount: u32,
    /// `co_kwonlyargcount`
    pub kwonlyargcount: u32,
    /// `co_varnames`
    pub varnames: NameTable,
    /// `co_cellvars`
    pub cellvars: NameTable,
    /// `co_freevars`
    pub freevars: NameTable,
    /// `co_names`
    pub names: NameTable,
    /// `co_consts`
    pub consts: Consts,
    /// Constants that are folded in the flow graph, numbered from [`LATE`] until then.
    pub late: Vec<Const>,
    /// A function whose first constant is its docstring.
    pub has_doc: bool,
    /// Names of inlined comprehensions in a module or class; true while one is being compiled.
    pub fast_hidden: FxHashMap<Sym, bool>,
    /// The enclosing statements.
    pub fblocks: Vec<FBlock<'a>>,
    /// The instructions.
    pub sequence: Sequence,
    /// How many inlined comprehensions are open.
    pub inlined: u32,
    /// How many statements there are around the current one.
    pub depth: u32,
    /// The deferred annotations of a module or class.
    pub deferred: Vec<Deferred<'a>>,
    /// How many of them have a number.
    pub conditions: u32,
    /// `__static_attributes__` of a class: what its methods assign to `self`.
    pub static_attributes: NameTable,
}
