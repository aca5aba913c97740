//! What an id is, and which words are reserved.

use pest::Parser;

use super::grammar::{Grammar, Rule};

/// Whether `text` is an id: small letters and digits in parts joined by single hyphens, a letter first.
pub fn is_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = bytes.first().is_some_and(u8::is_ascii_lowercase);
    let ends = bytes.last().is_some_and(|&last| last != b'-');
    let inside = bytes.iter().all(|&byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    begins && ends && inside && !text.contains("--")
}

/// Whether `text` is one of the words that end or join the parts of a rule. The grammar has the list.
pub fn is_reserved(text: &str) -> bool {
    let shaped = text.bytes().all(|byte| byte.is_ascii_lowercase()) && !text.is_empty();
    shaped && Grammar::parse(Rule::name, text).is_err()
}

/// The id an author most likely meant: small letters, hyphens for blanks and underscores. Empty where nothing is left.
pub fn id_like(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => id.push(letter),
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    while id.ends_with('-') {
        id.pop();
    }
    if id.starts_with(|first: char| first.is_ascii_digit()) { format!("n{id}") } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        for id in ["a", "st-wilfrid", "a1-2b"] {
            assert!(is_id(id), "{id}");
        }
        for text in ["", "A", "1a", "-a", "a-", "a--b", "a_b", "é"] {
            assert!(!is_id(text), "{text}");
        }
        assert_eq!(id_like("St_Wilfrid"), "st-wilfrid");
        assert_eq!(id_like("1st"), "n1st");
    }

    #[test]
    fn reserved_words() {
        assert!(is_reserved("must") && is_reserved("on") && is_reserved("only"));
        assert!(!is_reserved("mustard") && !is_reserved("once") && !is_reserved("consequence"));
    }
}
