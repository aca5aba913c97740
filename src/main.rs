//! The `clausal` program: nothing but a call of [`clausal::cli`], whose answer is the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    clausal::cli::main()
}
