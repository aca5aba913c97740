//! Requests against a small site, without a socket.

use hyper::Request;

use super::super::memory::Files;
use super::super::report::Report;
use super::super::state::Board;
use super::*;

/// What a request is answered with: the status, the kind, and the words of the page.
struct Answered {
    status: u16,
    kind: String,
    location: Option<String>,
    words: String,
}

fn board() -> Board {
    let page = |words: &str| Bytes::from(format!("<html><head></head><body>{words}</body></html>"));
    let files = Files::from([
        ("index.html".to_owned(), page("the index")),
        ("trust/readers/index.html".to_owned(), page("the readers")),
        ("trust/phones.html".to_owned(), page("the policy")),
        ("trust/phones.json".to_owned(), Bytes::from("{}")),
        ("trust/a b.csv".to_owned(), Bytes::from("a,b")),
        ("style.css".to_owned(), Bytes::from("p {}")),
    ]);
    let board = Board::new();
    board.show(Some(files), Report::default(), "14:03:05".to_owned());
    board
}

fn ask(request: hyper::http::request::Builder, state: &State) -> Answered {
    let (parts, ()) = request.body(()).expect("it is a request").into_parts();
    let answer = to(&parts, state);
    for (name, value) in ALWAYS {
        assert_eq!(answer.headers().get(&name).and_then(|it| it.to_str().ok()), Some(value), "{name}");
    }
    let told = |name| answer.headers().get(name).and_then(|it: &HeaderValue| it.to_str().ok()).map(str::to_owned);
    Answered {
        status: answer.status().as_u16(),
        kind: told(header::CONTENT_TYPE).expect("every answer has a kind"),
        location: told(header::LOCATION),
        words: String::from_utf8_lossy(answer.body()).into_owned(),
    }
}

fn get(path: &str) -> Answered {
    ask(Request::get(path).header("host", "127.0.0.1:4747"), &board().state())
}

#[test]
fn pages_are_found_by_their_addresses() {
    for (path, words) in [
        ("/", "the index"),
        ("/index.html", "the index"),
        ("/?x=1", "the index"),
        ("/trust/phones.html", "the policy"),
        ("/trust/%70hones.html", "the policy"),
        ("/trust/readers/", "the readers"),
    ] {
        let answered = get(path);
        assert_eq!((answered.status, answered.kind.as_str()), (200, HTML), "{path}");
        assert!(answered.words.contains(words), "{path}: {}", answered.words);
        assert!(answered.words.contains("preview.js") && answered.words.contains("clausal.preview-panel"), "{path}");
    }
}

#[test]
fn what_is_no_page_is_sent_as_it_is() {
    for (path, kind, words) in [
        ("/trust/phones.json", "application/json", "{}"),
        ("/trust/a%20b.csv", "text/csv; charset=utf-8", "a,b"),
        ("/style.css", "text/css; charset=utf-8", "p {}"),
        ("/.clausal/preview.css", "text/css; charset=utf-8", page::STYLE),
        ("/.clausal/preview.js", "text/javascript; charset=utf-8", page::SCRIPT),
    ] {
        let answered = get(path);
        assert_eq!((answered.status, answered.kind.as_str(), answered.words.as_str()), (200, kind, words), "{path}");
    }
}

#[test]
fn a_folder_without_its_slash_leads_to_the_one_with_it() {
    let answered = get("/trust/readers");
    assert_eq!((answered.status, answered.location.as_deref()), (308, Some("/trust/readers/")));
    assert_eq!(get("/trust").status, 404);
}

