//! Names of a rule in words: several of each, or one of them.

use super::{Teller, label};
use crate::model::{Definition, Filler, without_article};

impl<'a> Teller<'a> {
    /// Each name in the plural: rules speak of all who are named so. A label with an article stays as it is.
    pub(super) fn all(self, names: &[Filler]) -> Vec<String> {
        names.iter().map(|&name| self.several(name).to_owned()).collect()
    }

    /// A name in the singular.
    pub(super) fn one(self, name: Filler) -> &'a str {
        match name {
            Filler::Word(word) => &self.vocabulary.word(word).label,
            Filler::Group(definition) => &self.policy.definition(definition).term,
        }
    }

    fn several(self, name: Filler) -> &'a str {
        match name {
            Filler::Word(word) => {
                let word = self.vocabulary.word(word);
                // Nobody means "Facebooks" who has written no plural for Facebook.
                let name = label::is_single_name(&word.label) && word.plural.strip_suffix('s') == Some(&word.label);
                if name || without_article(&word.label).is_some() { &word.label } else { &word.plural }
            }
            Filler::Group(definition) => plural_term(self.policy.definition(definition)),
        }
    }

    /// Those who approve or consent, each with an article, and whether their verb is in the plural.
    pub(super) fn quorum(self, names: &[Filler], count: u32) -> (String, bool) {
        let each: Vec<String> = names.iter().map(|&name| label::the(self.one(name))).collect();
        match (each.as_slice(), count) {
            ([one], _) => (one.clone(), label::is_plural(one)),
            ([.., last], 0 | 1) => (label::list(&each, "or"), label::is_plural(last)),
            ([first, second], 2) => (format!("both {first} and {second}"), true),
            _ => (format!("at least {count} of {}", label::list(&each, "and")), true),
        }
    }
}

/// A term in the plural, where one of its further forms is that; else the term.
fn plural_term(definition: &Definition) -> &str {
    let term = definition.term.as_str();
    let is_plural = |form: &&String| {
        let form = form.as_str();
        form.strip_suffix('s') == Some(term)
            || form.strip_suffix("es") == Some(term)
            || (form.ends_with("ies") && form.strip_suffix("ies") == term.strip_suffix('y'))
    };
    definition.also.iter().find(is_plural).map_or(term, String::as_str)
}
