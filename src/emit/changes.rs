//! What changed between two collections, for people and for programs: one view, and a file for each format.

pub mod view;
