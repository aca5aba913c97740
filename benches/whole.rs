//! The whole program on collections of 1,000, 10,000 and 100,000 clauses: wall time and peak memory of `clausal check`,
//! `clausal build` and `clausal diff`, each the best of three runs. `cargo bench --bench whole -- 1000 10000` for other sizes.
//! What is compared is the collection and a copy of it in which a rule of every policy asks for something else. Last come a
//! thousand policies like those of `policies/`.

#[path = "support/dice.rs"]
mod dice;
#[path = "support/examples.rs"]
mod examples;
#[path = "support/generator.rs"]
mod generator;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let mut sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 10_000, 100_000];
    }
    println!(
        "{:>14} {:>9} {:<6} {:>9} {:>9} {:>14}",
        "collection", "source", "verb", "wall", "memory", "memory/source"
    );
    for size in sizes {
        measure(&format!("{size} clauses"), generator::collection(size));
    }
    measure("1000 policies", examples::collection(1000));
}

/// Runs every verb on a collection, and tells how it went.
fn measure(name: &str, files: Vec<(String, String)>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (sources, edited) = (folder.path().join("sources"), folder.path().join("edited"));
    for folder in [&sources, &edited] {
        std::fs::create_dir(folder).expect("a folder can be made");
    }
    let mut bytes = 0;
    for (name, text) in files {
        bytes += text.len();
        std::fs::write(edited.join(&name), edited_text(&text)).expect("a file can be written");
        std::fs::write(sources.join(name), text).expect("a file can be written");
    }
    let out = folder.path().join("site");
    let verbs: [(&str, Vec<&Path>); 3] = [
        ("check", vec![&sources]),
        ("build", vec![&sources, Path::new("--out"), &out]),
        ("diff", vec![&sources, &edited]),
    ];
    for (verb, arguments) in verbs {
        let (mut best, mut most) = (Duration::MAX, 0);
        for _ in 0..3 {
            let (wall, memory) = run(verb, &arguments);
            best = best.min(wall);
            most = most.max(memory);
        }
        let mb = |bytes: usize| format!("{:.1} MB", bytes as f64 / 1e6);
        let ratio = format!("{:.1}", most as f64 / bytes as f64);
        println!("{name:>14} {:>9} {verb:<6} {:>7.2} s {:>9} {ratio:>14}", mb(bytes), best.as_secs_f64(), mb(most));
    }
}

/// The text with its first ban turned into advice.
fn edited_text(text: &str) -> String {
    let rule = text.lines().find(|line| line.trim_start().starts_with("rule ") && line.contains(" must not "));
    rule.map_or(text.to_owned(), |rule| text.replacen(rule, &rule.replacen(" must not ", " should not ", 1), 1))
}

/// Wall time and peak memory in bytes of one run; the memory is 0 where the system does not tell it.
fn run(verb: &str, arguments: &[&Path]) -> (Duration, usize) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausal"));
    command.arg(verb).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    let mut child = command.spawn().expect("the program runs");
    let mut peak = 0;
    loop {
        peak = peak.max(high_water_mark(child.id()));
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            assert!(status.success(), "{verb} ended with {status}");
            return (begun.elapsed(), peak);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The most memory a process has had so far, as Linux tells it.
fn high_water_mark(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok())
        .map_or(0, |kilobytes| kilobytes * 1024)
}
