//! The command `gieok`.

fn main() -> std::process::ExitCode {
    gieok::cli::main()
}
