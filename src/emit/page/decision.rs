//! Decisions to live with a finding, told for readers: what is accepted, why, by whom, and where both its sides are.
//!
//! It knows where things are to be found, and no markup.

use serde::Serialize;

use super::{Address, Date, capitalised, elsewhere, number, place, sentence, the, title};
use crate::emit::view::{Accepted, Scope};
use crate::model::{Accept, BlockIdx, PartialDate, Policy, PolicyId, Target};

/// A few words, and where what they name is to be found.
#[derive(Debug, Serialize)]
pub(in crate::emit) struct Linked {
    /// The words.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// A finding that is accepted, told.
#[derive(Serialize)]
pub(in crate::emit) struct Decision<'t> {
    /// The name of the check.
    pub check: &'t str,
    /// What it is about, in plain words.
    pub what: String,
    /// The other side of the finding.
    pub with: Option<Linked>,
    /// Why it may stay.
    pub because: String,
    /// Who decided.
    pub by: Option<String>,
    /// The last day the decision holds.
    pub until: Option<Date>,
    /// The place it is accepted at, and where that is to be found.
    pub at: Linked,
}

/// Tells decisions to the readers of one policy.
#[derive(Clone, Copy)]
pub(in crate::emit) struct Decisions<'d, 'a> {
    /// The collection.
    pub scope: Scope<'a>,
    /// The policy whose readers are told.
    pub id: PolicyId,
    /// Where things are to be found from it.
    pub address: &'d Address<'d, 'a>,
}

impl<'d, 'a> Decisions<'d, 'a> {
    /// What a reference names, and where that is.
    pub fn item(self, target: Target) -> Linked {
        Linked { text: title(self.scope, self.policy(), target).into_owned(), href: self.address.of(target) }
    }

    /// A decision of this policy; `whole` is where the whole of it is to be found.
    pub fn here<'t>(self, accepted: &Accepted<'t>, whole: Option<String>) -> Decision<'t> {
        let accept = self.policy().accepts.iter().find(|it| is_same(self.policy(), it, accepted));
        Decision {
            check: accepted.check,
            what: self.scope.point(accepted.check).into_owned(),
            with: accept.and_then(|accept| accept.with).map(|target| self.other_side(target)),
            because: sentence(accepted.because),
            by: accept.and_then(|accept| accept.by).map(|by| the(&self.scope.collection.vocabulary, by)),
            until: accepted.until.as_deref().and_then(PartialDate::parse).map(Date::from),
            at: match accept.and_then(|accept| accept.block) {
                Some(block) => {
                    let it = self.item(Target::Block(self.id, block));
                    let is_numbered = number(self.policy(), block).is_some();
                    Linked { text: if is_numbered { capitalised(&place(self.policy(), block)) } else { it.text }, ..it }
                }
                None => Linked { text: "The whole policy".to_owned(), href: whole },
            },
        }
    }

    /// A decision made in another policy, or another block, about a finding that has its other side in this block.
    pub fn made_elsewhere<'t>(self, (from, accept): (PolicyId, &'t Accept), block: BlockIdx) -> Decision<'t> {
        let mut with = self.item(accept.block.map_or(Target::Policy(from), |block| Target::Block(from, block)));
        with.text = elsewhere(self.scope, self.id, from, accept.block, with.text);
        Decision {
            check: &accept.check,
            what: self.scope.point(&accept.check).into_owned(),
            with: Some(with),
            because: sentence(&accept.because),
            by: accept.by.map(|by| the(&self.scope.collection.vocabulary, by)),
            until: accept.until.map(|(until, _)| until.into()),
            at: self.item(Target::Block(self.id, block)),
        }
    }

    /// The other side of an accepted finding, with its policy where that is another.
    fn other_side(self, target: Target) -> Linked {
        let item = self.item(target);
        let (policy, block) = match target {
            Target::Block(policy, block) => (policy, Some(block)),
            Target::Rule(rule) => (rule.policy, self.scope.collection.rule(rule).block),
            _ => return item,
        };
        Linked { text: elsewhere(self.scope, self.id, policy, block, item.text), ..item }
    }

    fn policy(self) -> &'a Policy {
        self.scope.collection.policy(self.id)
    }
}

/// Whether a decision of the model is the one shown; two that agree in all this say the same.
fn is_same(policy: &Policy, accept: &Accept, shown: &Accepted<'_>) -> bool {
    let at = accept.block.map_or(policy.key.as_str(), |block| policy.block(block).key.as_str());
    accept.check == shown.check && accept.because == shown.because && at == shown.at
}
