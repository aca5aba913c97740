//! Which words and facts a policy uses: what its export carries of the vocabulary.
//!
//! The words it names (in its header, rules, groups and the links of its prose), everything below them, what the actions
//! among these take, and all that lies above any of it: enough to read every id of the document and to decide what a rule
//! covers, and no more than is in proportion to the policy.

use crate::model::{Bound, Collection, Condition, Filler, InlineTarget, Item, Policy, Prose, Rule, Vocabulary, WordId};

/// For each word and each fact whether it belongs to the export of a policy.
pub(super) fn by(collection: &Collection, policy: &Policy) -> (Vec<bool>, Vec<bool>) {
    let vocabulary = &collection.vocabulary;
    let mut used = Used {
        vocabulary,
        named: vec![false; vocabulary.words.len()],
        words: vec![false; vocabulary.words.len()],
        facts: vec![false; vocabulary.facts.len()],
    };
    used.header(policy);
    policy.rules.iter().for_each(|rule| used.rule(rule));
    for definition in &policy.definitions {
        used.name_all(&definition.group);
        definition.prose.iter().for_each(|prose| used.prose(prose));
    }
    let blocks = policy.blocks.iter().flat_map(|block| &block.items);
    for item in policy.items.iter().chain(blocks) {
        if let Item::Prose(prose) | Item::Note(prose) = item {
            used.prose(prose);
        }
    }
    used.name_all(&policy.accepts.iter().filter_map(|accept| accept.by).collect::<Vec<_>>());
    (used.words, used.facts)
}

struct Used<'a> {
    vocabulary: &'a Vocabulary,
    /// Words of which everything below has been taken in.
    named: Vec<bool>,
    words: Vec<bool>,
    facts: Vec<bool>,
}

impl Used<'_> {
    fn header(&mut self, policy: &Policy) {
        self.name_all(policy.organisation.as_slice());
        self.name_all(policy.owner.as_slice());
        policy.approved.iter().for_each(|approval| self.name_all(&approval.by));
        self.name_all(&policy.audience);
        self.name_all(&policy.signatories);
    }

    fn rule(&mut self, rule: &Rule) {
        self.fillers(&rule.bearers);
        self.name_all(&rule.actions);
        self.fillers(&rule.objects.names);
        rule.slots.iter().for_each(|slot| self.fillers(&slot.names));
        for part in rule.when.iter().chain(&rule.only_when).chain(&rule.unless) {
            part.condition.walk(&mut |condition| match condition {
                Condition::Flag(fact) | Condition::Choice(fact, _) | Condition::Quantity(fact, ..) => {
                    self.facts[fact.0 as usize] = true;
                }
                Condition::Approval(names, _) | Condition::Consent(names, _) => self.fillers(names),
                Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {}
            });
        }
        let deadline = &rule.deadline;
        self.name_all(deadline.within.and_then(|(_, of)| of).as_slice());
        self.name_all(deadline.before.as_slice());
        self.name_all(deadline.after.as_slice());
        self.name_all(deadline.until.as_slice());
        self.name_all(&rule.on_breach);
    }

    fn prose(&mut self, prose: &Prose) {
        for inline in &prose.inlines {
            if let InlineTarget::Word(word) = inline.target {
                self.name(word);
            }
        }
    }

    /// Groups come in with their definitions.
    fn fillers(&mut self, fillers: &[Filler]) {
        for filler in fillers {
            if let Filler::Word(word) = *filler {
                self.name(word);
            }
        }
    }

    fn name_all(&mut self, words: &[WordId]) {
        words.iter().for_each(|&word| self.name(word));
    }

    /// A word with everything below and above it.
    fn name(&mut self, word: WordId) {
        let mut below = vec![word];
        while let Some(word) = below.pop() {
            if !std::mem::replace(&mut self.named[word.0 as usize], true) {
                self.take(word);
                below.extend(&self.vocabulary.word(word).children);
            }
        }
    }

    /// A word with everything above it and every word its entry speaks of, so that no id leads nowhere.
    fn take(&mut self, word: WordId) {
        let mut open = vec![word];
        while let Some(word) = open.pop() {
            if std::mem::replace(&mut self.words[word.0 as usize], true) {
                continue;
            }
            let it = self.vocabulary.word(word);
            open.extend(it.parents.iter().chain(&it.overlaps).chain(&it.excludes));
            let bounds = it.takes.object.iter().chain(it.takes.slots.iter().map(|(_, bound)| bound));
            open.extend(bounds.filter_map(|bound| match *bound {
                Bound::Word(word) => Some(word),
                Bound::Kind(_) => None,
            }));
        }
    }
}
