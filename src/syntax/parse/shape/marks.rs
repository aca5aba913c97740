//! From pest's pairs to marks.

use super::super::build::{Node, children};
use super::super::grammar::Rule;
use super::{Kind, Mark, Shape};

/// Collects the marks of a text in the order of their places.
pub(super) struct Marker<'t> {
    text: &'t str,
    shape: Shape,
    /// Whether a brace was met that closes nothing.
    lost: bool,
}

impl<'t> Marker<'t> {
    pub fn new(text: &'t str) -> Self {
        Marker { text, shape: Shape::default(), lost: false }
    }

    pub fn finish(self) -> Option<Shape> {
        (!self.lost).then_some(self.shape)
    }

    /// A thing of a file or of a block.
    pub fn item(&mut self, pair: Node<'t>) {
        match pair.as_rule() {
            Rule::vocabulary | Rule::lost_vocabulary => self.vocabulary(pair),
            Rule::policy | Rule::lost_policy => self.policy(pair),
            Rule::block | Rule::junk_block => self.block(pair),
            Rule::prose => self.begin(&pair, Kind::Prose),
            Rule::rule => self.rule(pair),
            Rule::each_rule => self.each_rule(pair),
            Rule::note | Rule::define => self.aside(pair),
            Rule::accept | Rule::heading | Rule::withdrawn => self.begin(&pair, Kind::Plain),
            Rule::junk => self.junk(&pair),
            Rule::stray_brace => self.lost = true,
            _ => {}
        }
    }

