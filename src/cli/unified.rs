//! What would change, as a unified diff that `patch` and `git apply` take.

use similar::TextDiff;

use crate::source::Sources;

/// The difference between two states of the same files.
pub(super) fn diff(before: &Sources, after: &Sources) -> String {
    let mut text = String::new();
    for ((_, old), (_, new)) in before.iter().zip(after.iter()) {
        if old.text() == new.text() {
            continue;
        }
        let diff = TextDiff::from_lines(old.text(), new.text());
        let (from, to) = (format!("a/{}", old.path()), format!("b/{}", new.path()));
        text.push_str(&diff.unified_diff().context_radius(3).header(&from, &to).to_string());
    }
    text
}
