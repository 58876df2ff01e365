//! The syntax tree that the compiler works on: the shape of Python's own `ast` module.
//!
//! It differs from the parser's tree where CPython's does: constants are values (so that folding can put any
//! value in their place), `elif` is an `if` inside `else`, an f-string is a list of constants and formatted
//! values, and every node carries lines and columns instead of offsets. Nodes that open a scope have a
//! [`ScopeId`], by which the symbol table and the code generator find the same scope.

use super::names::Sym;
use crate::python::code::{Const, PyStr};

/// Where a node is. Lines from 1, columns in bytes from 0; see the constants for what is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Loc {
    /// First line.
    pub line: i32,
    /// Last line.
    pub end_line: i32,
    /// Column of the start.
    pub col: i32,
    /// Column of the end.
    pub end_col: i32,
}

impl Loc {
    /// An artificial instruction: it takes a place from its neighbours when lines are resolved.
    pub const NONE: Loc = Loc {
        line: -1,
        end_line: -1,
        col: -1,
        end_col: -1,
    };

    /// A place from CPython's four numbers, in its order.
    pub const fn new(line: i32, end_line: i32, col: i32, end_col: i32) -> Loc {
        Loc {
            line,
            end_line,
            col,
            end_col,
        }
    }

    /// The start of a line, of no width.
    pub const fn line(line: i32) -> Loc {
        Loc::new(line, line, 0, 0)
    }
}

/// Names a scope: the node's number in the order of lowering.
pub type ScopeId = u32;

/// What an expression in a target place is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ctx {
    /// Read.
    Load,
    /// Bound.
    Store,
    /// Deleted.
    Del,
}

/// Binary operators, in the order of `BinaryOp`'s argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Operator {
    Add,
    And,
    FloorDiv,
    LShift,
    MatMult,
    Mult,
    Mod,
    Or,
    Pow,
    RShift,
    Sub,
    Div,
    Xor,
}

/// Unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum UnaryOp {
    Invert,
    Not,
    Plus,
    Minus,
}

/// Comparison operators; the first six in the order of `CompareOp`'s argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CmpOp {
    Lt,
    LtE,
    Eq,
    NotEq,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// An expression and its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Where it is.
    pub loc: Loc,
    /// What it is.
    pub kind: ExprKind,
}

/// The expressions of Python's abstract grammar.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum ExprKind {
    BoolOp {
        or: bool,
        values: Vec<Expr>,
    },
    Named {
        target: Box<Expr>,
        value: Box<Expr>,
    },
    BinOp {
        left: Box<Expr>,
        op: Operator,
        right: Box<Expr>,
    },
    UnaryOp {
        op: UnaryOp,
        operand: Box<Expr>,
    },
    Lambda {
        scope: ScopeId,
        args: Box<Arguments>,
        body: Box<Expr>,
    },
    IfExp {
        test: Box<Expr>,
        body: Box<Expr>,
        orelse: Box<Expr>,
    },
    /// A key of `None` is `**value`.
    Dict {
        keys: Vec<Option<Expr>>,
        values: Vec<Expr>,
    },
    Set(Vec<Expr>),
    Comp(Box<Comp>),
    Await(Box<Expr>),
    Yield(Option<Box<Expr>>),
    YieldFrom(Box<Expr>),
    Compare {
        left: Box<Expr>,
        ops: Vec<CmpOp>,
        comparators: Vec<Expr>,
    },
    Call {
        func: Box<Expr>,
        args: Vec<Expr>,
        keywords: Vec<Keyword>,
    },
    /// `conversion` is the argument of `ConvertValue`: 0 none, 1 str, 2 repr, 3 ascii.
    FormattedValue {
        value: Box<Expr>,
        conversion: u32,
        spec: Option<Box<Expr>>,
    },
    JoinedStr(Vec<Expr>),
    /// One `{…}` of a t-string with the text of its expression.
    Interpolation {
        value: Box<Expr>,
        text: PyStr,
        conversion: u32,
        spec: Option<Box<Expr>>,
    },
    TemplateStr(Vec<Expr>),
    Constant(Const),
    Attribute {
        value: Box<Expr>,
        attr: Sym,
        ctx: Ctx,
    },
    Subscript {
        value: Box<Expr>,
        slice: Box<Expr>,
        ctx: Ctx,
    },
    Starred {
        value: Box<Expr>,
        ctx: Ctx,
    },
    Name {
        id: Sym,
        ctx: Ctx,
    },
    List {
        elts: Vec<Expr>,
        ctx: Ctx,
    },
    Tuple {
        elts: Vec<Expr>,
        ctx: Ctx,
    },
    Slice {
        lower: Option<Box<Expr>>,
        upper: Option<Box<Expr>>,
        step: Option<Box<Expr>>,
    },
}

