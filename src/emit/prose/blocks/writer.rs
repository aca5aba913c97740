//! From the events of Markdown to blocks.

use pulldown_cmark::{Alignment, Event, Parser, Tag, TagEnd};

use super::{Block, DEEPEST, Piece, Run};
use crate::emit::prose::marked::{self, Piece as Mark};
use crate::emit::prose::{Link, Links, is_safe, spelled};
use crate::emit::view::prose::MARKDOWN;
use crate::model::Prose;

/// A piece of prose as blocks. An address that [`Links`] gives leads to a place of the same document if it begins with
/// `#`; those that authors wrote are followed only where they are whole, since a document of its own knows no
/// neighbours.
pub fn blocks(prose: &Prose, links: &impl Links) -> Vec<Block> {
    let text = marked::text(prose);
    let mut writer = Writer::new(prose, links);
    for event in Parser::new_ext(&text, MARKDOWN) {
        writer.event(event);
    }
    writer.finish()
}

/// A block whose end has not come.
enum Open {
    /// The prose itself, a quotation, or an item of a list.
    Blocks(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Table(Table),
}

#[derive(Default)]
struct Table {
    aligned: Vec<&'static str>,
    head: Vec<Vec<Piece>>,
    rows: Vec<Vec<Vec<Piece>>>,
    in_head: bool,
}

struct Writer<'w, L> {
    prose: &'w Prose,
    links: &'w L,
    open: Vec<Open>,
    /// How many lists and quotations have begun below the deepest that is shown.
    below: usize,
    /// The words since the last block.
    pieces: Vec<Piece>,
    strong: u32,
    emphasised: u32,
    /// The lines of a block of code that is open.
    code: Option<String>,
    /// For each link and picture that is open whether it leads anywhere.
    led: Vec<bool>,
    /// Where words lead now.
    url: Option<String>,
}

