//! Which addresses a page may lead to, and how they are written in one.

use std::borrow::Cow;

/// The schemes a reader may safely follow.
const SCHEMES: &[&str] = &["http", "https", "mailto"];

/// Whether an address is one of the web or of mail, or relative. Everything else, `javascript:` above all, is shown as
/// text.
pub fn is_safe(address: &str) -> bool {
    if address.is_empty() || address.chars().any(|c| c.is_control() || c == '\u{feff}') || address.starts_with(' ') {
        return false;
    }
    let head = address.split(['/', '?', '#']).next().unwrap_or(address);
    match head.split_once(':') {
        Some((scheme, _)) => SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)),
        None => true,
    }
}

/// An address as HTML may have it: signs that no address may hold are written by their numbers, as a browser would read
/// them. What an author has written so already stays.
pub fn spelled(address: &str) -> Cow<'_, str> {
    let authority = address.find("//").map_or(0, |at| at + 2);
    let path =
        address.get(authority..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(address.len(), |at| authority + at);
    let bytes = address.as_bytes();
    let is_refused = |at: usize, c: char| match c {
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | ' ' => true,
        '[' | ']' => at >= path,
        '#' => bytes.get(..at).is_some_and(|before| before.contains(&b'#')),
        '%' => !bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
        _ => false,
    };
    if !address.char_indices().any(|(at, c)| is_refused(at, c)) {
        return Cow::Borrowed(address);
    }
    let mut spelled = String::with_capacity(address.len() + 8);
    for (at, c) in address.char_indices() {
        if is_refused(at, c) {
            spelled.push_str(&format!("%{:02X}", c as u32));
        } else {
            spelled.push(c);
        }
    }
    Cow::Owned(spelled)
}

#[cfg(test)]
mod tests {
    use super::{is_safe, spelled};

    #[test]
    fn an_address_holds_only_what_one_may() {
        for (address, expected) in [
            ("https://a.example/x_(y)?a=1&b=\"2\"#c", "https://a.example/x_(y)?a=1&b=%222%22#c"),
            ("http://[::1]/a[1]", "http://[::1]/a%5B1%5D"),
            ("a b|c.html", "a%20b%7Cc.html"),
            ("x?100%&y=%41#a#b", "x?100%25&y=%41#a%23b"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("é/ü", "é/ü"),
        ] {
            assert_eq!(spelled(address), expected);
        }
    }

    #[test]
    fn only_harmless_addresses_are_followed() {
        for address in
            ["https://a.example/x?y=1#z", "HTTP://a.example", "mailto:a@b.example", "a/b.html", "#a", "../x:y"]
        {
            assert!(is_safe(address), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "",
        ] {
            assert!(!is_safe(address), "{address}");
        }
    }
}
