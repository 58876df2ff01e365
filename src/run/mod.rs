//! Blocks executed: what each printed, raised and left in memory.

mod engine;
mod interpreter;
mod results;
mod session;

pub use engine::{Code, Engine, Executed};
pub use interpreter::{audited_engine, engine};
pub use results::{BlockResult, Exception, Limit, Printed, Raised, Results, Value};
pub use session::run;
