//! The checks: what each finds, how much it weighs, and the page that explains it.
//!
//! One check is two files in the folder of its family: `name.rs` with its metadata and, unless its findings are made
//! while the sources are read, one function; and `name.md`, its page, which is its documentation and its test. Besides
//! those it has a line in its family's file and one in [`ALL`].
//!
//! Checks read the model. They know no syntax tree and no output format, and they print nothing.

mod accepts;
mod accessibility;
mod context;
mod finish;
mod governance;
mod names;
mod norms;
mod prose;
mod settings;
mod syntax;
mod types;
mod versions;

pub use context::{Base, Context, Subject};
pub use finish::finish;
pub use prose::modality;
pub use settings::{Refused, Settings};

use rayon::prelude::*;

use crate::diagnostic::{CheckInfo, Finding};

/// A check.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Name, family, default severity and page.
    pub info: CheckInfo,
    /// How its findings come about.
    pub run: Run,
}

/// How the findings of a check come about.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// While the sources are parsed and resolved, or while accepted findings are matched: there is nothing to run.
    WhileReading,
    /// Policy by policy, each by itself.
    Policy(fn(&Subject<'_>, &mut Vec<Finding>)),
    /// Once for the whole collection.
    Collection(fn(&Context<'_>, &mut Vec<Finding>)),
    /// Once for the whole collection, where it is compared with a base.
    Against(fn(&Context<'_>, &Base<'_>, &mut Vec<Finding>)),
}

/// All checks, by family, in the order in which they are listed.
pub const ALL: &[Check] = &[
    syntax::syntax::CHECK,
    names::unknown_name::CHECK,
    names::duplicate_id::CHECK,
    names::duplicate_form::CHECK,
    names::unknown_reference::CHECK,
    names::ambiguous_reference::CHECK,
    names::circular_hierarchy::CHECK,
    names::reused_id::CHECK,
    names::unused_word::CHECK,
    names::unused_definition::CHECK,
    names::circular_definition::CHECK,
    types::wrong_filler::CHECK,
    types::missing_object::CHECK,
    types::unexpected_preposition::CHECK,
    types::incomparable_units::CHECK,
    types::ambiguous_and_or::CHECK,
    types::misplaced_only_when::CHECK,
    types::misplaced_or::CHECK,
    types::crowded_rule::CHECK,
    norms::contradiction::CHECK,
    norms::joint_contradiction::CHECK,
    norms::unranked_rules::CHECK,
    norms::contradictory_advice::CHECK,
    norms::incompatible_duties::CHECK,
    norms::never_applies::CHECK,
    norms::redundant_rule::CHECK,
    norms::idle_exception::CHECK,
    norms::idle_override::CHECK,
    norms::override_cycle::CHECK,
    norms::conflicting_deadlines::CHECK,
    norms::undecided_rules::CHECK,
    prose::modality_mismatch::CHECK,
    prose::unmodelled_norm::CHECK,
    prose::unset_parameter::CHECK,
    prose::left_over_placeholder::CHECK,
    prose::numbering_gap::CHECK,
    prose::duplicate_number::CHECK,
    prose::refused_markdown::CHECK,
    accessibility::wordless_picture::CHECK,
    accessibility::vague_link::CHECK,
    accessibility::table_without_headers::CHECK,
    accessibility::bold_heading::CHECK,
    accessibility::empty_heading::CHECK,
    accessibility::unknown_language::CHECK,
    governance::missing_metadata::CHECK,
    governance::review_overdue::CHECK,
    governance::review_before_approval::CHECK,
    governance::review_cycle_mismatch::CHECK,
    governance::history_out_of_order::CHECK,
    governance::version_mismatch::CHECK,
    versions::unversioned_change::CHECK,
    versions::version_went_back::CHECK,
    versions::changed_since_approval::CHECK,
    versions::vanished_id::CHECK,
    accepts::expired_accept::CHECK,
    accepts::unused_accept::CHECK,
];

/// The check of this name.
pub fn find(name: &str) -> Option<&'static Check> {
    ALL.iter().find(|check| check.info.name == name)
}

/// The name of a check that is nearest to a misspelt one, if any is near.
pub fn nearest(name: &str) -> Option<&'static str> {
    let near = ALL.iter().map(|check| (strsim::jaro_winkler(name, check.info.name), check.info.name));
    near.filter(|(likeness, _)| *likeness > 0.85).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// Runs every check that is not made while reading; the order of the findings is left to [`finish`].
pub fn run(context: &Context<'_>) -> Vec<Finding> {
    let policies: Vec<_> = context.collection.policies().collect();
    let mut findings: Vec<Finding> = policies
        .par_iter()
        .flat_map_iter(|&(id, policy)| {
            let subject = Subject::new(context, id, policy);
            let mut found = Vec::new();
            for check in ALL {
                if let Run::Policy(run) = check.run {
                    run(&subject, &mut found);
                }
            }
            found
        })
        .collect();
    for check in ALL {
        match (check.run, context.base()) {
            (Run::Collection(run), _) => run(context, &mut findings),
            (Run::Against(run), Some(base)) => run(context, base, &mut findings),
            _ => {}
        }
    }
    findings
}
