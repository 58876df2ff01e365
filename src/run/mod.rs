//! Blocks executed: what each printed, raised and left in memory.

mod engine;
mod results;
mod session;

pub use engine::{Code, Engine, Session, engine};
pub use results::{BlockResult, Exception, Printed, Raised, Results, Value};
pub use session::run;
