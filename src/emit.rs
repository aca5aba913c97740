//! Collections written out for others: one view of them, and one file for each format that is made from it.
//!
//! An emitter reads the resolved model through [`view`] and gives text; it opens no file, sees no tree of the syntax and
//! no check, and asks no clock: the same sources give the same bytes on every machine.

pub mod brand;
pub mod changes;
pub mod desk;
pub mod html;
pub mod json;
pub mod markdown;
mod page;
#[cfg(feature = "pdf")]
pub mod pdf;
mod picture;
pub mod prose;
pub mod schema;
pub mod templates;
pub mod view;
