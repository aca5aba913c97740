//! Prose with its links resolved, and the references of a policy.

use super::{BlockIdx, DefinitionIdx, PolicyId, RuleId, WordId};
use crate::source::{FileId, Span};

/// A run of prose: Markdown with links.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The text with its bars taken away, lines joined by `\n`. Links still stand in it as written, in braces.
    pub markdown: String,
    /// The links, in order, each with its range in `markdown`.
    pub inlines: Vec<Inline>,
    /// Where each line of the text stands in the source.
    pub map: SourceMap,
    /// From the first bar to the end of the last line.
    pub span: Span,
}

/// A link of prose: `{term}`, `{@reference}`, `{$parameter}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Offset of its opening brace in the Markdown.
    pub start: u32,
    /// Offset after its closing brace.
    pub end: u32,
    /// What it leads to.
    pub target: InlineTarget,
    /// The words to be shown: those given in quotes, or for a term the form as written. `None` where the words are the
    /// target's: its number, or the value of a parameter.
    pub shown: Option<String>,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineTarget {
    /// A word of the vocabulary.
    Word(WordId),
    /// A definition of this policy.
    Definition(DefinitionIdx),
    /// A reference: an index into the policy's references.
    Reference(ReferenceIdx),
    /// A parameter: an index into the policy's parameters.
    Parameter(u32),
    /// Nothing that exists; there is a finding.
    Broken,
}

/// A reference of a policy's prose: an index into [`super::Policy::references`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferenceIdx(pub u32);

/// A resolved reference of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The block it stands in.
    pub from: super::Parent,
    /// What it leads to.
    pub to: Target,
    /// As written, from the `@`.
    pub span: Span,
}

/// What a reference can lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A whole policy.
    Policy(PolicyId),
    /// A block of a policy.
    Block(PolicyId, BlockIdx),
    /// A rule.
    Rule(RuleId),
    /// An outside document or policy: an index into the list of related documents of the policy that refers.
    Related(u32),
}

/// Where the lines of a prose text stand in the source: pairs of an offset in the text and one in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap {
    /// The file.
    pub file: FileId,
    /// For each line its offset in the text and its offset in the file, in order.
    pub lines: Vec<(u32, u32)>,
}

impl SourceMap {
    /// The place in the source of the byte at `offset` of the text.
    pub fn place(&self, offset: usize) -> u32 {
        let line = self.lines.partition_point(|&(start, _)| start as usize <= offset).saturating_sub(1);
        let (start, source) = self.lines.get(line).copied().unwrap_or_default();
        source + (offset as u32).saturating_sub(start)
    }

    /// The place in the source of a range of the text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let last = end.saturating_sub(1).max(start);
        let (first, after) = (self.place(start), self.place(last) + (end - last.min(end)) as u32);
        Span { file: self.file, start: first, end: after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_over_two_lines_keeps_its_ends() {
        let map = SourceMap { file: FileId(0), lines: vec![(0, 10), (5, 30)] };
        assert_eq!(map.span(1, 3), Span::new(FileId(0), 11, 13));
        assert_eq!(map.span(3, 7), Span::new(FileId(0), 13, 32));
        assert_eq!(map.span(5, 5), Span::new(FileId(0), 30, 30));
    }
}
