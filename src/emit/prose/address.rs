//! Which addresses a page may lead to.

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

#[cfg(test)]
mod tests {
    use super::is_safe;

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
