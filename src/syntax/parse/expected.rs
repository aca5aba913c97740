//! What the grammar expected, in an author's words.

use super::grammar::Rule;

/// One thing that could have stood at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// A kind of thing: "a party".
    Thing(&'static str),
    /// A sign or a word as it is written.
    Word(&'static str),
    /// A word that begins a qualifier of a rule.
    Qualifier(&'static str),
}

/// What the rules stand for, each thing once: things first, then words, then qualifiers. Rules that stand for nothing an
/// author could write, such as the end of the text, are left out.
pub fn expected(rules: &[Rule]) -> Vec<Expected> {
    let mut all: Vec<Expected> = rules.iter().flat_map(|&form| of(form)).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The list as a phrase: "a party", "`,`, `or` or a preposition". Empty for an empty list.
pub fn phrase(all: &[Expected]) -> String {
    let qualifiers = all.iter().filter(|one| matches!(one, Expected::Qualifier(_))).count();
    let mut parts: Vec<String> = Vec::new();
    for one in all {
        match one {
            Expected::Thing(thing) => parts.push((*thing).to_owned()),
            Expected::Word(word) => parts.push(format!("`{word}`")),
            Expected::Qualifier(word) if qualifiers < 4 => parts.push(format!("`{word}`")),
            Expected::Qualifier(_) => {}
        }
    }
    if qualifiers >= 4 {
        parts.push("a qualifier (`when`, `unless`, `within` …)".to_owned());
    }
    match parts.pop() {
        None => String::new(),
        Some(last) if parts.is_empty() => last,
        Some(last) => format!("{} or {last}", parts.join(", ")),
    }
}

/// The words among them, for suggestions.
pub fn spelt(all: &[Expected]) -> impl Iterator<Item = &'static str> + '_ {
    all.iter().filter_map(|one| match one {
        Expected::Word(word) | Expected::Qualifier(word) => Some(*word),
        Expected::Thing(_) => None,
    })
}

fn of(form: Rule) -> &'static [Expected] {
    use Expected::{Qualifier, Thing, Word};
    match form {
        Rule::id => &[Thing("an id")],
        Rule::name => &[Thing("a name from the vocabulary")],
        Rule::entry_name | Rule::word_body | Rule::value => &[Thing("a new word's id")],
        Rule::bound => &[Thing("a kind of word, such as `thing`"), Thing("a name from the vocabulary")],
        Rule::kind => {
            &[Word("organisation"), Word("party"), Word("thing"), Word("action"), Word("event"), Word("consequence")]
        }
        Rule::fact_kw | Rule::fact_entry => &[Word("fact")],
        Rule::string => &[Thing("words in \"quotes\"")],
        Rule::number | Rule::quantity => &[Thing("a number with its unit, such as `30 minutes`")],
        Rule::unit => &[Thing("a unit, such as `minutes`")],
        Rule::date => &[Thing("a date, such as `2026-03-17`")],
        Rule::path => &[Thing("a path of ids, such as `section/clause`")],
        Rule::reference => &[Thing("a reference, such as `@clause`")],
        Rule::preposition | Rule::slot => &[Thing("a preposition, such as `to` or `on`")],
        Rule::bearers => &[Thing("a party")],
        Rule::rule_name => &[],
        Rule::modality | Rule::modality_kw => &[Word("must"), Word("should"), Word("may"), Word("need not")],
        Rule::actions => &[Thing("an action")],
        Rule::object => &[Thing("an object")],
        Rule::comma => &[Word(",")],
        Rule::close => &[Word(")")],
        Rule::open => &[Word("{")],
        Rule::and_kw => &[Word("and")],
        Rule::or_kw => &[Word("or")],
        Rule::not_kw => &[Word("not")],
        Rule::any_kw => &[Word("any")],
        Rule::by_kw | Rule::accept_by | Rule::review_by => &[Word("by")],
        Rule::is_kw | Rule::is_test => &[Word("is")],
        Rule::one_of => &[Word("one of")],
        Rule::comparison => &[Word("at most"), Word("at least"), Word("more than"), Word("less than"), Word("exactly")],
        Rule::when | Rule::when_kw => &[Qualifier("when")],
        Rule::only_when | Rule::only_when_kw => &[Qualifier("only when")],
        Rule::unless | Rule::unless_kw => &[Qualifier("unless")],
        Rule::within | Rule::within_kw => &[Qualifier("within")],
        Rule::before | Rule::before_kw => &[Qualifier("before")],
        Rule::after | Rule::after_kw => &[Qualifier("after")],
        Rule::until | Rule::until_kw | Rule::accept_until => &[Qualifier("until")],
        Rule::every | Rule::every_kw | Rule::review_every => &[Qualifier("every")],
        Rule::immediately => &[Qualifier("immediately")],
        Rule::on_breach | Rule::on_breach_kw => &[Qualifier("on breach")],
        Rule::overrides | Rule::overrides_kw => &[Qualifier("overrides")],
        Rule::yields_to | Rule::yields_to_kw => &[Qualifier("yields to")],
        Rule::condition => &[Thing("a condition")],
        Rule::test => &[Thing("a fact")],
        Rule::negation => &[Word("not")],
        Rule::in_brackets => &[Word("(")],
        Rule::any_of => &[Word("any of")],
        Rule::approval => &[Word("approved by")],
        Rule::consent | Rule::consent_kw => &[Word("consent of")],
        Rule::quorum => &[Thing("a number and `of`, such as `2 of (headteacher, governor)`")],
        Rule::also => &[Word("also")],
        Rule::plural => &[Word("plural")],
        Rule::is => &[Word("is")],
        Rule::overlaps => &[Word("overlaps")],
        Rule::takes => &[Word("takes")],
        Rule::excludes => &[Word("excludes")],
        Rule::children | Rule::values => &[Word("{")],
        Rule::only_kw => &[Word("only")],
        Rule::chosen => &[Word("chosen")],
        Rule::fact_unit => &[Word("in")],
        Rule::kept_number => &[Word("number")],
        Rule::was => &[Word("was")],
        Rule::because => &[Word("because")],
        Rule::group_of => &[Word("as")],
        Rule::edition => &[Word("edition")],
        Rule::url => &[Word("url")],
        Rule::approved_kw => &[Word("approved")],
        _ => &[],
    }
}
