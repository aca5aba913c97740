//! Prose as Markdown that CommonMark, GitHub and Pandoc read alike.
//!
//! Written anew from what the author's Markdown means, rather than copied: what is plain text to one reader and markup
//! to another (`@`, `$`, `a.` at the start of a line …) is escaped, and lists, tables and quotations are laid out in the
//! one way that all of them understand.

use pulldown_cmark::{Alignment, Event, Parser, Tag, TagEnd};

use super::escape::{address, markdown as escape};
use super::marked::{self, Piece};
use super::{Links, is_safe};
use crate::emit::view::prose::MARKDOWN;
use crate::model::Prose;

/// What a piece of prose stands in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame<'a> {
    /// What every line begins with: `> ` in a quotation.
    pub prefix: &'a str,
    /// Markdown that opens the first paragraph: the number of the clause. Where the prose does not begin with a
    /// paragraph, it gets one of its own.
    pub lead: &'a str,
}

/// Appends a piece of prose as Markdown, without a final line end.
pub fn markdown(prose: &Prose, links: &impl Links, frame: Frame<'_>, out: &mut String) {
    let text = marked::text(prose);
    let mut writer = Writer {
        prose,
        links,
        out,
        prefix: frame.prefix.to_owned(),
        lead: frame.lead,
        items: Vec::new(),
        lists: Vec::new(),
        open: Vec::new(),
        inside_link: 0,
        fresh: true,
        line_start: true,
        first: true,
        table: None,
        quotes: Vec::new(),
        code: false,
    };
    for event in Parser::new_ext(&text, MARKDOWN) {
        writer.event(event);
    }
}

struct Writer<'w, L> {
    prose: &'w Prose,
    links: &'w L,
    out: &'w mut String,
    /// What every line begins with at this place.
    prefix: String,
    lead: &'w str,
    /// For each open item the length of the prefix outside it, and whether anything stands in it yet.
    items: Vec<(usize, bool)>,
    /// For each open list the number of its next item.
    lists: Vec<Option<u64>>,
    /// For each open link or picture its address, where it is written as a link.
    open: Vec<Option<String>>,
    inside_link: u32,
    /// Whether nothing has been written yet.
    fresh: bool,
    line_start: bool,
    first: bool,
    table: Option<Table>,
    quotes: Vec<usize>,
    code: bool,
}

/// A table being read: its cells are written once their widths are known.
struct Table {
    aligned: Vec<Alignment>,
    rows: Vec<Vec<String>>,
    /// Where the text of the open cell begins in the output.
    cell: usize,
}

