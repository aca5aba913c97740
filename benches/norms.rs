//! The norm analysis alone, on collections read before: realistic ones of 10,000, 30,000 and 100,000 rules, and shapes that
//! are as hard as can be. `cargo bench --bench norms`; with numbers after `--` only realistic ones of those sizes, with other
//! words only the shapes whose name has one of them; `--write FOLDER` keeps what was measured there.
//!
//! Each row is a process of its own, so that its memory is its own, and a shape that is not read and analysed in a minute is stopped.

#[path = "support/dice.rs"]
mod dice;
#[path = "support/norms.rs"]
mod realistic;
#[path = "support/worst.rs"]
mod worst;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clausal::norms::{Analysis, Question, analyse};

/// One row must be done by then.
const LONGEST: Duration = Duration::from_secs(60);
/// A shape that takes longer is not run again for a better figure.
const REPEATED: Duration = Duration::from_secs(2);

/// What the realistic collections are like, for comparison.
const EXAMPLES: &str = "the example policies";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--row", name] => row(name),
        ["--write", folder] => write(Path::new(folder)),
        wanted => table(wanted),
    }
}

fn table(wanted: &[&str]) {
    let sizes: Vec<&str> = wanted.iter().copied().filter(|word| word.parse::<usize>().is_ok()).collect();
    let sizes = if wanted.is_empty() { vec![EXAMPLES, "10000", "30000", "100000"] } else { sizes };
    let shapes = worst::SHAPES.iter().map(|shape| shape.0);
    let shapes = shapes.filter(|name| wanted.is_empty() || wanted.iter().any(|word| name.contains(word)));
    println!(
        "{:<45} {:>7} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "collection", "rules", "analysis", "memory", "disagree", "needless", "others", "undecided"
    );
    for name in sizes.into_iter().chain(shapes) {
        let mut command = Command::new(std::env::current_exe().expect("this program has a place"));
        let mut child = command.args(["--row", name]).stdin(Stdio::null()).spawn().expect("this program runs");
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a child can be waited for") {
                break Some(status);
            }
            if begun.elapsed() > LONGEST {
                child.kill().expect("a child can be stopped");
                child.wait().expect("a child can be waited for");
                break None;
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        match status {
            None => println!("{name:<45} stopped after {} s", LONGEST.as_secs()),
            Some(status) if !status.success() => println!("{name:<45} ended with {status}"),
            Some(_) => {}
        }
    }
}

/// Measures one collection and prints its row.
fn row(name: &str) {
    let (name, files) = match name.parse() {
        Ok(size) => (format!("realistic, {size} rules"), realistic::collection(size)),
        Err(_) if name == EXAMPLES => (name.to_owned(), realistic::examples()),
        Err(_) => (name.to_owned(), shape(name)),
    };
    let (collection, mistakes) = realistic::read(files);
    // The examples keep the mistakes of their originals; what is made here has none.
    assert!(name == EXAMPLES || mistakes.is_empty(), "{name}: {:#?}", mistakes.first());
    let begun_with = memory("VmRSS:");
    // Where the system lets it, the peak is counted from here.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let mut best = Duration::MAX;
    let mut found = Analysis::default();
    for _ in 0..3 {
        let begun = Instant::now();
        found = analyse(&collection, Question::default());
        best = best.min(begun.elapsed());
        if best > REPEATED {
            break;
        }
    }
    let grown = memory("VmHWM:").saturating_sub(begun_with) as f64 / 1e6;
    let others =
        found.never_applies.len() + found.idle_exceptions.len() + found.idle_overrides.len() + found.cycles.len();
    let undecided: usize = found.undecided.iter().map(|undecided| undecided.rules.len()).sum();
    println!(
        "{name:<45} {:>7} {:>7.3} s {grown:>6.1} MB {:>9} {:>9} {others:>9} {undecided:>9}",
        collection.rules().count(),
        best.as_secs_f64(),
        found.disagreements.len(),
        found.redundant.len(),
    );
}

fn shape(name: &str) -> Vec<(String, String)> {
    let shape = worst::SHAPES.iter().find(|shape| shape.0 == name).expect("a shape of this name");
    vec![("shape.policy".to_owned(), shape.1())]
}

/// Writes all collections below a folder.
fn write(folder: &Path) {
    let realistic = [10_000, 30_000, 100_000].map(|size| (size.to_string(), realistic::collection(size)));
    let shapes = worst::SHAPES.iter().map(|(name, text)| {
        let id: String = name.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
        (id, vec![("shape.policy".to_owned(), text())])
    });
    for (name, files) in realistic.into_iter().chain(shapes) {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        for (file, text) in files {
            std::fs::write(folder.join(file), text).expect("a file can be written");
        }
    }
}

/// What Linux tells of this process's memory, in bytes; 0 where it does not tell.
fn memory(what: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok())
        .map_or(0, |kilobytes| kilobytes * 1024)
}
