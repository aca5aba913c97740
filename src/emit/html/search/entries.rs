//! What can be found in a policy: the policy itself, its summary, its sections and clauses, rules, terms and words, each with
//! its place on the page; and the pages of its readers. Knows nothing of how they are written down.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::Pages;
use super::super::policy::{BASIS, RELATED};
use crate::emit::page::{Address, entries, joined, number, organisation, several};
use crate::emit::view::{Block, Node, PolicyExport, TermRef, Withdrawn};
use crate::model::Policy;

/// A policy and all that can be found in it, or the readers of an organisation.
pub(in crate::emit::html) struct Found<'a> {
    /// The path of its page.
    pub page: String,
    pub title: &'a str,
    pub organisation: &'a str,
    pub withdrawn: bool,
    /// Whether it is no policy, but the readers of an organisation.
    pub readers: bool,
    /// The policy itself, then its places in the order of the document.
    pub entries: Vec<Entry<'a>>,
}

/// One thing that can be found.
pub(in crate::emit::html) struct Entry<'a> {
    pub kind: Kind,
    /// How many entries it lies in.
    pub depth: usize,
    /// Its id on the page, empty for the policy; of what is a page itself, the path of that.
    pub path: String,
    /// The number it is told by from elsewhere.
    pub number: Cow<'a, str>,
    pub heading: Cow<'a, str>,
    /// What stands there, but not what stands in the entries it holds.
    pub text: String,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emit::html) enum Kind {
    Policy,
    /// The page that tells a policy on one sheet.
    Summary,
    /// A page of an organisation's readers: of one party, or of them all.
    Reader,
    Section,
    Annex,
    Clause,
    Rule,
    /// A term that the policy defines.
    Term,
    /// A word of the vocabulary that the policy uses.
    Word,
    Withdrawn,
    /// A list at the end of the page.
    List,
}

impl Kind {
    /// As the index has it.
    pub fn letter(self) -> char {
        match self {
            Kind::Policy => 'p',
            Kind::Summary => 'o',
            Kind::Reader => 'm',
            Kind::Section => 's',
            Kind::Annex => 'a',
            Kind::Clause => 'c',
            Kind::Rule => 'r',
            Kind::Term => 't',
            Kind::Word => 'w',
            Kind::Withdrawn => 'x',
            Kind::List => 'l',
        }
    }
}

/// All that can be found in a policy.
pub(in crate::emit::html) fn found<'a>(pages: &Pages<'a>, view: &PolicyExport<'a>) -> Found<'a> {
    let scope = pages.site.scope;
    let id = view.policy.index;
    let policy = scope.collection.policy(id);
    let former = policy.blocks.iter().flat_map(|block| &block.was).map(|(path, _)| path.as_str());
    let mut finder = Finder {
        address: pages.address(id),
        policy,
        view,
        taken: policy.blocks.iter().map(|block| block.path.as_str()).chain(former).collect(),
        entries: Vec::with_capacity(view.rules.len() * 2),
    };
    let own = finder.entry(Kind::Policy, 0, String::new());
    if let Some(own) = finder.entries.get_mut(own) {
        own.heading = Cow::Borrowed(&policy.title);
        push(&mut own.text, organisation(scope, id));
        if !policy.audience.is_empty() {
            let audience: Vec<&str> =
                policy.audience.iter().map(|&word| several(&scope.collection.vocabulary, word)).collect();
            own.text.push_str(", for ");
            own.text.push_str(&joined(&audience));
        }
        own.text.push('.');
    }
    let summary = finder.entry(Kind::Summary, 1, pages.summary_path(id));
    finder.say(summary, "On one page, with pictures of who must do what to whom.");
    if let Some(summary) = finder.entries.get_mut(summary) {
        summary.heading = Cow::Borrowed("Summary");
    }
    finder.nodes(&view.body, own, 1);
    finder.lists();
    Found {
        page: pages.path(id),
        title: &policy.title,
        organisation: organisation(scope, id),
        withdrawn: policy.is_withdrawn(),
        readers: false,
        entries: finder.entries,
    }
}

struct Finder<'f, 'a> {
    address: Address<'f, 'a>,
    policy: &'a Policy,
    view: &'f PolicyExport<'a>,
    /// Paths that blocks have or had.
    taken: HashSet<&'a str>,
    entries: Vec<Entry<'a>>,
}

