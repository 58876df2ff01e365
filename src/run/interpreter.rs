//! Our own engine behind [`Engine`].

use std::collections::BTreeSet;
use std::time::Duration;

use crate::python::version::Version;
use crate::python::vm::Limits;
use crate::python::vm::watch::{SeenException, Watch};
use crate::python::{self, Interpreter, Options, Outcome};

use super::cpython;
use super::engine::{Code, Engine, Executed};
use super::results::{BlockResult, Exception, Printed, Raised, Value};

/// How long a block may run, whatever its step limit: a backstop for work that counts few steps.
const BACKSTOP: Duration = Duration::from_secs(120);

/// The engine for a version, `3.13`.
///
/// # Errors
/// There is none, in words for the author.
pub fn engine(version: &str) -> Result<Box<dyn Engine>, String> {
    Ok(Box::new(Own {
        version: known(version)?,
        audit: false,
    }))
}

/// The engine for a version, which counts every reference at the end of a session. For tests.
///
/// # Errors
/// There is none, in words for the author.
pub fn audited_engine(version: &str) -> Result<Box<dyn Engine>, String> {
    Ok(Box::new(Own {
        version: known(version)?,
        audit: true,
    }))
}

fn known(version: &str) -> Result<Version, String> {
    Version::named(version).ok_or_else(|| {
        let known: Vec<String> = Version::ALL.iter().map(ToString::to_string).collect();
        format!(
            "there is no engine for Python {version}; there is one for {}",
            known.join(", ")
        )
    })
}

/// The engine of this crate.
struct Own {
    version: Version,
    audit: bool,
}

impl Engine for Own {
    fn version(&self) -> String {
        self.version.to_string()
    }

    fn execute(&self, pieces: &[Code]) -> Vec<Executed> {
        if pieces.last().is_some_and(|piece| piece.on_cpython) {
            return cpython::execute(&self.version(), pieces);
        }
        let mut limits = Limits::default();
        // The interpreter counts the steps of all its pieces together.
        let steps = |piece: &Code| piece.step_limit.unwrap_or(limits.steps);
        if pieces.iter().any(|piece| piece.step_limit.is_some()) {
            limits.steps = pieces.iter().map(steps).fold(0, u64::saturating_add);
        }
        let mut interpreter = Interpreter::start(self.version, limits);
        let mut executed = Vec::new();
        for piece in pieces {
            let options = Options {
                filename: piece.file_name.clone(),
                program: piece.program.clone(),
                watch: watch(piece),
                time: Some(BACKSTOP),
                process_ends: piece.process_ends,
                ..Options::default()
            };
            let mut result = result_of(interpreter.execute(&piece.text, &options));
            if !piece.watch_lines {
                result.lines_run = None;
            }
            let is_stopped = result.limit.is_some();
            let pictures = piece.pictures.iter().map(|names| {
                if is_stopped {
                    None
                } else {
                    interpreter.dump(names)
                }
            });
            executed.push(Executed {
                pictures: pictures.collect(),
                result,
            });
            if is_stopped {
                break;
            }
        }
        let ending = interpreter.finish(self.audit);
        if let Some(last) = executed.last_mut() {
            append(&mut last.result, result_of(ending));
        }
        executed
    }
}

fn watch(piece: &Code) -> Watch {
    let lines = |lines: &BTreeSet<usize>| {
        lines
            .iter()
            .filter_map(|line| u32::try_from(*line).ok())
            .collect()
    };
    Watch {
        values: lines(&piece.watched),
        messages: lines(&piece.watched_exceptions),
        lines: piece.watch_lines,
    }
}

fn result_of(outcome: Outcome) -> BlockResult {
    let line = |line: Option<u32>| line.map(|line| line as usize);
    let printed = |printed: python::Printed| Printed {
        line: line(printed.line),
        statement: line(printed.statement),
        text: printed.text,
    };
    let exception = |uncaught: python::Uncaught| Exception {
        type_name: uncaught.type_name,
        bases: uncaught.bases,
        message: uncaught.message,
        line: line(uncaught.line),
        traceback: uncaught.traceback,
    };
    let raised = |seen: SeenException| Raised {
        line: seen.line as usize,
        type_name: seen.type_name,
        message: seen.message,
    };
    BlockResult {
        stdout: outcome.stdout,
        stderr: outcome.stderr,
        printed: outcome.printed.into_iter().map(printed).collect(),
        values: outcome
            .seen
            .values
            .into_iter()
            .map(|value| Value {
                line: value.line as usize,
                repr: value.repr,
            })
            .collect(),
        raised: outcome.seen.exceptions.into_iter().map(raised).collect(),
        exception: outcome.exception.map(exception),
        exit_code: outcome.exit_code,
        lines_run: Some(
            outcome
                .seen
                .lines
                .into_iter()
                .map(|line| line as usize)
                .collect(),
        ),
        limit: outcome.limit,
        steps: outcome.steps,
        audit: outcome.audit,
        by_chance: outcome.by_chance,
    }
}

/// Adds what the interpreter's end did to the piece that ran last.
fn append(result: &mut BlockResult, ending: BlockResult) {
    let offset = result.stdout.len();
    result.stdout.push_str(&ending.stdout);
    result.stderr.push_str(&ending.stderr);
    result.steps += ending.steps;
    result.audit.extend(ending.audit);
    result.by_chance |= ending.by_chance;
    if result.limit.is_none() && ending.limit.is_some() {
        result.limit = ending.limit;
        result.exit_code = ending.exit_code;
    }
    let moved = |printed: Printed| Printed {
        text: printed.text.start + offset..printed.text.end + offset,
        ..printed
    };
    result.printed.extend(ending.printed.into_iter().map(moved));
}
