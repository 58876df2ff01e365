//! The symbol table: for every scope of a source, which of its names are local, global, free or cells.
//!
//! `build` walks the tree and notes how each name is used; `analyze` then decides scope by scope what the
//! names are. The words are CPython's (Python/symtable.c).

mod analyze;
mod build;
mod footprint;

pub use footprint::Footprint;

use super::ast::{CompKind, Loc, Module, ScopeId};
use super::fail::Result;
use super::names::{Names, Sym};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// What a name does in a scope, as bits.
pub mod flag {
    #![allow(missing_docs)]
    pub const GLOBAL: u32 = 1;
    pub const LOCAL: u32 = 1 << 1;
    pub const PARAM: u32 = 1 << 2;
    pub const NONLOCAL: u32 = 1 << 3;
    pub const USE: u32 = 1 << 4;
    /// Free in a class: bound in the class's body and free in one of its functions.
    pub const FREE_CLASS: u32 = 1 << 6;
    pub const IMPORT: u32 = 1 << 7;
    pub const ANNOT: u32 = 1 << 8;
    /// The target of a comprehension's `for`.
    pub const COMP_ITER: u32 = 1 << 9;
    pub const TYPE_PARAM: u32 = 1 << 10;
    /// A cell of a comprehension that is inlined here.
    pub const COMP_CELL: u32 = 1 << 11;
    pub const BOUND: u32 = LOCAL | PARAM | IMPORT | TYPE_PARAM;
}

/// Where a name's value lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scoping {
    /// Not decided.
    #[default]
    Unknown,
    /// In this scope.
    Local,
    /// Declared `global`.
    GlobalExplicit,
    /// Not bound in any enclosing function.
    GlobalImplicit,
    /// In an enclosing function.
    Free,
    /// In this scope, and inner ones use it.
    Cell,
}

/// A name in a scope.
#[derive(Clone, Copy, Debug, Default)]
pub struct Symbol {
    /// See [`flag`].
    pub flags: u32,
    /// Where it lives.
    pub scoping: Scoping,
}

/// When annotations are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Annotations {
    /// Where they stand.
    Now,
    /// When somebody asks for them: PEP 649.
    Deferred,
    /// Never, they become strings: PEP 563.
    Strings,
}

/// Which kind of block opens the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BlockKind {
    Module,
    Function,
    Class,
    TypeVariable,
    TypeAlias,
    TypeParameters,
    /// Annotations that are not evaluated.
    Annotation,
    /// Annotations that are evaluated when somebody asks.
    Deferred,
}

/// One scope.
#[derive(Debug)]
pub struct Scope {
    /// What opens it.
    pub kind: BlockKind,
    /// The name of the function or class; for whoever prints a table.
    #[allow(dead_code)]
    pub name: Sym,
    /// The names, in the order of their first appearance.
    pub symbols: Symbols,
    /// The parameters in order.
    pub varnames: Vec<Sym>,
    /// The scope of the deferred annotations of this module, class or function.
    pub annotations: Option<usize>,
    /// The scopes right inside it.
    pub children: Vec<usize>,
    /// Inside a function.
    pub nested: bool,
    /// A generator function or generator expression.
    pub generator: bool,
    /// Has `await`, or is declared `async`.
    pub coroutine: bool,
    /// Which comprehension it is, if it is one.
    pub comprehension: Option<CompKind>,
    /// Has `*args`.
    pub varargs: bool,
    /// Has `**kwargs`.
    pub varkeywords: bool,
    /// A class that needs a `__class__` cell.
    pub needs_class_closure: bool,
    /// A class that needs a `__classdict__` cell.
    pub needs_classdict: bool,
    /// A comprehension compiled as part of the scope around it.
    pub comp_inlined: bool,
    /// A scope of type parameters or their bounds, right inside a class.
    pub can_see_class_scope: bool,
    /// Where it is.
    #[allow(dead_code)]
    pub loc: Loc,
    comp_iter_target: bool,
    comp_iter_expr: u32,
    /// What a type variable's scope is, for messages: "a TypeVar bound".
    info: &'static str,
    /// `global` and `nonlocal` statements, for the place of an error.
    directives: Vec<(Sym, Loc)>,
}

impl Scope {
    /// Whether names in it are fast locals.
    pub fn is_function_like(&self) -> bool {
        !matches!(self.kind, BlockKind::Module | BlockKind::Class)
    }

