//! A bar on standard error for work that takes long, and only where somebody can see it.
//!
//! Nothing is drawn in the first moments: most runs are over by then.

use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal::Terminal;

/// How long a run may take without a word.
const PATIENCE: Duration = Duration::from_millis(600);

/// The bar of a run; it can be told of progress from any thread. It goes away when it is dropped.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar that nobody sees yet.
    pub fn new(terminal: &Terminal) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        if terminal.shows_progress() {
            let bar = bar.clone();
            // A stage may last long without a step, so something besides the work has to watch the time.
            thread::spawn(move || {
                thread::sleep(PATIENCE);
                if !bar.is_finished() {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(Duration::from_millis(120));
                }
            });
        }
        Progress { bar }
    }

    /// The next stage of the work: so many steps of it, or none that can be counted.
    pub fn stage(&self, name: &'static str, steps: usize) {
        let template = if steps > 0 { "{msg:9} {bar:30} {human_pos} of {human_len}" } else { "{msg:9} {spinner}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
        self.bar.set_message(name);
    }

    /// One step done.
    pub fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
