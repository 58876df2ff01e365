//! CPython's own tests, and the examples of its documentation, under the engine: of the cases that an installed CPython
//! passes here, how many the engine passes.
//!
//! ```text
//! FOLDER/test_gc.py ─▶ driver.py under CPython ─▶ the cases that pass
//!                  └─▶ driver.py under the engine, those cases ─▶ what became of each
//! FOLDER/library/gc.rst ─▶ examples.py under both
//! ```
//!
//! Both run in processes of their own, which say line by line how far they are: what crashes, hangs or reaches a limit
//! costs the case that it was in, and the rest runs again without it. The tests are read where they are installed.

mod docs;
mod inside;
mod process;
mod table;
mod tests;

pub use docs::Docs;
pub use inside::{inside, inside_docs};
pub use table::{reasons, table};
pub use tests::Tests;

/// A case that the engine does not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its name: `test.test_gc.GCTests.test_list`.
    pub case: String,
    /// The last part of its traceback, or what stopped it.
    pub reason: String,
    /// The line of the tests that raised: `test_gc.py:81`.
    pub place: String,
}

/// What became of a module of tests, or of a file of documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its name, and what of it was asked for: `test_gc`, `test_gc.GCTests`.
    pub name: String,
    /// How many cases it has; for documentation only.
    pub all: usize,
    /// How many cases CPython passes.
    pub possible: usize,
    /// Those of them that the engine does not, in the order of their names.
    pub failures: Vec<Failure>,
}

impl Module {
    /// How many of the cases that CPython passes the engine passes.
    pub fn passed(&self) -> usize {
        self.possible - self.failures.len()
    }
}
