//! Requests that no browser of an officer makes: nothing but pages comes back, and nobody can keep others waiting.

use std::io::{Read, Write};

use super::super::Folder;
use super::preview::Preview;

/// What lies beside the pages and must not be had.
const SECRET: &str = "the-minutes-of-the-closed-session";

/// Request targets, and the status that each is answered with.
const TARGETS: &[(&str, u16)] = &[
    ("/..", 404),
    ("/../secret.txt", 404),
    ("/larkfield/../../secret.txt", 404),
    ("/%2e%2e/secret.txt", 404),
    ("/%2e%2e%2fsecret.txt", 404),
    ("/%252e%252e%252fsecret.txt", 404),
    ("/..%5csecret.txt", 404),
    ("/..\\secret.txt", 404),
    ("\\..\\secret.txt", 400),
    ("//secret.txt", 404),
    ("//evil.example/larkfield", 404),
    ("/policies/mobile-phones.policy", 404),
    ("/policies/secret.html", 404),
    ("/secret.txt", 404),
    ("/.clausal/../secret.txt", 404),
    ("/etc/passwd", 404),
    ("//etc/passwd", 404),
    ("/file:///etc/passwd", 404),
    ("file:///etc/passwd", 400),
    ("http://evil.example/", 421),
    ("../secret.txt", 400),
    ("secret.txt", 421),
    ("*", 404),
    ("/index.html%00", 404),
    ("/index.html\0", 400),
    ("/%", 400),
    ("/%ff%fe", 400),
    ("", 400),
];

/// Heads of requests other than that of a page, and the status.
const HEADS: &[(&str, u16)] = &[
    ("GET / HTTP/1.1\r\n\r\n", 421),
    ("GET / HTTP/1.0\r\n\r\n", 421),
    ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
    ("GET / HTTP/1.1\r\nHost: evil.example:4747\r\n\r\n", 421),
    ("GET /.clausal/state HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 421),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi", 405),
    ("PUT /index.html HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 405),
    ("DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    ("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n", 413),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", 413),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n", 400),
    ("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400),
    ("\u{16}\u{3}\u{1} hello over TLS\r\n\r\n", 400),
];

fn preview() -> (Folder, Preview) {
    let folder = Folder::with_policies();
    folder.write("secret.txt", SECRET);
    folder.write("policies/secret.html", SECRET);
    let preview = Preview::of_pages(&folder, "serve policies --port 0");
    (folder, preview)
}

#[test]
fn nothing_but_pages_can_be_had() {
    let (_folder, preview) = preview();
    let long = format!("/{}", "%2e%2e/".repeat(1500));
    for (target, status) in TARGETS.iter().copied().chain([(long.as_str(), 404)]) {
        let answer = preview.get(target);
        assert_eq!(answer.status, status, "{target:?}: {answer:?}");
        for words in [SECRET, "root:", "During lessons", "All policies", "location:"] {
            assert!(!answer.body.contains(words) && !answer.head.contains(words), "{target:?}: {answer:?}");
        }
    }
    for target in ["/", "/index.html", "/larkfield/mobile-phones.html", "/style.css"] {
        assert_eq!(preview.get(target).status, 200, "{target}");
    }
}

#[test]
fn only_pages_are_asked_for_and_only_here() {
    let (_folder, preview) = preview();
    for (head, status) in HEADS {
        let request = head.replacen("\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1);
        let answer = preview.send(request.as_bytes());
        assert_eq!(answer.status, *status, "{head:?}: {answer:?}");
        assert!(!answer.body.contains("<html"), "{head:?}: {answer:?}");
    }
}

#[test]
fn answers_say_how_they_may_be_used() {
    let (_folder, preview) = preview();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/collection.json", "application/json"),
        ("/larkfield/mobile-phones.md", "text/markdown; charset=utf-8"),
        ("/nothing", "text/html; charset=utf-8"),
        ("/.clausal/state", "application/json"),
    ] {
        let head = preview.get(path).head;
        let kind = format!("content-type: {kind}");
        for line in [
            kind.as_str(),
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "cross-origin-resource-policy: same-origin",
            "content-security-policy: frame-ancestors 'none'",
        ] {
            assert!(head.lines().any(|found| found == line), "{path}: no {line:?} in {head}");
        }
        assert!(!head.contains("access-control-allow-origin"), "{path}");
    }
    let whole = preview.get("/");
    let head = preview.send(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert!(head.head.contains(&format!("content-length: {}", whole.body.len())), "{}", head.head);
}

#[test]
fn a_head_that_is_too_long_is_refused() {
    let (_folder, preview) = preview();
    let long = "x".repeat(100_000);
    for request in [
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\nConnection: close\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}Connection: close\r\n\r\n", "X: y\r\n".repeat(500)),
        long.clone(),
    ] {
        let answer = preview.send(request.as_bytes());
        // The connection may be gone before the answer can be read.
        assert!(matches!(answer.status, 0 | 400 | 414 | 431), "{} bytes: {answer:?}", request.len());
        assert!(!answer.body.contains("<html"));
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn clients_that_dawdle_keep_nobody_waiting() {
    let (_folder, preview) = preview();
    let mut idle: Vec<_> = (0..150).map(|_| preview.connect()).collect();
    for (at, stream) in idle.iter_mut().enumerate() {
        // Nothing at all, half a head, or a whole request whose answer is never read.
        let words = ["", "GET / HTTP/1.1\r\nHost: loc", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"];
        stream.write_all(words[at % 3].as_bytes()).expect("it listens");
    }
    assert_eq!(preview.get("/").status, 200, "others are served");
    for mut stream in idle {
        // Each is closed by the preview, or else reading would end in an error of time.
        let mut rest = Vec::new();
        if let Err(error) = stream.read_to_end(&mut rest) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}");
        }
    }
    assert_eq!(preview.get("/").status, 200);
}
