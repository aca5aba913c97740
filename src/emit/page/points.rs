//! What accepted findings are about, in words for people who have never seen a check.

/// What a check points out, in plain words that go on after a colon; the words of its name where there are none here. Names of checks, not the
/// checks: how they find what they find is no business of a page.
pub(in crate::emit) fn point(check: &str) -> String {
    let words = match check {
        "ambiguous-and-or" => "a condition can be read in two ways",
        "ambiguous-reference" => "a reference could lead to several places",
        "circular-definition" => "a definition leads back to itself",
        "circular-hierarchy" => "a word lies below itself",
        "crowded-rule" => "a rule says too much at once",
        "duplicate-form" => "two words are written alike",
        "duplicate-id" => "two places have the same name",
        "duplicate-number" => "two places have the same number",
        "expired-accept" => "a decision has run out",
        "history-out-of-order" => "the history is not in order of dates",
        "incomparable-units" => "two amounts cannot be compared",
        "left-over-placeholder" => "a placeholder was never replaced",
        "misplaced-only-when" => "a limit stands where nothing is permitted",
        "misplaced-or" => "a choice stands where none can be made",
        "missing-metadata" => "particulars of the document are missing",
        "missing-object" => "a rule does not say to what it applies",
        "modality-mismatch" => "the text and its rule bind differently",
        "numbering-gap" => "numbers are left out or out of order",
        "refused-markdown" => "the text is laid out in a way that cannot be kept",
        "reused-id" => "a new clause has the name of an earlier one",
        "review-before-approval" => "the review was due before the approval",
        "review-cycle-mismatch" => "two statements about the next review disagree",
        "review-overdue" => "the review is overdue",
        "syntax" => "a part cannot be read",
        "unexpected-preposition" => "a rule is put in words that do not fit",
        "unknown-name" => "a name is used that nobody has declared",
        "unknown-reference" => "a reference leads nowhere",
        "unmodelled-norm" => "a binding sentence has no rule",
        "unset-parameter" => "a blank has not been filled in",
        "unused-accept" => "a decision settles nothing",
        "unused-definition" => "a defined term is never used",
        "unused-word" => "a word is never used",
        "version-mismatch" => "the version and the history disagree",
        "wrong-filler" => "a word stands where another kind of word belongs",
        other => return other.replace('-', " "),
    };
    words.to_owned()
}
