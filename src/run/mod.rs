//! Blocks executed: what each printed, raised and left in memory.

mod cpython;
mod engine;
mod installed;
mod interpreter;
mod plan;
pub mod prompt;
mod results;
mod session;

pub use engine::{Code, Engine, Executed};
pub use installed::{Installed, Start};
pub use interpreter::{audited_engine, engine};
pub use plan::{Plan, named, versions};
pub use results::{BlockResult, Exception, Limit, Printed, Raised, Results, Value};

use crate::post::Post;

/// Runs the blocks of a post that belong to an engine's version.
pub fn run(post: &Post, engine: &dyn Engine) -> Results {
    session::run(post, engine, |_| true)
}
