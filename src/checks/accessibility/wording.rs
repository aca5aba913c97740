//! The words of links and pictures in Markdown, and of headers in its tables.
//!
//! It gives words and places; whether they say enough is for the checks.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A link or a picture of some prose.
#[derive(Debug)]
pub struct Named {
    /// Whether it is a picture.
    pub is_picture: bool,
    /// Its words, with single blanks.
    pub words: String,
    /// Where it stands in the Markdown.
    pub place: Range<usize>,
}

/// What prose may hold, as the pages read it.
pub fn events(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter()
}

/// Every link and picture, in the order in which they end. The words of a picture in a link are the link's as well.
pub fn named(markdown: &str) -> Vec<Named> {
    let (mut open, mut done): (Vec<Named>, Vec<Named>) = (Vec::new(), Vec::new());
    for (event, place) in events(markdown) {
        match event {
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                open.push(Named { is_picture: matches!(tag, Tag::Image { .. }), words: String::new(), place });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(mut it) = open.pop() {
                    it.words = it.words.split_whitespace().collect::<Vec<_>>().join(" ");
                    done.push(it);
                }
            }
            Event::Text(words) | Event::Code(words) => open.iter_mut().for_each(|it| it.words.push_str(&words)),
            Event::SoftBreak | Event::HardBreak => open.iter_mut().for_each(|it| it.words.push(' ')),
            _ => {}
        }
    }
    done
}

/// Words without the case and the punctuation that tell nothing.
pub fn plain(words: &str) -> String {
    let kept: String = words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_picture_in_a_link_are_the_links_too() {
        let found = named("[![The map](a.png)](https://a.example) and [two\nlines](b)");
        let told: Vec<(bool, &str)> = found.iter().map(|it| (it.is_picture, it.words.as_str())).collect();
        assert_eq!(told, [(true, "The map"), (false, "The map"), (false, "two lines")]);
    }

    #[test]
    fn case_and_punctuation_tell_nothing() {
        assert_eq!(plain("»Click *here*!"), "click here");
    }
}
