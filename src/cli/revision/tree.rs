//! The files of a revision as git lists them, and the policy files below a path of it, links followed.
//!
//! The rules are those of a walk of the folder ([`is_policy`], [`is_hidden`]); a link is followed within the revision, since
//! what lies outside it is not the same at another time.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use super::super::files::{is_hidden, is_policy};

/// How many links a path may lead through, as on most systems.
const MOST_LINKS: usize = 40;

/// The files of a revision by their paths from its root.
#[derive(Debug, Default)]
pub(in super::super) struct Tree {
    entries: BTreeMap<String, Entry>,
    /// What links lead to, by the ids of their texts.
    targets: BTreeMap<String, String>,
}

/// One file of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub kind: Kind,
    /// The id of its content.
    pub id: String,
    /// Whether its path is text.
    pub is_text: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Link,
    Module,
    /// A file that is staged in several versions, since a merge has not been settled.
    Conflict,
}

/// A policy file of a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Policy {
    /// The path it was found under.
    pub path: String,
    /// The path where it is, links followed.
    pub real: String,
    pub id: String,
}

/// What stands in the way of a file, or is odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The path is not text.
    Name(String),
    /// A merge has left it in several versions.
    Conflict(String),
    /// A link to a file leads nowhere.
    Dead(String),
    /// The links of a path lead in a circle.
    Circle(String),
    /// A link leads out of the revision.
    Outside(String),
    /// A link leads back to a folder it lies in.
    Back(String, String),
    /// A repository of its own.
    Module(String),
    /// A folder is named like a policy.
    Folder(String),
}

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    File(String, Entry),
    Folder(String),
    Nowhere,
    Circle,
    Outside,
}

/// What was found below the paths.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub policies: Vec<Policy>,
    pub troubles: Vec<Trouble>,
}

impl Tree {
    /// The files of what `git ls-tree -r -z` prints: `MODE TYPE ID<tab>PATH`.
    pub fn of_commit(listing: &[u8]) -> Self {
        Tree::of(listing, |words| Some((*words.first()?, *words.get(2)?, false)))
    }

    /// The files of what `git ls-files --stage -z` prints: `MODE ID STAGE<tab>PATH`.
    pub fn of_index(listing: &[u8]) -> Self {
        Tree::of(listing, |words| Some((*words.first()?, *words.get(1)?, *words.get(2)? != "0")))
    }

