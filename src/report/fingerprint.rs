//! Fingerprints by which a finding is known again after the file around it has changed.
//!
//! A fingerprint is made of the check's name and, for each place, the path and the text of its lines – never of a line
//! number. Findings alike in all of that are told apart by counting them.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Finding, Label};
use crate::source::Sources;

/// A line longer than this goes in by the part of it round the place.
const LONGEST: usize = 4096;
/// Bytes taken before and after the place, then.
const ROUND: usize = 256;

/// Gives out fingerprints; knows how often it has given out each.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: HashMap<[u8; 32], u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding, in hexadecimal.
    pub(super) fn of(&mut self, finding: &Finding, sources: &Sources) -> String {
        let mut hash = Sha256::new();
        part(&mut hash, finding.check);
        for label in &finding.labels {
            part(&mut hash, sources.file(label.span.file).name());
            part(&mut hash, lines(label, sources).trim());
        }
        let base: [u8; 32] = hash.finalize().into();
        let count = self.seen.entry(base).or_insert(0);
        *count += 1;
        let numbered = Sha256::new().chain_update(base).chain_update(count.to_le_bytes()).finalize();
        numbered.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Parts are preceded by their length, so that no two lists of parts hash alike.
fn part(hash: &mut Sha256, part: &str) {
    hash.update((part.len() as u64).to_le_bytes());
    hash.update(part.as_bytes());
}

/// The lines that a place lies on, from the start of its first to the end of its last.
fn lines<'a>(label: &Label, sources: &'a Sources) -> &'a str {
    let text = sources.file(label.span.file).text();
    let start = boundary(text, label.span.start as usize);
    let end = boundary(text, label.span.end as usize).max(start);
    let before = text.get(..start).unwrap_or("");
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| end + newline);
    if line_end - line_start <= LONGEST {
        return text.get(line_start..line_end).unwrap_or("");
    }
    let from = boundary(text, start.saturating_sub(ROUND)).max(line_start);
    let to = boundary(text, start.saturating_add(ROUND)).min(line_end);
    text.get(from..to).unwrap_or("")
}

fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
