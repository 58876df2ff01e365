//! `gieok conformance`: CPython's own tests, and the examples of its documentation, under the engine.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::book::{Error, in_parallel, processors};
use crate::conformance::{Docs, Module, Tests, inside, inside_docs, reasons, table};
use crate::python::version::Version;
use crate::run::Installed;

use super::report::write_out;

/// Run CPython's own tests, or the examples of its documentation, on the engine, beside an installed CPython
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The package of tests: `~/.pyenv/versions/3.13.0/lib/python3.13/test`; with `--docs` a folder of documentation
    folder: PathBuf,
    /// Modules of it, or classes of cases: `test_gc`, `test_gc.GCTests`; all modules if none is given.
    /// With `--docs` files and folders: `library/gc`, `tutorial`
    #[arg(value_name = "MODULE")]
    modules: Vec<String>,
    /// The folder holds documentation in reStructuredText: run the examples of its files (`>>>`)
    #[arg(long, requires = "interpreter")]
    docs: bool,
    /// The engine's Python version; the interpreter's if none is given
    #[arg(long, value_name = "VERSION")]
    python: Option<String>,
    /// The interpreter that says which cases pass; the one that the tests came with if none is given
    #[arg(long, value_name = "PROGRAM", group = "interpreter")]
    cpython: Option<PathBuf>,
    /// List the cases that fail, by their reasons
    #[arg(long)]
    failures: bool,
    /// How many modules run at a time; as many as there are processors if no number is given
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
    /// Run the cases that a file lists, here and now: what the command starts for each module
    #[arg(long, hide = true, group = "interpreter")]
    inside: bool,
}

/// Runs the tests, and prints how many pass.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let folder = std::path::absolute(&args.folder)
        .and_then(std::fs::canonicalize)
        .map_err(|error| Error::new(&args.folder, error))?;
    if args.inside {
        return alone(args, &folder);
    }
    let program = match &args.cpython {
        Some(program) => program.clone(),
        None => neighbour(&folder),
    };
    let installed = Installed::at(&program).map_err(|message| Error::new(&program, message))?;
    let version = args.python.clone();
    let version = version.unwrap_or_else(|| installed.version.clone());
    known(&version)?;
    let modules = if args.docs {
        let docs = Docs {
            folder: folder.clone(),
            installed,
            version,
        };
        examples(&docs, args)
    } else {
        let tests = Tests {
            folder: folder.clone(),
            installed,
            version,
        };
        cases(&tests, args)
    };
    let modules = modules.map_err(|error| Error::new(&folder, error))?;
    write_out(&table(&modules));
    if args.failures {
        write_out(&reasons(&modules));
    }
    Ok(ExitCode::SUCCESS)
}

fn cases(tests: &Tests, args: &Args) -> std::io::Result<Vec<Module>> {
    let modules = match args.modules.as_slice() {
        [] => tests.modules()?,
        modules => modules.to_vec(),
    };
    let done = in_parallel(&modules, jobs(args), |module| tests.run(module));
    done.into_iter().collect()
}

fn examples(docs: &Docs, args: &Args) -> std::io::Result<Vec<Module>> {
    let files = match args.modules.as_slice() {
        [] => docs.files()?,
        names => {
            let named = names.iter().map(|name| docs.named(name));
            named.collect::<std::io::Result<Vec<_>>>()?.concat()
        }
    };
    let done = in_parallel(&files, jobs(args), |file| docs.run(file));
    done.into_iter().collect()
}

fn jobs(args: &Args) -> usize {
    args.jobs.unwrap_or_else(processors)
}

/// `lib/python3.13/test` came with `bin/python3.13`.
fn neighbour(folder: &Path) -> PathBuf {
    let library = folder.parent().unwrap_or(folder);
    let name = library.file_name().unwrap_or_default();
    library.join("../../bin").join(name)
}

fn known(version: &str) -> Result<Version, Error> {
    Version::named(version).ok_or_else(|| {
        let message = format!("there is no engine for Python {version}");
        Error::new(Path::new("--python"), message)
    })
}

/// What runs in a process of its own: the module and the file of its cases stand where modules stand.
fn alone(args: &Args, folder: &Path) -> Result<ExitCode, Error> {
    let [module, cases] = args.modules.as_slice() else {
        return Err(Error::new(
            folder,
            "a module and a list of cases are needed",
        ));
    };
    let version = known(args.python.as_deref().unwrap_or("3.13"))?;
    let run = if args.docs { inside_docs } else { inside };
    let outcome = run(version, folder, module, Path::new(cases))
        .map_err(|error| Error::new(folder, error))?;
    write_out(&outcome.stdout);
    eprint!("{}", outcome.stderr);
    if let Some(limit) = outcome.limit {
        // The line that follows is the driver's.
        eprintln!("{}", limit.split(" (line ").next().unwrap_or_default());
    }
    Ok(ExitCode::SUCCESS)
}
