//! Blocks executed: what each printed, raised and left in memory.

mod results;

pub use results::{BlockResult, Exception, Printed, Raised, Results, Value};
