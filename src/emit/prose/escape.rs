//! Text put into HTML and into Markdown so that it stays text.

use crate::text::one_line;

/// Appends words to HTML, in an element or between the double quotes of an attribute.
pub fn html(words: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in words.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&words[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&words[from..]);
}

/// Appends words to Markdown, so that CommonMark, GitHub and Pandoc all read them as they are. `line_start` says that
/// nothing but indentation stands before them on their line.
pub fn markdown(words: &str, line_start: bool, out: &mut String) {
    let marker = if line_start { marker(words) } else { None };
    let mut before = out.chars().next_back().unwrap_or(' ');
    for (at, c) in words.char_indices() {
        let after = words[at + c.len_utf8()..].chars().next();
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '$' | '^' | '~' | '{' | '}' | '|' => true,
            // Inside a word it is none to any reader, and words such as `file_name` stay legible.
            '_' => !(before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric)),
            // Pandoc's citations.
            '@' => !before.is_alphanumeric(),
            '&' => after.is_some_and(|c| c.is_alphanumeric() || c == '#'),
            // Pandoc makes a dash of several.
            '-' => before == '-',
            '.' => before == '.',
            _ => false,
        };
        if escaped || marker == Some(at) {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

/// What stands between a sign and the word behind it, so that the two are no mention: nothing that is seen.
const NOTHING: &str = "&#8203;";

/// Appends words to a comment on GitHub or GitLab, so that they are read as they are, and nobody is told of them.
///
/// Both look for mentions, references and addresses in what Markdown has become, where a backslash before the sign has
/// gone: `@name` must be taken apart. Control characters are spelt out, blanks folded.
pub fn comment(words: &str, line_start: bool, out: &mut String) {
    let mut escaped = String::new();
    markdown(&one_line(words), line_start, &mut escaped);
    let begin = out.len();
    let mut letters = escaped.chars().peekable();
    while let Some(c) = letters.next() {
        if c == '$' {
            // Neither a backslash nor a blank keeps GitHub from reading mathematics; an element of its own does.
            out.truncate(out.strip_suffix('\\').map_or(out.len(), str::len));
            out.push_str("<span>$</span>");
            continue;
        }
        let next = letters.peek().copied().unwrap_or(' ');
        let before = out.get(begin..).unwrap_or("");
        let ends = |word: &str| {
            before
                .len()
                .checked_sub(word.len())
                .and_then(|at| before.get(at..))
                .is_some_and(|it| it.eq_ignore_ascii_case(word))
        };
        let is_sign = match c {
            '@' => !next.is_whitespace(),
            // Issues, merge requests, labels, milestones, epics, alerts, emoji, `https:`.
            '#' | '!' | '~' | '%' | '&' | '^' | ':' => {
                next.is_alphanumeric() || matches!(next, '"' | '_' | '/' | '\\' | '+' | '-')
            }
            '-' => next.is_ascii_digit() && ends("GH"),
            '.' => ends("www"),
            _ => false,
        };
        out.push(c);
        if is_sign {
            out.push_str(NOTHING);
        }
    }
}

/// Where a line has a character that would make it something else than a paragraph: a heading, a list, a definition, a
/// title block.
fn marker(line: &str) -> Option<usize> {
    let at = line.len() - line.trim_start().len();
    let line = &line[at..];
    let first = line.chars().next()?;
    if matches!(first, '#' | '+' | '-' | '=' | ':' | '%') {
        return Some(at);
    }
    // `1.`, `a)`, `iv.`, `(a)`, `#.`: Pandoc has lists of them all.
    let inner = line.strip_prefix('(').unwrap_or(line);
    let counter = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let ends = inner.get(counter..)?;
    let is_counter = counter > 0
        && counter <= 9
        && ends.starts_with(['.', ')'])
        && ends.get(1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    (is_counter && (inner[..counter].bytes().all(|byte| byte.is_ascii_digit()) || is_letters(&inner[..counter])))
        .then(|| at + (line.len() - inner.len()) + counter)
}

/// One letter, or what may be a Roman numeral.
fn is_letters(counter: &str) -> bool {
    counter.len() == 1 || counter.bytes().all(|byte| b"ivxlcdm".contains(&byte.to_ascii_lowercase()))
}

/// Appends an address to Markdown, between the round brackets of a link.
pub fn address(address: &str, out: &mut String) {
    for c in address.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '"' => out.push_str("%22"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn html_has_no_angle_brackets_of_its_authors() {
        let mut out = String::new();
        super::html("<b class=\"x\"> & é", &mut out);
        assert_eq!(out, "&lt;b class=&quot;x&quot;&gt; &amp; é");
    }

    #[test]
    fn markdown_keeps_words_as_they_are() {
        let cases = [
            ("# one", "\\# one"),
            ("1. one", "1\\. one"),
            ("(a) one", "(a\\) one"),
            ("iv. one", "iv\\. one"),
            ("etc. and more", "etc. and more"),
            ("a_b _c_", "a_b \\_c\\_"),
            ("5 * 3 [x](y)", "5 \\* 3 \\[x\\](y)"),
            ("a@b.example @you", "a@b.example \\@you"),
            ("A & B &amp; C", "A & B \\&amp; C"),
            ("wait... -- no", "wait.\\.\\. -\\- no"),
            ("- one", "\\- one"),
        ];
        for (words, expected) in cases {
            let mut out = String::new();
            super::markdown(words, true, &mut out);
            assert_eq!(out, expected, "{words}");
        }
    }

    #[test]
    fn a_comment_tells_nobody() {
        let cases = [
            ("@octocat, a@b.example", "\\@&#8203;octocat, a@&#8203;b.example"),
            ("owner/repo#12 #3 # 4", "owner/repo#&#8203;12 #&#8203;3 # 4"),
            ("see GH-12, gh-1 and A-12", "see GH-&#8203;12, gh-&#8203;1 and A-12"),
            ("!5 ~bug %v1 &6 :tada:", "!&#8203;5 \\~&#8203;bug %&#8203;v1 \\&&#8203;6 :&#8203;tada:"),
            ("https://a.example www.a.example", "https:&#8203;//a.example www.&#8203;a.example"),
            ("$7 and $8", "<span>$</span>7 and <span>$</span>8"),
            ("well! I: yes & no, 5 % (a) 10:30", "well! I: yes & no, 5 % (a) 10:&#8203;30"),
            ("a\u{1b}[2J\n# b", "a\\<U+001B\\>\\[2J # b"),
        ];
        for (words, expected) in cases {
            let mut out = String::new();
            super::comment(words, false, &mut out);
            assert_eq!(out, expected, "{words}");
        }
    }
}
