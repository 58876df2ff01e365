//! Python, read by the engine's scanner.

use super::{Class, Piece};
use crate::python::compiler::tokens::{Token, TokenClass, classify};

/// The pieces of Python code.
pub fn pieces(code: &str) -> Vec<Piece> {
    pieces_of(&classify(code))
}

/// The pieces of Python code that was read.
pub fn pieces_of(tokens: &[Token]) -> Vec<Piece> {
    let piece = |token: &Token| (token.range(), class_of(token.class()));
    tokens.iter().map(piece).collect()
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
