//! What changed, for other programs: the format `clausal-diff`, laid out as the other exports are.

use std::io;

use super::view::Changes;
use crate::emit::json::document;

/// The document, with a final line end.
///
/// # Errors
/// None that these types can cause; `serde_json` has no way to say so.
pub fn json(changes: &Changes) -> io::Result<String> {
    String::from_utf8(document(changes)?).map_err(io::Error::other)
}
