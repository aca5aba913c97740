//! Texts made ready for the page: without characters that cannot be set, and with places where endless words may break.
//!
//! It knows no policy: every text of a value is gone through, but for those that lead somewhere.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fonts::Fonts;

/// Fields that are no text for readers.
const ADDRESSES: [&str; 4] = ["anchor", "url", "key", "contentHash"];
/// How many characters may follow on each other without a place to break.
const LONGEST: usize = 28;
/// Where a word of endless length may break.
const BREAK: char = '\u{200b}';

/// Makes every text of a value ready; answers the characters that no font can show.
pub(super) fn ready(value: &mut Value, fonts: &Fonts) -> BTreeSet<char> {
    let mut missing = BTreeSet::new();
    walk(value, fonts, &mut missing);
    missing
}

fn walk(value: &mut Value, fonts: &Fonts, missing: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => {
            missing.extend(text.chars().filter(|&c| is_shown(c) && !fonts.show(c)));
            if let Some(told) = told(text) {
                *text = told;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, fonts, missing)),
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut().filter(|(name, _)| !ADDRESSES.contains(&name.as_str())) {
                // A new line by itself ends a line; code keeps its own.
                if name != "text" || field.as_str() != Some("\n") {
                    walk(field, fonts, missing);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text as it can be set, where that differs from what was written.
fn told(text: &str) -> Option<String> {
    let is_plain = text.chars().all(|c| is_shown(c) || c == '\n');
    let is_long = text.split(char::is_whitespace).any(is_endless);
    if is_plain && !is_long {
        return None;
    }
    let mut told = String::with_capacity(text.len() + 16);
    for word in text.split_inclusive(char::is_whitespace) {
        let breaks = is_endless(word.trim_end());
        for (at, c) in word.chars().filter(|&c| is_shown(c) || c.is_whitespace()).enumerate() {
            if breaks && at > 0 && at % LONGEST == 0 {
                told.push(BREAK);
            }
            told.push(if c == '\t' { ' ' } else { c });
        }
    }
    Some(told)
}

/// Whether a word needs a place to break; the typesetter finds its own in addresses of the web.
fn is_endless(word: &str) -> bool {
    word.len() > LONGEST
        && !word.contains("://")
        && word.split(['-', BREAK]).any(|part| part.chars().nth(LONGEST).is_some())
}

/// Characters that are written on paper, and not orders to some machine.
fn is_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn made(value: Value) -> (Value, String) {
        let mut value = value;
        let fonts = Fonts::new(&[]).expect("the built-in fonts");
        let missing = ready(&mut value, &fonts);
        (value, missing.into_iter().collect())
    }

    #[test]
    fn ordinary_words_stay_as_they_are() {
        let text = json!({ "text": "Café – “déjà vu” ŵ ŷ £5 ½ Ελλάδα Москва ✓ co-operation\n" });
        assert_eq!(made(text.clone()), (text, String::new()));
    }

    #[test]
    fn endless_words_may_break_but_addresses_and_places_are_kept() {
        let word = "x".repeat(60);
        let url = format!("https://a.example/{word}");
        let (value, _) = made(json!({ "text": [word, url], "anchor": word }));
        let broken = format!("{}\u{200b}{}\u{200b}{}", "x".repeat(28), "x".repeat(28), "x".repeat(4));
        assert_eq!(value, json!({ "text": [broken, url], "anchor": word }));
    }

    #[test]
    fn orders_to_a_machine_go_and_what_no_font_has_is_told() {
        let (value, missing) = made(json!(["a\u{0}b\u{7f}\u{feff}c\td", "漢 and 🙂\u{fe0f}"]));
        assert_eq!(value[0], json!("abc d"));
        assert_eq!(missing, "漢🙂");
    }
}
