//! A text laid out at random wherever layout is free: blanks, indentation and line ends between words. Comments stay on
//! their line or behind the same word, empty lines stay, and each line of prose stays a line.

/// A little generator of pseudo-random numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % end
    }

    fn blanks(&mut self) -> &'static str {
        ["", " ", "  ", "\t", "     ", " \t "][self.below(6) as usize]
    }
}

/// What a line is, by how it begins and ends.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    Empty,
    Prose,
    Comment,
    /// Words, behind which a comment may stand.
    Words {
        remark: bool,
    },
}

/// A text without mistakes and in layout, laid out at random.
pub fn relaid(text: &str, seed: u64) -> String {
    let mut dice = Dice(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let kind = kind(line);
        let content = line.trim_start();
        out.push_str(dice.blanks());
        match kind {
            Line::Empty | Line::Comment => out.push_str(content),
            Line::Prose => prose(content, &mut dice, &mut out),
            Line::Words { .. } => words(content, &mut dice, &mut out),
        }
        out.push_str(dice.blanks());
        let next = lines.get(at + 1).map(|line| self::kind(line));
        let can_join = kind == Line::Words { remark: false } && matches!(next, Some(Line::Prose | Line::Words { .. }));
        match dice.below(4) {
            0 if can_join => out.push(' '),
            // An empty line more where there is one, and at the end.
            1 if kind == Line::Empty || next.is_none() => out.push_str("\n \n"),
            _ => out.push('\n'),
        }
    }
    out
}

fn kind(line: &str) -> Line {
    match line.trim_start().chars().next() {
        None => Line::Empty,
        Some('|') => Line::Prose,
        Some('#') => Line::Comment,
        _ => Line::Words { remark: remark(line).is_some() },
    }
}

/// Where the comment behind the words of a line begins.
fn remark(line: &str) -> Option<usize> {
    let mut in_string = false;
    let mut escaped = false;
    for (at, sign) in line.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '#' if !in_string && line[..at].ends_with(' ') => return Some(at),
            _ => {}
        }
    }
    None
}

fn prose(content: &str, dice: &mut Dice, out: &mut String) {
    match content.strip_prefix("| ") {
        // The blank after the bar can be left out before a letter.
        Some(text) if !text.starts_with(' ') && dice.below(3) == 0 => {
            out.push('|');
            out.push_str(text);
        }
        _ => out.push_str(content),
    }
}

fn words(content: &str, dice: &mut Dice, out: &mut String) {
    let end = remark(content).unwrap_or(content.len());
    let (mut in_string, mut escaped) = (false, false);
    for sign in content[..end].chars() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            ' ' if !in_string => {
                match dice.below(6) {
                    0 => out.push_str("\n  "),
                    1 => out.push_str("   "),
                    2 => out.push('\t'),
                    _ => out.push(' '),
                }
                continue;
            }
            ',' | '(' | ')' | '{' | '}' if !in_string => {
                out.push_str(dice.blanks());
                out.push(sign);
                out.push_str(dice.blanks());
                continue;
            }
            _ => {}
        }
        out.push(sign);
    }
    // A comment stays behind the last word before it.
    while end < content.len() && out.ends_with(char::is_whitespace) {
        out.pop();
    }
    if end < content.len() {
        out.push_str(dice.blanks());
        out.push(' ');
        out.push_str(&content[end..]);
    }
}
