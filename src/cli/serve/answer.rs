//! A request, answered from a state alone: this module touches no file and no socket.
//!
//! A path is a key of the pages or it is nothing, so there is no way out of them. A request that a page of another site
//! could have made is refused: its host is not this machine, or the answer may not be used there.

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use super::page;
use super::state::State;
use crate::emit::html::INDEX;

/// What every answer says besides.
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    (header::REFERRER_POLICY, "no-referrer"),
    // A script of another site, which may hold policies, is no business of a page there.
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// The answer to a request, which need not have been read beyond its head.
pub(super) fn to(request: &Parts, state: &State) -> Response<Bytes> {
    let mut answer = match refusal(request) {
        Some(refusal) => refusal,
        None => page_at(request.uri.path(), state),
    };
    for (name, value) in ALWAYS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// Why a request is not answered, if it is not.
fn refusal(request: &Parts) -> Option<Response<Bytes>> {
    if !is_for_us(request) {
        return Some(plain(StatusCode::MISDIRECTED_REQUEST, "the preview answers at its own address alone"));
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "pages can be read, and nothing else");
        answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(answer);
    }
    if has_body(&request.headers) {
        let mut answer = plain(StatusCode::PAYLOAD_TOO_LARGE, "a request for a page has no content");
        answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        return Some(answer);
    }
    None
}

/// Whether the host of a request is this machine, by one of the two names that no other machine can take.
fn is_for_us(request: &Parts) -> bool {
    let mut hosts = request.headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let by_address = request.uri.authority().is_none_or(|authority| is_loopback(authority.as_str()));
    hosts.next().is_none() && host.is_some_and(is_loopback) && by_address
}

fn is_loopback(host: &str) -> bool {
    let (name, port) = match host.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    // The port may be another where somebody leads one of theirs to this.
    let is_port = |port: &str| port.len() <= 5 && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")) && port.is_none_or(is_port)
}

fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0");
    length || headers.contains_key(header::TRANSFER_ENCODING)
}

fn page_at(path: &str, state: &State) -> Response<Bytes> {
    let Some(path) = decoded(path) else {
        return plain(StatusCode::BAD_REQUEST, "the address is not one");
    };
    let path = path.strip_prefix('/').unwrap_or(&path);
    if let Some(own) = path.strip_prefix(page::OWN) {
        return own_at(own, state);
    }
    let folder = path.is_empty() || path.ends_with('/');
    let key = if folder { format!("{path}{INDEX}") } else { path.to_owned() };
    if let Some(bytes) = state.files.get(&key) {
        return match kind(&key) {
            HTML => answer(StatusCode::OK, HTML, page::with_panel(bytes, state)),
            kind => answer(StatusCode::OK, kind, bytes.clone()),
        };
    }
    if state.pages == 0 {
        return answer(StatusCode::SERVICE_UNAVAILABLE, HTML, page::nothing_yet(state));
    }
    if !folder && state.files.contains_key(&format!("{path}/{INDEX}")) {
        return moved(path);
    }
    answer(StatusCode::NOT_FOUND, HTML, page::not_found(state))
}

/// What is the preview's own.
fn own_at(name: &str, state: &State) -> Response<Bytes> {
    match name {
        "state" => answer(StatusCode::OK, "application/json", Bytes::from(state.told())),
        "panel" => answer(StatusCode::OK, HTML, state.panel.clone()),
        "preview.js" => answer(StatusCode::OK, kind(name), Bytes::from_static(page::SCRIPT.as_bytes())),
        "preview.css" => answer(StatusCode::OK, kind(name), Bytes::from_static(page::STYLE.as_bytes())),
        _ => answer(StatusCode::NOT_FOUND, HTML, page::not_found(state)),
    }
}

/// A folder named without its last `/`, from which the addresses in its page would lead elsewhere. `path` is known to be
/// one of ours, so that nobody can be led to another site.
fn moved(path: &str) -> Response<Bytes> {
    let mut answer = plain(StatusCode::PERMANENT_REDIRECT, "the page is in the folder of this name");
    let mut to = String::from("/");
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => to.push(char::from(byte)),
            other => to.push_str(&format!("%{other:02X}")),
        }
    }
    to.push('/');
    if let Ok(to) = HeaderValue::from_str(&to) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}

/// The path with its `%` spelt out; `None` where it is no text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let value = digit(rest.next())? * 16 + digit(rest.next())?;
        bytes.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// What a file is, by the end of its name.
fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "jsonl" => "application/jsonl",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "txt" => TEXT,
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

fn plain(status: StatusCode, words: &str) -> Response<Bytes> {
    answer(status, TEXT, Bytes::from(format!("{words}\n")))
}

fn answer(status: StatusCode, kind: &'static str, bytes: Bytes) -> Response<Bytes> {
    let mut answer = Response::new(bytes);
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

#[cfg(test)]
mod tests;
