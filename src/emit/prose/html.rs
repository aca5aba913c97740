//! Prose as HTML.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::escape::html as escape;
use super::marked::{self, Piece};
use super::{Links, is_safe};
use crate::emit::view::prose::MARKDOWN;
use crate::model::Prose;

/// Appends a piece of prose as HTML.
pub fn html(prose: &Prose, links: &impl Links, out: &mut String) {
    let text = marked::text(prose);
    let mut writer =
        Writer { prose, links, out, inside_link: 0, open: Vec::new(), aligned: Vec::new(), cell: 0, head: false };
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
    /// For each link and picture of the Markdown that is open whether it was written as a link.
    open: Vec<bool>,
    aligned: Vec<Alignment>,
    cell: usize,
    head: bool,
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
                self.aligned = aligned;
                self.block("<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n");
            }
            Tag::TableHead => {
                (self.head, self.cell) = (true, 0);
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => {
                self.out.push_str(if self.head { "<th scope=\"col\"" } else { "<td" });
                self.out.push_str(match self.aligned.get(self.cell) {
                    Some(Alignment::Right) => " style=\"text-align: right\">",
                    Some(Alignment::Center) => " style=\"text-align: center\">",
                    _ => ">",
                });
                self.cell += 1;
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<s>"),
            // A picture would be fetched from somewhere; its words lead there instead.
            Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } => {
                let address = self.plain(&dest_url);
                let is_link = self.inside_link == 0 && is_safe(&address);
                self.open.push(is_link);
                if is_link {
                    self.inside_link += 1;
                    self.out.push_str("<a href=\"");
                    escape(&address, self.out);
                    if !title.is_empty() {
                        let title = self.plain(&title);
                        self.out.push_str("\" title=\"");
                        escape(&title, self.out);
                    }
                    self.out.push_str("\">");
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.out.push_str(match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
            TagEnd::Heading(_) => "</strong></p>\n",
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::Table => "</tbody>\n</table>\n</div>\n",
            TagEnd::TableHead => {
                self.head = false;
                "</tr></thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell if self.head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</s>",
            TagEnd::Link | TagEnd::Image => {
                if self.open.pop() != Some(true) {
                    return;
                }
                self.inside_link -= 1;
                "</a>"
            }
            _ => "",
        });
    }

    /// A block that may stand behind the words of a list item.
    fn block(&mut self, tag: &str) {
        if !self.out.ends_with('\n') && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(tag);
    }

    fn text(&mut self, text: &str) {
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
