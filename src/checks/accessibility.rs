//! Checks on what some readers could not perceive or find their way in: pictures, links, tables, headings, the language.
//!
//! They read the model as it is written and know no page that is made of it; what a page itself has to bear is held by
//! the tests in a browser.

pub mod bold_heading;
pub mod empty_heading;
mod languages;
pub mod table_without_headers;
pub mod unknown_language;
pub mod vague_link;
mod wording;
pub mod wordless_picture;
