//! `from __future__ import …`.

use super::ast::Loc;
use super::fail::{Fail, Result};

/// What a source imports from `__future__`.
#[derive(Clone, Copy, Debug)]
pub struct Features {
    /// `annotations`: annotations are kept as strings.
    pub annotations: bool,
    /// The line of the last such import at the top of the file, -1 without one.
    pub last_line: i32,
}

/// Features that are part of the language by now; importing one changes nothing.
const SETTLED: [&str; 8] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "generator_stop",
];

impl Features {
    /// Takes note of one imported name.
    pub fn import(&mut self, name: &str, loc: Loc) -> Result<()> {
        // CPython says where it starts, not where it ends.
        let loc = Loc { end_col: -1, ..loc };
        match name {
            "annotations" => self.annotations = true,
            "barry_as_FLUFL" => {}
            "braces" => return Err(Fail::syntax("not a chance", loc)),
            _ if SETTLED.contains(&name) => {}
            _ => {
                return Err(Fail::syntax(
                    format!("future feature {name} is not defined"),
                    loc,
                ));
            }
        }
        Ok(())
    }
}
