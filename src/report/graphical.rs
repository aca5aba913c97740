//! A finding drawn with frames and arrows, by miette.
//!
//! miette shows one source for each diagnostic and copies its lines as they are. What it is given here is therefore not
//! the source but the excerpts of it, laid one after the other: a finding with places in several files becomes one
//! diagnostic with a frame for each, and nothing reaches the terminal that [`super::excerpt`] has not made fit for it.

use std::fmt;
use std::io::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::choices::{self, Kind, Line};
use super::excerpt::{Excerpt, Frame, Mark, excerpts};
use super::{Options, text};
use crate::diagnostic::{Finding, Label, Severity};
use crate::source::{Position, SourceFile, Sources};

/// Columns that a frame takes beside a line: number and bar.
const GUTTER: usize = 8;
/// What the arrows of places on several lines take besides.
const ARROWS: usize = 4;
/// Prose on longer lines is hard to read.
const LONGEST_PROSE: usize = 100;

/// Draws findings one after the other.
pub(super) struct Graphical {
    handler: GraphicalReportHandler,
    width: usize,
    colour: bool,
    ellipsis: &'static str,
}

/// A finding in miette's terms.
#[derive(Debug)]
struct Drawing {
    severity: Severity,
    code: String,
    message: String,
    labels: Vec<LabeledSpan>,
    source: Strip,
}

/// Excerpts laid one after the other, with a byte between them that no place covers.
#[derive(Debug, Default)]
struct Strip {
    pieces: Vec<Piece>,
}

/// One excerpt as miette reads it.
#[derive(Debug)]
struct Piece {
    path: String,
    first: u32,
    text: String,
    /// Offset of its first byte in the strip.
    base: usize,
    /// Where places begin and how long they are, in the strip, and where they begin in the file.
    places: Vec<(usize, usize, Position)>,
}

impl Graphical {
    /// Drawing as the options ask.
    pub(super) fn new(options: &Options) -> Self {
        let characters = if options.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let styles = if options.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
        let width = options.width.max(40);
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(width)
            .with_wrap_lines(false)
            .with_context_lines(1)
            .without_syntax_highlighting();
        let ellipsis = if options.unicode { "…" } else { "..." };
        Graphical { handler, width, colour: options.colour, ellipsis }
    }

