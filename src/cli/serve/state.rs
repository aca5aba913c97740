//! What requests are answered from: one state at a time, whole, handed on from the thread that builds.

use std::process;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use hyper::body::Bytes;
use serde::Serialize;

use super::memory::Files;
use super::panel;
use super::report::Report;

/// What the preview shows at a time.
#[derive(Debug)]
pub(super) struct State {
    /// Which preview this is: another one at the same address is told from it.
    pub run: String,
    /// How often the pages have changed; 0 where there are none yet.
    pub pages: u64,
    /// How often what is told of the sources has changed.
    pub findings: u64,
    /// The last good pages.
    pub files: Arc<Files>,
    /// When they were made, as a clock shows it.
    pub made: String,
    /// What was found in the sources as they are now; `None` until they have been read.
    pub report: Option<Report>,
    /// The report as it stands in every page.
    pub panel: Bytes,
}

/// What tabs ask for again and again.
#[derive(Debug, Serialize)]
struct Told<'s> {
    run: &'s str,
    pages: u64,
    findings: u64,
    errors: usize,
    warnings: usize,
}

/// The current state, on the wall for all to see.
#[derive(Debug)]
pub(super) struct Board(RwLock<Arc<State>>);

/// What a new state differs in from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct News {
    /// The pages are others.
    pub pages: bool,
    /// What is told of the sources is.
    pub findings: bool,
}

impl State {
    /// A few words for the script of a page.
    pub fn told(&self) -> Vec<u8> {
        let State { run, pages, findings, report, .. } = self;
        let errors = report.as_ref().map_or(0, |report| report.errors.count);
        let warnings = report.as_ref().map_or(0, |report| report.warnings);
        let told = Told { run, pages: *pages, findings: *findings, errors, warnings };
        serde_json::to_vec(&told).unwrap_or_default()
    }

    fn draw(&mut self) {
        self.panel = Bytes::from(panel::of(self));
    }
}

impl Board {
    /// A board that shows nothing yet.
    pub fn new() -> Self {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let mut state = State {
            run: format!("{:x}-{:x}", started.as_nanos(), process::id()),
            pages: 0,
            findings: 0,
            files: Arc::default(),
            made: String::new(),
            report: None,
            panel: Bytes::new(),
        };
        state.draw();
        Board(RwLock::new(Arc::new(state)))
    }

    /// What it shows.
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows what a build came to: new pages where it made some, the last ones otherwise. `made` is the time of it.
    pub fn show(&self, files: Option<Files>, report: Report, made: String) -> News {
        let old = self.state();
        let findings = old.report.as_ref() != Some(&report);
        let pages = files.as_ref().is_some_and(|files| old.pages == 0 || *files != *old.files);
        let mut state = State {
            run: old.run.clone(),
            pages: old.pages + u64::from(pages),
            findings: old.findings + u64::from(findings),
            made: if files.is_some() { made } else { old.made.clone() },
            // Pages that have not changed are kept once, not twice.
            files: files.filter(|_| pages).map_or_else(|| Arc::clone(&old.files), Arc::new),
            report: Some(report),
            panel: Bytes::new(),
        };
        state.draw();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        News { pages, findings }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::failure::Failure;
    use super::*;

    #[test]
    fn only_what_has_changed_is_news() {
        let board = Board::new();
        let show = |text: Option<&str>, report: &Report| {
            let files = text.map(|text| Files::from([("index.html".to_owned(), Bytes::from(text.to_owned()))]));
            let News { pages, findings } = board.show(files, report.clone(), "14:03:05".to_owned());
            (pages, findings, board.state().pages, board.state().findings)
        };
        let (good, bad) = (Report::default(), Report::default().and(&Failure::new("the disk is gone")));
        assert_eq!(show(None, &bad), (false, true, 0, 1), "nothing can be made yet");
        assert_eq!(show(Some("one"), &good), (true, true, 1, 2));
        assert_eq!(show(Some("one"), &good), (false, false, 1, 2), "a comment was written");
        assert_eq!(show(None, &bad), (false, true, 1, 3));
        assert_eq!(board.state().files.get("index.html"), Some(&Bytes::from("one")), "the last good page stays");
        assert_eq!(show(Some("one"), &good), (false, true, 1, 4), "mended as it was");
        assert_eq!(show(Some("two"), &good), (true, false, 2, 4));
    }
}
