//! A policy: its header, its tables, and the walks over them.

use super::{Amount, Block, BlockIdx, Item, Origin, Parent, PartialDate, Prose, Reference, ReferenceIdx, Rule, WordId};
use crate::source::Span;

/// A policy of a collection: its index in path order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId(pub u32);

/// A policy document with all that stands in it.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The id written.
    pub id: String,
    /// Its stable key: `organisation/policy`.
    pub key: String,
    /// Its title.
    pub title: String,
    /// The organisation it speaks for, with those below it; `None` where the name written is not declared.
    pub organisation: Option<WordId>,
    /// Its version.
    pub version: Option<(String, Span)>,
    /// How far it has come.
    pub status: Option<(Status, Span)>,
    /// The post that answers for it.
    pub owner: Option<WordId>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// When and by whom it was approved.
    pub approved: Option<Approval>,
    /// The day it takes effect.
    pub effective: Option<(PartialDate, Span)>,
    /// When it is to be looked at again.
    pub review: Review,
    /// Whom it is written for.
    pub audience: Vec<WordId>,
    /// What it replaces.
    pub supersedes: Vec<String>,
    /// Other policies and outside documents.
    pub related: Vec<Related>,
    /// Law and guidance it rests on.
    pub basis: Vec<Basis>,
    /// What its authors say of acts no rule speaks of.
    pub default: Option<Silence>,
    /// How its blocks are numbered.
    pub numbering: Numbering,
    /// The language of its prose, as a tag of BCP 47.
    pub language: String,
    /// Where it is written, with its quotes; `None` where it is left to be British English.
    pub language_span: Option<Span>,
    /// Who signs it.
    pub signatories: Vec<WordId>,
    /// Its versions so far, in the order written.
    pub history: Vec<History>,
    /// What a school fills in.
    pub parameters: Vec<Parameter>,
    /// What stands in the policy itself: the preamble, then its blocks.
    pub items: Vec<Item>,
    /// All blocks, in document order.
    pub blocks: Vec<Block>,
    /// All rules, in document order.
    pub rules: Vec<Rule>,
    /// All definitions, in document order.
    pub definitions: Vec<Definition>,
    /// All references of its prose, in document order.
    pub references: Vec<Reference>,
    /// Ids of deleted clauses.
    pub withdrawn: Vec<Withdrawn>,
    /// Findings its authors live with.
    pub accepts: Vec<Accept>,
    /// Whether part of its header could not be understood, so that nothing can be said to lack in it.
    pub unread: bool,
    /// The header from its keyword to its title.
    pub span: Span,
    /// The place of its id.
    pub id_span: Span,
}

/// How far a policy has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Being written.
    Draft,
    /// Put to those it concerns.
    Consultation,
    /// In force.
    Adopted,
    /// No longer in force.
    Withdrawn,
}

/// An approval of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The day, where it is known.
    pub date: Option<PartialDate>,
    /// By whom.
    pub by: Vec<WordId>,
    /// The minute that records it.
    pub minute: Option<String>,
    /// The whole field.
    pub span: Span,
}

/// When a policy is looked at again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Every so long.
    pub every: Option<(Amount, Span)>,
    /// At the latest then.
    pub by: Option<(PartialDate, Span)>,
}

/// Another policy or an outside document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The id references use.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is to be found.
    pub url: Option<String>,
    /// The place of its id.
    pub span: Span,
}

/// Law or guidance a policy rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Its title.
    pub title: String,
    /// Which edition.
    pub edition: Option<String>,
    /// Where it is to be found.
    pub url: Option<String>,
}

/// What an author says of acts no rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// They are permitted.
    Permitted,
    /// They are forbidden.
    Forbidden,
    /// The policy does not say.
    Silent,
}

/// How blocks are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// 1, 1.1, 1.1.1.
    #[default]
    Decimal,
    /// 1, 1.1, (a), (i).
    Legal,
    /// Sections only.
    Headings,
    /// Not at all.
    None,
}

/// One line of a policy's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The version.
    pub version: String,
    /// Its date.
    pub date: PartialDate,
    /// What changed.
    pub change: String,
    /// The whole line.
    pub span: Span,
}

/// A blank that a school fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its id.
    pub id: String,
    /// What is to be filled in.
    pub label: String,
    /// What was filled in.
    pub value: Option<String>,
    /// The place of its id.
    pub span: Span,
}

/// A definition of a policy: an index into [`Policy::definitions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefinitionIdx(pub u32);

