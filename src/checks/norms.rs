//! Checks on what rules mean together: rules that disagree, and rules, exceptions and overrides that do nothing.
//!
//! They turn the answers of the analysis ([`crate::norms`]) into findings and decide nothing about rules themselves. What
//! several of them need has a file for each subject: what is said of a rule and where, references to rules, the edits that
//! let one rule give way to another, and those that take an exception or an override out.

mod cut;
mod disagreement;
mod edges;
mod give_way;
mod message;
mod reference;
mod said;

pub mod conflicting_deadlines;
pub mod contradiction;
pub mod contradictory_advice;
pub mod idle_exception;
pub mod idle_override;
pub mod incompatible_duties;
pub mod joint_contradiction;
pub mod never_applies;
pub mod override_cycle;
pub mod redundant_rule;
pub mod undecided_rules;
pub mod unranked_rules;
