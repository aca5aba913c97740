//! Decisions to live with a finding: matching them, and the checks on them.
//!
//! It knows findings and places; what a finding is about it never asks.

pub mod expired_accept;
pub mod matching;
pub mod unused_accept;
