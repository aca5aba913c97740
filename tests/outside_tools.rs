//! What other programs make of the pages: Pandoc of the Markdown, a browser of the HTML.
//!
//! Where a program is missing, its test says so and passes; with `CLAUSAL_REQUIRE_TOOLS=1` in the environment it fails.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clausal::emit::html::{self, Settings};
use clausal::emit::markdown;
use clausal::emit::templates::Templates;

#[path = "suite/compiled.rs"]
#[allow(dead_code, reason = "the other tests use the rest of it")]
mod compiled;

use compiled::Compiled;

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
    let site = Site::new(&[("hostile.policy", include_str!("compile/hostile.policy"))]);
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

#[test]
fn a_browser_shows_every_page_without_scrolling_sideways() {
    let Some(tool) = tools(&["chromium"]) else { return };
    let site = Site::policies();
    for path in &site.pages {
        // A frame has the width of a telephone whatever the window has.
        let frame = site.folder.path().join("frame.html");
        let page = format!(
            "<body><iframe id=f src='{path}' style='width:360px;height:800px'></iframe><p id=o></p><script>\
             f.onload=()=>{{let d=f.contentDocument.documentElement;\
             o.textContent='widths '+d.scrollWidth+' '+d.clientWidth+' '+getComputedStyle(\
             f.contentDocument.querySelector('h1')).fontWeight}}</script>"
        );
        std::fs::write(&frame, page).expect("the frame can be written");
        let dom = run(Command::new(&tool[0])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"])
            .args(["--virtual-time-budget=5000", "--dump-dom"])
            .arg(format!("file://{}", frame.display())));
        let widths = dom.split("<p id=\"o\">widths ").nth(1).and_then(|rest| rest.split('<').next());
        let widths: Vec<u32> = widths.unwrap_or("").split(' ').filter_map(|number| number.parse().ok()).collect();
        let &[wide, seen, _] = widths.as_slice() else { panic!("{path} was not shown: {dom}") };
        assert!(seen > 300 && wide <= seen, "{path} is {wide} pixels wide in a window of {seen}");
        let picture = site.folder.path().join("picture.png");
        run(Command::new(&tool[0])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"])
            .arg(format!("--screenshot={}", picture.display()))
            .arg(format!("file://{}", site.folder.path().join(path).display())));
        let size = std::fs::metadata(&picture).map_or(0, |it| it.len());
        assert!(size > 10_000, "{path}: a picture of {size} bytes shows nothing");
        std::fs::remove_file(picture).expect("the picture can be removed");
    }
}

/// Every policy through Pandoc, which must say nothing.
fn convert(ending: &str, options: &[&str], needed: &[&str]) {
    let Some(tools) = tools(needed) else { return };
    for site in [Site::policies(), Site::new(&[("hostile.policy", include_str!("compile/hostile.policy"))])] {
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

/// Pages and documents in a folder that goes with them.
struct Site {
    folder: tempfile::TempDir,
    pages: Vec<String>,
    documents: Vec<String>,
}

impl Site {
    fn policies() -> Self {
        Site::of(&Compiled::policies())
    }

    fn new(files: &[(&str, &str)]) -> Self {
        Site::of(&Compiled::of(files))
    }

    fn of(compiled: &Compiled) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the site");
        let create = |path: &str| -> io::Result<std::fs::File> {
            let file = folder.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
            std::fs::File::create(file)
        };
        let templates = Templates::new([]).expect("the built-in templates");
        html::write(compiled.scope(), &templates, Settings::default(), &create).expect("pages");
        markdown::write(compiled.scope(), &templates, 0, &create).expect("documents");
        let keys = compiled.collection.policies.iter().map(|policy| policy.key.as_str());
        let documents = keys.clone().map(|key| format!("{key}.md")).collect();
        let pages = keys.map(|key| format!("{key}.html")).chain(["index.html".to_owned()]).collect();
        Site { folder, pages, documents }
    }
}

/// Where the programs are; `None`, told, where one is missing.
#[track_caller]
fn tools(names: &[&str]) -> Option<Vec<PathBuf>> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let find = |name: &str| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    let mut found = Vec::new();
    for name in names {
        match find(name) {
            Some(path) => found.push(path),
            None if std::env::var_os("CLAUSAL_REQUIRE_TOOLS").is_some_and(|value| value == "1") => {
                panic!("no {name}, and CLAUSAL_REQUIRE_TOOLS=1 asks for it")
            }
            None => {
                println!("skipped: no {name}");
                return None;
            }
        }
    }
    Some(found)
}

/// What a program writes; it must succeed, and Pandoc must not warn.
#[track_caller]
fn run(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("the program can be started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    let is_browser = command.get_program().to_string_lossy().contains("chrom");
    assert!(is_browser || said.trim().is_empty(), "{command:?} says: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
