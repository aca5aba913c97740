//! The tree of a source file, as written: nothing is looked up, nothing is judged, nothing is lost.
//!
//! Every node has the span of its own text, from its first leaf to its last. Words and prose borrow the source. What
//! could not be read is there as [`Item::Junk`] and the like, and its finding has been reported.

use std::borrow::Cow;

use crate::source::{FileId, Span};

/// One source file.
#[derive(Debug)]
pub struct Ast<'s> {
    /// The file.
    pub file: FileId,
    /// Its vocabularies.
    pub vocabularies: Vec<VocabularyBlock<'s>>,
    /// Its policy, with everything that follows the header.
    pub policy: Option<PolicyFile<'s>>,
    /// All comments, in order, each from its `#` to the end of its line.
    pub comments: Vec<Span>,
    /// Words inside text that could not be read. A name that stands here may well have been declared there, so that a
    /// stage that misses its declaration keeps silent. Sorted, each once.
    pub lost: Vec<&'s str>,
}

/// A bare word: an id, a name, a keyword, a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'s> {
    /// The word.
    pub text: &'s str,
    /// Where it stands.
    pub span: Span,
}

/// A string, its escapes undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'s> {
    /// What it says.
    pub text: Cow<'s, str>,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A `vocabulary` block.
#[derive(Debug)]
pub struct VocabularyBlock<'s> {
    /// Its id; a broken head may lack one.
    pub id: Option<Word<'s>>,
    /// Its entries.
    pub entries: Vec<Entry<'s>>,
    /// The whole block.
    pub span: Span,
}

/// An entry of a vocabulary.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "a collection has hundreds of entries, not millions")]
pub enum Entry<'s> {
    /// An organisation, party, thing, action, event or consequence.
    Word(WordEntry<'s>),
    /// A fact.
    Fact(FactEntry<'s>),
    /// Text that could not be read.
    Junk(Span),
}

/// A word declared.
#[derive(Debug)]
pub struct WordEntry<'s> {
    /// The kind word, `party` and so on: of an entry inside braces that of the outermost one.
    pub kind: Word<'s>,
    /// The id.
    pub id: Word<'s>,
    /// The label.
    pub label: Option<Text<'s>>,
    /// Further forms.
    pub also: Vec<Text<'s>>,
    /// The plurals written; one too many is the resolver's to report.
    pub plural: Vec<Text<'s>>,
    /// The words named by `is`.
    pub is: Vec<Word<'s>>,
    /// The words named by `overlaps`.
    pub overlaps: Vec<Word<'s>>,
    /// What it `takes`.
    pub takes: Option<Takes<'s>>,
    /// The words named by `excludes`.
    pub excludes: Vec<Word<'s>>,
    /// The word `only` before the braces.
    pub only: Option<Span>,
    /// The entries inside the braces.
    pub children: Vec<WordEntry<'s>>,
    /// Whether its head could not be read, so that more may have been said of it.
    pub broken: bool,
    /// The whole entry.
    pub span: Span,
}

/// What an action `takes`.
#[derive(Debug)]
pub struct Takes<'s> {
    /// The bound of its object: a kind word or a name.
    pub object: Option<Word<'s>>,
    /// Its prepositions, each with its bound.
    pub slots: Vec<(Word<'s>, Word<'s>)>,
    /// The whole phrase.
    pub span: Span,
}

/// A fact declared.
#[derive(Debug)]
pub struct FactEntry<'s> {
    /// The id.
    pub id: Word<'s>,
    /// The label.
    pub label: Option<Text<'s>>,
    /// The word `chosen`.
    pub chosen: Option<Span>,
    /// What it holds.
    pub values: FactValues<'s>,
    /// The whole entry.
    pub span: Span,
}

/// What a fact holds.
#[derive(Debug)]
pub enum FactValues<'s> {
    /// Yes or no.
    Flag,
    /// One of these: id and label.
    Choice(Vec<(Word<'s>, Option<Text<'s>>)>),
    /// A quantity in this unit.
    Quantity(Word<'s>),
}