/// Which comprehension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompKind {
    /// `(x for …)`
    Generator,
    /// `[x for …]`
    List,
    /// `{x for …}`
    Set,
    /// `{k: v for …}`
    Dict,
}

/// A comprehension or generator expression.
#[derive(Clone, Debug)]
pub struct Comp {
    /// Its scope.
    pub scope: ScopeId,
    /// Which one.
    pub kind: CompKind,
    /// The element, or the key of a dict comprehension.
    pub elt: Expr,
    /// The value of a dict comprehension.
    pub value: Option<Expr>,
    /// The `for` clauses, at least one.
    pub generators: Vec<Comprehension>,
}

/// One `for` clause of a comprehension.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Comprehension {
    pub target: Expr,
    pub iter: Expr,
    pub ifs: Vec<Expr>,
    pub is_async: bool,
}

/// An argument `name=value`, or `**value` without a name.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Keyword {
    pub loc: Loc,
    pub arg: Option<Sym>,
    pub value: Expr,
}

/// A parameter.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Arg {
    pub loc: Loc,
    pub name: Sym,
    pub annotation: Option<Expr>,
}

/// The parameters of a function.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// Before `/`.
    pub posonly: Vec<Arg>,
    /// Positional or keyword.
    pub args: Vec<Arg>,
    /// `*args`
    pub vararg: Option<Arg>,
    /// After `*`.
    pub kwonly: Vec<Arg>,
    /// A default per keyword-only parameter.
    pub kw_defaults: Vec<Option<Expr>>,
    /// `**kwargs`
    pub kwarg: Option<Arg>,
    /// The defaults of the last positional parameters.
    pub defaults: Vec<Expr>,
}

/// A statement and its place.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// Where it is.
    pub loc: Loc,
    /// What it is.
    pub kind: StmtKind,
}

/// A function definition.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct FunctionDef {
    pub scope: ScopeId,
    /// The scope of the type parameters; unused when there are none.
    pub type_scope: ScopeId,
    pub is_async: bool,
    pub name: Sym,
    pub args: Arguments,
    pub body: Vec<Stmt>,
    pub decorators: Vec<Expr>,
    pub returns: Option<Expr>,
    pub type_params: Vec<TypeParam>,
}

/// A class definition.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct ClassDef {
    pub scope: ScopeId,
    pub type_scope: ScopeId,
    pub name: Sym,
    pub bases: Vec<Expr>,
    pub keywords: Vec<Keyword>,
    pub body: Vec<Stmt>,
    pub decorators: Vec<Expr>,
    pub type_params: Vec<TypeParam>,
}

/// The statements of Python's abstract grammar.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum StmtKind {
    FunctionDef(Box<FunctionDef>),
    ClassDef(Box<ClassDef>),
    Return(Option<Box<Expr>>),
    Delete(Vec<Expr>),
    Assign {
        targets: Vec<Expr>,
        value: Box<Expr>,
    },
    TypeAlias {
        scope: ScopeId,
        type_scope: ScopeId,
        name: Box<Expr>,
        type_params: Vec<TypeParam>,
        value: Box<Expr>,
    },
    AugAssign {
        target: Box<Expr>,
        op: Operator,
        value: Box<Expr>,
    },
    AnnAssign {
        target: Box<Expr>,
        annotation: Box<Expr>,
        value: Option<Box<Expr>>,
        simple: bool,
    },
    For {
        target: Box<Expr>,
        iter: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
        is_async: bool,
    },
    While {
        test: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    If {
        test: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    With {
        items: Vec<WithItem>,
        body: Vec<Stmt>,
        is_async: bool,
    },
    Match {
        subject: Box<Expr>,
        cases: Vec<MatchCase>,
    },
    Raise {
        exc: Option<Box<Expr>>,
        cause: Option<Box<Expr>>,
    },
    Try {
        body: Vec<Stmt>,
        handlers: Vec<Handler>,
        orelse: Vec<Stmt>,
        finalbody: Vec<Stmt>,
        star: bool,
    },
    Assert {
        test: Box<Expr>,
        msg: Option<Box<Expr>>,
    },
    Import(Vec<Alias>),
    ImportFrom {
        module: Option<Sym>,
        names: Vec<Alias>,
        level: u32,
    },
    Global(Vec<Sym>),
    Nonlocal(Vec<Sym>),
    Expr(Box<Expr>),
    Pass,
    Break,
    Continue,
}

/// `context as vars`
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct WithItem {
    pub context: Expr,
    pub vars: Option<Expr>,
}

/// `except type as name:`
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Handler {
    pub loc: Loc,
    pub type_: Option<Expr>,
    pub name: Option<Sym>,
    pub body: Vec<Stmt>,
}

/// `name as asname` in an import.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Alias {
    pub loc: Loc,
    pub name: Sym,
    pub asname: Option<Sym>,
}

