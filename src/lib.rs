//! gieok (기억, "memory").

pub mod python;
