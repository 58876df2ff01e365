//! Python, read by the engine's scanner.

use super::{Class, Piece};
use crate::python::compiler::tokens::{TokenClass, classify};

/// The pieces of Python code.
pub fn pieces(code: &str) -> Vec<Piece> {
    classify(code)
        .into_iter()
        .map(|(range, class)| (range, class_of(class)))
        .collect()
}

fn class_of(class: TokenClass) -> Class {
    match class {
        TokenClass::Keyword => Class::Keyword,
        TokenClass::Constant => Class::Literal,
        TokenClass::String => Class::String,
        TokenClass::Number => Class::Number,
        TokenClass::Comment => Class::Comment,
        TokenClass::Function => Class::Function,
        TokenClass::Class => Class::Type,
        TokenClass::Builtin => Class::Builtin,
        TokenClass::Decorator => Class::Decorator,
    }
}