/// `case pattern if guard:`
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct MatchCase {
    pub pattern: Pattern,
    pub guard: Option<Expr>,
    pub body: Vec<Stmt>,
}

/// A pattern and its place.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Pattern {
    pub loc: Loc,
    pub kind: PatternKind,
}

/// The patterns of Python's abstract grammar.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum PatternKind {
    Value(Expr),
    Singleton(Const),
    Sequence(Vec<Pattern>),
    Mapping {
        keys: Vec<Expr>,
        patterns: Vec<Pattern>,
        rest: Option<Sym>,
    },
    Class {
        cls: Expr,
        patterns: Vec<Pattern>,
        kwd_attrs: Vec<(Sym, Loc)>,
        kwd_patterns: Vec<Pattern>,
    },
    Star(Option<Sym>),
    As {
        pattern: Option<Box<Pattern>>,
        name: Option<Sym>,
    },
    Or(Vec<Pattern>),
}

/// A type parameter.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct TypeParam {
    pub loc: Loc,
    pub name: Sym,
    pub kind: TypeParamKind,
    /// The scope in which the default is evaluated.
    pub default_scope: ScopeId,
    pub default: Option<Expr>,
}

/// Which type parameter.
#[derive(Clone, Debug)]
pub enum TypeParamKind {
    /// `T`, with the scope and expression of its bound.
    TypeVar(ScopeId, Option<Expr>),
    /// `*Ts`
    TypeVarTuple,
    /// `**P`
    ParamSpec,
}

/// A whole source.
#[derive(Clone, Debug)]
pub enum Module {
    /// A file, or statements at the prompt.
    Statements(Vec<Stmt>),
    /// A lone expression.
    Expression(Box<Expr>),
}

impl Expr {
    /// The constant's value, if it is one.
    pub fn as_constant(&self) -> Option<&Const> {
        match &self.kind {
            ExprKind::Constant(value) => Some(value),
            _ => None,
        }
    }
}

impl Stmt {
    /// Whether an annotation stands here or in a statement inside, not counting functions and classes.
    pub fn has_annotations(&self) -> bool {
        matches!(self.kind, StmtKind::AnnAssign { .. }) || self.has_inner_annotations()
    }

    /// Whether one stands in a statement inside.
    pub fn has_inner_annotations(&self) -> bool {
        let mut inner = self.bodies().into_iter().flatten();
        inner.any(Stmt::has_annotations)
    }

    /// The bodies of a compound statement that run in its own scope, in source order: not those of functions and
    /// classes.
    pub fn bodies(&self) -> Vec<&[Stmt]> {
        match &self.kind {
            StmtKind::For { body, orelse, .. }
            | StmtKind::While { body, orelse, .. }
            | StmtKind::If { body, orelse, .. } => vec![body, orelse],
            StmtKind::With { body, .. } => vec![body],
            StmtKind::Match { cases, .. } => cases.iter().map(|case| &case.body[..]).collect(),
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
                ..
            } => {
                let mut bodies: Vec<&[Stmt]> = vec![body];
                bodies.extend(handlers.iter().map(|handler| &handler.body[..]));
                bodies.extend([&orelse[..], finalbody]);
                bodies
            }
            _ => Vec::new(),
        }
    }
}
