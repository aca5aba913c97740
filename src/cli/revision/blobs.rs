//! The contents of many objects by one process, `git cat-file --batch`.
//!
//! What is asked for is written by a thread of its own while the answers are read: two programs that both wait for the other
//! to read would wait for ever. If git ends early, the reading ends with it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout};
use std::thread::{self, JoinHandle};

use super::super::failure::Failure;
use super::Repository;
use super::program::{explain, not_started};
use crate::source::SourceFile;

/// What an object holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Blob {
    Bytes(Vec<u8>),
    /// More bytes than a source may have.
    TooLarge(u64),
    /// It is not in this copy of the repository.
    Missing,
}

/// The process.
pub(super) struct Blobs {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// What it says to standard error, read all the while.
    said: Option<JoinHandle<String>>,
}

impl Blobs {
    /// Starts it.
    pub fn start(repository: &Repository) -> Result<Self, Failure> {
        let git = repository.git(["cat-file", "--batch"]);
        let mut child = git.command().spawn().map_err(|error| not_started(&error))?;
        let lost = || Failure::new("git cannot be talked to");
        let input = child.stdin.take();
        let output = BufReader::with_capacity(1 << 16, child.stdout.take().ok_or_else(lost)?);
        let mut errors = child.stderr.take().ok_or_else(lost)?;
        let said = thread::spawn(move || {
            let mut said = Vec::new();
            let _ = errors.read_to_end(&mut said);
            String::from_utf8_lossy(&said).trim().to_owned()
        });
        Ok(Blobs { child, input, output, said: Some(said) })
    }

    /// The contents of the objects with these ids, in their order; `each` is called after each.
    pub fn read(&mut self, ids: &[String], each: impl Fn()) -> Result<Vec<Blob>, Failure> {
        let Blobs { child, input, output, .. } = self;
        let blobs = thread::scope(|scope| {
            if let Some(input) = input.as_mut() {
                scope.spawn(move || {
                    for ids in ids.chunks(1024) {
                        // If git has gone away, the reader finds out.
                        if input.write_all((ids.join("\n") + "\n").as_bytes()).is_err() {
                            return;
                        }
                    }
                    let _ = input.flush();
                });
            }
            let answer = |_| blob(output).inspect(|_| each());
            let blobs: io::Result<Vec<Blob>> = ids.iter().map(answer).collect();
            if blobs.is_err() {
                // Or else it and the writer might wait for a reader that is no more.
                let _ = child.kill();
            }
            blobs
        });
        blobs.map_err(|_| self.ended())
    }

    /// Why it ended before its work was done.
    fn ended(&mut self) -> Failure {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        explain("cat-file", said.trim_start_matches("fatal: "))
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One answer: `ID TYPE SIZE`, the content and the end of a line; or `ID missing`.
fn blob(output: &mut impl BufRead) -> io::Result<Blob> {
    let mut head = Vec::new();
    output.take(512).read_until(b'\n', &mut head)?;
    let head = String::from_utf8_lossy(&head);
    let Some(head) = head.strip_suffix('\n') else { return Err(io::ErrorKind::UnexpectedEof.into()) };
    let mut words = head.split(' ');
    let size: u64 = match (words.next(), words.next(), words.next().map(str::parse)) {
        (Some(_), Some("missing"), None) => return Ok(Blob::Missing),
        (Some(_), Some(_), Some(Ok(size))) => size,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    let mut content = output.take(size);
    let blob = if size > SourceFile::MAX_BYTES {
        io::copy(&mut content, &mut io::sink())?;
        Blob::TooLarge(size)
    } else {
        let mut bytes = Vec::with_capacity(size as usize);
        content.read_to_end(&mut bytes)?;
        Blob::Bytes(bytes)
    };
    let missing = content.limit();
    let mut end = [0];
    output.read_exact(&mut end)?;
    if missing > 0 || end != *b"\n" {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(blob)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_to_their_ends() {
        let mut said: &[u8] = b"aa blob 3\na\nb\nbb missing\ncc blob 0\n\n";
        assert_eq!(blob(&mut said).expect("the first"), Blob::Bytes(b"a\nb".to_vec()));
        assert_eq!(blob(&mut said).expect("the second"), Blob::Missing);
        assert_eq!(blob(&mut said).expect("the third"), Blob::Bytes(Vec::new()));
        assert!(blob(&mut said).is_err());
    }

    #[test]
    fn an_answer_cut_short_is_none() {
        for mut said in [&b"aa blob 9\nabc"[..], b"aa blob", b"aa blob x\n", b"aa blob 3\nabc", b"aa blob 3\nabcd"] {
            assert!(blob(&mut said).is_err());
        }
    }
}
