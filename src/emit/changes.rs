//! What changed between two collections, for people and for programs: one view, and a file for each format.

mod build;
mod html;
mod json;
mod markdown;
mod terminal;
mod told;
pub mod view;

pub use build::{Ask, Given, report};
pub use html::html;
pub use json::json;
pub use markdown::{LONGEST_COMMENT, markdown};
pub use terminal::{Screen, terminal};
