//! Checks on a policy's header: what is missing from it, and whether its dates and versions agree.
//!
//! They know no rules and no prose, and no clock: the day they judge by is given to them or they do not judge.

pub mod history_out_of_order;
pub mod missing_metadata;
pub mod review_before_approval;
pub mod review_cycle_mismatch;
pub mod review_overdue;
pub mod version_mismatch;
