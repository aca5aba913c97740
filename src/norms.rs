//! The decision procedure: what the rules of a collection mean together, as `docs/language.md` defines it and
//! `docs/norms.md` settles in detail.
//!
//! [`analyse`] finds every disagreement, with the first situation in which it shows, and every rule, exception and
//! override that does nothing. It is exact: it reports a disagreement if and only if there is one, or says which rules it
//! could not decide within its limits. [`compare`] says as exactly what a change of rules asks of people, or spares them. The
//! module knows the model alone and prints nothing; findings are made of its answers by the checks.

mod answer;
mod cells;
mod change;
mod circles;
mod classes;
mod diagram;
mod facts;
mod first;
mod index;
mod joint;
mod leaves;
mod limits;
mod mask;
mod meaning;
mod pair;
mod profile;
mod quorum;
mod redundant;
mod rules;
mod search;
mod sets;
mod single;
mod space;

pub use answer::{
    Analysis, Conflict, Context, Disagreement, IdleException, IdleOverride, Leaf, Limit, NeverApplies, Redundant,
    Relation, Undecided, Value, Way, Witness,
};

pub use change::{Aspect, Direction, Effect, Joined, Pair, Shift, Side, Verdict, compare};
pub use limits::Limits;

use crate::model::Collection;
use rules::Rules;
use search::Search;

/// What is asked of an analysis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Whether all organisations of the collection are taken as one, so that every policy speaks for all of them.
    pub as_one: bool,
}

/// What the rules of a collection mean together.
///
/// Left out are the rules of withdrawn policies, those of policies whose organisation is not known, rules that could not be
/// understood in full ([`crate::model::Rule::incomplete`]) with all that such a rule overrides, directly or not, and
/// overrides that close a circle.
pub fn analyse(collection: &Collection, question: Question) -> Analysis {
    analyse_within(collection, question, Limits::default())
}

/// The same within other limits: what is answered stays as true, but more or less of it stays open.
pub fn analyse_within(collection: &Collection, question: Question, limits: Limits) -> Analysis {
    let rules = Rules::of(collection, question, limits);
    Search::new(&rules).run()
}