    /// Writes one finding, with a line end.
    pub(super) fn write(&self, out: &mut impl Write, finding: &Finding, sources: &Sources) -> io::Result<()> {
        let drawing = self.drawing(finding, sources);
        let mut drawn = String::new();
        self.handler.render_report(&mut drawn, &drawing).map_err(io::Error::other)?;
        for (index, line) in drawn.trim_end().lines().enumerate() {
            // miette leaves a line free below the name of the check; the message stands better right under it.
            if index == 1 && line.is_empty() {
                continue;
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        for (name, remark) in text::remarks(finding) {
            self.write_remark(out, name, &remark)?;
        }
        for line in choices::lines(finding, sources, SourceFile::path) {
            self.write_choice(out, &line)?;
        }
        text::decision(finding).map_or(Ok(()), |(name, remark)| self.write_remark(out, name, &remark))
    }

    fn write_choice(&self, out: &mut impl Write, line: &Line) -> io::Result<()> {
        let Line { indent, text, kind } = line;
        let colour = match kind {
            Kind::Words(hang) => {
                let room = self.width.min(LONGEST_PROSE).saturating_sub(*hang);
                let lines = text::wrap(text, room).join(&format!("\n{:hang$}", ""));
                return writeln!(out, "{:indent$}{lines}", "");
            }
            Kind::Heading => "\u{1b}[36m",
            Kind::Source => "\u{1b}[32m",
            Kind::Gone => "\u{1b}[31m",
        };
        let (start, end) = if self.colour { (colour, "\u{1b}[0m") } else { ("", "") };
        writeln!(out, "{:indent$}{start}{text}{end}", "")
    }

    fn write_remark(&self, out: &mut impl Write, name: &str, remark: &str) -> io::Result<()> {
        let indent = name.len() + 4;
        let lines = self.prose(remark, indent).replace('\n', &format!("\n{:indent$}", ""));
        match self.colour {
            true => writeln!(out, "  \u{1b}[36m{name}:\u{1b}[0m {lines}"),
            false => writeln!(out, "  {name}: {lines}"),
        }
    }

    fn drawing(&self, finding: &Finding, sources: &Sources) -> Drawing {
        let severity = text::severity(finding.severity);
        let accepted = if finding.accepted.is_some() { ", accepted" } else { "" };
        let is_tall = |label: &Label| sources.text(label.span).trim_end().contains('\n');
        let gutter = if finding.labels.iter().any(is_tall) { GUTTER + ARROWS } else { GUTTER };
        let room = self.width - gutter;
        let frame = Frame { context: 1, room, tallest: 6, together: true, ellipsis: self.ellipsis };
        let mut drawing = Drawing {
            severity: finding.severity,
            code: format!("{severity}[{}]{accepted}", finding.check),
            message: self.prose(&finding.message, 4),
            labels: Vec::new(),
            source: Strip::default(),
        };
        for excerpt in excerpts(&finding.labels, sources, frame) {
            drawing.add(excerpt, room);
        }
        drawing
    }

    fn prose(&self, prose: &str, indent: usize) -> String {
        text::wrap(&text::safe(prose), self.width.min(LONGEST_PROSE).saturating_sub(indent)).join("\n")
    }
}

impl Drawing {
    fn add(&mut self, mut excerpt: Excerpt, room: usize) {
        let is_first = self.source.pieces.is_empty();
        let base = self.source.pieces.last().map_or(0, |piece| piece.base + piece.text.len() + 1);
        let starts: Vec<usize> = excerpt.rows.iter().scan(base, |at, row| Some(step(at, row.len() + 1))).collect();
        keep_apart(&mut excerpt.marks);
        let mut places = Vec::new();
        for (index, mark) in excerpt.marks.iter().enumerate() {
            let start = starts.get(mark.start.row).map_or(base, |row| row + mark.start.byte);
            let end = starts.get(mark.end.row).map_or(base, |row| row + mark.end.byte);
            places.push((start, end - start, mark.at));
            let label = label_text(mark, &excerpt.rows, room);
            let span = SourceSpan::from((start, end - start));
            self.labels.push(if is_first && index == 0 {
                LabeledSpan::new_primary_with_span(label, span)
            } else {
                LabeledSpan::new_with_span(label, span)
            });
        }
        let text: String = excerpt.rows.iter().flat_map(|row| [row.as_str(), "\n"]).collect();
        self.source.pieces.push(Piece { path: excerpt.path, first: excerpt.first, text, base, places });
    }
}

/// What is said of a place, on lines that end with the terminal's.
fn label_text(mark: &Mark, rows: &[String], room: usize) -> Option<String> {
    if mark.text.is_empty() {
        return None;
    }
    let row = rows.get(mark.start.row).map_or("", String::as_str);
    let column = if mark.start.row == mark.end.row {
        let before = text::width(row.get(..mark.start.byte).unwrap_or(""));
        let covered = text::width(row.get(mark.start.byte..mark.end.byte).unwrap_or(""));
        before + covered / 2
    } else {
        0
    };
    Some(text::wrap(&mark.text, room.saturating_sub(column + 4).max(16)).join("\n"))
}

/// Shortens places that overlap on one row, since miette can only draw them side by side.
fn keep_apart(marks: &mut [Mark]) {
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|&index| marks.get(index).map(|mark| (mark.start, mark.end)));
    for pair in order.windows(2) {
        let &[left, right] = pair else { continue };
        let (Some(first), Some(second)) = (marks.get(left), marks.get(right)) else { continue };
        let on_one_row = first.start.row == first.end.row && second.start.row == second.end.row;
        if !on_one_row || second.start.row != first.start.row || first.end <= second.start {
            continue;
        }
        let (begin, until) = (second.start, first.end);
        if first.start < begin {
            if let Some(first) = marks.get_mut(left) {
                first.end = begin;
            }
        } else if let Some(second) = marks.get_mut(right) {
            second.start = until.min(second.end);
        }
    }
}

fn step(at: &mut usize, by: usize) -> usize {
    let before = *at;
    *at += by;
    before
}

impl SourceCode for Strip {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        let piece =
            self.pieces.iter().find(|piece| piece.base <= span.offset() && end <= piece.base + piece.text.len());
        let Some(piece) = piece else { return Err(MietteError::OutOfBounds) };
        // Without context miette wants nothing but the place's line and column.
        let place = piece.places.iter().find(|place| (place.0, place.1) == (span.offset(), span.len()));
        let (line, column) = match place {
            Some((_, _, at)) if before == 0 => (at.line.saturating_sub(1), at.column.saturating_sub(1)),
            _ => (piece.first.saturating_sub(1), 0),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            piece.path.clone(),
            piece.text.as_bytes(),
            SourceSpan::from((piece.base, piece.text.len())),
            line as usize,
            column as usize,
            piece.text.lines().count(),
        )))
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawing {}

impl Diagnostic for Drawing {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.labels.is_empty()).then_some(&self.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
