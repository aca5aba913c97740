//! `clausal serve`: the pages as `build` would publish them, on this machine alone, made again whenever a source changes.
//!
//! One thread looks at the sources and builds ([`builder`]); another answers requests ([`server`]) from what was built
//! last ([`state`]), which lies in memory. Nothing is read from the disk to answer a request, so nothing but the pages
//! can be had. What `build` writes holds none of this: panel and script are put into a page as it is sent ([`page`]).
//!
//! The HTTP library is hyper, on one thread of tokio: 0.5 MB of an optimised program and 13 s of one core to build it. Of
//! the others, each measured answering one word, tiny_http is a third smaller, but knows no time limits, so that each idle
//! client holds a thread for ever, and has had no release since 2022; rouille is built upon it; axum is hyper with a
//! router, which a map of paths does not need, for twice the time.

mod answer;
mod browser;
mod builder;
mod memory;
mod page;
mod panel;
mod report;
mod retry;
mod server;
mod state;
mod watch;

use std::sync::Arc;
use std::thread;

use self::builder::Builder;
use self::state::Board;
use super::Exit;
use super::args::ServeArguments;
use super::build::{formats, pages, templates};
use super::failure::{Failure, reason};
use super::files;
use super::paths::shown;
use super::pipeline::here;
use super::settings::Settings;
use super::severities::Names;
use super::terminal::Terminal;
use crate::checks;

/// Stack of the thread that builds, as large as that of a run.
const STACK: usize = 16 * 1024 * 1024;

/// Runs the verb.
pub(super) fn run(arguments: &ServeArguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let base = here()?;
    // What no edit of a source can mend ends the program before it begins.
    files::unusable(&arguments.paths.paths, &base).map_or(Ok(()), Err)?;
    let names = Names::new(checks::ALL.iter().map(|check| check.info));
    names.severities(&[], &arguments.levels)?;
    // Settings that cannot be read are told in the pages, and followed once they can be.
    let set = Settings::read(&arguments.paths.paths, &base, &names).map(|(settings, _)| settings.formats);
    pages::can_write(&formats(&arguments.format, &set.unwrap_or_default()))?;
    if let Some(folder) = &arguments.templates {
        templates::read(folder, &base)?;
    }
    let listener = server::bind(arguments.port)?;
    let address = listener.local_addr().map_err(|error| server::no_address(&error))?;
    let address = format!("http://{address}/");
    let board = Arc::new(Board::new());
    let builder = Builder::new(arguments.clone(), base.clone(), *terminal, Arc::clone(&board));
    let ready = || {
        let places: Vec<String> =
            arguments.paths.paths.iter().map(|path| format!("`{}`", terminal.visible(&shown(path, &base)))).collect();
        let places = places.join(", ");
        terminal.print(&format!("the pages of {places} are at {address}\nCtrl-C ends the preview\n"))?;
        if arguments.open {
            browser::open(&address).unwrap_or_else(|failure| terminal.warn(&failure));
        }
        // It is never waited for: it has nothing to put in order, and the program may end in the middle of a build.
        let work = thread::Builder::new().name("clausal-builder".to_owned()).stack_size(STACK);
        work.spawn(move || builder.run())
            .map_err(|error| Failure::new(format!("the preview cannot be started: {}", reason(&error))))?;
        Ok(())
    };
    server::run(listener, &board, ready)?;
    terminal.print("\nthe preview has ended\n")?;
    Ok(Exit::Clean)
}