#[test]
fn there_is_no_way_out_of_the_pages() {
    let long = format!("/{}", "a/".repeat(5000));
    for (path, status) in [
        ("/../Cargo.toml", 404),
        ("/trust/../index.html", 404),
        ("/trust/../../etc/passwd", 404),
        ("/%2e%2e/Cargo.toml", 404),
        ("/%2e%2e%2fCargo.toml", 404),
        ("/trust/%2e%2e/index.html", 404),
        ("/..%5cCargo.toml", 404),
        ("/\\..\\Cargo.toml", 404),
        ("//", 404),
        ("//index.html", 404),
        ("//etc/passwd", 404),
        ("//evil.example/trust/readers", 404),
        ("/%2fetc/passwd", 404),
        ("/C:%5cWindows%5cwin.ini", 404),
        ("/file:///etc/passwd", 404),
        ("/index.html%00", 404),
        ("/index.html%00.css", 404),
        ("/index.html/", 404),
        ("/./index.html", 404),
        ("/%252e%252e/Cargo.toml", 404),
        ("/.clausal/../index.html", 404),
        ("/.clausal/", 404),
        ("/.clausal", 404),
        ("/.git/config", 404),
        ("/trust", 404),
        ("/%ff", 400),
        ("/%", 400),
        ("/%2", 400),
        ("/%zz", 400),
        ("/%+1", 400),
        (&long, 404),
    ] {
        // Some of these are no addresses to the library either, which refuses them before.
        let request = Request::get(path).header("host", "localhost");
        if request.uri_ref().is_none() {
            assert!(path.contains('\\'), "{path}");
            continue;
        }
        let answered = ask(request, &board().state());
        assert_eq!(answered.status, status, "{path}");
        assert!(!answered.words.contains("the index") && answered.location.is_none(), "{path}: {}", answered.words);
    }
}

#[test]
fn other_sites_get_nothing() {
    let state = board().state();
    for (host, is_ours) in [
        ("127.0.0.1:4747", true),
        ("127.0.0.1", true),
        ("localhost:80", true),
        ("LOCALHOST:4747", true),
        ("evil.example", false),
        ("evil.example:4747", false),
        ("localhost.evil.example", false),
        ("127.0.0.1.evil.example", false),
        ("localhost:evil", false),
        ("localhost:", false),
        ("localhost:4747:1", false),
        ("user@localhost", false),
        ("0.0.0.0:4747", false),
        ("127.0.0.2", false),
        ("[::1]:4747", false),
        ("", false),
        ("lоcalhost", false),
    ] {
        for path in ["/", "/.clausal/state", "/style.css", "/nothing"] {
            let answered = ask(Request::get(path).header("host", host), &state);
            assert_eq!(answered.status != 421, is_ours, "{host} {path}");
            assert!(is_ours || answered.words.ends_with("its own address alone\n"), "{host} {path}");
        }
    }
    assert_eq!(ask(Request::get("/"), &state).status, 421, "no host at all");
    let two = Request::get("/").header("host", "localhost").header("host", "evil.example");
    assert_eq!(ask(two, &state).status, 421);
    let elsewhere = Request::get("http://evil.example/").header("host", "localhost");
    assert_eq!(ask(elsewhere, &state).status, 421);
}

#[test]
fn pages_are_read_and_nothing_else() {
    let state = board().state();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "BREW"] {
        let request = Request::builder().method(method).uri("/").header("host", "localhost");
        assert_eq!(ask(request, &state).status, 405, "{method}");
    }
    let head = Request::head("/").header("host", "localhost");
    assert_eq!(ask(head, &state).status, 200);
    let body = |name: &str, value: &str| Request::get("/").header("host", "localhost").header(name, value);
    assert_eq!(ask(body("content-length", "1"), &state).status, 413);
    assert_eq!(ask(body("transfer-encoding", "chunked"), &state).status, 413);
    assert_eq!(ask(body("content-length", "0"), &state).status, 200);
}

#[test]
fn before_there_are_pages_every_address_says_so() {
    let board = Board::new();
    let ask = |path: &str| ask(Request::get(path).header("host", "localhost"), &board.state());
    for path in ["/", "/trust/phones.html", "/style.css"] {
        let answered = ask(path);
        assert_eq!(answered.status, 503, "{path}");
        assert!(answered.words.contains("<h1>The pages are being made</h1>"), "{}", answered.words);
    }
    board.show(None, Report::default(), "14:03:05".to_owned());
    assert!(ask("/").words.contains("<h1>The pages cannot be made yet</h1>"));
    assert_eq!(ask("/.clausal/state").status, 200);
}
