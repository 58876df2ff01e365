//! The engine: Python on a simulated memory that behaves as CPython's does.

pub mod code;
