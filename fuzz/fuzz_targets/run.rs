//! Runs a program within small limits. A panic ends the fuzzer, and so does a count that is wrong at the end.

use gieok::python::version::Version;
use gieok::python::{Interpreter, Options};

/// Runs `text` under the version with this number, counted from 3.9.
pub fn run(text: &str, version: usize) {
    let all = Version::ALL;
    let mut options = Options {
        version: all[version % all.len()],
        audit: true,
        ..Options::default()
    };
    options.limits.steps = 300_000;
    options.limits.heap_bytes = 64 << 20;
    options.limits.output_bytes = 1 << 20;
    let outcome = Interpreter::run(text, &options);
    if outcome.limit.is_none() {
        assert!(outcome.audit.is_empty(), "{}", outcome.audit.join("\n"));
    }
}
