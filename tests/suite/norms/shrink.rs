//! The smallest collection of which something is still so.

use std::ops::Range;

/// Files by path and text.
pub type Files = Vec<(String, String)>;

/// Takes out files, lines and words as long as `still` holds of what is left.
pub fn shrink(mut files: Files, still: &dyn Fn(&Files) -> bool) -> Files {
    loop {
        let before: usize = files.iter().map(|(_, text)| text.len()).sum();
        for index in (0..files.len()).rev() {
            let mut fewer = files.clone();
            fewer.remove(index);
            if still(&fewer) {
                files = fewer;
            }
        }
        for index in 0..files.len() {
            take_out(&mut files, index, still, |text| text.split_inclusive('\n').map(str::len).collect());
            take_out(&mut files, index, still, |text| text.split_inclusive([' ', '\n']).map(str::len).collect());
        }
        if files.iter().map(|(_, text)| text.len()).sum::<usize>() == before {
            return files;
        }
    }
}

/// Takes runs of pieces out of one file, long runs first.
fn take_out(files: &mut Files, index: usize, still: &dyn Fn(&Files) -> bool, pieces: fn(&str) -> Vec<usize>) {
    for length in [16, 8, 5, 4, 3, 2, 1] {
        let mut start = 0;
        loop {
            let lengths = pieces(&files[index].1);
            if start + length > lengths.len() {
                break;
            }
            let from: usize = lengths[..start].iter().sum();
            let to = from + lengths[start..start + length].iter().sum::<usize>();
            match without(files, index, from..to, still) {
                Some(fewer) => *files = fewer,
                None => start += 1,
            }
        }
    }
}

fn without(files: &Files, index: usize, range: Range<usize>, still: &dyn Fn(&Files) -> bool) -> Option<Files> {
    let mut fewer = files.clone();
    // A line keeps its end when its last word goes.
    let line_end = fewer[index].1[range.clone()].ends_with('\n') && !fewer[index].1[..range.start].ends_with('\n');
    fewer[index].1.replace_range(range, if line_end { "\n" } else { "" });
    (fewer != *files && still(&fewer)).then_some(fewer)
}

#[test]
fn what_is_not_needed_goes() {
    let files = vec![("a".to_owned(), "one two\nthree four\n".to_owned()), ("b".to_owned(), "five\n".to_owned())];
    let small = shrink(files, &|files| files.iter().any(|(_, text)| text.contains("four")));
    assert_eq!(small, [("a".to_owned(), "four\n".to_owned())]);
}
