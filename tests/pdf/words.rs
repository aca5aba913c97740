//! Whatever an author writes is text: it makes a document, and none of it is code.

use super::made::{made, policy};

/// What would be code to Typst, and what is hard to set.
const TEXTS: &[&str] = &[
    "#panic(\"x\")",
    "#import \"x.typ\"; $ x^2 $ = Heading",
    "\\u{41} \\#x ` `` ``` raw",
    "*a* _b_ <label> @reference ~ -- --- ... // comment /* comment */",
    "\"quotes\" 'and' \\\\ backslashes \\",
    "] } ) [ \\{ (",
    "a\u{0}b\u{1}\u{7f}\u{85}\u{feff}\u{ffff}c",
    "soft\u{ad}hyphen zero\u{200b}width joiner\u{200d} \u{202e}backwards\u{202c} combining e\u{301}\u{308}",
    "\u{e000}private\u{e001}",
    "ﬁ ½ ™ € ✓ → ≥ Ελλάδα Привет שלום ŵŷ ăș",
];

#[test]
fn whatever_is_written_makes_a_document() {
    for text in TEXTS {
        let line = text.replace('{', "\\{");
        let label = text.replace('\\', "\\\\").replace('"', "\\\"");
        let body = format!(
            "| {line}\n\nsection one \"One {label}\" {{\n  clause two {{\n    | - {line}\n    |\n    | | a | {line} |\n    \
             | |---|---|\n    | | `{line}` | b |\n  }}\n  define it \"{label}\" {{\n    | {line}\n  }}\n}}\n"
        );
        let compiled = policy(&body);
        if text.contains('\u{e000}') {
            // No font can have characters that mean what anybody likes; in prose they have become U+FFFD.
            continue;
        }
        let documents = made(&compiled);
        assert_eq!(documents.len(), 1, "{text}");
    }
}

#[test]
fn depth_ends_nowhere() {
    let mut blocks = String::new();
    for at in 0..60 {
        blocks.push_str(&format!("section s{at} \"Section {at}\" {{ | Text.\n"));
    }
    blocks.push_str("clause c { | The end.\n }");
    blocks.push_str(&" }".repeat(60));
    assert_eq!(made(&policy(&blocks)).len(), 1);

    let list: String = (0..40).map(|at| format!("| {}- item {at}\n", "  ".repeat(at))).collect();
    let quotes = format!("|\n| {} quoted\n", ">".repeat(40));
    let stars = format!("|\n| {}stressed{}\n", "*a **b ".repeat(50), "** *".repeat(50));
    assert_eq!(made(&policy(&format!("{list}{quotes}{stars}"))).len(), 1);
}

#[test]
fn length_ends_nowhere() {
    let word = "x".repeat(5000);
    let wide: String = (0..40).map(|_| "| cell ".to_owned()).collect();
    let rule: String = (0..40).map(|_| "|---".to_owned()).collect();
    let body =
        format!("| {word} https://a.example/{word}\n|\n| {wide}|\n| {rule}|\n| {wide}|\n\nsection s \"{word}\" {{ }}");
    assert_eq!(made(&policy(&body)).len(), 1);
}
