//! Prose as HTML.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::escape::html as escape;
use super::marked::{self, Piece};
use super::{Links, is_safe, spelled};
use crate::emit::view::prose::MARKDOWN;
use crate::model::Prose;

/// Appends a piece of prose as HTML.
pub fn html(prose: &Prose, links: &impl Links, out: &mut String) {
    let text = marked::text(prose);
    let mut writer = Writer { prose, links, out, inside_link: 0, open: Vec::new(), table: Table::default() };
    for event in Parser::new_ext(&text, MARKDOWN) {
        writer.event(event);
    }
    let end = writer.out.trim_end().len();
    writer.out.truncate(end);
}

struct Writer<'w, L> {
    prose: &'w Prose,
    links: &'w L,
    out: &'w mut String,
    /// How many links are open: HTML has none inside another.
    inside_link: u32,
    /// For each link and picture of the Markdown that is open, where its words begin and its address if it was written
    /// as a link.
    open: Vec<Option<(usize, String)>>,
    table: Table,
}

/// The table being written.
#[derive(Default)]
struct Table {
    /// Where it begins.
    start: usize,
    aligned: Vec<Alignment>,
    /// The words of each header.
    headers: Vec<String>,
    /// Whether the row of headers is being written.
    in_head: bool,
    /// How many cells of the row are written.
    cells: usize,
    /// Where the cell being written begins, and where its content does.
    cell: (usize, usize),
}

impl Table {
    /// Whether the cell to be written heads its column, or its row in a table where only the corner has no header.
    fn is_header(&self) -> bool {
        let is_corner_empty = || {
            let (first, others) = self.headers.split_first()?;
            Some(first.is_empty() && others.iter().any(|it| !it.trim().is_empty()))
        };
        self.in_head || (self.cells == 0 && is_corner_empty() == Some(true))
    }

    fn cell_tag(&self, name: &str) -> String {
        // Classes: where a site allows no style but that of its own files, styles in the page would be dropped.
        let class = match self.aligned.get(self.cells) {
            Some(Alignment::Right) => " class=\"to-right\"",
            Some(Alignment::Center) => " class=\"centred\"",
            _ => "",
        };
        format!("<{name}{class}>")
    }

    /// What it is called by those who read it out: the words of its headers.
    fn name(&self) -> String {
        let headers: Vec<&str> = self.headers.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
        if headers.is_empty() { "Table without headings".to_owned() } else { format!("Table: {}", headers.join(", ")) }
    }
}

impl<L: Links> Writer<'_, L> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.text(&text);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            // Not asked of the parser.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.out.push_str("<p>"),
            // Headings of prose are refused by a check; in a preview in spite of it they must not upset the outline.
            Tag::Heading { .. } => self.out.push_str("<p><strong>"),
            Tag::BlockQuote(_) => self.out.push_str("<blockquote>\n"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.out.push_str("<pre><code>"),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(start)) => self.block(&format!("<ol start=\"{start}\">\n")),
            Tag::Item => self.out.push_str("<li>"),
            Tag::Table(aligned) => {
                self.block("");
                self.table = Table { start: self.out.len(), aligned, ..Table::default() };
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.cells = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => {
                let name = match (self.table.is_header(), self.table.in_head) {
                    (false, _) => "td",
                    (true, true) => "th scope=\"col\"",
                    (true, false) => "th scope=\"row\"",
                };
                let start = self.out.len();
                self.out.push_str(&self.table.cell_tag(name));
                self.table.cell = (start, self.out.len());
                if self.table.in_head {
                    self.table.headers.push(String::new());
                }
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<s>"),
            // A picture would be fetched from somewhere; its words lead there instead.
            Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } => {
                let address = self.plain(&dest_url);
                let is_link = self.inside_link == 0 && is_safe(&address);
                if is_link {
                    self.inside_link += 1;
                    self.out.push_str("<a href=\"");
                    escape(&spelled(&address), self.out);
                    if !title.is_empty() {
                        let title = self.plain(&title);
                        self.out.push_str("\" title=\"");
                        escape(&title, self.out);
                    }
                    self.out.push_str("\">");
                }
                self.open.push(is_link.then_some((self.out.len(), address)));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let closing = match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
            TagEnd::Heading(_) => "</strong></p>\n",
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::Table => "</tbody>\n</table>\n</div>\n",
            TagEnd::TableHead => {
                self.table.in_head = false;
                let mut opening = "<div class=\"scroll\" role=\"group\" aria-label=\"".to_owned();
                escape(&self.table.name(), &mut opening);
                opening.push_str("\" tabindex=\"0\">\n<table>\n");
                self.out.insert_str(self.table.start, &opening);
                "</tr></thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</s>",
            TagEnd::Link | TagEnd::Image => {
                let Some(Some((words, address))) = self.open.pop() else { return };
                self.inside_link -= 1;
                // A link without words is reported; in a preview in spite of it, it says at least where it leads.
                if self.out.get(words..).is_none_or(|words| words.trim().is_empty()) {
                    escape(&address, self.out);
                }
                "</a>"
            }
            _ => "",
        };
        self.out.push_str(closing);
    }

    /// The end of a cell. A header without words heads nothing: it becomes an empty cell.
    fn end_cell(&mut self) -> &'static str {
        let (start, content) = self.table.cell;
        let is_header = self.table.is_header();
        let is_empty = self.out.get(content..).is_none_or(|words| words.trim().is_empty());
        if is_header && is_empty {
            self.out.truncate(start);
            self.out.push_str(&self.table.cell_tag("td"));
        }
        self.table.cells += 1;
        if is_header && !is_empty { "</th>" } else { "</td>" }
    }

    /// A block that may stand behind the words of a list item.
    fn block(&mut self, tag: &str) {
        if !self.out.ends_with('\n') && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(tag);
    }

    fn text(&mut self, text: &str) {
        if self.table.in_head {
            let words = self.plain(text);
            if let Some(header) = self.table.headers.last_mut() {
                header.push_str(&words);
            }
        }
        for piece in marked::pieces(text) {
            match piece {
                Piece::Words(words) => escape(words, self.out),
                Piece::Link(place) => self.link(place),
            }
        }
    }

    fn link(&mut self, place: usize) {
        let Some(inline) = self.prose.inlines.get(place) else { return };
        let link = self.links.link(inline);
        let href = link.href.as_deref().filter(|_| self.inside_link == 0);
        let tag = match href {
            Some(_) => "a",
            None if !link.class.is_empty() => "span",
            None => return escape(&link.shown, self.out),
        };
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in [("class", Some(link.class)), ("href", href), ("title", link.title.as_deref())] {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                self.out.push(' ');
                self.out.push_str(name);
                self.out.push_str("=\"");
                escape(value, self.out);
                self.out.push('"');
            }
        }
        self.out.push('>');
        escape(&link.shown, self.out);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// An address or a title: its marks as words.
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
