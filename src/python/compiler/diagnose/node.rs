//! What the parser of mistakes knows of an expression: its kind, its place, what stands in it.

use std::rc::Rc;

/// The kind of an expression. [`Kind::name`] has the words of CPython's `_PyPegen_get_expr_name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Attribute,
    Subscript,
    Starred,
    Name,
    List,
    Tuple,
    Lambda,
    Call,
    Operation,
    Generator,
    Yield,
    Await,
    ListComprehension,
    SetComprehension,
    DictComprehension,
    Dict,
    Set,
    FString,
    Literal,
    True,
    False,
    None,
    Ellipsis,
    /// A comparison; the first operator is `in`.
    In,
    Comparison,
    Conditional,
    Named,
}

impl Kind {
    /// What a message calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Attribute => "attribute",
            Kind::Subscript => "subscript",
            Kind::Starred => "starred",
            Kind::Name => "name",
            Kind::List => "list",
            Kind::Tuple => "tuple",
            Kind::Lambda => "lambda",
            Kind::Call => "function call",
            Kind::Operation => "expression",
            Kind::Generator => "generator expression",
            Kind::Yield => "yield expression",
            Kind::Await => "await expression",
            Kind::ListComprehension => "list comprehension",
            Kind::SetComprehension => "set comprehension",
            Kind::DictComprehension => "dict comprehension",
            Kind::Dict => "dict literal",
            Kind::Set => "set display",
            Kind::FString => "f-string expression",
            Kind::Literal => "literal",
            Kind::True => "True",
            Kind::False => "False",
            Kind::None => "None",
            Kind::Ellipsis => "ellipsis",
            Kind::In | Kind::Comparison => "comparison",
            Kind::Conditional => "conditional expression",
            Kind::Named => "named expression",
        }
    }
}

/// An expression, from token `first` to token `last`.
#[derive(Debug)]
pub struct Node {
    pub kind: Kind,
    pub first: usize,
    pub last: usize,
    /// The items of a display, what a star stands before, the left side of a comparison.
    pub parts: Vec<Rc<Node>>,
}

/// Who may assign, and so to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Targets {
    Assign,
    Delete,
    For,
}

/// The part of an expression that cannot be a target.
pub fn invalid_target(node: &Rc<Node>, targets: Targets) -> Option<Rc<Node>> {
    let in_parts = || {
        node.parts
            .iter()
            .find_map(|part| invalid_target(part, targets))
    };
    match node.kind {
        Kind::Name | Kind::Subscript | Kind::Attribute => None,
        Kind::List | Kind::Tuple => in_parts(),
        Kind::Starred if targets != Targets::Delete => in_parts(),
        Kind::In if targets == Targets::For => in_parts(),
        Kind::Comparison if targets == Targets::For => None,
        _ => Some(node.clone()),
    }
}
