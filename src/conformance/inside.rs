//! One run of cases under the engine, with the tests or the file of documentation as files of the program.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::{docs, tests};
use crate::python::version::Version;
use crate::python::vm::Limits;
use crate::python::{Interpreter, Options, Outcome};

/// What a run may take, whatever its steps.
struct Most {
    time: Duration,
    heap_bytes: u64,
}

const MOST_OF_TESTS: Most = Most {
    time: Duration::from_secs(500),
    heap_bytes: 2 << 30,
};

/// An example is small, or shows what cannot be done.
const MOST_OF_EXAMPLES: Most = Most {
    time: Duration::from_secs(100),
    heap_bytes: 1 << 29,
};

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
    let mut files = Vec::new();
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
    run(
        version,
        tests::DRIVER,
        [folder, Path::new(module)],
        cases,
        files,
        MOST_OF_TESTS,
    )
}

/// Runs the examples of a file of documentation but those that a list names.
///
/// # Errors
/// A file cannot be read.
pub fn inside_docs(
    version: Version,
    path: &Path,
    name: &str,
    left_out: &Path,
) -> std::io::Result<Outcome> {
    let files = vec![(path.to_string_lossy().into_owned(), std::fs::read(path)?)];
    run(
        version,
        docs::DRIVER,
        [path, Path::new(name)],
        left_out,
        files,
        MOST_OF_EXAMPLES,
    )
}

/// Runs a driver with its two arguments and the file that chooses among its cases.
fn run(
    version: Version,
    driver: &str,
    arguments: [&Path; 2],
    chosen: &Path,
    mut files: Vec<(String, Vec<u8>)>,
    most: Most,
) -> std::io::Result<Outcome> {
    files.push(("/tmp/cases".to_owned(), std::fs::read(chosen)?));
    let mut arguments = arguments
        .map(|one| one.to_string_lossy().into_owned())
        .to_vec();
    arguments.push("/tmp/cases".to_owned());
    let options = Options {
        version,
        filename: "driver.py".to_owned(),
        arguments,
        files: Arc::new(files),
        limits: Limits {
            heap_bytes: most.heap_bytes,
            ..Limits::default()
        },
        time: Some(most.time),
        process_ends: true,
        ..Options::default()
    };
    Ok(Interpreter::run(driver, &options))
}
