//! A page of Markdown for reading on a terminal: wrapped text, underlined headings, examples set in.
//!
//! It shows what the pages of the checks use – headings, paragraphs, lists, tables and examples – and passes what else
//! there may be on as text, so that no word of a page is lost.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A page being laid out.
struct Page {
    text: String,
    width: usize,
    colour: bool,
    /// The paragraph, heading, item or row being gathered.
    line: String,
    /// For each list around it, the number of its next item, if its items are numbered.
    lists: Vec<Option<u64>>,
    /// What begins the next line: the mark of a list's item.
    mark: String,
    in_code: bool,
}

/// Lays out `markdown` in lines of at most `width` columns.
pub(super) fn render(markdown: &str, width: usize, colour: bool) -> String {
    let mut page = Page {
        text: String::new(),
        width: width.max(24),
        colour,
        line: String::new(),
        lists: Vec::new(),
        mark: String::new(),
        in_code: false,
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.add(event);
    }
    page.end_block();
    page.text
}

/// Markdown as one line of words, its marks gone.
pub(super) fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) => text.push_str(&words),
            Event::Code(words) => text.extend(["`", &words, "`"]),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Words that stand out, where they can.
pub(super) fn strong(words: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() }
}

/// Words in lines of at most `width` columns; a longer word has a line to itself.
pub(super) fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.extend([" ", word]);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

impl Page {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                self.end_line();
                self.begin_block();
                self.in_code = true;
                debug_assert!(matches!(kind, CodeBlockKind::Fenced(_) | CodeBlockKind::Indented));
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Text(code) if self.in_code => {
                for line in code.lines() {
                    let line = format!("    {line}");
                    self.text.push_str(line.trim_end());
                    self.text.push('\n');
                }
            }
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) if self.mark.is_empty() => self.end_block(),
            Event::End(TagEnd::Heading(_)) => self.heading(),
            Event::Start(Tag::List(first)) => {
                self.end_line();
                if self.lists.is_empty() {
                    self.begin_block();
                }
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.end_line();
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                self.end_line();
                self.mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
            }
            Event::Start(Tag::Table(_)) => self.begin_block(),
            Event::End(TagEnd::TableCell) => self.line.push_str(" | "),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                self.line.truncate(self.line.trim_end_matches([' ', '|']).len());
                self.end_line();
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => self.end_line(),
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => self.line.push_str(&words),
            Event::Code(words) => self.line.extend(["`", &words, "`"]),
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.end_line(),
            Event::Rule => self.begin_block(),
            _ => {}
        }
    }

    /// Ends what is being gathered and leaves a line free.
    fn end_block(&mut self) {
        self.end_line();
        self.begin_block();
    }

    fn begin_block(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        let mark = std::mem::take(&mut self.mark);
        let indent = 2 * self.lists.len();
        let lead = indent.saturating_sub(mark.len().min(2));
        for (index, row) in wrap(&line, self.width.saturating_sub(indent)).iter().enumerate() {
            let (lead, mark) = if index == 0 { (lead, mark.as_str()) } else { (indent, "") };
            self.text.push_str(&" ".repeat(lead));
            self.text.extend([mark, row, "\n"]);
        }
    }

    fn heading(&mut self) {
        let heading = std::mem::take(&mut self.line);
        let rule = "-".repeat(heading.chars().count());
        match self.colour {
            true => self.text.extend([strong(&heading, true).as_str(), "\n"]),
            false => self.text.extend([heading.as_str(), "\n", &rule, "\n"]),
        }
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# review-overdue\n\nA policy is **past** its review; it was due\nlong ago.\n\n```policy\nreview by \
                        2020-01-01\n\n  next\n```\n\n- one `x`\n- two words that go on and on\n\n1. first\n2. second\n";

    #[test]
    fn a_page_is_wrapped_and_its_examples_are_not() {
        let expected = "review-overdue\n--------------\n\nA policy is past its review;\nit was due long ago.\n\n    review \
                        by 2020-01-01\n\n      next\n\n- one `x`\n- two words that go on and on\n\n1. first\n2. second\n";
        assert_eq!(render(PAGE, 30, false).trim_end(), expected.trim_end());
    }

    #[test]
    fn tables_keep_their_words() {
        let text = render("| a | b |\n|---|---|\n| `c` | d |\n", 40, false);
        assert_eq!(text.trim_end(), "a | b\n`c` | d");
    }

    #[test]
    fn a_summary_is_one_line() {
        assert_eq!(plain("the *prose*\nsays `must`"), "the prose says `must`");
    }
}
