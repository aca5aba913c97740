//! The numbers that the blocks of one block show, in order: what the checks on numbering compare.
//!
//! It reads numbers and gives none.

use crate::model::{BlockIdx, BlockKind, Item, Parent, Policy};
use crate::source::Span;

/// A number shown in a policy.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// As shown.
    pub number: &'a str,
    /// Whether it counts apart from sections and clauses.
    pub annex: bool,
    /// Whether an author wrote it.
    pub kept: bool,
    /// The kept number, or the id of the block.
    pub span: Span,
}

/// The numbers that stand directly in a block or in the policy itself, in order.
pub fn numbers_in(policy: &Policy, parent: Parent) -> Vec<Shown<'_>> {
    let shown = policy.items_of(parent).iter().filter_map(|item| match item {
        Item::Block(index) => {
            let block = policy.block(*index);
            let kept = block.kept_number.as_ref();
            let number = kept.map(|(number, _)| number).or(block.number.as_ref())?;
            let span = kept.map_or(block.id_span, |(_, span)| *span);
            let annex = block.kind == BlockKind::Annex;
            Some(Shown { number, annex, kept: kept.is_some(), span })
        }
        Item::Withdrawn(index) => {
            let withdrawn = policy.withdrawn.get(*index as usize)?;
            let number = withdrawn.number.as_ref()?;
            Some(Shown { number, annex: false, kept: false, span: withdrawn.span })
        }
        _ => None,
    });
    shown.collect()
}

/// Every block of a policy and the policy itself.
pub fn parents(policy: &Policy) -> impl Iterator<Item = Parent> {
    std::iter::once(None).chain((0..policy.blocks.len()).map(|index| Some(BlockIdx(index as u32))))
}

/// A number taken apart at its last part: what stands before it, and how many it counts. `5.4` is 4 after `5.`, `(c)`
/// is 3, and so is `C`; `None` for anything else, such as `4a`.
pub fn last_part(number: &str) -> Option<(&str, u32)> {
    let number = number.trim().trim_end_matches('.');
    let bare = number.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    if let Some(bare) = bare {
        return Some(("(", letter(bare)?));
    }
    let cut = number.rfind('.').map_or(0, |dot| dot + 1);
    let (before, last) = number.split_at(cut);
    let count = if last.bytes().all(|byte| byte.is_ascii_digit()) { last.parse().ok()? } else { letter(last)? };
    Some((before, count))
}

/// The place of a single letter in the alphabet. Roman numbers are left alone: `i` may be either.
fn letter(text: &str) -> Option<u32> {
    match text.as_bytes() {
        [byte @ (b'a'..=b'h' | b'j'..=b'u' | b'w' | b'y' | b'z')] => Some(u32::from(byte - b'a') + 1),
        [byte @ b'A'..=b'Z'] => Some(u32::from(byte - b'A') + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::last_part;

    #[test]
    fn numbers_come_apart_at_their_last_part() {
        assert_eq!(last_part("5.4"), Some(("5.", 4)));
        assert_eq!(last_part("12"), Some(("", 12)));
        assert_eq!(last_part("15.0"), Some(("15.", 0)));
        assert_eq!(last_part("6.1.14"), Some(("6.1.", 14)));
        assert_eq!(last_part("(c)"), Some(("(", 3)));
        assert_eq!(last_part("B"), Some(("", 2)));
        for odd in ["4a", "", "(ii)", "(i)", "one", "5.-1", "99999999999"] {
            assert_eq!(last_part(odd), None, "{odd}");
        }
    }
}
