//! The program with PDF, as people run it.

use std::path::Path;
use std::process::{Command, Output};

#[test]
fn the_program_writes_a_pdf_beside_each_page_where_somebody_asks() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    told(root, &["init", "handbook"], 0);
    let usual = told(root, &["build", "handbook", "--out", "site"], 0);
    assert!(usual.contains("wrote "), "{usual}");
    assert!(!root.join("site/larkfield/mobile-phones.pdf").exists(), "nobody asked");
    let page = |name: &str| std::fs::read_to_string(root.join(name)).expect("the page is there");
    assert!(!page("site/larkfield/mobile-phones.html").contains("mobile-phones.pdf"));

    told(root, &["build", "handbook", "--out", "site", "--format", "html,pdf"], 0);
    let bytes = std::fs::read(root.join("site/larkfield/mobile-phones.pdf")).expect("it is there");
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert!(page("site/larkfield/mobile-phones.html").contains("<a href=\"mobile-phones.pdf\">PDF</a>"));
}

#[test]
fn a_text_or_a_template_at_fault_leaves_the_last_good_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    told(root, &["init", "handbook"], 0);
    told(root, &["build", "handbook", "--out", "site", "--format", "pdf"], 0);
    let pdf = root.join("site/larkfield/mobile-phones.pdf");
    let good = std::fs::read(&pdf).expect("it is there");

    std::fs::create_dir_all(root.join("look/pdf/fonts")).expect("a folder");
    std::fs::write(root.join("look/pdf/policy.typ"), "\n#nothing").expect("a template");
    let build = ["build", "handbook", "--out", "site", "--format", "pdf", "--templates", "look"];
    let said = told(root, &build, 2);
    assert!(said.contains("error: template `pdf/policy.typ`, line 2: unknown variable: nothing"), "{said}");
    std::fs::remove_file(root.join("look/pdf/policy.typ")).expect("it goes");
    std::fs::write(root.join("look/pdf/fonts/own.ttf"), b"\xff\xfe").expect("a font");
    let said = told(root, &build, 2);
    assert!(said.contains("error: template `pdf/fonts/own.ttf` is no font"), "{said}");

    let policy = root.join("handbook/mobile-phones.policy");
    let text = std::fs::read_to_string(&policy).expect("it is there").replace("| In breaks,", "| In breaks \u{1f642},");
    std::fs::write(&policy, text).expect("a policy");
    let said = told(root, &["build", "handbook", "--out", "site", "--format", "pdf"], 2);
    assert!(said.contains("the PDF of `larkfield/mobile-phones` cannot show `\u{1f642}` (U+1F642)"), "{said}");
    assert!(said.contains("help: put a font that has it"), "{said}");
    assert_eq!(std::fs::read(&pdf).expect("it is there"), good);
}

/// What the program says, on both its streams; it must end with this code.
#[track_caller]
fn told(folder: &Path, arguments: &[&str], code: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausal"));
    let Output { status, stdout, stderr } =
        command.args(arguments).current_dir(folder).output().expect("the program can be started");
    let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert_eq!(status.code(), Some(code), "{said}");
    said
}
