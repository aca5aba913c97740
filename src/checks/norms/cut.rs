//! Qualifiers cut out of a rule so that what is left reads as if they had never been there.
//!
//! Where a comment stands in between, nothing is cut: whoever wrote it has to see to it.

use crate::source::Span;

/// What to cut so that the qualifier of these words, whose rest stands at `rest`, is gone: its whole line where it has
/// one to itself.
pub(super) fn qualifier(text: &str, words: &[&str], rest: Span) -> Option<Span> {
    let mut start = rest.start as usize;
    for word in words.iter().rev() {
        let before = text.get(..start)?.trim_end();
        start = before.strip_suffix(word)?.len();
    }
    let end = rest.end as usize;
    let before = text.get(..start)?;
    let after = text.get(end..)?;
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let begins_line = text.get(line..start)?.trim().is_empty();
    let to_end = after.find('\n').map_or(after.len(), |newline| newline + 1);
    let ends_line = after.get(..to_end)?.trim().is_empty();
    let (start, end) = match (begins_line, ends_line) {
        (true, true) => (line, end + to_end),
        (true, false) => (start, end + after.len() - after.trim_start_matches([' ', '\t']).len()),
        (false, _) => (before.trim_end_matches([' ', '\t']).len(), end),
    };
    Some(Span::new(rest.file, start, end))
}

/// What to cut so that one reference of a list is gone: with its comma, or with the words before it where it stands alone.
pub(super) fn reference(text: &str, words: &[&str], span: Span) -> Option<Span> {
    let before = text.get(..span.start as usize)?.trim_end();
    if let Some(head) = before.strip_suffix(',') {
        return Some(Span::new(span.file, head.trim_end().len(), span.end as usize));
    }
    let after = text.get(span.end as usize..)?;
    let Some(rest) = after.trim_start().strip_prefix(',') else { return qualifier(text, words, span) };
    let next = text.len() - rest.trim_start().len();
    text.get(next..)?.starts_with('@').then(|| Span::new(span.file, span.start as usize, next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// The text without what is cut at `@`, or at the condition in brackets.
    fn without(text: &str, words: &[&str], part: &str, list: bool) -> Option<String> {
        let start = text.find(part).expect("the part stands there");
        let span = Span::new(FileId(0), start, start + part.len());
        let cut = if list { reference(text, words, span) } else { qualifier(text, words, span) }?;
        Some(format!("{}{}", &text[..cut.start as usize], &text[cut.end as usize..]))
    }

    #[test]
    fn a_qualifier_takes_its_line_with_it() {
        let cut = |text: &str| without(text, &["unless"], "a", false);
        assert_eq!(cut("rule\n  unless a\n  when b\n").as_deref(), Some("rule\n  when b\n"));
        assert_eq!(cut("rule when b unless a\n}").as_deref(), Some("rule when b\n}"));
        assert_eq!(cut("rule unless a when b").as_deref(), Some("rule when b"));
        assert_eq!(cut("rule\n  unless\n    a when b").as_deref(), Some("rule\n  when b"));
        assert_eq!(cut("rule\n  # why\n  unless a when b").as_deref(), Some("rule\n  # why\n  when b"));
        assert_eq!(cut("rule\n  unless # why\n  a when b"), None);
    }

    #[test]
    fn a_reference_takes_its_comma_with_it() {
        let cut = |text: &str, part: &str| without(text, &["yields", "to"], part, true);
        let list = "rule\n  yields to @x, @y,\n    @z\n}";
        assert_eq!(cut(list, "@x").as_deref(), Some("rule\n  yields to @y,\n    @z\n}"));
        assert_eq!(cut(list, "@y").as_deref(), Some("rule\n  yields to @x,\n    @z\n}"));
        assert_eq!(cut(list, "@z").as_deref(), Some("rule\n  yields to @x, @y\n}"));
        assert_eq!(cut("rule\n  yields  to @x\n}", "@x").as_deref(), Some("rule\n}"));
        assert_eq!(cut("yields to @x, # why\n @y", "@x"), None);
    }
}
