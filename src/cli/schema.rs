//! `gieok schema`: the JSON Schema of `book.toml`, for editors.

use std::process::ExitCode;

use crate::book::Error;
use crate::config;

use super::report::write_out;

/// Write the JSON Schema of book.toml, for editors
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Writes the schema to standard output.
pub fn run(_: &Args) -> Result<ExitCode, Error> {
    write_out(&config::schema());
    Ok(ExitCode::SUCCESS)
}
