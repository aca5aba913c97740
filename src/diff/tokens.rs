//! Prose as a row of words that can be compared: what a reader sees of each, and what it counts as.
//!
//! Where lines end counts for nothing but between paragraphs, items of a list and rows of a table. A reference counts as
//! what it leads to, so that a clause whose number changes leaves the words that refer to it as they were; a parameter
//! counts as itself, whatever was filled in.

use std::borrow::Cow;

use super::{Matching, name_of};
use crate::model::{Collection, InlineTarget, Parent, Policy, PolicyId, Prose, Target};

/// The first of the signs that stand for links: private characters, which no author has any use for.
const FIRST_SIGN: u32 = 0xF_0000;

fn is_sign(letter: char) -> bool {
    (FIRST_SIGN..FIRST_SIGN + 0xFFFE).contains(&(letter as u32))
}

/// Adds what an author wrote, in which there are no signs.
fn add_plain(plain: &str, text: &mut String) {
    match plain.contains(is_sign) {
        true => text.extend(plain.chars().map(|letter| if is_sign(letter) { '\u{FFFD}' } else { letter })),
        false => text.push_str(plain),
    }
}

/// A word, a mark, or the end of a paragraph or line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it counts as.
    pub(super) key: String,
    /// What a reader sees.
    pub(super) shown: String,
}

/// Where prose stands, and which places its references are compared as.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) collection: &'a Collection,
    pub(super) policy: PolicyId,
    /// For the old side: what its places are on the new one.
    pub(super) matching: Option<&'a Matching>,
}

impl Reader<'_> {
    /// The words of a piece of prose.
    pub(super) fn read(self, prose: &Prose) -> Vec<Token> {
        // The text as it is shown, with a sign of its own for each link that counts as something else than its words: so
        // that a word of which a part is a link is one word all the same.
        let (mut text, mut links) = (String::with_capacity(prose.markdown.len()), Vec::new());
        let mut from = 0;
        for inline in &prose.inlines {
            add_plain(prose.markdown.get(from..inline.start as usize).unwrap_or_default(), &mut text);
            from = inline.end as usize;
            let shown = inline.shown.as_deref().map_or_else(|| self.shown(inline.target), Cow::Borrowed);
            let link = match (inline.target, inline.shown.is_some()) {
                (InlineTarget::Reference(_) | InlineTarget::Parameter(_), false) => Some(shown.clone().into_owned()),
                // Words that lead to another place than before are not the same.
                (InlineTarget::Reference(_), true) => Some(String::new()),
                _ => None,
            };
            let sign = char::from_u32(FIRST_SIGN + links.len() as u32).filter(|sign| is_sign(*sign));
            match link.zip(sign) {
                Some((words, sign)) => {
                    text.push(sign);
                    if words.is_empty() {
                        add_plain(&shown, &mut text);
                    }
                    links.push(Token { key: self.key(inline.target), shown: words });
                }
                None => add_plain(&shown, &mut text),
            }
        }
        add_plain(prose.markdown.get(from..).unwrap_or_default(), &mut text);
        let mut tokens = words(text.trim_end());
        for token in &mut tokens {
            let link = token.key.chars().next().filter(|sign| is_sign(*sign));
            if let Some(link) = link.and_then(|sign| links.get((sign as u32 - FIRST_SIGN) as usize)) {
                *token = link.clone();
            }
        }
        tokens
    }

    fn target(self, target: InlineTarget) -> Option<Target> {
        match target {
            InlineTarget::Reference(at) => Some(self.collection.policy(self.policy).reference(at).to),
            _ => None,
        }
    }

    /// What a link without words of its own shows.
    fn shown(self, target: InlineTarget) -> Cow<'static, str> {
        let policy = self.collection.policy(self.policy);
        match target {
            InlineTarget::Word(word) => Cow::Owned(self.collection.vocabulary.word(word).label.clone()),
            InlineTarget::Definition(at) => Cow::Owned(policy.definition(at).term.clone()),
            InlineTarget::Parameter(at) => match policy.parameters.get(at as usize) {
                Some(parameter) => Cow::Owned(match &parameter.value {
                    Some(value) => value.clone(),
                    None => format!("[{}]", parameter.label),
                }),
                None => Cow::Borrowed("…"),
            },
            InlineTarget::Reference(_) => {
                self.target(target).map_or(Cow::Borrowed("…"), |to| Cow::Owned(self.number(to)))
            }
            InlineTarget::Broken => Cow::Borrowed("…"),
        }
    }

    fn number(self, target: Target) -> String {
        let of_block = |policy: &Policy, block: Parent| {
            let Some(block) = block.map(|block| policy.block(block)) else { return policy.title.clone() };
            block.number.clone().or_else(|| block.heading.clone()).unwrap_or_else(|| block.id.clone())
        };
        match target {
            Target::Policy(policy) => self.collection.policy(policy).title.clone(),
            Target::Block(policy, block) => of_block(self.collection.policy(policy), Some(block)),
            Target::Rule(rule) => of_block(self.collection.policy(rule.policy), self.collection.rule(rule).block),
            Target::Related(at) => {
                let related = self.collection.policy(self.policy).related.get(at as usize);
                related.map(|it| it.title.clone()).unwrap_or_default()
            }
        }
    }

    /// What a link counts as: the new place of what it leads to.
    fn key(self, target: InlineTarget) -> String {
        let place = |policy: PolicyId, place: Parent| match self.matching {
            None => format!("@{}:{}", policy.0, place.map_or(-1, |block| i64::from(block.0))),
            Some(matching) => match (matching.policy(policy), matching.place(policy, place)) {
                (Some(policy), Some(place)) => {
                    format!("@{}:{}", policy.0, place.map_or(-1, |block| i64::from(block.0)))
                }
                _ => format!("@gone {}:{}", policy.0, place.map_or(-1, |block| i64::from(block.0))),
            },
        };
        match (target, self.target(target)) {
            (_, Some(Target::Policy(policy))) => place(policy, None),
            (_, Some(Target::Block(policy, block))) => place(policy, Some(block)),
            (_, Some(Target::Rule(rule))) => {
                let it = self.collection.rule(rule);
                let name = it.name.clone().unwrap_or_else(|| it.position.to_string());
                format!("{}#{name}", place(rule.policy, it.block))
            }
            (_, Some(Target::Related(at))) => {
                let related = self.collection.policy(self.policy).related.get(at as usize);
                format!("@{}", related.map(|it| it.id.as_str()).unwrap_or_default())
            }
            (InlineTarget::Parameter(at), _) => {
                let parameter = self.collection.policy(self.policy).parameters.get(at as usize);
                format!("${}", parameter.map(|it| it.id.as_str()).unwrap_or_default())
            }
            (InlineTarget::Word(word), _) => format!("{:?}", name_of(self.collection, word)),
            _ => "…".to_owned(),
        }
    }
}

