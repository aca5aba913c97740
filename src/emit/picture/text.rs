//! How wide words are, and where they are broken. Widths are those of DejaVu Sans, which is wider than what the pages ask
//! for: a reader's fonts are not known, and words that are too short only leave room.

/// The widths of the printable ASCII characters, from the blank on, in hundredths of the font's size.
const ASCII: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69,
    62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64,
    60, 82, 60, 60, 53, 64, 34, 64, 84,
];

/// Of other letters with accents, and of quotes and dashes.
const LATIN: i32 = 80;
/// Of anything else: wide signs fill a square, and some pictures a little more.
const OTHER: i32 = 130;
/// From here on signs may be wide.
const WIDE: char = '\u{1100}';

/// The width of a text in a font of this size.
pub(super) fn width(text: &str, font: i32) -> i32 {
    let hundredths = text.chars().fold(0_i32, |sum, letter| sum.saturating_add(advance(letter)));
    (hundredths.saturating_mul(font)).saturating_add(99) / 100
}

fn advance(letter: char) -> i32 {
    let at = (letter as usize).checked_sub(' ' as usize);
    match at.and_then(|at| ASCII.get(at)) {
        Some(&width) => i32::from(width),
        None if letter < WIDE || ('\u{2010}'..='\u{203A}').contains(&letter) => LATIN,
        None => OTHER,
    }
}

/// A text in lines of at most this width. A word that is too long for one is broken.
pub(in crate::emit) fn lines(text: &str, font: i32, most: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        for piece in pieces(word, font, most) {
            let joined = if line.is_empty() { piece.clone() } else { format!("{line} {piece}") };
            if line.is_empty() || width(&joined, font) <= most {
                line = joined;
            } else {
                lines.push(std::mem::replace(&mut line, piece));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// A word, or where it is too long for a line the pieces of it that are not.
fn pieces(word: &str, font: i32, most: i32) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut wide = 0;
    for letter in word.chars() {
        let more = advance(letter);
        if wide > 0 && (wide + more) * font > most * 100 {
            pieces.push(String::new());
            wide = 0;
        }
        wide += more;
        if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
        }
    }
    pieces
}
