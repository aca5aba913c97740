//! Suggestions for misspelt words, and the sentences findings are made of.
//!
//! It knows words only, not what they are the names of.

use crate::diagnostic::Finding;
use crate::source::Span;

/// The most suggestions told at once: more would be no help.
const MOST: usize = 4;

/// The candidates nearest to `name`, if any is near enough to be what was meant: all those at the smallest distance, in
/// the order given, each once.
pub(super) fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let length = name.chars().count();
    let mut best = allowance(length) + 1;
    let mut found: Vec<&str> = Vec::new();
    let letters = letters(name);
    for candidate in candidates {
        // One edit changes at most two bits of the letter set and the length by one: most candidates stop here.
        let far = candidate.len().abs_diff(name.len()) > 4 * best
            || (letters ^ self::letters(candidate)).count_ones() as usize > 2 * best;
        if far || candidate == name {
            continue;
        }
        let (own, other) = where_they_differ(name, candidate);
        if own.len().abs_diff(other.len()) > 4 * best {
            continue;
        }
        let distance = strsim::osa_distance(own, other);
        if distance < best {
            best = distance;
            found.clear();
        }
        if distance == best && distance <= allowance(length) && !found.contains(&candidate) {
            found.push(candidate);
        }
    }
    found.truncate(MOST);
    found
}

/// How many slips of the pen a word of this length may have and still be told from others.
fn allowance(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}

/// Two words without what they begin and end with alike, which costs no edit: what is left is short.
fn where_they_differ<'w>(one: &'w str, other: &'w str) -> (&'w str, &'w str) {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let ahead = alike(&mut one.chars().zip(other.chars()));
    let (one, other) = (&one[ahead..], &other[ahead..]);
    let behind = alike(&mut one.chars().rev().zip(other.chars().rev()));
    (&one[..one.len() - behind], &other[..other.len() - behind])
}

fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte.to_ascii_lowercase() & 31))
}

/// The finding with what was probably meant: a machine-applicable fix at `span` where that is one word only, and the
/// remedy `otherwise` where nothing is near.
pub(super) fn suggest(finding: Finding, span: Span, nearest: &[&str], otherwise: impl FnOnce() -> String) -> Finding {
    match nearest {
        [] => finding.help(otherwise()),
        [one] => finding.help(format!("did you mean `{one}`?")).fix(format!("write `{one}`"), span, *one),
        several => finding.help(format!("did you mean {}?", listed(several, "or"))),
    }
}

/// The words in backticks, joined as a sentence joins them: `a`, `b` or `c`.
pub(super) fn listed<S: AsRef<str>>(words: &[S], joiner: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    joined(&quoted, joiner)
}

/// The phrases joined as a sentence joins them.
pub(super) fn joined(phrases: &[String], joiner: &str) -> String {
    match phrases {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {joiner} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_suggested_and_far_ones_are_not() {
        let words = ["staff", "teacher", "governor", "stuff"];
        assert_eq!(closest("staf", words), ["staff"]);
        assert_eq!(closest("stff", words), ["staff", "stuff"]);
        assert_eq!(closest("gouvernour", words), ["governor"]);
        assert!(closest("headteacher", words).is_empty());
        assert!(closest("it", ["at", "hr"]).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn what_words_share_at_their_ends_costs_nothing(one in "[abé]{0,8}", other in "[abé]{0,8}") {
            let (short, shorter) = where_they_differ(&one, &other);
            proptest::prop_assert_eq!(strsim::osa_distance(short, shorter), strsim::osa_distance(&one, &other));
        }
    }

    #[test]
    fn lists_read_as_sentences_do() {
        assert_eq!(listed(&["a", "b", "c"], "or"), "`a`, `b` or `c`");
        assert_eq!(listed(&["a"], "or"), "`a`");
    }
}
