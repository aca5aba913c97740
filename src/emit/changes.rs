//! What changed between two collections, for people and for programs: one view, and a file for each format.

mod build;
pub mod view;

pub use build::{Ask, Given, report};
