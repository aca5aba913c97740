//! How far an analysis goes before it says that it could not decide.

/// The limits of an analysis: numbers of things, never of seconds, so that every machine stops at the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Boxes in one set of situations; beyond, the question is put to decision diagrams.
    pub boxes: usize,
    /// Nodes of one decision diagram; beyond, the question stays open.
    pub nodes: usize,
    /// Later rules that one rule is compared with in detail.
    pub partners: usize,
    /// Bans that one duty is held against together.
    pub bans: usize,
    /// Steps taken over one question: words of boxes and nodes of diagrams that are gone through.
    pub steps: u64,
    /// Steps taken over all comparisons of an analysis; a batch of rules that has been begun is finished.
    pub all_steps: u64,
    /// Disagreements told by one analysis, those whose situation takes very many facts to tell counted several times; those of
    /// a batch of rules that has been begun are all told.
    pub disagreements: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            boxes: 256,
            nodes: 20_000,
            partners: 1_000,
            bans: 64,
            steps: 100_000_000,
            all_steps: 4_000_000_000,
            disagreements: 20_000,
        }
    }
}
