//! `--open`: the browser of whoever sits in front of this machine.

use std::process::{Command, Stdio};
use std::thread;

use super::super::failure::{Failure, reason};

/// The program that opens an address, and what it is given before it.
const OPENER: (&str, &[&str]) = if cfg!(target_os = "macos") {
    ("open", &[])
} else if cfg!(windows) {
    ("rundll32", &["url.dll,FileProtocolHandler"])
} else {
    ("xdg-open", &[])
};

/// Opens an address in it.
pub(super) fn open(address: &str) -> Result<(), Failure> {
    let (program, before) = OPENER;
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| {
        Failure::new(format!("no browser could be opened: `{program}`: {}", reason(&error)))
            .help(format!("open {address} in one yourself"))
    })?;
    // Some openers stay as long as the browser does; that one has ended has to be taken note of.
    thread::spawn(move || child.wait());
    Ok(())
}
