//! What Pandoc makes of the Markdown: web pages, word files, PDFs with numbered pages.

use std::process::Command;

use clausal::emit::markdown;

use super::site::Site;
use super::tools::{run, tools};

#[test]
fn pandoc_makes_web_pages_of_every_policy() {
    convert("html", &[], &["pandoc"]);
}

#[test]
fn pandoc_makes_word_files_of_every_policy() {
    convert("docx", &[], &["pandoc"]);
}

#[test]
fn pandoc_makes_pdfs_of_every_policy() {
    convert("pdf", &["--pdf-engine=weasyprint"], &["pandoc", "weasyprint"]);
}

#[test]
fn a_pdf_has_numbered_pages() {
    let Some(tools) = tools(&["pandoc", "weasyprint", "pdftotext"]) else { return };
    let site = Site::policies();
    for path in &site.documents {
        let made = site.folder.path().join(path).with_extension("pdf");
        let mut command = Command::new(&tools[0]);
        command.args(["--pdf-engine=weasyprint", "--css", markdown::PRINT, path, "--output"]).arg(&made);
        run(command.current_dir(site.folder.path()));
        let text = run(Command::new(&tools[2]).arg("-layout").arg(&made).arg("-"));
        let pages: Vec<&str> = text.split_terminator('\u{c}').collect();
        assert!(pages.len() > 3, "{path}: {} pages", pages.len());
        for (at, page) in pages.iter().enumerate() {
            // How wide the blanks are is the tool's guess.
            let (number, page) = (format!("{}/{}", at + 1, pages.len()), page.replace(' ', ""));
            assert!(page.trim_end().ends_with(&number), "{path}: no `{number}` at the foot of\n{page}");
        }
    }
}

#[test]
fn pandoc_sees_what_the_author_wrote() {
    let Some(tool) = tools(&["pandoc"]) else { return };
    let site = Site::new(&[("hostile.policy", include_str!("../compile/hostile.policy"))]);
    let file = site.folder.path().join("north/hostile.md");
    let text = run(Command::new(&tool[0]).args(["--from", "markdown-smart", "--to", "plain", "--wrap=none"]).arg(file));
    for words in [
        "The preamble has <b onclick=\"x()\">raw</b> HTML, <entities>, 5 < 6 > 4",
        "<script>alert(\"block\")</script>",
        "a@b.example, @citation, $5 and $6, x^2^, H~2~O, ~~gone~~, a\\b.",
        "\n(a) not a list\n",
        "\nA. not a list either\n",
        "1.3 1. Starts like a list.",
        "moved to <x>",
        "\n1.5\n\n2.  A clause that begins with a list, over two lines.\n3.  Its second point: 1.5.\n",
    ] {
        assert!(text.contains(words), "`{words}` is not in\n{text}");
    }
}

/// Every policy through Pandoc, which must say nothing.
fn convert(ending: &str, options: &[&str], needed: &[&str]) {
    let Some(tools) = tools(needed) else { return };
    for site in [Site::policies(), Site::new(&[("hostile.policy", include_str!("../compile/hostile.policy"))])] {
        assert!(!site.documents.is_empty());
        for path in &site.documents {
            let file = site.folder.path().join(path);
            let made = file.with_extension(ending);
            let _ = std::fs::remove_file(&made);
            let mut command = Command::new(&tools[0]);
            command.args(["--standalone", "--toc"]).args(options).arg(&file).arg("--output").arg(&made);
            run(command.current_dir(file.parent().expect("a file lies in a folder")));
            assert!(std::fs::metadata(&made).is_ok_and(|it| it.len() > 1000), "{path}: nothing was made");
        }
    }
}
