//! `gieok run`: a Python file on our engine.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::book::Error;
use crate::run::{Code, Engine, engine, prompt};

/// Run a Python file on the engine
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file
    file: PathBuf,
    /// The Python version, 3.9 to 3.15
    #[arg(long, default_value = "3.13", value_name = "VERSION")]
    python: String,
    /// Compile statement by statement, and show what expressions give, as at a prompt
    #[arg(long)]
    repl_units: bool,
}

/// Runs the file: its output, its errors and its exit code are ours.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let bytes = std::fs::read(&args.file).map_err(|error| Error::new(&args.file, error))?;
    let text = String::from_utf8(bytes).map_err(|error| Error::new(&args.file, error))?;
    let engine = engine(&args.python).map_err(|message| Error::new(&args.file, message))?;
    let code = Code {
        text,
        // CPython shows where the file is, not how it was named.
        file_name: std::path::absolute(&args.file)
            .unwrap_or_else(|_| args.file.clone())
            .to_string_lossy()
            .into_owned(),
        program: Some(args.file.to_string_lossy().into_owned()),
        process_ends: true,
        ..Code::default()
    };
    if args.repl_units {
        return Ok(at_prompt(engine.as_ref(), &code));
    }
    let result = engine
        .execute(&[code])
        .into_iter()
        .next()
        .unwrap_or_default()
        .result;
    let _ = std::io::stdout().lock().write_all(result.stdout.as_bytes());
    let _ = std::io::stderr().lock().write_all(result.stderr.as_bytes());
    if let Some(limit) = result.limit {
        eprintln!("gieok: stopped: {limit}");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::from(
        u8::try_from(result.exit_code & 0xff).unwrap_or(1),
    ))
}

/// Runs the statements of a file one by one. An exception ends its statement only, as at a prompt.
fn at_prompt(engine: &dyn Engine, file: &Code) -> ExitCode {
    for executed in engine.execute(&prompt::statements(file)) {
        let result = executed.result;
        let _ = std::io::stdout()
            .lock()
            .write_all(prompt::shown(&result).as_bytes());
        let _ = std::io::stderr().lock().write_all(result.stderr.as_bytes());
        if let Some(limit) = result.limit {
            eprintln!("gieok: stopped: {limit}");
            return ExitCode::FAILURE;
        }
        if result.exception.is_none() && result.exit_code != 0 {
            return ExitCode::from(u8::try_from(result.exit_code & 0xff).unwrap_or(1));
        }
    }
    ExitCode::SUCCESS
}
