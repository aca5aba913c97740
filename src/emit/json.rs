//! JSON: a file for each policy, one for the collection, and one with a rule a line.
//!
//! The caller gives writers; no file is opened here. Policies are made and written a few at a time on all cores, and the
//! two documents of the whole collection grow with them, so that no more than those few are held at once.

mod layout;

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::desk::anchors;
use super::view::{self, FORMAT_VERSION, Hashes, PolicyExport, RuleLine, Scope};
use crate::diagnostic::Finding;
use crate::model::{Collection, PolicyId};

/// Name of the document of the whole collection.
pub const COLLECTION: &str = "collection.json";
/// Name of the file with a rule a line.
pub const RULES: &str = "rules.jsonl";
/// Name of the document of the findings alone. It is a report, and not made here, but no policy may take its place.
pub const FINDINGS: &str = "findings.json";

/// The line end before the bracket that ends a list of rules.
const END: &[u8] = b"\n  ";

/// How many policies are held at once.
const AT_ONCE: usize = 64;

/// Writes every file of the format. `create` gives the writer for a path, which is relative and has `/` between its
/// parts; it is called once for each path, from several threads.
///
/// # Errors
/// The first error of a writer; some files may have been written by then.
pub fn write<W: Write>(
    scope: Scope<'_>,
    findings: &[Finding],
    create: &(impl Fn(&str) -> io::Result<W> + Sync),
) -> io::Result<()> {
    let policies = &scope.collection.policies;
    let hashes: Vec<Hashes> = policies.par_iter().map(|policy| Hashes::of(scope.collection, policy)).collect();
    let paths = paths(scope.collection);
    let (head, tail) = around(&view::collection(scope, &hashes, Vec::new(), findings), "rules")?;
    let mut collection = create(COLLECTION)?;
    let mut lines = create(RULES)?;

    collection.write_all(&head)?;
    let mut first = true;
    let all: Vec<(PolicyId, &String, &Hashes)> = scope
        .collection
        .policies()
        .zip(&paths)
        .zip(&hashes)
        .map(|(((id, _), path), hashes)| (id, path, hashes))
        .collect();
    for some in all.chunks(AT_ONCE) {
        let written: Vec<io::Result<Rules>> = some
            .par_iter()
            .map(|&(id, path, hashes)| {
                let mut view = view::policy(scope, id, hashes);
                let rules = Rules::of(&view)?;
                // The same bytes stand in the policy's document and in the collection's; they are made once.
                view.rules.clear();
                let (head, tail) = around(&view, "rules")?;
                let mut file = create(path)?;
                file.write_all(&head)?;
                rules.write(&mut file, true)?;
                file.write_all(rules.end())?;
                file.write_all(&tail)?;
                file.flush()?;
                Ok(rules)
            })
            .collect();
        for rules in written {
            let rules = rules?;
            rules.write(&mut collection, first)?;
            first &= rules.indented.is_empty();
            lines.write_all(&rules.lines)?;
        }
    }
    collection.write_all(if first { b"" } else { END })?;
    collection.write_all(&tail)?;
    collection.flush()?;
    lines.flush()
}

/// The path of each policy's file, in the order of the policies: `organisation/policy.json`. Keys are unique, but one that
/// lacks its organisation, which is a mistake that has been reported, could still take the place of another document.
pub fn paths(collection: &Collection) -> Vec<String> {
    let path = |key: &str| match format!("{key}.json") {
        path if [COLLECTION, FINDINGS, anchors::FILE].contains(&path.as_str()) => format!("{key}~policy.json"),
        path => path,
    };
    collection.policies.iter().map(|policy| path(&policy.key)).collect()
}

/// A document laid out for reading: indented by two blanks, with a final line end.
///
/// # Errors
/// None that these types can cause; `serde_json` has no way to say so.
pub fn document(view: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64 * 1024);
    layout::write(&mut bytes, view, 0)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The rules of a policy in the forms of the two documents that hold all rules.
struct Rules {
    /// As the items of a list two levels deep, commas between them.
    indented: Vec<u8>,
    /// Each on its line.
    lines: Vec<u8>,
}

impl Rules {
    /// Writes them into a list that has none yet, or more after those it has.
    fn write(&self, out: &mut impl Write, first: bool) -> io::Result<()> {
        if self.indented.is_empty() {
            return Ok(());
        }
        out.write_all(if first { b"\n    " } else { b",\n    " })?;
        out.write_all(&self.indented)
    }

    /// What stands between the last of them and the bracket that ends their list.
    fn end(&self) -> &'static [u8] {
        if self.indented.is_empty() { b"" } else { END }
    }

    fn of(view: &PolicyExport<'_>) -> io::Result<Self> {
        let mut rules = Rules { indented: Vec::new(), lines: Vec::new() };
        for rule in &view.rules {
            if !rules.indented.is_empty() {
                rules.indented.extend_from_slice(b",\n    ");
            }
            layout::write(&mut rules.indented, rule, 2)?;
            let line = RuleLine { format_version: FORMAT_VERSION, policy: view.policy.key, rule };
            serde_json::to_writer(&mut rules.lines, &line)?;
            rules.lines.push(b'\n');
        }
        Ok(rules)
    }
}

/// A document in which this list of the root is empty, cut inside that list.
pub(super) fn around(view: &impl Serialize, list: &str) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let empty = format!("\n  \"{list}\": []");
    let mut head = document(view)?;
    // A line end inside a string is written as an escape, so that this can only be the field of the root.
    let at = memchr::memmem::find(&head, empty.as_bytes())
        .ok_or_else(|| io::Error::other(format!("the document has no empty list of {list}")))?;
    let tail = head.split_off(at + empty.len() - 1);
    Ok((head, tail))
}
