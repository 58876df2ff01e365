//! The engine: Python on a simulated memory that behaves as CPython's does.

pub mod code;
pub mod compiler;
pub mod files;
pub mod gc;
mod interpreter;
pub mod lib;
pub mod memory;
pub mod module;
pub mod object;
pub mod observe;
pub mod protocol;
pub mod version;
pub mod vm;

pub use interpreter::{Interpreter, Options, Outcome, Printed, Uncaught};
