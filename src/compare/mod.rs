//! The engine beside installed CPythons: the same code under both, and what each difference means.

mod class;
pub mod program;
mod smaller;

pub use class::{Class, Difference, differences};
pub use smaller::smaller;

use crate::run::{BlockResult, Start};
use crate::verify::difference::whole;

/// What became of the same code under the engine and under an installed CPython.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Where they differ, in the order of CPython's output.
    pub differences: Vec<Difference>,
}

impl Comparison {
    /// Compares what came out of a piece of code. `elsewise` runs it once more under the CPython, started otherwise; it
    /// is asked only if there is a difference.
    pub fn of(
        ours: Option<&BlockResult>,
        theirs: Option<&BlockResult>,
        elsewise: impl Fn(Start) -> Option<BlockResult>,
    ) -> Comparison {
        let text = |result: Option<&BlockResult>| result.map(whole).unwrap_or_default();
        let again = |start| text(elsewise(start).as_ref());
        Comparison {
            differences: differences(&text(ours), &text(theirs), again),
        }
    }

    /// The worst of the differences.
    pub fn class(&self) -> Class {
        let classes = self.differences.iter().map(|difference| difference.class);
        classes.max().unwrap_or(Class::Same)
    }
}
