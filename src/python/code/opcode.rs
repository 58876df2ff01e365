//! The instructions of CPython 3.13.

/// An opcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Op {
    /// Do nothing.
    Nop,
}
