//! The layout: every `.policy` file below `tests/format/` has its layout in the `.expected` beside it; and whatever is laid
//! out, good or broken, says afterwards what it said before, and stays as it is when it is laid out again.

mod relaid;

use std::path::Path;

use clausal::source::{FileId, SourceFile, Span};
use clausal::syntax::ast::{Ast, Entry, FieldValue, Item};
use clausal::syntax::{self, Refusal};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::golden;
use super::norms::random;
use super::syntax::WORDS;
use super::totality::heap;

const FILE: FileId = FileId(0);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.policy` file below a folder of the repository, by its path.
fn files(folder: &str) -> Vec<(String, String)> {
    let is_ours = |entry: &walkdir::DirEntry| entry.file_name() != "node_modules";
    let entries = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter().filter_entry(is_ours);
    entries
        .map(|entry| entry.expect("it can be listed").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "policy"))
        .map(|path| {
            let text = String::from_utf8_lossy(&std::fs::read(&path).expect("it can be read")).into_owned();
            (path.strip_prefix(root()).expect("it lies below").to_string_lossy().into_owned(), text)
        })
        .collect()
}

fn format(text: &str) -> Result<String, Refusal> {
    syntax::format(FILE, &SourceFile::new("x.policy", text))
}

#[track_caller]
fn laid_out(text: &str) -> String {
    match format(text) {
        Ok(laid) => laid,
        Err(refusal) => panic!("{refusal:?} of\n{text}"),
    }
}

/// A tree without its places: what it says, and how often and where something is that only a place tells.
fn said(ast: &Ast<'_>) -> String {
    let told = format!("{ast:?}");
    let mut said = String::with_capacity(told.len() / 2);
    let mut rest = told.as_str();
    while let Some((before, after)) = rest.split_once("Span {") {
        said.push_str(before);
        said.push('@');
        rest = after.split_once(" end: ").and_then(|(_, end)| end.split_once('}')).map_or("", |(_, after)| after);
    }
    said + rest
}

/// The text of whatever in a tree could not be read.
fn junk<'t>(ast: &Ast<'_>, text: &'t str) -> Vec<&'t str> {
    fn of_items(items: &[Item<'_>], spans: &mut Vec<Span>) {
        for item in items {
            match item {
                Item::Junk(span) => spans.push(*span),
                Item::Block(block) => of_items(&block.items, spans),
                _ => {}
            }
        }
    }
    let mut spans = Vec::new();
    for entry in ast.vocabularies.iter().flat_map(|vocabulary| &vocabulary.entries) {
        if let Entry::Junk(span) = entry {
            spans.push(*span);
        }
    }
    if let Some(policy) = &ast.policy {
        let fields = policy.fields.iter().filter(|field| matches!(field.value, FieldValue::Junk));
        spans.extend(fields.map(|field| field.span));
        of_items(&policy.items, &mut spans);
    }
    spans.iter().map(|span| &text[span.start as usize..span.end as usize]).collect()
}

fn comments<'t>(ast: &Ast<'_>, text: &'t str) -> Vec<&'t str> {
    ast.comments.iter().map(|span| &text[span.start as usize..span.end as usize]).collect()
}

/// The words, signs and comments of a text without its blanks.
fn signs(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// Lays a text out and holds the result against it; `None` where it is left alone for a reason.
#[track_caller]
fn assert_kept(text: &str) -> Option<String> {
    let source = SourceFile::new("x.policy", text);
    let old = syntax::parse(FILE, &source);
    let laid = match syntax::format(FILE, &source) {
        Ok(laid) => laid,
        Err(Refusal::Fault) => panic!("laid out, it would not be read as the same:\n{text}"),
        Err(_) => {
            assert!(!old.findings.is_empty(), "left alone for no reason:\n{text}");
            return None;
        }
    };
    assert_eq!(signs(text), signs(&laid), "a word was lost or came in");
    let laid_source = SourceFile::new("x.policy", laid.as_str());
    let new = syntax::parse(FILE, &laid_source);
    assert_eq!(said(&old.ast), said(&new.ast), "another tree:\n{text}\nlaid out:\n{laid}");
    assert_eq!(comments(&old.ast, text), comments(&new.ast, &laid));
    // A rule that says `may not` is told off and counts as junk, yet every word of it can be read and so is laid out.
    let is_read = |words: &str| words.starts_with("rule ") && (words.contains(" may not ") || words.contains(" need "));
    let plain = |junk: Vec<&str>| {
        let collapsed = |junk: &str| junk.split_whitespace().collect::<Vec<_>>().join(" ");
        let told =
            |junk: &&str| Some(collapsed(junk)).filter(|it| is_read(it)).unwrap_or_else(|| junk.replace('\r', ""));
        junk.iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(plain(junk(&old.ast, text)), plain(junk(&new.ast, &laid)), "what cannot be read has changed");
    let told = |parsed: &syntax::Parsed<'_>| {
        parsed.findings.iter().map(|finding| (finding.message.clone(), finding.help.clone())).collect::<Vec<_>>()
    };
    assert_eq!(told(&old), told(&new), "{text}\nlaid out:\n{laid}");
    match format(&laid) {
        Ok(twice) => assert_eq!(laid, twice, "twice is not once"),
        Err(refusal) => panic!("{refusal:?} of a text laid out:\n{laid}"),
    }
    if old.findings.is_empty() {
        assert_tidy(&laid);
    }
    Some(laid)
}

/// What holds for every text without mistakes.
#[track_caller]
fn assert_tidy(laid: &str) {
    let line_end = if laid.contains("\r\n") { "\r\n" } else { "\n" };
    assert!(laid.is_empty() || laid.ends_with(line_end) && !laid.ends_with(&line_end.repeat(2)), "{laid:?}");
    assert_eq!(laid.matches('\n').count(), laid.matches(line_end).count(), "one kind of line ends");
    assert!(!laid.contains(&line_end.repeat(3)), "two empty lines in a row:\n{laid}");
    for line in laid.split(line_end) {
        assert_eq!(line.trim_end(), line, "blanks at a line's end");
        let indent = line.len() - line.trim_start().len();
        assert!(!line[..indent].contains('\t'), "{line:?}");
    }
}

#[test]
fn each_case_has_its_layout() {
    let cases = files("tests/format");
    assert!(cases.len() > 15, "{} cases", cases.len());
    for (path, text) in cases {
        let laid = match format(&text) {
            Ok(laid) => laid,
            Err(refusal) => format!("left alone: {}\n", reason(&refusal)),
        };
        let name = path.trim_start_matches("tests/").trim_end_matches(".policy");
        golden::golden(&format!("{name}.expected"), &laid);
        assert_kept(&text);
    }
}

fn reason(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Unread(finding) => format!("not to be read: {}", finding.message),
        Refusal::Mended(finding) => format!("nothing is sure: {}", finding.message),
        Refusal::Unsure(finding) => format!("it would be read in another way: {}", finding.message),
        Refusal::Fault => "a fault of the program".to_owned(),
    }
}

#[test]
fn our_own_policies_are_laid_out() {
    for folder in ["policies", "templates/init"] {
        let files = files(folder);
        assert!(!files.is_empty());
        for (path, text) in files {
            assert!(laid_out(&text) == text, "{path} is not in layout: `clausal fmt {folder}`");
        }
    }
}

#[test]
fn the_examples_of_our_pages_are_laid_out() {
    let mut all = 0;
    for folder in ["docs", "src/checks"] {
        let entries = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
        let paths = entries.into_iter().map(|entry| entry.expect("it can be listed").into_path());
        for path in paths.filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
            let page = std::fs::read_to_string(&path).expect("it can be read");
            let blocks = page.split("\n```policy\n").skip(1).filter_map(|rest| rest.split("\n```").next());
            // `# file: x.policy` begins a further file of an example.
            let files = blocks.flat_map(|block| block.split("# file: "));
            for text in
                files.map(|file| if file.contains(".policy\n") { file.split_once('\n') } else { Some(("", file)) })
            {
                let text = text.map_or("", |(_, text)| text).trim();
                let Ok(laid) = format(text) else { continue };
                assert_eq!(laid.trim_end(), text, "an example in {} is not in layout", path.display());
                all += 1;
            }
        }
    }
    assert!(all > 100, "{all} examples");
}