impl<'w, L: Links> Writer<'w, L> {
    fn new(prose: &'w Prose, links: &'w L) -> Self {
        Writer {
            prose,
            links,
            open: vec![Open::Blocks(Vec::new())],
            below: 0,
            pieces: Vec::new(),
            strong: 0,
            emphasised: 0,
            code: None,
            led: Vec::new(),
            url: None,
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        // Markdown closes whatever it opens, so that what is open now is the prose itself.
        match self.open.into_iter().next() {
            Some(Open::Blocks(blocks)) => blocks,
            _ => Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text, false),
            Event::Code(text) => self.text(&text, true),
            Event::SoftBreak => self.run(" ", false),
            Event::HardBreak => self.run("\n", false),
            Event::Rule => {
                self.end_paragraph();
                self.push(Block::Divider);
            }
            // Not asked of the parser.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text, false);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.emphasised += 1,
            Tag::Strong => self.strong += 1,
            // A picture would be fetched from somewhere; its words lead there instead.
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let url = self.plain(&dest_url);
                let leads = self.url.is_none() && is_safe(&url) && is_whole(&url);
                self.led.push(leads);
                if leads {
                    self.url = Some(spelled(&url).into_owned());
                }
            }
            Tag::TableRow => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableHead => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.in_head = true;
                }
            }
            Tag::TableCell => {}
            tag => {
                self.end_paragraph();
                self.start_block(tag);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        let deep = self.open.iter().filter(|open| !matches!(open, Open::Blocks(_))).count()
            + self.open.windows(2).filter(|pair| matches!(pair, [Open::Blocks(_), Open::Blocks(_)])).count();
        match tag {
            Tag::BlockQuote(_) | Tag::List(_) if self.below > 0 || deep >= DEEPEST => self.below += 1,
            Tag::BlockQuote(_) => self.open.push(Open::Blocks(Vec::new())),
            Tag::List(start) => self.open.push(Open::List(start, Vec::new())),
            Tag::Item if self.below == 0 => self.open.push(Open::Blocks(Vec::new())),
            Tag::Table(aligned) => {
                let aligned = aligned.into_iter().map(told).collect();
                self.open.push(Open::Table(Table { aligned, ..Table::default() }));
            }
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            // Headings of prose are refused by a check; in a preview in spite of it they must not upset the outline.
            Tag::Heading { .. } => self.strong += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasised = self.emphasised.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
                if self.led.pop() == Some(true) {
                    self.url = None;
                }
            }
            TagEnd::TableHead => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.in_head = false;
                }
            }
            TagEnd::TableRow => {}
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.pieces);
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    match table.rows.last_mut() {
                        Some(row) if !table.in_head => row.push(cell),
                        _ => table.head.push(cell),
                    }
                }
            }
            tag => {
                self.end_paragraph();
                self.end_block(tag);
            }
        }
    }

    fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) if self.below > 0 => self.below -= 1,
            TagEnd::BlockQuote(_) => {
                if let Some(Open::Blocks(blocks)) = self.open.pop() {
                    self.push(Block::Quote { blocks });
                }
            }
            TagEnd::Item if self.below == 0 => {
                if let Some(Open::Blocks(blocks)) = self.open.pop()
                    && let Some(Open::List(_, items)) = self.open.last_mut()
                {
                    items.push(blocks);
                }
            }
            TagEnd::List(_) => {
                if let Some(Open::List(start, items)) = self.open.pop() {
                    self.push(Block::List { start, items });
                }
            }
            TagEnd::Table => {
                if let Some(Open::Table(Table { aligned, head, rows, .. })) = self.open.pop() {
                    self.push(Block::Table { aligned, head, rows });
                }
            }
            TagEnd::CodeBlock => {
                if let Some(text) = self.code.take() {
                    self.push(Block::Code { text: text.trim_end_matches('\n').to_owned() });
                }
            }
            TagEnd::Heading(_) => self.strong = self.strong.saturating_sub(1),
            _ => {}
        }
    }

    fn push(&mut self, block: Block) {
        if let Some(Open::Blocks(blocks)) = self.open.last_mut() {
            blocks.push(block);
        }
    }

    fn end_paragraph(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        if pieces.iter().flat_map(|piece| &piece.runs).any(|run| !run.text.trim().is_empty()) {
            self.push(Block::Paragraph { pieces });
        }
    }

    fn text(&mut self, text: &str, code: bool) {
        if self.code.is_some() {
            let text = self.plain(text);
            if let Some(lines) = &mut self.code {
                lines.push_str(&text);
            }
            return;
        }
        for mark in marked::pieces(text) {
            match mark {
                Mark::Words(words) => self.run(&words.replace(['\n', '\r'], " "), code),
                Mark::Link(place) => self.link(place, code),
            }
        }
    }

    fn run(&mut self, text: &str, code: bool) {
        let run = Run { text: text.to_owned(), strong: self.strong > 0, emphasised: self.emphasised > 0, code };
        match self.pieces.last_mut() {
            Some(piece) if piece.url == self.url && piece.anchor.is_none() && !piece.unset => piece.add(run),
            _ => self.pieces.push(Piece { url: self.url.clone(), runs: vec![run], ..Piece::default() }),
        }
    }

    fn link(&mut self, place: usize, code: bool) {
        let Some(inline) = self.prose.inlines.get(place) else { return };
        let Link { shown, href, class, .. } = self.links.link(inline);
        // What stands in a link of Markdown leads where that does.
        let href = href.filter(|_| self.url.is_none());
        let anchor = href.as_deref().and_then(|href| href.strip_prefix('#')).map(str::to_owned);
        let url = href.filter(|_| anchor.is_none()).map(|href| spelled(&href).into_owned());
        let unset = class == "unset" && self.url.is_none();
        if anchor.is_none() && url.is_none() && !unset {
            return self.run(&shown, code);
        }
        let (strong, emphasised) = (self.strong > 0, self.emphasised > 0);
        let runs = vec![Run { text: shown.into_owned(), strong, emphasised, code }];
        self.pieces.push(Piece { anchor, url, unset, runs });
    }

    /// Words without marks.
    fn plain(&self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        for mark in marked::pieces(text) {
            match mark {
                Mark::Words(words) => plain.push_str(words),
                Mark::Link(place) => {
                    if let Some(inline) = self.prose.inlines.get(place) {
                        plain.push_str(&self.links.link(inline).shown);
                    }
                }
            }
        }
        plain
    }
}

impl Piece {
    fn add(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last)
                if (last.strong, last.emphasised, last.code) == (run.strong, run.emphasised, run.code)
                    && last.text != "\n"
                    && run.text != "\n" =>
            {
                last.text.push_str(&run.text);
            }
            _ => self.runs.push(run),
        }
    }
}

/// Whether an address leads to the same place wherever it stands.
fn is_whole(url: &str) -> bool {
    url.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'))
}

fn told(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Right => "end",
        Alignment::Center => "center",
        Alignment::Left | Alignment::None => "start",
    }
}
