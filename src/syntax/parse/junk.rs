//! What to say of text that could not be read: the strict rule is run on it once more, to tell what was expected where.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use super::SYNTAX;
use super::braces::begins_comment;
use super::build::{Builder, Node};
use super::expected::{expected, phrase, spelt};
use super::grammar::{Grammar, Rule};
use super::words::{id_like, is_id, is_reserved};
use crate::diagnostic::Finding;
use crate::source::Span;
use crate::syntax::ast::{Entry, Item, Word};

/// Where junk stands: what could have stood there instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Outside every block.
    Top,
    /// In a block.
    Body,
    /// In a note or a definition.
    ProseBody,
    /// In a vocabulary.
    Vocabulary,
    /// Among the words below a word.
    Children,
    /// Among the values of a fact.
    Values,
    /// In the header of a policy.
    Header,
    /// In a history.
    History,
}

/// What can begin a thing at a place, with the strict form of each.
fn starters(place: Place) -> &'static [(&'static str, Rule)] {
    const BODY: &[(&str, Rule)] = &[
        ("rule", Rule::strict_rule),
        ("clause", Rule::strict_block),
        ("section", Rule::strict_block),
        ("annex", Rule::strict_block),
        ("each", Rule::strict_each_rule),
        ("note", Rule::strict_note),
        ("define", Rule::strict_define),
        ("accept", Rule::strict_accept),
        ("heading", Rule::strict_heading),
        ("withdrawn", Rule::strict_withdrawn),
        ("policy", Rule::strict_policy),
        ("vocabulary", Rule::strict_vocabulary),
    ];
    const VOCABULARY: &[(&str, Rule)] = &[
        ("organisation", Rule::strict_entry),
        ("party", Rule::strict_entry),
        ("thing", Rule::strict_entry),
        ("action", Rule::strict_entry),
        ("fact", Rule::strict_entry),
        ("event", Rule::strict_entry),
        ("consequence", Rule::strict_entry),
    ];
    const HEADER: &[(&str, Rule)] = &[
        ("organisation", Rule::strict_field),
        ("version", Rule::strict_field),
        ("status", Rule::strict_field),
        ("owner", Rule::strict_field),
        ("contact", Rule::strict_field),
        ("approved", Rule::strict_field),
        ("effective", Rule::strict_field),
        ("review", Rule::strict_field),
        ("audience", Rule::strict_field),
        ("supersedes", Rule::strict_field),
        ("related", Rule::strict_field),
        ("basis", Rule::strict_field),
        ("default", Rule::strict_field),
        ("numbering", Rule::strict_field),
        ("language", Rule::strict_field),
        ("signatories", Rule::strict_field),
        ("history", Rule::strict_field),
        ("parameter", Rule::strict_field),
        ("each", Rule::strict_field),
    ];
    match place {
        Place::Body => BODY.get(..10).unwrap_or(BODY),
        Place::Top => BODY,
        Place::Vocabulary => VOCABULARY,
        Place::Header => HEADER,
        Place::ProseBody | Place::Children | Place::Values | Place::History => &[],
    }
}

/// The strict form of what can stand at a place where no word begins it.
fn only_form(place: Place) -> Option<Rule> {
    match place {
        Place::Children => Some(Rule::strict_child),
        Place::Values => Some(Rule::strict_value),
        Place::History => Some(Rule::strict_line),
        _ => None,
    }
}

/// What the contents of a place are called, for "… cannot stand in a vocabulary".
fn called(place: Place) -> &'static str {
    match place {
        Place::Top => "outside every block",
        Place::Body => "in a block",
        Place::ProseBody => "in a note or a definition",
        Place::Vocabulary => "in a vocabulary",
        Place::Children => "among the words below a word",
        Place::Values => "among the values of a fact",
        Place::Header => "in the header of a policy",
        Place::History => "in a history",
    }
}

impl<'s, 't> Builder<'s, 't> {
    /// Reports junk; its span is that of its text without the blanks at its end.
    pub(super) fn junk(&mut self, pair: &Node<'t>, place: Place) -> Span {
        let at = pair.as_span();
        self.report(at.start(), at.end(), place)
    }

