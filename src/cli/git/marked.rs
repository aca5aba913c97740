//! Lines of ours in a file that others write too: between two marks, so that they are found again and nothing else is touched.

use super::super::failure::Failure;

const BEGIN: &str = "# >>> clausal git setup";
const END: &str = "# <<< clausal git setup";

/// Whether our lines are in a text.
pub(super) fn is_in(text: &str) -> bool {
    text.lines().any(|line| line.trim() == BEGIN)
}

/// A text with our lines: in their place if they are there, else at its end.
pub(super) fn with(text: &str, lines: &[&str], told: &str) -> Result<String, Failure> {
    let (before, after) = match around(text, told)? {
        Some(parts) => parts,
        None => (text, ""),
    };
    let is_windows = text.split_inclusive('\n').next().is_some_and(|line| line.ends_with("\r\n"));
    let end = if is_windows { "\r\n" } else { "\n" };
    let mut with = before.to_owned();
    if !with.is_empty() && !with.ends_with('\n') {
        with.push_str(end);
    }
    for line in std::iter::once(&BEGIN).chain(lines).chain([&END]) {
        with.push_str(line);
        with.push_str(end);
    }
    with.push_str(after);
    Ok(with)
}

/// A text without our lines; `None` if nothing else is in it.
pub(super) fn without(text: &str, told: &str) -> Result<Option<String>, Failure> {
    let rest = match around(text, told)? {
        Some((before, after)) => format!("{before}{after}"),
        None => text.to_owned(),
    };
    Ok((!rest.trim().is_empty()).then_some(rest))
}

/// What stands before our lines and after them.
fn around<'t>(text: &'t str, told: &str) -> Result<Option<(&'t str, &'t str)>, Failure> {
    let (mut begin, mut end, mut at) = (None, None, 0);
    for line in text.split_inclusive('\n') {
        match line.trim() {
            BEGIN if begin.is_none() => begin = Some(at),
            END if begin.is_some() && end.is_none() => end = Some(at + line.len()),
            BEGIN | END => return Err(damaged(told)),
            _ => {}
        }
        at += line.len();
    }
    match (begin, end) {
        (None, None) => Ok(None),
        (Some(begin), Some(end)) => Ok(text.get(..begin).zip(text.get(end..))),
        _ => Err(damaged(told)),
    }
}

fn damaged(told: &str) -> Failure {
    Failure::new(format!("in `{told}`, the lines that this program wrote have lost one of their marks")).help(format!(
        "delete them by hand, with what is left of `{BEGIN}` and `{END}`, and run it again; nothing was written"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_there_and_back(text: &str, expected: &str) {
        let with = with(text, &["a b"], "x").expect("the marks are sound");
        assert_eq!(with, expected);
        assert_eq!(self::with(&with, &["a b"], "x").as_deref(), Ok(expected), "twice is once");
        let back = without(&with, "x").expect("the marks are sound").unwrap_or_default();
        assert_eq!(back.trim_end(), text.trim_end());
    }

    #[test]
    fn lines_come_and_go() {
        let block = format!("{BEGIN}\na b\n{END}\n");
        assert_there_and_back("", &block);
        assert_there_and_back("*.png binary\n", &format!("*.png binary\n{block}"));
        assert_there_and_back("*.png binary", &format!("*.png binary\n{block}"));
        let windows = block.replace('\n', "\r\n");
        assert_there_and_back("*.png binary\r\n", &format!("*.png binary\r\n{windows}"));
        let old = format!("one\n{BEGIN}\nother\nlines\n{END}\ntwo\n");
        assert_eq!(with(&old, &["a b"], "x").as_deref(), Ok(format!("one\n{block}two\n").as_str()));
        assert_eq!(without(&old, "x"), Ok(Some("one\ntwo\n".to_owned())));
    }

    #[test]
    fn lost_marks_are_told() {
        for text in [format!("{BEGIN}\na\n"), format!("a\n{END}\n"), format!("{BEGIN}\n{BEGIN}\n{END}\n")] {
            assert!(with(&text, &["a"], "x").is_err() && without(&text, "x").is_err(), "{text}");
        }
    }
}