impl<'a> Finder<'_, 'a> {
    /// Adds an entry, to be filled in, and gives its place.
    fn entry(&mut self, kind: Kind, depth: usize, path: String) -> usize {
        let empty = Cow::Borrowed("");
        self.entries.push(Entry { kind, depth, path, number: empty.clone(), heading: empty, text: String::new() });
        self.entries.len() - 1
    }

    /// What stands in the entry at `own`; what it holds lies at this depth.
    fn nodes(&mut self, nodes: &[Node<'a>], own: usize, depth: usize) {
        for node in nodes {
            match node {
                Node::Section(block) => self.block(Kind::Section, block, depth),
                Node::Annex(block) => self.block(Kind::Annex, block, depth),
                Node::Clause(block) => self.block(Kind::Clause, block, depth),
                Node::Prose(prose) | Node::Note(prose) => self.say(own, &prose.text),
                Node::Heading(heading) => self.say(own, heading.text),
                Node::Rule(rule) => {
                    let Some(rule) = self.view.rules.get(rule.index as usize) else { continue };
                    let at = self.entry(Kind::Rule, depth, self.address.rule(rule.index));
                    self.say(at, &rule.statement);
                }
                Node::Definition(term) => self.term(term, depth),
                Node::Withdrawn(withdrawn) => self.withdrawn(withdrawn, depth),
                // A decision to live with a finding is about the text, not of it.
                Node::Accept(_) => {}
            }
        }
    }

    fn say(&mut self, at: usize, text: &str) {
        if let Some(entry) = self.entries.get_mut(at) {
            push(&mut entry.text, text);
        }
    }

    fn block(&mut self, kind: Kind, block: &Block<'a>, depth: usize) {
        let at = self.entry(kind, depth, self.policy.block(block.index).path.clone());
        if let Some(entry) = self.entries.get_mut(at) {
            entry.number = number(self.policy, block.index).unwrap_or_default();
            entry.heading = Cow::Borrowed(block.heading.unwrap_or(""));
        }
        self.nodes(&block.children, at, depth + 1);
    }

    fn term(&mut self, term: &TermRef<'a>, depth: usize) {
        let definition = self.policy.definition(term.index);
        let told = self.view.definitions.get(term.index.0 as usize).and_then(|it| it.text.as_deref());
        let vocabulary = &self.address.site.scope.collection.vocabulary;
        let words: Vec<&str> = definition.group.iter().map(|&word| several(vocabulary, word)).collect();
        let at = self.entry(Kind::Term, depth, self.address.definition(term.index));
        self.say(at, told.unwrap_or(""));
        if !words.is_empty() {
            self.say(at, &format!("In the rules of this policy: {}.", joined(&words)));
        }
        if let Some(entry) = self.entries.get_mut(at) {
            entry.heading = with_forms(&definition.term, &definition.also);
        }
    }

    fn withdrawn(&mut self, withdrawn: &Withdrawn<'a>, depth: usize) {
        let path = withdrawn.key.split_once(':').map_or(withdrawn.id, |(_, path)| path);
        // A former id that means something else by now is a mistake that has been reported.
        if self.taken.contains(path) {
            return;
        }
        let at = self.entry(Kind::Withdrawn, depth, path.to_owned());
        self.say(at, "Withdrawn");
        if let Some(version) = withdrawn.r#in {
            self.say(at, &format!("in version {version}"));
        }
        if let Some(entry) = self.entries.get_mut(at) {
            entry.number = Cow::Borrowed(withdrawn.number.unwrap_or(""));
            if let Some(why) = withdrawn.why {
                entry.text.push_str(": ");
                entry.text.push_str(why);
            }
            entry.text.push('.');
        }
    }

    /// The lists at the end of the page.
    fn lists(&mut self) {
        for word in entries(self.address, self.policy) {
            let at = self.entry(Kind::Word, 1, word.id);
            self.say(at, &word.gloss);
            if let Some(entry) = self.entries.get_mut(at) {
                entry.heading = Cow::Owned(word.label);
            }
        }
        let header = &self.view.policy;
        let basis: Vec<&str> = header.basis.iter().map(|it| it.title).collect();
        let related: Vec<&str> = header.related.iter().map(|it| it.title).collect();
        for ((id, heading), titles) in [(BASIS, basis), (RELATED, related)] {
            if !titles.is_empty() {
                let at = self.entry(Kind::List, 1, id.to_owned());
                self.say(at, &titles.join("; "));
                if let Some(entry) = self.entries.get_mut(at) {
                    entry.heading = Cow::Borrowed(heading);
                }
            }
        }
    }
}

/// A term with its further forms, as the page has them: `crew member, also “crew members”`.
fn with_forms<'a>(term: &'a str, also: &[String]) -> Cow<'a, str> {
    if also.is_empty() {
        return Cow::Borrowed(term);
    }
    let also: Vec<String> = also.iter().map(|form| format!("“{form}”")).collect();
    Cow::Owned(format!("{term}, also {}", also.join(", ")))
}

fn push(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

#[cfg(test)]
impl Found<'_> {
    /// A policy with so many bytes of text.
    pub fn sized(bytes: usize) -> Self {
        let entry = Entry {
            kind: Kind::Clause,
            depth: 1,
            path: String::new(),
            number: Cow::Borrowed(""),
            heading: Cow::Borrowed(""),
            text: "x".repeat(bytes),
        };
        Found {
            page: String::new(),
            title: "",
            organisation: "",
            withdrawn: false,
            readers: false,
            entries: vec![entry],
        }
    }
}
