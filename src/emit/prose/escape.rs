//! Text put into HTML and into Markdown so that it stays text.

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
}
