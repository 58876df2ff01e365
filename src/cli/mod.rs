//! The command line: one file per command.

mod build;
mod check;
mod compare;
mod conformance;
mod i18n;
mod links;
mod list;
mod matrix;
mod report;
mod run;
mod schema;
mod serve;
mod work;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Markdown posts about Python whose every result is checked
#[derive(Debug, Parser)]
#[command(name = "gieok", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Check(check::Args),
    Compare(compare::Args),
    Conformance(conformance::Args),
    I18n(i18n::Args),
    Links(links::Args),
    List(list::Args),
    Matrix(matrix::Args),
    Run(run::Args),
    Schema(schema::Args),
    Serve(serve::Args),
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Build(args) => build::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Conformance(args) => conformance::run(&args),
        Command::I18n(args) => i18n::run(&args),
        Command::Links(args) => links::run(&args),
        Command::List(args) => list::run(&args),
        Command::Matrix(args) => matrix::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Serve(args) => serve::run(args),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}
