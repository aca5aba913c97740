//! What happens when the program itself is at fault: a plain request for a report instead of a backtrace.
//!
//! The work runs on a thread of its own, with the stack that other systems give a main thread only sometimes.

use std::any::Any;
use std::io::{self, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::Exit;

/// Stack of the working threads. Nesting in the sources is bounded, so this is ample everywhere.
const STACK: usize = 16 * 1024 * 1024;

/// Does the work; a panic in it ends as a failed run with a message that says what to send to whom.
pub(super) fn run(work: impl FnOnce() -> Exit + Send + 'static) -> Exit {
    let told = AtomicBool::new(false);
    panic::set_hook(Box::new(move |info| {
        // Work on many cores can fail on all of them at once; one report is enough.
        if told.swap(true, Ordering::Relaxed) {
            return;
        }
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let _ = io::stderr().write_all(defect(&said(info.payload()), &place).as_bytes());
    }));
    // The second of two pools could only fail to be the global one, which nothing else sets up.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    let worker = thread::Builder::new().name("clausal".to_owned()).stack_size(STACK).spawn(work);
    match worker {
        Ok(worker) => worker.join().unwrap_or(Exit::Failed),
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: the work could not be started: {error}");
            Exit::Failed
        }
    }
}

/// The request for a report.
fn defect(said: &str, place: &str) -> String {
    format!(
        "error: this is a defect of clausal, not of your policies: {said} ({place})\n  \
         help: please report it where you got clausal from, with this message, its version ({}), the command you gave \
         and, if you may share them, the policies it was given; nothing was published\n",
        env!("CARGO_PKG_VERSION"),
    )
}

fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "it stopped without a word".to_owned()).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defect_asks_for_a_report() {
        let text = defect("index out of bounds", "src/x.rs:3");
        assert!(text.starts_with("error: this is a defect of clausal, not of your policies: index out of bounds"));
        assert!(
            text.contains(env!("CARGO_PKG_VERSION")) && text.contains("please report it where you got clausal from")
        );
    }

    #[test]
    fn the_words_of_a_panic_are_found() {
        assert_eq!(said(&"plain"), "plain");
        assert_eq!(said(&"two\nlines".to_owned()), "two lines");
        assert_eq!(said(&3_u8), "it stopped without a word");
    }
}