/// A policy: its header and the body that follows it to the end of the file.
#[derive(Debug)]
pub struct PolicyFile<'s> {
    /// The id; a broken head may lack one.
    pub id: Option<Word<'s>>,
    /// The title.
    pub title: Option<Text<'s>>,
    /// The fields of the header, in the order written.
    pub fields: Vec<Field<'s>>,
    /// The body.
    pub items: Vec<Item<'s>>,
    /// From `policy` to the title.
    pub head: Span,
    /// From `policy` to the closing brace of the header.
    pub span: Span,
}

/// A field of a policy's header.
#[derive(Debug)]
pub struct Field<'s> {
    /// Its keyword.
    pub keyword: Word<'s>,
    /// What it says.
    pub value: FieldValue<'s>,
    /// The whole field.
    pub span: Span,
}

/// What a field of a header says, by its form; the keyword tells which it is.
#[derive(Debug)]
pub enum FieldValue<'s> {
    /// `organisation`, `status`, `owner`, `default`, `numbering`: one word.
    Word(Word<'s>),
    /// `audience`, `signatories`: words.
    Words(Vec<Word<'s>>),
    /// `version`, `contact`, `language`, `supersedes`: a string.
    Text(Text<'s>),
    /// `effective`: a date.
    Date(Word<'s>),
    /// `approved [DATE] by PARTY, … [minute "…"]`.
    Approved {
        /// The date.
        date: Option<Word<'s>>,
        /// By whom.
        by: Vec<Word<'s>>,
        /// The minute.
        minute: Option<Text<'s>>,
    },
    /// `review every Q` and `by DATE`.
    Review {
        /// How often.
        every: Option<Quantity<'s>>,
        /// At the latest.
        by: Option<Word<'s>>,
    },
    /// `related ID "Title" [url "…"]`.
    Related {
        /// The id.
        id: Word<'s>,
        /// The title.
        title: Text<'s>,
        /// Where it is to be found.
        url: Option<Text<'s>>,
    },
    /// `basis "Title" [edition "…"] [url "…"]`.
    Basis {
        /// The title.
        title: Text<'s>,
        /// Which edition.
        edition: Option<Text<'s>>,
        /// Where it is to be found.
        url: Option<Text<'s>>,
    },
    /// `history { "version" DATE "what changed" … }`.
    History(Vec<HistoryLine<'s>>),
    /// `parameter ID "label" [= "value"]`.
    Parameter {
        /// The id.
        id: Word<'s>,
        /// What is to be filled in.
        label: Text<'s>,
        /// What was filled in.
        value: Option<Text<'s>>,
    },
    /// `each rule QUALIFIER …`.
    EachRule(Vec<Qualifier<'s>>),
    /// Text that could not be read.
    Junk,
}

/// A line of a history.
#[derive(Debug)]
pub struct HistoryLine<'s> {
    /// The version.
    pub version: Text<'s>,
    /// The date.
    pub date: Word<'s>,
    /// What changed.
    pub change: Text<'s>,
    /// The whole line.
    pub span: Span,
}

/// One thing in a block or in the body of a policy.
#[derive(Debug)]
pub enum Item<'s> {
    /// A run of prose.
    Prose(Prose<'s>),
    /// A rule.
    Rule(Box<Rule<'s>>),
    /// A section, annex or clause.
    Block(Box<Block<'s>>),
    /// `each rule QUALIFIER …` and its whole span.
    EachRule(Vec<Qualifier<'s>>, Span),
    /// A definition.
    Define(Box<Define<'s>>),
    /// `note { | … }`: its prose runs and its whole span.
    Note(Vec<Prose<'s>>, Span),
    /// An accepted finding.
    Accept(Box<Accept<'s>>),
    /// `heading "…"` and its whole span.
    Heading(Text<'s>, Span),
    /// The kept place of a deleted clause.
    Withdrawn(Box<Withdrawn<'s>>),
    /// Text that could not be read.
    Junk(Span),
}

/// A section, annex or clause.
#[derive(Debug)]
pub struct Block<'s> {
    /// Which.
    pub kind: BlockKind,
    /// The id; a broken head may lack one.
    pub id: Option<Word<'s>>,
    /// The heading.
    pub heading: Option<Text<'s>>,
    /// The historic numbers it keeps; one too many is the resolver's to report.
    pub number: Vec<Text<'s>>,
    /// The paths it was known by.
    pub was: Vec<Word<'s>>,
    /// What stands in it.
    pub items: Vec<Item<'s>>,
    /// The whole block.
    pub span: Span,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `section`.
    Section,
    /// `annex`.
    Annex,
    /// `clause`.
    Clause,
    /// A block whose keyword could not be read.
    Unknown,
}

/// `define ID ["term"] [also …] [as WORD, …] { | … }`.
#[derive(Debug)]
pub struct Define<'s> {
    /// The id.
    pub id: Word<'s>,
    /// The term.
    pub term: Option<Text<'s>>,
    /// Further forms.
    pub also: Vec<Text<'s>>,
    /// The words it stands for.
    pub group: Vec<Word<'s>>,
    /// What it says.
    pub prose: Vec<Prose<'s>>,
    /// The whole definition.
    pub span: Span,
}

/// `accept CHECK [with @REF] because "why" [by PARTY] [until DATE]`.
#[derive(Debug)]
pub struct Accept<'s> {
    /// The check.
    pub check: Word<'s>,
    /// The other side of the finding.
    pub with: Option<Reference<'s>>,
    /// The reason.
    pub because: Text<'s>,
    /// Who decided.
    pub by: Option<Word<'s>>,
    /// The last day it holds.
    pub until: Option<Word<'s>>,
    /// The whole decision.
    pub span: Span,
}

/// `withdrawn ID ["why"] [in "3.0"]`.
#[derive(Debug)]
pub struct Withdrawn<'s> {
    /// The id.
    pub id: Word<'s>,
    /// Why it went.
    pub why: Option<Text<'s>>,
    /// In which version.
    pub version: Option<Text<'s>>,
    /// The whole statement.
    pub span: Span,
}

/// A run of `|` lines.
#[derive(Debug)]
pub struct Prose<'s> {
    /// The lines, without bar, the blank after it, and blanks at their end.
    pub lines: Vec<Word<'s>>,
    /// The links in them, in order.
    pub inlines: Vec<Inline<'s>>,
    /// From the first bar to the end of the last line.
    pub span: Span,
}

/// A link in prose.
#[derive(Debug)]
pub struct Inline<'s> {
    /// Which, and what it names.
    pub kind: InlineKind<'s>,
    /// The words to show.
    pub shown: Option<Text<'s>>,
    /// Braces included.
    pub span: Span,
}

/// What a link in prose names.
#[derive(Debug)]
pub enum InlineKind<'s> {
    /// `{social media}`: a form of a term or word.
    Term(Word<'s>),
    /// `{@time-limit}`. Most links are terms, a quarter of its size.
    Reference(Box<Reference<'s>>),
    /// `{$school-name}`: the id.
    Parameter(Word<'s>),
}

/// A reference: `@organisation/policy:section/clause#name`.
#[derive(Clone, Debug)]
pub struct Reference<'s> {
    /// The organisation before the policy.
    pub organisation: Option<Word<'s>>,
    /// The policy before the colon.
    pub policy: Option<Word<'s>>,
    /// The ids of the block, the outermost first; empty for a whole policy.
    pub path: Vec<Word<'s>>,
    /// The rule after the `#`.
    pub rule: Option<Word<'s>>,
    /// From the `@`.
    pub span: Span,
}

/// A rule.
#[derive(Debug)]
pub struct Rule<'s> {
    /// Its name.
    pub name: Option<Word<'s>>,
    /// Whom it binds.
    pub bearers: List<'s>,
    /// With what force.
    pub modality: Modality<'s>,
    /// What is done.
    pub actions: List<'s>,
    /// The `any` before the object.
    pub any: Option<Span>,
    /// What it is done to; `None` where nothing is named.
    pub objects: Option<List<'s>>,
    /// Prepositions and what follows them.
    pub slots: Vec<Slot<'s>>,
    /// The rest, in the order written.
    pub qualifiers: Vec<Qualifier<'s>>,
    /// The whole rule.
    pub span: Span,
}

/// The modality words of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Modality<'s> {
    /// `must`, `should`, `may` or `need`.
    pub verb: Word<'s>,
    /// Whether `not` follows.
    pub negated: bool,
    /// Both words.
    pub span: Span,
}

/// Names joined by commas or by `or`.
#[derive(Debug)]
pub struct List<'s> {
    /// The names.
    pub names: Vec<Word<'s>>,
    /// Where an `or` stands.
    pub ors: Vec<Span>,
    /// Where a comma stands.
    pub commas: Vec<Span>,
    /// The whole list.
    pub span: Span,
}

/// A preposition and what follows it.
#[derive(Debug)]
pub struct Slot<'s> {
    /// The preposition.
    pub preposition: Word<'s>,
    /// The names.
    pub names: List<'s>,
}

/// A qualifier of a rule.
#[derive(Debug)]
pub struct Qualifier<'s> {
    /// What it says.
    pub kind: QualifierKind<'s>,
    /// The whole qualifier.
    pub span: Span,
}

/// What a qualifier says.
#[derive(Debug)]
pub enum QualifierKind<'s> {
    /// `when C`.
    When(Condition<'s>),
    /// `only when C`.
    OnlyWhen(Condition<'s>),
    /// `unless C`.
    Unless(Condition<'s>),
    /// `within Q [of EVENT]`.
    Within(Quantity<'s>, Option<Word<'s>>),
    /// `before EVENT`.
    Before(Word<'s>),
    /// `after EVENT`.
    After(Word<'s>),
    /// `until EVENT`.
    Until(Word<'s>),
    /// `every Q`.
    Every(Quantity<'s>),
    /// `immediately`.
    Immediately,
    /// `on breach CONSEQUENCE, …`.
    OnBreach(List<'s>),
    /// `overrides @REF, …`.
    Overrides(Vec<Reference<'s>>),
    /// `yields to @REF, …`.
    YieldsTo(Vec<Reference<'s>>),
}

/// A number and its unit.
#[derive(Clone, Copy, Debug)]
pub struct Quantity<'s> {
    /// The number.
    pub number: Word<'s>,
    /// The unit.
    pub unit: Word<'s>,
    /// Both.
    pub span: Span,
}

/// A condition.
#[derive(Debug)]
pub struct Condition<'s> {
    /// What it says.
    pub kind: ConditionKind<'s>,
    /// The whole condition.
    pub span: Span,
}

/// What a condition says.
#[derive(Debug)]
pub enum ConditionKind<'s> {
    /// Two or more conditions with the joining word before each but the first. Mixed words are the resolver's to report.
    Chain(Vec<Condition<'s>>, Vec<(Joiner, Span)>),
    /// `not C`.
    Not(Box<Condition<'s>>),
    /// `( C )`.
    Group(Box<Condition<'s>>),
    /// `any of (C, C)`.
    AnyOf(Vec<Condition<'s>>),
    /// `approved by PARTY`, `approved by 2 of (A, B)`.
    Approved(Quorum<'s>),
    /// `consent of PARTY`, `consent of 2 of (A, B)`.
    Consent(Quorum<'s>),
    /// `fact` alone.
    Flag(Word<'s>),
    /// `fact is v`, `fact is one of (v, w)`; `negated` for `is not`.
    Is {
        /// The fact.
        fact: Word<'s>,
        /// Whether `not` follows `is`.
        negated: bool,
        /// The values.
        values: Vec<Word<'s>>,
    },
    /// `fact at most Q` and so on.
    Compare {
        /// The fact.
        fact: Word<'s>,
        /// How.
        comparison: Comparison,
        /// With what.
        amount: Quantity<'s>,
    },
}

/// The word between two conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joiner {
    /// `and`.
    And,
    /// `or`.
    Or,
}

/// How a quantity is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `at most`.
    AtMost,
    /// `at least`.
    AtLeast,
    /// `more than`.
    MoreThan,
    /// `less than`.
    LessThan,
    /// `exactly`.
    Exactly,
}

/// Those who approve or consent.
#[derive(Debug)]
pub struct Quorum<'s> {
    /// How many are needed, where a number is written.
    pub count: Option<Word<'s>>,
    /// The names.
    pub names: Vec<Word<'s>>,
}
