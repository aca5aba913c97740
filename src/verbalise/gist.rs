//! A rule in fewer words than its sentence has: what stands beside a rule that is pointed at.

use super::{Sentence, Teller};
use crate::model::Rule;

/// How many bytes a gist with its exceptions may have; beyond that they are only hinted at.
const WITH_EXCEPTIONS: usize = 180;

/// How many bytes any gist may have.
const MOST: usize = 320;

impl Teller<'_> {
    /// The rule without its time limits, beginning in small and with no full stop.
    pub(super) fn gist(self, rule: &Rule) -> String {
        let mut sentence = Sentence::default();
        sentence.words(&self.bearers(rule));
        sentence.words(rule.modality.words());
        self.act(rule, &mut sentence);
        let when = self.circumstances(&rule.when);
        when.phrases_onto(&mut sentence);
        if let Some(clauses) = when.clauses() {
            sentence.words(&clauses);
        }
        if let Some(only) = self.circumstances(&rule.only_when).together() {
            sentence.aside("but only");
            sentence.words(&only);
        }
        if let Some(exceptions) = self.exceptions(&rule.unless) {
            let fits = sentence.text.len() + exceptions.len() <= WITH_EXCEPTIONS;
            sentence.aside(if fits { &exceptions } else { "with exceptions" });
        }
        shortened(sentence.text)
    }
}

/// The text up to the last blank that leaves it short enough.
fn shortened(text: String) -> String {
    if text.len() <= MOST {
        return text;
    }
    let blank = text.match_indices(' ').map(|(at, _)| at).take_while(|&at| at <= MOST).last();
    let head = blank.and_then(|end| text.get(..end)).unwrap_or("");
    format!("{} …", head.trim_end_matches(','))
}
