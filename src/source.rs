//! Source texts and places in them: files, byte spans, and the lookup from a byte to a line and column.
//!
//! This module knows nothing of policies. Everything above it stores byte offsets only; a line and a column are worked
//! out here, when somebody wants to see them.

use std::sync::OnceLock;

/// A source file of a run: its index in [`Sources`], which is in the order of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one source file: `start` is the first byte, `end` the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file the range lies in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset of the byte after the last.
    pub end: u32,
}

/// A place as people count: both from 1, the column in characters (not bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// One source text with the path it is told by.
#[derive(Clone, Debug)]
pub struct SourceFile {
    path: String,
    name: Option<String>,
    text: String,
    flaw: Option<Flaw>,
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters there are before each block of [`COUNT_EVERY`] bytes.
    counts: OnceLock<Vec<u32>>,
}

/// How far apart, in bytes, counts of characters are kept.
const COUNT_EVERY: usize = 1024;

/// Why the bytes of a file are no text that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It holds zero bytes, as pictures and word-processor files do.
    Binary,
    /// It is no UTF-8: this byte at this offset of the file, on this line (from 1), begins no character. The text kept
    /// ends just before it.
    NotUtf8 {
        /// The byte.
        byte: u8,
        /// Its offset in the file.
        offset: usize,
        /// Its line.
        line: usize,
    },
    /// It is larger than [`SourceFile::MAX_BYTES`]: so many bytes.
    TooLarge(u64),
}

/// All source texts of a run, in the order of their names, so that a [`FileId`] sorts as its name does.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Span {
    /// The span from `start` up to `end` in `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Span { file, start: start as u32, end: end as u32 }
    }

    /// The empty span at the start of this one.
    pub fn at_start(self) -> Self {
        Span { end: self.start, ..self }
    }

    /// The empty span at the end of this one.
    pub fn at_end(self) -> Self {
        Span { start: self.end, ..self }
    }

    /// From the start of this span to the end of `other`, which lies later in the same file.
    pub fn to(self, other: Span) -> Self {
        Span { end: other.end.max(self.end), ..self }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl SourceFile {
    /// A file told by `path` (with `/` between its parts, relative wherever that is possible).
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        SourceFile {
            path: path.into(),
            name: None,
            text: text.into(),
            flaw: None,
            line_starts: OnceLock::new(),
            counts: OnceLock::new(),
        }
    }

    /// The most bytes a file can have: far beyond any policy, and little enough to be read in a second.
    pub const MAX_BYTES: u64 = 32 * 1024 * 1024;

    /// A file read as bytes. What is no text is kept as far as it is one, with its flaw.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        if bytes.len() as u64 > Self::MAX_BYTES {
            return Self::too_large(path, bytes.len() as u64);
        }
        if bytes.contains(&0) {
            return SourceFile { flaw: Some(Flaw::Binary), ..SourceFile::new(path, "") };
        }
        match String::from_utf8(bytes) {
            Ok(text) => SourceFile::new(path, text),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let byte = bytes.get(offset).copied().unwrap_or_default();
                let good = String::from_utf8_lossy(bytes.get(..offset).unwrap_or_default()).into_owned();
                let line = good.matches('\n').count() + 1;
                SourceFile { flaw: Some(Flaw::NotUtf8 { byte, offset, line }), ..SourceFile::new(path, good) }
            }
        }
    }

    /// A file that was not read since it has so many bytes.
    pub fn too_large(path: impl Into<String>, bytes: u64) -> Self {
        SourceFile { flaw: Some(Flaw::TooLarge(bytes)), ..SourceFile::new(path, "") }
    }

    /// The same file with another text.
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        SourceFile { name: self.name.clone(), ..SourceFile::new(self.path.clone(), text) }
    }

    /// Why it is no text, where it is none.
    pub fn flaw(&self) -> Option<Flaw> {
        self.flaw
    }

    /// The same file with a name for exports: see [`SourceFile::name`].
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The path the file is told to people by, as seen from where they are.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path the file has in exports: the same wherever the program was started. It is that in the repository, or in
    /// the collection where there is no repository; where no name was given, the path.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.path)
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of the byte at `offset`; past the end, the end.
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset).max(1) - 1;
        let start = starts.get(line).copied().unwrap_or(0) as usize;
        let end = self.floor_char_boundary(offset as usize);
        let column = self.characters_before(end).saturating_sub(self.characters_before(start));
        Position { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// How many characters there are before the byte at `offset`, counted from the nearest count that is kept: a line of
    /// a megabyte with thousands of findings would be counted through for each of them otherwise.
    fn characters_before(&self, offset: usize) -> usize {
        let begin = |byte: &&u8| (**byte as i8) >= -0x40;
        let bytes = self.text.as_bytes();
        let counts = self.counts.get_or_init(|| {
            let mut sum = 0;
            let blocks = bytes.chunks(COUNT_EVERY).map(|block| {
                let before = sum;
                sum += block.iter().filter(begin).count() as u32;
                before
            });
            blocks.collect()
        });
        let block = offset / COUNT_EVERY;
        let Some(&before) = counts.get(block) else { return self.text.chars().count().min(offset) };
        let rest = bytes.get(block * COUNT_EVERY..offset).unwrap_or_default();
        before as usize + rest.iter().filter(begin).count()
    }

    /// The text of line number `line` (from 1) without its line end; empty where there is no such line.
    pub fn line(&self, line: u32) -> &str {
        let starts = self.line_starts();
        let Some(&start) = starts.get((line as usize).wrapping_sub(1)) else { return "" };
        let end = starts.get(line as usize).map_or(self.text.len(), |&next| next as usize);
        self.text.get(start as usize..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at as u32 + 1)).collect()
        })
    }

    fn floor_char_boundary(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

impl Sources {
    /// The given files, put into the order of their names.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| (a.name(), &a.path).cmp(&(b.name(), &b.path)));
        Sources { files }
    }

    /// The file with this id.
    ///
    /// # Panics
    /// Only for an id that came from other sources than these.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files with their ids, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column of the first byte of a span and of the byte after its last.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let file = self.file(span.file);
        (file.position(span.start), file.position(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let file = SourceFile::new("a.policy", "é b\nc\n");
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(3), Position { line: 1, column: 3 });
        assert_eq!(file.position(5), Position { line: 2, column: 1 });
        assert_eq!(file.position(99), Position { line: 3, column: 1 });
        assert_eq!(file.line(2), "c");
        assert_eq!(file.line(9), "");
    }

    #[test]
    fn columns_are_right_far_into_a_line() {
        let file = SourceFile::new("a.policy", format!("x\n{}", "é ".repeat(COUNT_EVERY)));
        for letter in [0, 1, 340, 341, 342, 1000, COUNT_EVERY] {
            let at = 2 + 3 * letter as u32;
            assert_eq!(file.position(at), Position { line: 2, column: 2 * letter as u32 + 1 }, "{letter}");
        }
    }
}
