//! The abstract object layer: what an operation of Python means for any object. CPython: Objects/abstract.c,
//! Objects/object.c, Objects/call.c.

mod attribute;
pub mod bind;
mod call;
mod compare;
mod iterate;
mod mapping;
mod number;
mod text;

pub use attribute::MethodCache;
pub use compare::hash_pointer;

pub use call::{HeldArguments, Shape};
