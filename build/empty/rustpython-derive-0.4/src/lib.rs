//! Nothing: see `[patch.crates-io]` in the manifest of gieok.
