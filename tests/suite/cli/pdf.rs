//! A program without PDF: it knows the word, and says where to get what it means.

use super::Folder;

#[test]
fn a_program_without_pdf_says_so_before_anything_is_written() {
    let folder = Folder::with_policies();
    folder.run("build policies --format html --out site").exits(0);
    let good = folder.contents("site");
    let says = ["this `clausal` was built without PDF", "--features pdf", "pandoc site/ORGANISATION/POLICY.md"];
    folder.run("build policies --format html,pdf --out site").exits(2).complains(&says);
    assert_eq!(folder.contents("site"), good);
    folder.write("policies/clausal.toml", "[output]\nformats = [\"html\", \"pdf\"]\n");
    folder.run("build policies --out fresh").exits(2).complains(&says);
    assert!(!folder.path("fresh").exists());
    folder.run("build policies --format json --out fresh").exits(0);
}

#[test]
fn a_preview_without_pdf_says_so_before_it_begins() {
    let folder = Folder::with_policies();
    let says = ["this `clausal` was built without PDF", "--features pdf", "pandoc site/ORGANISATION/POLICY.md"];
    folder.run("serve policies --format html,pdf").exits(2).complains(&says);
    folder.write("policies/clausal.toml", "[output]\nformats = [\"html\", \"pdf\"]\n");
    folder.run("serve policies").exits(2).complains(&says);
    // What is given weighs more than what is set, as it does for `build`.
    super::serve::answers(&folder, "serve policies --format html");
}

#[test]
fn pdf_is_written_only_where_somebody_asks() {
    let folder = Folder::with_policies();
    folder.run("build policies --out site").exits(0);
    assert!(folder.contents("site").iter().all(|(path, _)| !path.ends_with(".pdf")));
}

#[test]
fn templates_of_the_pdf_do_no_harm_where_there_is_none() {
    let folder = Folder::with_policies();
    folder.write("look/pdf/policy.typ", "anything");
    folder.write("look/pdf/fonts/own.ttf", b"\xff\xfe no text");
    folder.run("build policies --templates look --out site").exits(0);
}
