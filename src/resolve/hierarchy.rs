//! What lies below what: nesting and `is`, circles broken, and what actions inherit.
//!
//! After this module every climb from a word to those above it ends.

use super::lost::Lost;
use super::names::Names;
use super::vocabulary::Declared;
use crate::diagnostic::Finding;
use crate::model::{Signature, Vocabulary, WordId};
use crate::source::Span;

/// The words in an order in which each comes after those above it.
pub(super) struct Order(Vec<WordId>);

/// A step up from a word: to the word it is nested in, or by an `is`, whose place is kept.
#[derive(Clone, Copy)]
struct Step {
    to: WordId,
    is: Option<Span>,
}

/// Puts a word directly below another, once.
pub(super) fn put_below(vocabulary: &mut Vocabulary, word: WordId, parent: WordId) {
    if !vocabulary.word(word).parents.contains(&parent) {
        vocabulary.words[word.0 as usize].parents.push(parent);
    }
}

/// Reads every `is`, leaves out those that would close a circle, and fills in the children.
pub(super) fn link<'s>(
    names: &mut Names<'s>,
    declared: &[Declared<'_, 's>],
    lost: &Lost<'s>,
    findings: &mut Vec<Finding>,
) -> Order {
    let nested = |word: &crate::model::Word| word.parents.iter().map(|&to| Step { to, is: None }).collect::<Vec<_>>();
    let mut steps: Vec<Vec<Step>> = names.vocabulary.words.iter().map(nested).collect();
    for Declared { entry, word, .. } in declared {
        let kind = names.vocabulary.word(*word).kind;
        for name in &entry.is {
            let Some(to) = names.of_kind(kind, *name, lost, findings) else { continue };
            let known = &mut steps[word.0 as usize];
            if !known.iter().any(|step| step.to == to) {
                known.push(Step { to, is: Some(name.span) });
            }
        }
    }
    let order = break_circles(&names.vocabulary, &mut steps, findings);
    for (word, steps) in names.vocabulary.words.iter_mut().zip(&steps) {
        word.parents = steps.iter().map(|step| step.to).collect();
    }
    for (index, steps) in steps.iter().enumerate() {
        for step in steps {
            names.vocabulary.words[step.to.0 as usize].children.push(WordId(index as u32));
        }
    }
    Order(order)
}

/// Climbs from every word in turn. A step onto the way that led there closes a circle; the last `is` of the circle is
/// then left out, for nesting alone cannot close one.
fn break_circles(vocabulary: &Vocabulary, steps: &mut [Vec<Step>], findings: &mut Vec<Finding>) -> Vec<WordId> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        OnTheWay,
        Done,
    }
    let mut state = vec![State::New; steps.len()];
    let mut order = Vec::with_capacity(steps.len());
    for start in 0..steps.len() {
        if state[start] != State::New {
            continue;
        }
        // Each entry is a word and the place of the next of its steps to take.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        state[start] = State::OnTheWay;
        while let Some(&(word, next)) = way.last() {
            let Some(&step) = steps[word].get(next) else {
                state[word] = State::Done;
                order.push(WordId(word as u32));
                way.pop();
                continue;
            };
            if let Some(last) = way.last_mut() {
                last.1 += 1;
            }
            let above = step.to.0 as usize;
            match state[above] {
                State::Done => {}
                State::New => {
                    state[above] = State::OnTheWay;
                    way.push((above, 0));
                }
                State::OnTheWay => {
                    let from = way.iter().position(|&(word, _)| word == above).unwrap_or(0);
                    let round: Vec<(usize, Step)> =
                        way[from..].iter().map(|&(word, next)| (word, steps[word][next - 1])).collect();
                    let cut = round.iter().rposition(|(_, step)| step.is.is_some()).unwrap_or(0);
                    findings.extend(circle(vocabulary, &round, cut));
                    let cut = from + cut;
                    // The climb goes on from the word whose step is cut; what lies above it is new again.
                    for &(word, _) in &way[cut + 1..] {
                        state[word] = State::New;
                    }
                    way.truncate(cut + 1);
                    if let Some((word, next)) = way.last_mut() {
                        *next -= 1;
                        steps[*word].remove(*next);
                    }
                }
            }
        }
    }
    order
}

/// The finding for a circle: the words of the way round, each with the step it takes, and which of them is cut.
fn circle(vocabulary: &Vocabulary, round: &[(usize, Step)], cut: usize) -> Option<Finding> {
    let id = |word: usize| vocabulary.words.get(word).map_or("", |word| word.id.as_str());
    let place = |&(word, step): &(usize, Step)| step.is.unwrap_or(vocabulary.words[word].span);
    let &(word, step) = round.get(cut)?;
    let (word, above) = (id(word), id(step.to.0 as usize));
    let message = match round.len() {
        1 => format!("`{word}` cannot lie below itself"),
        _ => format!("`{word}` cannot be `{above}`, for `{above}` lies below `{word}` already"),
    };
    let finding = Finding::new("circular-hierarchy", place(&round[cut]), message)
        .help(format!("take `{above}` out of what `{word}` is, or change one of the other places"));
    let others = (1..round.len()).filter_map(|turn| round.get((cut + turn) % round.len()));
    Some(others.fold(finding, |finding, at| {
        finding.and(place(at), format!("`{}` is put below `{}` here", id(at.0), id(at.1.to.0 as usize)))
    }))
}

/// Gives each action what it takes itself and, for each slot it leaves open, what the actions above it take.
pub(super) fn inherit_takes(names: &mut Names<'_>, order: &Order, own: Vec<(WordId, bool, Signature)>) {
    for (word, first, signature) in own {
        // Of an id declared twice the first entry counts.
        if first {
            names.vocabulary.words[word.0 as usize].takes = signature;
        }
    }
    for &word in &order.0 {
        let Some(&first) = names.vocabulary.word(word).parents.first() else { continue };
        if names.vocabulary.word(word).parents.iter().any(|parent| names.vague.contains(parent)) {
            names.vague.insert(word);
        }
        let mut takes = names.vocabulary.word(first).takes.clone();
        for &parent in names.vocabulary.word(word).parents.iter().skip(1) {
            let further = names.vocabulary.word(parent).takes.clone();
            takes.object = takes.object.or(further.object);
            for slot in further.slots {
                if !takes.slots.iter().any(|(preposition, _)| *preposition == slot.0) {
                    takes.slots.push(slot);
                }
            }
        }
        let own = std::mem::take(&mut names.vocabulary.words[word.0 as usize].takes);
        takes.object = own.object.or(takes.object);
        for slot in own.slots {
            match takes.slots.iter_mut().find(|(preposition, _)| *preposition == slot.0) {
                Some(inherited) => *inherited = slot,
                None => takes.slots.push(slot),
            }
        }
        names.vocabulary.words[word.0 as usize].takes = takes;
    }
}