/// A term a policy defines.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its id, unique in its policy.
    pub id: String,
    /// The term: as written, or the id with blanks.
    pub term: String,
    /// Further forms.
    pub also: Vec<String>,
    /// The words it stands for in rules of this policy; empty where it is a term only.
    pub group: Vec<WordId>,
    /// What it says.
    pub prose: Option<Prose>,
    /// The block it stands in.
    pub block: Parent,
    /// Whether a rule or a piece of prose uses it.
    pub used: bool,
    /// The place of its id.
    pub span: Span,
}

/// The kept place of a deleted clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// The id.
    pub id: String,
    /// The ids from the policy down, joined by `/`.
    pub path: String,
    /// Its number, where numbering gives it one: a withdrawn clause keeps its place.
    pub number: Option<String>,
    /// Why it went.
    pub why: Option<String>,
    /// In which version.
    pub version: Option<String>,
    /// The block it stands in.
    pub parent: Parent,
    /// The place of its id.
    pub span: Span,
}

/// A finding somebody has decided to live with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accept {
    /// The check.
    pub check: String,
    /// The place of the check's name.
    pub check_span: Span,
    /// The block it stands in: findings in there, and in what lies below, are meant.
    pub block: Parent,
    /// The other side of the finding.
    pub with: Option<super::Target>,
    /// The reason.
    pub because: String,
    /// Who decided.
    pub by: Option<WordId>,
    /// The last day it holds.
    pub until: Option<(PartialDate, Span)>,
    /// The whole decision.
    pub span: Span,
}

impl Policy {
    /// The block with this index.
    pub fn block(&self, index: BlockIdx) -> &Block {
        &self.blocks[index.0 as usize]
    }

    /// The definition with this index.
    pub fn definition(&self, index: DefinitionIdx) -> &Definition {
        &self.definitions[index.0 as usize]
    }

    /// The reference with this index.
    pub fn reference(&self, index: ReferenceIdx) -> &Reference {
        &self.references[index.0 as usize]
    }

    /// The items of a block, or of the policy itself.
    pub fn items_of(&self, parent: Parent) -> &[Item] {
        parent.map_or(&self.items, |block| &self.block(block).items)
    }

    /// Whether it is no longer in force.
    pub fn is_withdrawn(&self) -> bool {
        matches!(self.status, Some((Status::Withdrawn, _)))
    }

    /// The prose run a rule belongs to, where it belongs to one.
    pub fn prose_of(&self, rule: &Rule) -> Option<&Prose> {
        match rule.prose? {
            Origin::Prose(parent, place) => match self.items_of(parent).get(place as usize)? {
                Item::Prose(prose) => Some(prose),
                _ => None,
            },
            Origin::Heading(_) => None,
        }
    }

    /// The latest day its next review is due: `review by`, or the interval counted from the approval, or from the last
    /// entry of its history where the approval has no date.
    pub fn review_due(&self) -> Option<PartialDate> {
        if let Some((by, _)) = self.review.by {
            return Some(by);
        }
        let (every, _) = self.review.every?;
        self.last_approved()?.after(every)
    }

    /// The date of its approval, or of the last entry of its history where the approval has none.
    pub fn last_approved(&self) -> Option<PartialDate> {
        let approved = self.approved.as_ref().and_then(|approval| approval.date);
        approved.or_else(|| self.history.last().map(|entry| entry.date))
    }
}

impl Status {
    /// All of them, in order.
    pub const ALL: [Status; 4] = [Status::Draft, Status::Consultation, Status::Adopted, Status::Withdrawn];

    /// As it is written: `adopted`.
    pub fn name(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Consultation => "consultation",
            Status::Adopted => "adopted",
            Status::Withdrawn => "withdrawn",
        }
    }
}

impl Silence {
    /// All of them, in order.
    pub const ALL: [Silence; 3] = [Silence::Permitted, Silence::Forbidden, Silence::Silent];

    /// As it is written: `permitted`.
    pub fn name(self) -> &'static str {
        match self {
            Silence::Permitted => "permitted",
            Silence::Forbidden => "forbidden",
            Silence::Silent => "silent",
        }
    }
}

impl Numbering {
    /// All of them, in order.
    pub const ALL: [Numbering; 4] = [Numbering::Decimal, Numbering::Legal, Numbering::Headings, Numbering::None];

    /// As it is written: `decimal`.
    pub fn name(self) -> &'static str {
        match self {
            Numbering::Decimal => "decimal",
            Numbering::Legal => "legal",
            Numbering::Headings => "headings",
            Numbering::None => "none",
        }
    }
}