#[test]
fn every_file_of_the_repository_says_the_same_afterwards() {
    let (mut all, mut laid) = (0, 0);
    for folder in ["policies", "templates", "tests"] {
        for (_, text) in files(folder) {
            all += 1;
            laid += usize::from(assert_kept(&text).is_some());
            // The same file from another system.
            if !text.contains('\r') {
                let crlf = text.replace('\n', "\r\n");
                if let Some(there) = assert_kept(&crlf) {
                    assert_eq!(there.replace("\r\n", "\n"), laid_out(&text));
                }
            }
        }
    }
    assert!(all > 200 && laid * 20 > all * 19, "{laid} of {all} files are laid out");
}

#[test]
fn any_layout_of_a_text_becomes_the_same() {
    let examples = files("policies").into_iter().chain(files("templates/init")).chain(files("tests/norms"));
    let mut tried = 0;
    for (at, (path, text)) in examples.enumerate() {
        if !syntax::parse(FILE, &SourceFile::new("x.policy", text.as_str())).findings.is_empty() {
            continue;
        }
        let laid = laid_out(&text);
        for seed in 0..4 {
            let relaid = relaid::relaid(&laid, 100 * at as u64 + seed);
            assert_eq!(laid_out(&relaid), laid, "{path}, laid out at random:\n{relaid}");
            tried += usize::from(relaid != laid);
        }
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn random_collections_say_the_same_afterwards() {
    for seed in 0..150 {
        for (_, text) in random::collection(seed) {
            let laid = assert_kept(&text).expect("nothing is wrong with it");
            assert_eq!(laid_out(&relaid::relaid(&laid, seed)), laid);
        }
    }
}

#[test]
fn line_ends_and_the_mark_of_the_encoding_stay_as_they_are() {
    let text = "policy p \"P\" {\n  organisation o\n}\n\nclause c {\n  | Words.\n}\n";
    assert_eq!(laid_out(text), text);
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(laid_out(&crlf), crlf);
    assert_eq!(laid_out(&crlf.replacen("\r\n", "\n", 1)), text, "as its first line has it");
    assert_eq!(laid_out(&text.replacen('\n', "\r\n", 1)), crlf);
    let marked = format!("\u{feff}{text}");
    assert_eq!(laid_out(&marked), marked);
    assert_eq!(laid_out(&format!("\u{feff}\n\n  {text}")), marked);
    assert_eq!(laid_out(""), "");
    assert_eq!(laid_out(" \n\t\n"), "");
    assert_eq!(laid_out("\u{feff}"), "\u{feff}");
}

#[test]
fn what_cannot_be_read_as_it_stands_is_left_alone() {
    let refusal = |bytes: &[u8]| {
        let source = SourceFile::from_bytes("x.policy", bytes.to_vec());
        reason(&syntax::format(FILE, &source).expect_err("it cannot be laid out"))
    };
    assert_eq!(refusal(b"policy\0"), "not to be read: this file is not text");
    assert!(refusal(b"# \xff").starts_with("not to be read: byte 2"));
    assert!(refusal("{".repeat(100).as_bytes()).starts_with("not to be read: blocks are nested"));
    assert!(refusal(b"# a\rclause c {\n}\n").starts_with("nothing is sure: a line ends here"));
    assert!(refusal(b"policy p \"P\" {\n organisation o\n}\nclause c {\n | x\n").starts_with("nothing is sure: "));
}

#[test]
fn long_files_and_long_lines_are_laid_out_once_and_for_all() {
    let clause =
        "clause c {\n| Words {x} and more.\nrule a : staff, x must use phone when late # why\nunless not late\n}\n";
    let wide = format!("vocabulary v {{\nthing x also {} \"z\"\n}}\n", "\"y\", ".repeat(20_000));
    let bare = format!("vocabulary v {{ thing x {{ {} }} }}\n", "word\n".repeat(40_000));
    let flat = format!("vocabulary v {{ {} }}\n", "fact x { a b }\n".repeat(2_000));
    let junk = format!("policy p \"P\" {{ organisation o }}\n{}", "nonsense )\n".repeat(20_000));
    let remarks = format!("policy p \"P\" {{ organisation o }}\n{}", "# a\n\n".repeat(40_000));
    let header = "policy p \"P\" { organisation o }\n";
    let long = format!("{header}{}", clause.repeat(800));
    let rule = format!("{header}clause c {{ rule a must b when {} x }}", "x and ".repeat(10_000));
    let mut laid = 0;
    for text in [wide, bare, flat, junk, remarks, long, rule] {
        let Ok(once) = format(&text) else { continue };
        laid += 1;
        let twice = format(&once).unwrap_or_default();
        assert!(twice == once, "{}", text.chars().take(60).collect::<String>());
    }
    assert!(laid >= 5, "{laid}");
}

/// One slip in a text that is otherwise good.
#[derive(Clone, Debug)]
enum Slip {
    Drop(Index),
    Double(Index),
    Insert(Index, &'static str),
    Swap(Index, Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        2 => any::<Index>().prop_map(Slip::Drop),
        2 => any::<Index>().prop_map(Slip::Double),
        2 => (any::<Index>(), select(WORDS)).prop_map(|(at, word)| Slip::Insert(at, word)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Slip::Swap(one, other)),
    ]
}

/// A text with slips: its words, each with the blanks before it, dropped, doubled, put in and swapped.
fn slipped(text: &str, slips: &[Slip]) -> String {
    let mut pieces: Vec<&str> = Vec::new();
    let mut start = 0;
    for (at, pair) in text.as_bytes().windows(2).enumerate() {
        if !pair[0].is_ascii_whitespace() && pair[1].is_ascii_whitespace() {
            pieces.push(&text[start..=at]);
            start = at + 1;
        }
    }
    pieces.push(&text[start..]);
    for slip in slips {
        match slip {
            Slip::Drop(at) => drop(pieces.remove(at.index(pieces.len()))),
            Slip::Double(at) => {
                let at = at.index(pieces.len());
                pieces.insert(at, pieces[at]);
            }
            Slip::Insert(at, word) => {
                let at = at.index(pieces.len());
                pieces.splice(at..at, [" ", word, " "]);
            }
            Slip::Swap(one, other) => {
                let (one, other) = (one.index(pieces.len()), other.index(pieces.len()));
                pieces.swap(one, other);
            }
        }
        if pieces.is_empty() {
            pieces.push("");
        }
    }
    pieces.concat()
}

fn cases(usual: u32) -> ProptestConfig {
    let times = std::env::var("CLAUSAL_CASES").ok().map_or(1, |times| times.parse().expect("a number of times"));
    ProptestConfig { cases: usual * times, ..Default::default() }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn slips_lose_nothing(at in any::<Index>(), slips in prop::collection::vec(slip(), 1..6)) {
        let files: Vec<_> = files("tests/format").into_iter().chain(files("tests/resolve/example")).collect();
        assert_kept(&slipped(&files[at.index(files.len())].1, &slips));
    }

    #[test]
    fn heaps_of_words_lose_nothing(text in heap()) {
        assert_kept(&text);
    }

    #[test]
    fn no_text_makes_the_layout_panic(text in "\\PC*") {
        assert_kept(&text);
    }
}

#[test]
fn one_mistake_keeps_few_files_from_being_laid_out() {
    let files = files("tests/resolve/example");
    let (mut all, mut laid) = (0, 0);
    for (_, text) in &files {
        let words = text.split_whitespace().count();
        for at in (0..words).step_by(3) {
            // A word dropped that is no brace: what is left is nearly always laid out round the mistake.
            let start =
                text.split_whitespace().nth(at).map_or(0, |word| word.as_ptr() as usize - text.as_ptr() as usize);
            let word = text[start..].split_whitespace().next().unwrap_or("");
            if word.contains(['{', '}']) {
                continue;
            }
            let slip = format!("{}{}", &text[..start], &text[start + word.len()..]);
            all += 1;
            laid += usize::from(assert_kept(&slip).is_some());
        }
    }
    assert!(all > 100 && laid * 10 > all * 9, "{laid} of {all} are laid out");
}