    /// The symbol of a name, empty when the scope does not have it.
    pub fn symbol(&self, name: Sym) -> Symbol {
        self.symbols.get(name).unwrap_or_default()
    }
}

/// All scopes of one source.
#[derive(Debug)]
pub struct SymbolTable {
    /// The scopes; the first is the module's.
    pub scopes: Vec<Scope>,
    by_id: Vec<usize>,
}

impl SymbolTable {
    /// Builds the table. `inlines`: whether comprehensions run in the frame around them.
    pub fn new(
        module: &Module,
        names: &mut Names,
        scope_ids: ScopeId,
        annotations: Annotations,
        inlines: bool,
    ) -> Result<SymbolTable> {
        let mut table = build::build(module, names, scope_ids, annotations)?;
        analyze::analyze(&mut table, names, inlines)?;
        Ok(table)
    }

    /// The scope that a node opens.
    pub fn index(&self, id: ScopeId) -> usize {
        self.by_id.get(id as usize).copied().unwrap_or(0)
    }
}

/// A scope as `symtable` shows it.
#[derive(Clone, Debug)]
pub struct Row {
    /// What opens it.
    pub kind: BlockKind,
    /// `top`, or the name of the function or class.
    pub name: String,
    /// Its first line; 0 for a module.
    pub line: i32,
    /// Inside a function.
    pub nested: bool,
    /// The scopes right inside it, by their place among the rows.
    pub children: Vec<usize>,
    /// The parameters in order.
    pub varnames: Vec<String>,
    /// Names, and what they do: the bits of [`flag`], and the scoping as CPython numbers it.
    pub symbols: Vec<(String, u32, u32)>,
}

impl SymbolTable {
    /// All scopes, the module's first.
    pub fn rows(&self, names: &Names) -> Vec<Row> {
        let text = |name: Sym| names.str(name).to_owned();
        let row = |scope: &Scope| Row {
            kind: scope.kind,
            // A comprehension is called `genexpr` here, and its code `<genexpr>`.
            name: match scope.comprehension {
                Some(_) => text(scope.name).trim_matches(['<', '>']).to_owned(),
                None => text(scope.name),
            },
            line: scope.loc.line,
            nested: scope.nested,
            children: scope.children.clone(),
            varnames: scope.varnames.iter().map(|name| text(*name)).collect(),
            symbols: scope
                .symbols
                .iter()
                .map(|(name, symbol)| {
                    let scoping = match symbol.scoping {
                        Scoping::Unknown => 0,
                        Scoping::Local => 1,
                        Scoping::GlobalExplicit => 2,
                        Scoping::GlobalImplicit => 3,
                        Scoping::Free => 4,
                        Scoping::Cell => 5,
                    };
                    (text(name), symbol.flags, scoping)
                })
                .collect(),
        };
        self.scopes.iter().map(row).collect()
    }
}

/// Hashes a [`Sym`], which is a small number already.
#[derive(Default)]
pub struct SymHasher(u64);

impl Hasher for SymHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }
    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// A set of names.
pub type SymSet = HashSet<Sym, BuildHasherDefault<SymHasher>>;
/// A map by name.
pub type SymMap<T> = HashMap<Sym, T, BuildHasherDefault<SymHasher>>;

/// The symbols of a scope, in the order of insertion.
#[derive(Debug, Default)]
pub struct Symbols {
    order: Vec<(Sym, Symbol)>,
    index: SymMap<u32>,
}

impl Symbols {
    /// The symbol of a name.
    pub fn get(&self, name: Sym) -> Option<Symbol> {
        self.index.get(&name).map(|&i| self.order[i as usize].1)
    }

    /// The symbol of a name, to change; added when missing.
    pub fn entry(&mut self, name: Sym) -> &mut Symbol {
        let next = self.order.len() as u32;
        let index = *self.index.entry(name).or_insert(next);
        if index == next {
            self.order.push((name, Symbol::default()));
        }
        &mut self.order[index as usize].1
    }

    /// All symbols.
    pub fn iter(&self) -> impl Iterator<Item = (Sym, Symbol)> + '_ {
        self.order.iter().copied()
    }

    fn iter_mut(&mut self) -> impl Iterator<Item = (Sym, &mut Symbol)> {
        self.order.iter_mut().map(|(name, symbol)| (*name, symbol))
    }
}