impl<L: Links> Writer<'_, L> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_lines(&text),
            Event::Html(text) => {
                if !self.line_start {
                    self.new_line();
                }
                self.text(text.trim_end_matches('\n'));
            }
            Event::Text(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => self.code(&text),
            Event::SoftBreak => self.new_line(),
            Event::HardBreak => {
                self.out.push('\\');
                self.new_line();
            }
            Event::Rule => {
                self.begin(true);
                self.out.push_str("* * *");
                self.line_start = false;
            }
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.paragraph(),
            Tag::Heading { .. } => {
                self.paragraph();
                self.out.push_str("**");
                self.line_start = false;
            }
            Tag::BlockQuote(_) => {
                self.begin(true);
                self.quotes.push(self.prefix.len());
                self.prefix.push_str("> ");
                self.out.push_str("> ");
                self.items.push((usize::MAX, false));
            }
            Tag::CodeBlock(_) => {
                self.begin(true);
                self.prefix.push_str("    ");
                self.out.push_str("    ");
                self.code = true;
            }
            Tag::List(start) => {
                let outer = self.lists.is_empty() || self.items.last().is_none_or(|&(_, filled)| !filled);
                self.begin(outer);
                self.lists.push(start);
                // The first item begins where the list does.
                self.fresh = true;
            }
            Tag::Item => self.item(),
            Tag::Table(aligned) => {
                self.begin(true);
                self.table = Some(Table { aligned, rows: Vec::new(), cell: self.out.len() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => {
                if let Some(table) = &mut self.table {
                    table.cell = self.out.len();
                }
                self.line_start = false;
            }
            Tag::Emphasis => self.mark("*"),
            Tag::Strong => self.mark("**"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let to = self.plain(&dest_url);
                let is_link = self.inside_link == 0 && is_safe(&to);
                if is_link {
                    self.open_words();
                    self.out.push('[');
                    self.inside_link += 1;
                }
                self.open.push(is_link.then_some(to));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Strong => self.out.push_str("**"),
            TagEnd::Emphasis => self.out.push('*'),
            TagEnd::BlockQuote(_) => {
                self.items.pop();
                let length = self.quotes.pop().unwrap_or(0);
                self.prefix.truncate(length);
            }
            TagEnd::CodeBlock => {
                self.prefix.truncate(self.prefix.len().saturating_sub(4));
                self.code = false;
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                if let Some((length, _)) = self.items.pop() {
                    self.prefix.truncate(length);
                }
            }
            TagEnd::TableCell => {
                if let Some(table) = &mut self.table {
                    let cell = self.out.split_off(table.cell);
                    if let Some(row) = table.rows.last_mut() {
                        row.push(cell.trim().to_owned());
                    }
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.table(&table);
                }
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some(Some(to)) = self.open.pop() {
                    self.inside_link -= 1;
                    self.out.push_str("](");
                    address(&to, self.out);
                    self.out.push(')');
                }
            }
            _ => {}
        }
    }

    /// Begins a paragraph, the first one with what leads the prose.
    fn paragraph(&mut self) {
        let lead = if std::mem::take(&mut self.first) { self.lead } else { "" };
        self.begin(true);
        if !lead.is_empty() {
            self.out.push_str(lead);
            self.line_start = false;
        }
    }

    /// Begins a block: on a new line, after an empty one unless it is the first in its item.
    fn begin(&mut self, apart: bool) {
        if std::mem::take(&mut self.first) && !self.lead.is_empty() {
            // No paragraph of the prose can take what leads it.
            self.out.push_str(&self.prefix);
            self.out.push_str(self.lead.trim_end());
            self.fresh = false;
        }
        let in_item = self.items.last_mut().map(|(_, filled)| std::mem::replace(filled, true));
        if in_item == Some(false) {
            self.line_start = true;
            return;
        }
        if std::mem::take(&mut self.fresh) {
            self.out.push_str(&self.prefix);
        } else {
            if apart {
                self.out.push('\n');
                self.out.push_str(self.prefix.trim_end());
            }
            self.new_line();
        }
        self.line_start = true;
    }

    fn item(&mut self) {
        let is_first = std::mem::take(&mut self.fresh);
        if !is_first {
            self.new_line();
        }
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            _ => "- ".to_owned(),
        };
        self.out.push_str(&marker);
        self.items.push((self.prefix.len(), false));
        self.prefix.extend(std::iter::repeat_n(' ', marker.len()));
        self.line_start = true;
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.prefix);
        self.line_start = true;
    }

    /// Words begin: those of a tight item have no paragraph of their own.
    fn open_words(&mut self) {
        if let Some((_, filled)) = self.items.last_mut() {
            *filled = true;
        }
        self.line_start = false;
    }

    fn mark(&mut self, mark: &str) {
        self.open_words();
        self.out.push_str(mark);
    }

    fn text(&mut self, text: &str) {
        for piece in marked::pieces(text) {
            match piece {
                Piece::Words(words) => {
                    let line_start = self.line_start;
                    self.open_words();
                    for (at, line) in words.split('\n').enumerate() {
                        if at > 0 {
                            self.new_line();
                        }
                        escape(line, line_start || at > 0, self.out);
                    }
                    self.line_start = false;
                }
                Piece::Link(place) => self.link(place),
            }
        }
    }

    fn link(&mut self, place: usize) {
        let Some(inline) = self.prose.inlines.get(place) else { return };
        let link = self.links.link(inline);
        let line_start = self.line_start;
        self.open_words();
        match link.href.filter(|_| self.inside_link == 0) {
            Some(href) => {
                self.out.push('[');
                escape(&link.shown, false, self.out);
                self.out.push_str("](");
                address(&href, self.out);
                self.out.push(')');
            }
            None => escape(&link.shown, line_start, self.out),
        }
    }

    fn code(&mut self, text: &str) {
        let text = self.plain(text);
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let gap = if longest > 0 || text.is_empty() { " " } else { "" };
        self.open_words();
        // In a table a bar would end the cell, even in code, and readers differ about an escaped one there.
        let is_cell = self.table.is_some();
        for (at, text) in if is_cell { text.split('|') } else { text.split('\0') }.enumerate() {
            if at > 0 {
                self.out.push_str("\\|");
            }
            if !text.is_empty() || !is_cell {
                for part in [&fence, gap, text, gap, &fence] {
                    self.out.push_str(part);
                }
            }
        }
    }

    fn code_lines(&mut self, text: &str) {
        let text = self.plain(text);
        for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if at > 0 {
                self.new_line();
            }
            self.out.push_str(line);
        }
        self.line_start = false;
    }

    fn table(&mut self, table: &Table) {
        let columns = table.aligned.len();
        for (at, row) in table.rows.iter().enumerate() {
            if at > 0 {
                self.new_line();
            }
            for column in 0..columns {
                self.out.push_str(if column == 0 { "| " } else { " | " });
                self.out.push_str(row.get(column).map_or("", String::as_str));
            }
            self.out.push_str(" |");
            if at == 0 {
                self.new_line();
                for (column, aligned) in table.aligned.iter().enumerate() {
                    let width =
                        table.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
                    self.out.push_str(if column == 0 { "|" } else { "" });
                    rule(width.unwrap_or(0), *aligned, self.out);
                    self.out.push('|');
                }
            }
        }
        self.line_start = false;
    }

    fn plain(&self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        for piece in marked::pieces(text) {
            match piece {
                Piece::Words(words) => plain.push_str(words),
                Piece::Link(place) => {
                    if let Some(inline) = self.prose.inlines.get(place) {
                        plain.push_str(&self.links.link(inline).shown);
                    }
                }
            }
        }
        plain
    }
}

/// The dashes under the head of a column: Pandoc shares the width of the page out in proportion to them, so that a
/// narrow column stays legible and a wide one does not take all.
fn rule(width: usize, aligned: Alignment, out: &mut String) {
    let dashes = width.clamp(6, 40);
    let (left, right) = match aligned {
        Alignment::Left => (":", ""),
        Alignment::Right => ("", ":"),
        Alignment::Center => (":", ":"),
        Alignment::None => ("", ""),
    };
    out.push_str(left);
    out.extend(std::iter::repeat_n('-', dashes));
    out.push_str(right);
}