    /// Reports the head of a block that begins well and is then not understood.
    pub(super) fn junk_head(&mut self, pair: &Node<'t>, strict: Rule) {
        let at = pair.as_span();
        let before = self.text.get(..at.start()).unwrap_or("").trim_end();
        let start = before.rfind(|letter: char| !letter.is_ascii_lowercase()).map_or(0, |at| at + 1);
        let end = self.text.get(at.end()..).map_or(at.end(), |rest| at.end() + usize::from(rest.starts_with('{')));
        let finding = self.explain(start, end, strict, Place::Body);
        self.lose(self.span_of(start, at.end()));
        self.findings.push(finding);
    }

    /// Reports the head of a block that does not begin well either.
    pub(super) fn junk_head_of_block(&mut self, pair: &Node<'t>, place: Place) {
        let at = pair.as_span();
        let end = self.text.get(at.end()..).map_or(at.end(), |rest| at.end() + usize::from(rest.starts_with('{')));
        self.report(at.start(), end, place);
    }

    /// Reports the head of an entry that begins at `start`, up to its brace.
    pub(super) fn broken_head(&mut self, start: usize, head: &Node<'t>, strict: Rule) {
        let end = head.as_span().end();
        let finding = self.explain(start, end + 1, strict, Place::Vocabulary);
        self.lose(self.span_of(start, end));
        self.findings.push(finding);
    }

    /// Reports the head of something that only its contents tell to be a `keyword`.
    pub(super) fn lost_keyword(&mut self, head: &Node<'t>, keyword: &'static str) {
        let (from, to, found) = self.token(head.as_span().start());
        let span = self.span_of(from, to);
        let finding = match nearest(found, std::iter::once(keyword)) {
            Some(_) => Finding::new(SYNTAX, span, format!("`{found}` is not understood here"))
                .help(format!("did you mean `{keyword}`?"))
                .fix(format!("write `{keyword}`"), span, keyword),
            None => Finding::new(SYNTAX, span, format!("the word `{keyword}` is missing before `{}`", shorten(found)))
                .help(format!("what stands in these braces belongs in a `{keyword}`: begin it with that word")),
        };
        self.findings.push(finding);
    }