    fn of(listing: &[u8], read: impl for<'w> Fn(&[&'w str]) -> Option<(&'w str, &'w str, bool)>) -> Self {
        let mut tree = Tree::default();
        for line in listing.split(|byte| *byte == 0) {
            let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
            let (head, path) = line.split_at(tab);
            let head = String::from_utf8_lossy(head);
            let words: Vec<&str> = head.split_ascii_whitespace().collect();
            let Some((mode, id, conflict)) = read(&words) else { continue };
            let kind = match mode {
                _ if conflict => Kind::Conflict,
                "120000" => Kind::Link,
                "160000" => Kind::Module,
                _ => Kind::File,
            };
            let path = path.get(1..).unwrap_or_default();
            let entry = Entry { kind, id: id.to_owned(), is_text: std::str::from_utf8(path).is_ok() };
            tree.entries.insert(String::from_utf8_lossy(path).into_owned(), entry);
        }
        tree
    }

    /// The ids of the texts of all links.
    pub fn links(&self) -> Vec<String> {
        let mut ids: Vec<String> =
            self.entries.values().filter(|entry| entry.kind == Kind::Link).map(|entry| entry.id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// What the links lead to, by the ids of their texts.
    pub fn lead(&mut self, targets: BTreeMap<String, String>) {
        self.targets = targets;
    }

    /// Where a path leads, the links on the way followed.
    pub(super) fn place(&self, path: &str) -> Place {
        let mut rest: Vec<String> = path.split('/').rev().map(str::to_owned).collect();
        let mut at = String::new();
        let mut links = 0;
        while let Some(part) = rest.pop() {
            match part.as_str() {
                "" | "." => continue,
                ".." if at.is_empty() => return Place::Outside,
                ".." => {
                    at.truncate(at.rfind('/').unwrap_or(0));
                    continue;
                }
                _ => {}
            }
            let next = join(&at, &part);
            match self.entries.get(&next) {
                Some(entry) if entry.kind == Kind::Link => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Place::Circle;
                    }
                    let Some(target) = self.targets.get(&entry.id) else { return Place::Nowhere };
                    if target.starts_with('/') {
                        return Place::Outside;
                    }
                    rest.extend(target.split('/').rev().map(str::to_owned));
                }
                Some(_) | None => at = next,
            }
        }
        match self.entries.get(&at) {
            Some(entry) => Place::File(at, entry.clone()),
            None if at.is_empty() || self.below(&at).next().is_some() => Place::Folder(at),
            None => Place::Nowhere,
        }
    }

    /// Whether a path is a folder or a file; `None` where it is neither.
    pub fn is_folder(&self, path: &str) -> Option<bool> {
        match self.place(path) {
            Place::Folder(_) => Some(true),
            Place::File(_, entry) => Some(entry.kind == Kind::Module),
            Place::Nowhere | Place::Circle | Place::Outside => None,
        }
    }

    /// Whether a folder holds a file of this name.
    pub fn has_file(&self, folder: &str, name: &str) -> bool {
        matches!(self.place(&join(folder, name)), Place::File(_, entry) if entry.kind == Kind::File)
    }

    /// Whether a folder holds policy files itself, not below it.
    pub fn has_policies(&self, folder: &str) -> bool {
        self.below(folder).any(|(path, _)| {
            let rest = below(path, folder);
            !rest.contains('/') && is_policy(Path::new(rest)) && !is_hidden(OsStr::new(rest))
        })
    }

    /// Adds the policy files at or below `path`; answers whether there is such a path.
    pub(super) fn find(&self, path: &str, found: &mut Found) -> bool {
        match self.place(path) {
            Place::Folder(real) => self.walk(&real, path, &mut Vec::new(), found),
            Place::File(real, entry) => self.add(path.to_owned(), real, &entry, found),
            Place::Circle => found.troubles.push(Trouble::Circle(path.to_owned())),
            Place::Outside => found.troubles.push(Trouble::Outside(path.to_owned())),
            Place::Nowhere => return false,
        }
        true
    }

    /// Adds what lies below the folder `real`, which is found under the path `shown`.
    fn walk(&self, real: &str, shown: &str, above: &mut Vec<String>, found: &mut Found) {
        above.push(real.to_owned());
        for (path, entry) in self.below(real) {
            let rest = below(path, real);
            if rest.split('/').any(|part| is_hidden(OsStr::new(part))) {
                continue;
            }
            self.name_folders(shown, rest, found);
            let shown = join(shown, rest);
            if entry.kind != Kind::Link {
                if entry.kind == Kind::Module || is_policy(Path::new(rest)) {
                    self.add(shown, path.to_owned(), entry, found);
                }
                continue;
            }
            let is_policy = is_policy(Path::new(rest));
            match self.place(path) {
                Place::File(real, entry) if is_policy || entry.kind == Kind::Module => {
                    self.add(shown, real, &entry, found)
                }
                Place::Folder(folder) if holds(&folder, path) || above.iter().any(|it| holds(&folder, it)) => {
                    found.troubles.push(Trouble::Back(shown, folder));
                }
                Place::Folder(folder) => self.walk(&folder, &shown, above, found),
                Place::Nowhere if is_policy => found.troubles.push(Trouble::Dead(shown)),
                Place::Circle if is_policy => found.troubles.push(Trouble::Circle(shown)),
                Place::Outside => found.troubles.push(Trouble::Outside(shown)),
                Place::File(..) | Place::Nowhere | Place::Circle => {}
            }
        }
        above.pop();
    }

    fn add(&self, path: String, real: String, entry: &Entry, found: &mut Found) {
        if !entry.is_text {
            return found.troubles.push(Trouble::Name(path));
        }
        match entry.kind {
            Kind::File => found.policies.push(Policy { path, real, id: entry.id.clone() }),
            Kind::Module => found.troubles.push(Trouble::Module(path)),
            Kind::Conflict => found.troubles.push(Trouble::Conflict(path)),
            Kind::Link => found.troubles.push(Trouble::Dead(path)),
        }
    }

    /// A word about each folder on the way that is named like a policy.
    fn name_folders(&self, shown: &str, rest: &str, found: &mut Found) {
        for (end, _) in rest.match_indices('/') {
            let folder = rest.get(..end).unwrap_or_default();
            if is_policy(Path::new(folder)) {
                let trouble = Trouble::Folder(join(shown, folder));
                if !found.troubles.contains(&trouble) {
                    found.troubles.push(trouble);
                }
            }
        }
    }

    /// Everything below a folder.
    fn below<'t>(&'t self, folder: &str) -> impl Iterator<Item = (&'t str, &'t Entry)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = self.entries.range(start.clone()..);
        from.take_while(move |(path, _)| path.starts_with(&start)).map(|(path, entry)| (path.as_str(), entry))
    }
}

/// Two parts of a path as one.
pub(super) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("" | ".", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// The rest of a path that lies below a folder.
fn below<'p>(path: &'p str, folder: &str) -> &'p str {
    path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/')
}

/// Whether a path is this folder or lies in it.
fn holds(folder: &str, path: &str) -> bool {
    folder.is_empty() || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
