//! Where the fields of a string stand behind `state`, by version.
//!
//! Up to 3.11 strings had room for a form of wide characters and its length (`wstr`), which 3.12 took away (PEP 623).

/// Offsets in bytes, from the start of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The text of a compact ASCII string: the size of `PyASCIIObject`.
    pub ascii_data: u64,
    /// `utf8_length` in strings that are not compact ASCII.
    pub utf8_length: u64,
    /// `utf8` in strings that are not compact ASCII: the address of the UTF-8 form, or `NULL`.
    pub utf8: u64,
    /// The units of other compact strings: the size of `PyCompactUnicodeObject`. In an instance of a subclass the
    /// address of its units stands here, and `PyUnicodeObject` ends behind it.
    pub compact_data: u64,
}

/// From 3.12 on.
pub const SHORT: Layout = Layout {
    ascii_data: 40,
    utf8_length: 40,
    utf8: 48,
    compact_data: 56,
};

/// Up to 3.11: `wstr` at 40, `wstr_length` at 64.
pub const WITH_WSTR: Layout = Layout {
    ascii_data: 48,
    utf8_length: 48,
    utf8: 56,
    compact_data: 72,
};
