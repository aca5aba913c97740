//! The thread that looks at the sources and builds when they have changed.
//!
//! There is no queue: what changes during a build is seen by the next look, and is built once, however much it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::super::Exit;
use super::super::args::{Format, ServeArguments};
use super::super::build::{formats, pages, tell};
use super::super::check::exit;
use super::super::failure::Failure;
use super::super::pipeline::{self, Question, Run};
use super::super::progress::Progress;
use super::super::settings::Settings;
use super::super::severities::Names;
use super::super::terminal::Terminal;
use super::memory::{Files, Memory};
use super::report::Report;
use super::retry::Retry;
use super::state::{Board, News};
use super::watch::{Snapshot, Watch};
use crate::checks;

/// The time between two looks.
const EVERY: Duration = Duration::from_millis(200);
/// A pause between two looks at files that are being written.
const SETTLING: Duration = Duration::from_millis(50);
/// How long files may go on changing before they are built as they are.
const UNSETTLED: Duration = Duration::from_secs(1);

/// All that is needed to build, again and again.
#[derive(Debug)]
pub(super) struct Builder {
    arguments: ServeArguments,
    base: PathBuf,
    terminal: Terminal,
    board: Arc<Board>,
    watch: Watch,
    names: Names,
}

/// What a build came to.
struct Built {
    /// The pages, if they could be made.
    files: Option<Files>,
    /// What was found.
    report: Report,
    /// What was read, if it could be.
    run: Option<Run>,
    /// Why there are no pages, besides what was found.
    failure: Option<Failure>,
    /// Whether something could not be read, and might be another time.
    unread: bool,
}

impl Builder {
    /// What builds and shows on the board.
    pub fn new(arguments: ServeArguments, base: PathBuf, terminal: Terminal, board: Arc<Board>) -> Self {
        let watch = Watch { paths: arguments.paths.paths.clone(), base: base.clone(), ..Watch::default() };
        let names = Names::new(checks::ALL.iter().map(|check| check.info));
        Builder { arguments, base, terminal, board, watch, names }
    }

    /// Looks and builds for as long as the program runs.
    pub fn run(mut self) {
        let mut built: Option<Snapshot> = None;
        let mut retry = Retry::default();
        loop {
            let began = Instant::now();
            let before = built.take().unwrap_or_default();
            let mut seen = self.watch.look(&before);
            let took = began.elapsed();
            let has_changed = self.board.state().report.is_none() || !seen.is_like(&before);
            if has_changed || retry.is_due(Instant::now()) {
                if has_changed {
                    seen = self.settled(seen);
                }
                let unread = self.build();
                retry.note(unread, has_changed, Instant::now());
            }
            built = Some(seen);
            // Where looking takes long, on a slow network drive, it is not done all the time.
            thread::sleep(EVERY.max(took * 4));
        }
    }

    /// What is seen when nothing has changed for a moment. What changes after it is seen by the next look.
    fn settled(&mut self, mut seen: Snapshot) -> Snapshot {
        self.follow_settings();
        let began = Instant::now();
        loop {
            thread::sleep(SETTLING);
            let again = self.watch.look(&seen);
            let is_settled = again.is_like(&seen) || began.elapsed() > UNSETTLED;
            seen = again;
            if is_settled {
                return seen;
            }
        }
    }

    /// The settings may name other files now. While they cannot be read, those stay that they named last.
    fn follow_settings(&mut self) {
        if let Ok((settings, _)) = Settings::read(&self.arguments.paths.paths, &self.base, &self.names) {
            self.watch.templates = settings.templates;
            self.watch.logo = settings.logo;
        }
        if self.arguments.templates.is_some() {
            self.watch.templates.clone_from(&self.arguments.templates);
        }
    }

    /// Builds, shows what came of it and tells it; answers whether something could not be read.
    fn build(&self) -> bool {
        let progress = Progress::new(&self.terminal);
        // The program has already asked for a report of it, and the next edit may lead past it.
        let built = catch_unwind(AssertUnwindSafe(|| self.built(&progress))).unwrap_or_else(|_| Built::defect());
        drop(progress);
        let Built { files, report, run, failure, unread } = built;
        let made = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
        let (errors, first) = (report.errors.count, self.board.state().pages == 0);
        let News { pages, findings } = self.board.show(files, report, made.clone());
        if !(pages || findings) {
            return unread;
        }
        if let Some(run) = run.filter(|_| findings) {
            for warning in &run.warnings {
                self.terminal.warn(warning);
            }
            tell(&run, &self.terminal);
        }
        if let Some(failure) = failure.filter(|_| findings) {
            self.terminal.fail(&failure);
        }
        let what = match (errors, pages, first) {
            (0, true, true) => "the pages are made",
            (0, true, false) => "the pages are made again",
            (0, false, _) => "the pages are as they were",
            (_, _, true) => "there are no pages yet",
            (..) => "the last good pages stay",
        };
        self.terminal.tell(|err| writeln!(err, "{made} {what}"));
        unread
    }

    fn built(&self, progress: &Progress) -> Built {
        let ServeArguments { paths, levels, as_of, .. } = &self.arguments;
        let question = Question { as_of: *as_of, ..Question::default() };
        let run = match pipeline::read(paths, levels, question, progress) {
            Ok(run) => run,
            Err(failure) => return Built::failed(Report::default(), None, failure),
        };
        let report = Report::of(&run);
        let unread = !run.unread.is_empty();
        if exit(&run) != Exit::Clean {
            return Built { files: None, report, run: Some(run), failure: None, unread };
        }
        progress.stage("writing", 0);
        match self.files(&run) {
            Ok(files) => Built { files: Some(files), report, run: Some(run), failure: None, unread },
            Err(failure) => Built::failed(report, Some(run), failure),
        }
    }

    /// Every file of the output.
    fn files(&self, run: &Run) -> Result<Files, Failure> {
        let mut formats = formats(&self.arguments.format, &run.settings.formats);
        if !formats.contains(&Format::Html) {
            formats.insert(0, Format::Html);
        }
        let templates = self.arguments.templates.as_ref().or(run.settings.templates.as_ref());
        let memory = Memory::default();
        pages::write(run, &formats, templates.map(|it| it as &Path), false, &|path: &str| memory.create(path))?;
        Ok(memory.files())
    }
}

impl Built {
    fn failed(report: Report, run: Option<Run>, failure: Failure) -> Self {
        Built { files: None, report: report.and(&failure), run, failure: Some(failure), unread: true }
    }

    fn defect() -> Self {
        let failure = Failure::new("clausal itself failed over these sources")
            .help("please report it, with what the terminal says; the pages are made again when you change a file");
        let report = Report::default().and(&failure);
        // It would fail in the same way again.
        Built { files: None, report, run: None, failure: None, unread: false }
    }
}
