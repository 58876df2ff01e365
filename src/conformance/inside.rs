//! One run of cases under the engine, with the tests as files of the program.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::DRIVER;
use crate::python::version::Version;
use crate::python::vm::Limits;
use crate::python::{Interpreter, Options, Outcome};

/// How long a run may take, whatever its steps.
const BACKSTOP: Duration = Duration::from_secs(500);

/// Runs the cases of a module that a file lists. Nothing but the folder of the tests is read into the sandbox.
///
/// # Errors
/// A file cannot be read.
pub fn inside(
    version: Version,
    folder: &Path,
    module: &str,
    cases: &Path,
) -> std::io::Result<Outcome> {
    let mut files = vec![("/tmp/cases".to_owned(), std::fs::read(cases)?)];
    let found = walkdir::WalkDir::new(folder).sort_by_file_name();
    let found = found
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "__pycache__");
    for entry in found {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().to_string_lossy().into_owned();
            files.push((path, std::fs::read(entry.path())?));
        }
    }
    let options = Options {
        version,
        filename: "driver.py".to_owned(),
        arguments: vec![
            folder.to_string_lossy().into_owned(),
            module.to_owned(),
            "/tmp/cases".to_owned(),
        ],
        files: Arc::new(files),
        limits: Limits {
            heap_bytes: 2 << 30,
            ..Limits::default()
        },
        time: Some(BACKSTOP),
        process_ends: true,
        ..Options::default()
    };
    Ok(Interpreter::run(DRIVER, &options))
}
