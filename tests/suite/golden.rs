//! Expected texts kept in files: compared with what came out, and rewritten on demand.

use std::fmt::Write;
use std::path::Path;

/// Lines shown before and after a difference.
const CONTEXT: usize = 3;

/// Compares `actual` with the file at `path` below `tests/`, byte by byte; with `CLAUSAL_UPDATE=1` in the environment
/// the file is written instead.
#[track_caller]
pub fn golden(path: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path);
    if std::env::var_os("CLAUSAL_UPDATE").is_some_and(|value| value == "1") {
        let folder = file.parent().expect("a golden file lies in a folder");
        std::fs::create_dir_all(folder).expect("the folder of a golden file can be made");
        std::fs::write(&file, actual).expect("a golden file can be written");
        return;
    }
    let expected = match std::fs::read_to_string(&file) {
        Ok(expected) => expected,
        Err(error) => panic!("tests/{path} cannot be read ({error}); CLAUSAL_UPDATE=1 cargo test writes it"),
    };
    if expected != actual {
        let difference = difference(&expected, actual);
        panic!("tests/{path} differs; if the new text is right, CLAUSAL_UPDATE=1 cargo test writes it\n{difference}");
    }
}

/// The lines that differ, `-` expected and `+` found, with what stands round them.
fn difference(expected: &str, actual: &str) -> String {
    let old: Vec<&str> = expected.split_inclusive('\n').collect();
    let new: Vec<&str> = actual.split_inclusive('\n').collect();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let mut shown = format!("at line {}:\n", head + 1);
    let mut add = |sign: char, lines: &[&str]| {
        for line in lines {
            let end = if line.ends_with('\n') { "" } else { "  (no line end)" };
            let line = line.trim_end_matches('\n').replace('\u{1b}', "␛").replace('\r', "␍");
            let _ = writeln!(shown, "{sign} {line}{end}");
        }
    };
    add(' ', &old[head.saturating_sub(CONTEXT)..head]);
    add('-', &old[head..old.len() - tail]);
    add('+', &new[head..new.len() - tail]);
    add(' ', &old[old.len() - tail..(old.len() - tail + CONTEXT).min(old.len())]);
    shown
}

#[test]
fn a_difference_is_told_with_its_lines() {
    let told = difference("one\ntwo\nthree\nfour\n", "one\n2\nthree\nfour\n");
    assert_eq!(told, "at line 2:\n  one\n- two\n+ 2\n  three\n  four\n");
    assert_eq!(difference("one\n", "one"), "at line 1:\n- one\n+ one  (no line end)\n");
}
