//! Pages as they are sent: those that were built, with the panel and the script put in, and the few of the preview's own.

use hyper::body::Bytes;
use memchr::memmem;

use super::state::State;

/// The folder of the addresses that are the preview's own; no policy's id begins with a dot.
pub(super) const OWN: &str = ".clausal/";
/// The script, which asks for news and shows them.
pub(super) const SCRIPT: &str = include_str!("preview.js");
/// The stylesheet of the panel.
pub(super) const STYLE: &str = include_str!("preview.css");

const HEAD: &str = "<link rel=\"stylesheet\" href=\"/.clausal/preview.css\">\n\
                    <script src=\"/.clausal/preview.js\" defer></script>\n";

/// A page that was built, with the panel and the script.
pub(super) fn with_panel(page: &[u8], state: &State) -> Bytes {
    // In what is built from templates all other text is escaped, so these are the tags. A template of somebody's own may
    // leave them out, as HTML allows.
    let head = memmem::find(page, b"</head>").unwrap_or(0);
    let body = memmem::rfind(page, b"</body>").filter(|&body| body >= head).unwrap_or(page.len());
    let mut whole = Vec::with_capacity(page.len() + HEAD.len() + state.panel.len());
    whole.extend_from_slice(page.get(..head).unwrap_or_default());
    // Before the doctype nothing may stand.
    if head > 0 {
        whole.extend_from_slice(HEAD.as_bytes());
    }
    whole.extend_from_slice(page.get(head..body).unwrap_or_default());
    if head == 0 {
        whole.extend_from_slice(HEAD.as_bytes());
    }
    whole.extend_from_slice(&state.panel);
    whole.extend_from_slice(page.get(body..).unwrap_or_default());
    Bytes::from(whole)
}

/// The page that stands for all others while there is none.
pub(super) fn nothing_yet(state: &State) -> Bytes {
    match &state.report {
        None => own(state, "The pages are being made", "This page shows them as soon as they are ready."),
        Some(_) => own(
            state,
            "The pages cannot be made yet",
            "What is wrong in the sources is listed below. This page shows the pages as soon as it is mended.",
        ),
    }
}

/// The page for an address that there is not.
pub(super) fn not_found(state: &State) -> Bytes {
    let words = "It may be that of a policy that has been renamed or removed. This page shows it as soon as it is there; \
                 <a href=\"/\">all policies</a> lead to what there is now.";
    own(state, "There is no such page", words)
}

fn own(state: &State, title: &str, words: &str) -> Bytes {
    let page = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} – preview</title>\n\
         </head>\n<body class=\"clausal-preview-own\">\n<main>\n<h1>{title}</h1>\n<p>{words}</p>\n</main>\n</body>\n\
         </html>\n"
    );
    with_panel(page.as_bytes(), state)
}

#[cfg(test)]
mod tests {
    use super::super::state::Board;
    use super::*;

    #[track_caller]
    fn assert_page(page: &str, expected: &[&str]) {
        let state = Board::new().state();
        let panel = String::from_utf8_lossy(&state.panel).into_owned();
        let whole = with_panel(page.as_bytes(), &state);
        let expected: Vec<&str> = expected
            .iter()
            .map(|part| match *part {
                "HEAD" => HEAD,
                "PANEL" => panel.as_str(),
                other => other,
            })
            .collect();
        assert_eq!(String::from_utf8_lossy(&whole), expected.concat());
    }

    #[test]
    fn the_panel_is_the_last_thing_in_a_page() {
        assert_page(
            "<head>a</head><body>b</body></html>",
            &["<head>a", "HEAD", "</head><body>b", "PANEL", "</body></html>"],
        );
        assert_page("<!doctype html><title>a</title>b", &["<!doctype html><title>a</title>b", "HEAD", "PANEL"]);
        assert_page("</body>a</head>", &["</body>a", "HEAD", "</head>", "PANEL"]);
        assert_page("", &["HEAD", "PANEL"]);
    }
}