    fn vocabulary(&mut self, pair: Node<'t>) {
        self.begin(&pair, Kind::Block);
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::junk_head | Rule::junk_block_head => self.verbatim(&inner),
                Rule::junk_entry => self.junk(&inner),
                Rule::word_entry | Rule::broken_word => {
                    self.begin(&inner, Kind::Plain);
                    children(inner).for_each(|part| self.entry_part(part));
                }
                Rule::fact_entry | Rule::broken_fact => {
                    self.begin(&inner, Kind::Plain);
                    children(inner).for_each(|part| self.fact_part(part));
                }
                _ => {}
            }
        }
    }

    fn entry_part(&mut self, pair: Node<'t>) {
        match pair.as_rule() {
            Rule::word_body => children(pair).for_each(|part| self.entry_part(part)),
            Rule::broken_head => self.verbatim(&pair),
            Rule::also | Rule::plural | Rule::is | Rule::overlaps | Rule::takes | Rule::excludes => {
                self.mark(&pair, Mark::PartIfLong);
            }
            Rule::children => {
                let is_plain = |part: Node<'t>| matches!(part.as_rule(), Rule::entry_name | Rule::string);
                let is_short = |inner: Node<'t>| match inner.as_rule() {
                    Rule::word_body => children(inner).all(is_plain),
                    form => form == Rule::only_kw,
                };
                self.brace(&pair, children(pair.clone()).all(is_short));
                for inner in children(pair) {
                    match inner.as_rule() {
                        Rule::word_body => {
                            self.begin(&inner, Kind::Plain);
                            self.entry_part(inner);
                        }
                        Rule::broken_child => {
                            self.begin(&inner, Kind::Plain);
                            children(inner).for_each(|part| self.entry_part(part));
                        }
                        Rule::junk_child => self.junk(&inner),
                        _ => {}
                    }
                }
            }
            Rule::broken_child_head => self.verbatim(&pair),
            _ => {}
        }
    }

    fn fact_part(&mut self, pair: Node<'t>) {
        match pair.as_rule() {
            Rule::broken_head => self.verbatim(&pair),
            Rule::values => {
                self.brace(&pair, children(pair.clone()).all(|inner| inner.as_rule() == Rule::value));
                for inner in children(pair) {
                    match inner.as_rule() {
                        Rule::value => self.begin(&inner, Kind::Plain),
                        Rule::junk_child => self.junk(&inner),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn policy(&mut self, pair: Node<'t>) {
        self.begin(&pair, Kind::Block);
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::junk_head | Rule::junk_block_head => self.verbatim(&inner),
                Rule::junk_field => self.junk(&inner),
                Rule::each_rule => self.each_rule(inner),
                Rule::history => {
                    self.begin(&inner, Kind::Plain);
                    for line in children(inner) {
                        match line.as_rule() {
                            Rule::history_line => self.begin(&line, Kind::Plain),
                            Rule::junk_line => self.junk(&line),
                            _ => {}
                        }
                    }
                }
                Rule::word_field
                | Rule::text_field
                | Rule::date_field
                | Rule::list_field
                | Rule::approved
                | Rule::review
                | Rule::related
                | Rule::basis
                | Rule::parameter => self.begin(&inner, Kind::Field),
                _ => {}
            }
        }
    }

    fn block(&mut self, pair: Node<'t>) {
        self.begin(&pair, Kind::Block);
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::junk_head | Rule::junk_block_head => self.verbatim(&inner),
                Rule::body => children(inner).for_each(|item| self.item(item)),
                _ => {}
            }
        }
    }

    fn aside(&mut self, pair: Node<'t>) {
        self.begin(&pair, Kind::Aside);
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::also | Rule::group_of => self.mark(&inner, Mark::PartIfLong),
                Rule::prose_body => children(inner).for_each(|item| self.item(item)),
                _ => {}
            }
        }
    }

    fn rule(&mut self, pair: Node<'t>) {
        self.begin(&pair, Kind::Plain);
        for inner in children(pair) {
            match inner.as_rule() {
                Rule::slot => self.mark(&inner, Mark::Phrase),
                form if is_qualifier(form) => self.qualifier(inner, true),
                _ => {}
            }
        }
    }

    /// The first qualifier of `each rule` stays beside these words, which say nothing without it.
    fn each_rule(&mut self, pair: Node<'t>) {
        self.begin(&pair, Kind::Plain);
        let qualifiers = children(pair).filter(|inner| is_qualifier(inner.as_rule()));
        for (at, qualifier) in qualifiers.enumerate() {
            self.qualifier(qualifier, at > 0);
        }
    }

    fn qualifier(&mut self, pair: Node<'t>, is_part: bool) {
        if is_part {
            self.mark(&pair, Mark::Part);
        }
    }

    /// The brace of words or values, where nothing is said of them but their labels.
    fn brace(&mut self, pair: &Node<'t>, is_short: bool) {
        let span = pair.as_span();
        let before = self.text.get(span.start()..).and_then(|text| text.split('{').next()).unwrap_or("");
        // Behind a comment there may be a brace in it; then the words stand on lines of their own anyway.
        if is_short && !before.contains('#') {
            self.shape.marks.push((span.start() + before.len(), Mark::Short));
        }
    }

    fn begin(&mut self, pair: &Node<'t>, kind: Kind) {
        self.mark(pair, Mark::Begin(kind));
    }

    fn mark(&mut self, pair: &Node<'t>, mark: Mark) {
        self.shape.marks.push((pair.as_span().start(), mark));
    }

    fn junk(&mut self, pair: &Node<'t>) {
        self.begin(pair, Kind::Junk);
        self.verbatim(pair);
    }

    fn verbatim(&mut self, pair: &Node<'t>) {
        let start = pair.as_span().start();
        let length = pair.as_str().trim_end().len();
        if length > 0 {
            self.shape.verbatim.push((start, start + length));
        }
    }
}

fn is_qualifier(form: Rule) -> bool {
    matches!(
        form,
        Rule::when
            | Rule::unless
            | Rule::only_when
            | Rule::within
            | Rule::on_breach
            | Rule::before
            | Rule::after
            | Rule::until
            | Rule::every
            | Rule::immediately
            | Rule::overrides
            | Rule::yields_to
    )
}