/// The words of a text without links.
pub(super) fn words(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    plain(text, &mut tokens);
    tokens
}

/// An end of a paragraph, to stand between two texts.
pub(super) fn paragraph() -> Token {
    Token { key: "\n\n".to_owned(), shown: "\n\n".to_owned() }
}

fn plain(text: &str, tokens: &mut Vec<Token>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_whitespace() {
            let length = rest.find(|letter: char| !letter.is_whitespace()).unwrap_or(rest.len());
            blank(&rest[..length], &rest[length..], tokens);
            length
        } else {
            let length = word(rest);
            let key = rest[..length].to_owned();
            tokens.push(Token { shown: key.clone(), key });
            length
        };
        rest = &rest[length..];
    }
}

/// How long the first word is: letters and digits with the apostrophes, hyphens, points and commas between them, or one
/// other mark.
fn word(text: &str) -> usize {
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let joins = matches!(letter, '\'' | '’' | '-' | '.' | ',' | '/' | ':')
            && at > 0
            && letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let is_part = letter.is_alphanumeric() || joins;
        if !is_part {
            return if at == 0 { letter.len_utf8() } else { at };
        }
        end = at + letter.len_utf8();
    }
    end
}

/// Blanks: one blank, unless a paragraph, an item or a row ends with them.
fn blank(blank: &str, after: &str, tokens: &mut Vec<Token>) {
    let lines = blank.matches('\n').count();
    let key = match lines {
        0 => " ",
        1 if !begins_item(after) => " ",
        1 => "\n",
        _ => "\n\n",
    };
    let indent = if key == " " { "" } else { blank.rsplit('\n').next().unwrap_or_default() };
    tokens.push(Token { key: key.to_owned(), shown: format!("{key}{indent}") });
}

/// Whether a line begins an item of a list or is a row of a table.
fn begins_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    ["- ", "* ", "+ ", "|"].iter().any(|mark| line.starts_with(mark))
        || (digits.len() < line.len() && (digits.starts_with(". ") || digits.starts_with(") ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        words(text).into_iter().map(|token| token.shown).filter(|shown| shown != " ").collect()
    }

    #[test]
    fn marks_are_words_of_their_own() {
        assert_eq!(
            shown("The head's 1,000, e.g. A-level."),
            ["The", "head's", "1,000", ",", "e.g", ".", "A-level", "."]
        );
    }

    #[test]
    fn only_paragraphs_items_and_rows_end_with_a_line() {
        assert_eq!(shown("one\ntwo\n\nthree\n- four"), ["one", "two", "\n\n", "three", "\n", "-", "four"]);
    }

    #[test]
    fn blanks_are_one() {
        let all: Vec<String> = words("one  two\nthree").into_iter().map(|token| token.shown).collect();
        assert_eq!(all, ["one", " ", "two", " ", "three"]);
    }
}
