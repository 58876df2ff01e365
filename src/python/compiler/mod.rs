//! From Python's text to code. The only place that names ruff, whose crates give no promise of stability.

pub mod comments;
pub mod tokens;