    /// The id that a head which cannot be read most likely has.
    pub(super) fn recovered_id(&self, pair: &Node<'t>) -> Option<Word<'s>> {
        self.id_in(pair, 0)
    }

    /// The same where a keyword comes before it.
    pub(super) fn recovered_id_after_first(&self, pair: &Node<'t>) -> Option<Word<'s>> {
        self.id_in(pair, 1)
    }

    fn id_in(&self, pair: &Node<'t>, skip: usize) -> Option<Word<'s>> {
        let text = pair.as_str().split('"').next().unwrap_or("");
        let word = text.split_whitespace().filter(|word| is_id(word)).nth(skip)?;
        let start = pair.as_span().start() + (word.as_ptr() as usize - pair.as_str().as_ptr() as usize);
        let span = self.span_of(start, start + word.len());
        Some(Word { text: self.slice(span), span })
    }

    /// Junk of a body. Something good whose successor begins with a misspelt keyword is cut off and kept: the grammar
    /// cannot tell a misspelt `wen` from a misspelt `claus`, but the layout can.
    pub(super) fn salvage(&mut self, pair: &Node<'t>, place: Place, items: &mut Vec<Item<'s>>) {
        let (mut start, end) = (pair.as_span().start(), pair.as_span().end());
        if let Some((cut, good)) = self.cut(start, end, place) {
            self.base = start;
            match good.as_rule() {
                Rule::strict_rule => items.extend(self.rule(good).map(|rule| Item::Rule(Box::new(rule)))),
                Rule::strict_accept => items.extend(self.accept(good).map(|accept| Item::Accept(Box::new(accept)))),
                Rule::strict_withdrawn => {
                    items.extend(self.withdrawn(good).map(|withdrawn| Item::Withdrawn(Box::new(withdrawn))));
                }
                Rule::strict_each_rule => {
                    let (qualifiers, span, _) = self.each_rule(good);
                    items.push(Item::EachRule(qualifiers, span));
                }
                _ => {}
            }
            self.base = 0;
            start = cut;
        }
        let span = self.report(start, end, place);
        items.push(Item::Junk(span));
    }

    /// Junk of a vocabulary: the same for its entries.
    pub(super) fn salvage_entry(&mut self, pair: &Node<'t>, entries: &mut Vec<Entry<'s>>) {
        let (mut start, end) = (pair.as_span().start(), pair.as_span().end());
        if let Some((cut, good)) = self.cut(start, end, Place::Vocabulary) {
            self.base = start;
            entries.extend(super::build::children(good).find_map(|entry| self.entry(entry)));
            self.base = 0;
            start = cut;
        }
        let span = self.report(start, end, Place::Vocabulary);
        entries.push(Entry::Junk(span));
    }

    /// Where the good part of junk ends: before a word that begins a line and is nearly the keyword of another thing.
    fn cut(&self, start: usize, end: usize, place: Place) -> Option<(usize, Node<'t>)> {
        let junk = self.text.get(start..end)?;
        let first = first_word(junk);
        let form = starters(place).iter().find(|(word, _)| *word == first).map(|&(_, form)| form)?;
        let error = Grammar::parse(form, junk).err()?;
        let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
        let (cut, _, found) = self.token(start + at);
        let before = self.text.get(start..cut)?;
        let begins_line = before.trim_end_matches([' ', '\t']).ends_with('\n');
        nearest(found, starters(place).iter().map(|&(word, _)| word))?;
        let good = Grammar::parse(form, before).ok()?.next()?;
        begins_line.then_some((cut, good))
    }

    /// Reports the junk between two places of the text.
    fn report(&mut self, start: usize, end: usize, place: Place) -> Span {
        let junk = self.text.get(start..end).unwrap_or("");
        let end = start + junk.trim_end().len();
        let first = first_word(junk);
        let form = starters(place).iter().find(|(word, _)| *word == first).map(|&(_, form)| form).or(only_form(place));
        let finding = match form {
            Some(form) => self.explain(start, end, form, place),
            None => self.not_here(start, end, first, place),
        };
        self.findings.push(finding);
        let span = self.span_of(start, end);
        self.lose(span);
        span
    }

    /// Junk that begins with no word of its place.
    fn not_here(&self, start: usize, end: usize, first: &str, place: Place) -> Finding {
        let (from, to, found) = self.token(start);
        let span = self.span_of(from, to.min(end.max(from)));
        if let Some(finding) = self.sign(span, found) {
            return finding;
        }
        let words: Vec<&str> = starters(place).iter().map(|&(word, _)| word).collect();
        if let Some(near) = nearest(first, words.iter().copied()) {
            return Finding::new(SYNTAX, span, format!("`{found}` is not understood here"))
                .help(format!("did you mean `{near}`?"))
                .fix(format!("write `{near}`"), span, near);
        }
        let elsewhere = [Place::Header, Place::Vocabulary, Place::Top];
        let home = elsewhere.into_iter().find(|&other| starters(other).iter().any(|&(word, _)| word == first));
        let finding = Finding::new(SYNTAX, span, format!("`{found}` cannot stand {}", called(place)));
        match (home, place) {
            (Some(home), _) => finding.help(format!("`{first}` belongs {}", called(home))),
            (None, Place::ProseBody) => finding.help("what is said there is prose: begin each of its lines with `|`"),
            (None, Place::Body | Place::Top) => finding.help(
                "a line of prose begins with `|`; anything else with `clause`, `rule`, `section`, `note`, `define`, `accept` …",
            ),
            (None, Place::Header) => finding.help("a field begins with its name: `organisation`, `version`, `status`, `owner` …"),
            (None, _) => finding.help("an entry begins with `party`, `thing`, `action`, `fact`, `event`, `consequence` or `organisation`"),
        }
    }

    /// Says where the strict form stops being met, and what was expected there.
    fn explain(&self, start: usize, end: usize, form: Rule, place: Place) -> Finding {
        let junk = self.text.get(start..end).unwrap_or("");
        let Err(error) = Grammar::parse(form, junk) else { return self.well_formed(start, end, place) };
        let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
        let at = start + at;
        let ErrorVariant::ParsingError { positives, .. } = &error.variant else {
            return self.not_here(start, end, first_word(junk), place);
        };
        let expected = expected(positives);
        let (from, to, found) = self.token(at);
        let span = self.span_of(from, to);
        if let Some(finding) = self.sign(span, found) {
            return finding;
        }
        let phrase = phrase(&expected);
        let shown = if found.is_empty() { "the end of the file".to_owned() } else { format!("`{}`", shorten(found)) };
        let message = match phrase.is_empty() {
            true => format!("{shown} is not understood here"),
            false => format!("expected {phrase}, found {shown}"),
        };
        // A word that is nearly right needs no list of what else could have stood there.
        if let Some(near) = nearest(found, spelt(&expected)) {
            return Finding::new(SYNTAX, span, format!("`{found}` is not understood here"))
                .help(format!("did you mean `{near}`?"))
                .fix(format!("write `{near}`"), span, near);
        }
        let finding = Finding::new(SYNTAX, span, message);
        let names = ["a name", "an id", "a party", "an action", "an object", "a fact", "a new word"];
        let wants_name = names.iter().any(|name| phrase.contains(name));
        if wants_name && is_reserved(found) {
            return finding.help(format!("`{found}` is a reserved word of rules and names nothing: choose another id"));
        }
        if is_preposition(found) && !wants_name {
            return finding.help(format!(
                "put what begins with `{found}` right after the object, before `when`, `unless`, `within` and the like"
            ));
        }
        if phrase.is_empty() && !found.is_empty() {
            return finding.help("is a comma missing before it, or does it stand out of order?");
        }
        if wants_name && !found.is_empty() && found.starts_with(|first: char| first.is_ascii_digit()) {
            return finding.help(format!("an id begins with a letter: `{}`", id_like(found)));
        }
        finding
    }

    /// Junk that is well formed by itself: something about its neighbours is wrong.
    fn well_formed(&self, start: usize, end: usize, place: Place) -> Finding {
        let (from, to, next) = self.token(end);
        let first = first_word(self.text.get(start..end).unwrap_or(""));
        if next == "{" {
            return Finding::new(SYNTAX, self.span_of(from, to), format!("a `{first}` has no braces"))
                .help("delete the braces, or is the keyword of a clause missing before them?");
        }
        Finding::new(SYNTAX, self.span_of(start, end), format!("this `{first}` cannot stand {}", called(place)))
            .help(format!("look at what follows it: `{}`", shorten(next)))
    }

    /// Signs that a word processor puts in, and strings without an end.
    fn sign(&self, span: Span, found: &str) -> Option<Finding> {
        let first = found.chars().next()?;
        if matches!(first, '“' | '”' | '„' | '‘' | '’') {
            return Some(
                Finding::new(SYNTAX, span, format!("`{first}` is a curly quotation mark"))
                    .help("write the straight quotation mark `\"`, as on the keyboard"),
            );
        }
        if first == '"' && !is_closed(found) {
            return Some(
                Finding::new(SYNTAX, span, "these quoted words have no closing `\"` on their line")
                    .help("close them with `\"`; for a quotation mark inside write `\\\"`"),
            );
        }
        None
    }

    /// The next token at a place of the text, blanks and comments skipped: where it begins and ends, and its text.
    fn token(&self, at: usize) -> (usize, usize, &'t str) {
        let mut start = at;
        loop {
            let rest = self.text.get(start..).unwrap_or("");
            let blanks = rest.len() - rest.trim_start().len();
            start += blanks;
            let rest = rest.trim_start();
            if !begins_comment(rest) {
                break;
            }
            start += rest.find('\n').unwrap_or(rest.len());
        }
        let rest = self.text.get(start..).unwrap_or("");
        let Some(first) = rest.chars().next() else { return (start, start, "") };
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
        let length = match first {
            '"' => string_length(rest.lines().next().unwrap_or("")),
            '@' => rest.find(|letter: char| letter.is_whitespace() || letter == ',').unwrap_or(rest.len()),
            _ if is_word(first) => rest.find(|letter: char| !is_word(letter)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        (start, start + length, rest.get(..length).unwrap_or(""))
    }
}

/// The word nearest to what was written, where it is near enough to have been meant.
fn nearest<'w>(written: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let lower = written.to_lowercase();
    let allowed = match written.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    words
        .filter(|word| word.len() > 1)
        .map(|word| (strsim::osa_distance(&lower, word), word))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, word)| word)
}

fn first_word(text: &str) -> &str {
    let end =
        text.find(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

fn is_preposition(word: &str) -> bool {
    Grammar::parse(Rule::preposition, word)
        .is_ok_and(|mut pairs| pairs.next().is_some_and(|pair| pair.as_str() == word))
}

fn is_closed(quoted: &str) -> bool {
    quoted.len() > 1 && string_length(quoted) == quoted.len() && quoted.ends_with('"')
}

/// The length of the string that begins a line; to the end of the line where it is not closed.
fn string_length(line: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in line.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    // A brace at the end of the line opens a block: see `junk_piece`.
    let rest = line.trim_end();
    rest.strip_suffix('{').map_or(rest, str::trim_end).len()
}

/// At most some forty characters of what was found.
fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_owned(),
    }
}
