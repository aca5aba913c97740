//! What a browser makes of the pages, in every way people read them: `tests/browser`, with its README.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use clausal::emit::brand::{Brand, Colour, Logo};
use clausal::emit::changes::html;
use clausal::emit::changes::view::Changes;
use clausal::emit::templates::Templates;
use tempfile::TempDir;

use super::sample;
use super::tools::{run, tools};

/// A policy with mistakes of many kinds, for a preview in spite of them.
const MISTAKEN: &str = include_str!("../browser/mistaken.policy");

const LOGO: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path fill=\"#fff\" d=\"M0 0h8v8z\"/></svg>";

/// Browsers take turns: several at once keep each other waiting until something takes too long.
static TURN: Mutex<()> = Mutex::new(());

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sites made by the program as people run it, each in a folder of its own.
struct Sites {
    folder: TempDir,
    made: Vec<PathBuf>,
}

impl Sites {
    fn new() -> Self {
        Sites { folder: tempfile::tempdir().expect("a folder for the sites"), made: Vec::new() }
    }

    /// Builds a collection; errors in its sources are no obstacle if it is a preview.
    fn build(&mut self, name: &str, sources: &Path, is_preview: bool) {
        let out = self.folder.path().join("sites").join(name);
        let mut command = clausal();
        command.arg("build").arg(sources).arg("--out").arg(&out);
        if is_preview {
            command.arg("--keep-going");
        }
        let output = command.output().expect("the program can be started");
        let expected = if is_preview { Some(1) } else { Some(0) };
        assert_eq!(output.status.code(), expected, "{name}: {}", String::from_utf8_lossy(&output.stderr));
        self.made.push(out);
    }

    /// Reports of what changed, in a folder.
    fn reports(&mut self) {
        let folder = self.folder.path().join("sites/changes");
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        for (name, page) in reports() {
            std::fs::write(folder.join(format!("changes-{name}.html")), page).expect("a file can be written");
        }
        self.made.push(folder);
    }

    /// A collection of these files, in a folder of this name.
    fn sources(&self, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = self.folder.path().join(name);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        for (path, text) in files {
            std::fs::write(folder.join(path), text).expect("a file can be written");
        }
        folder
    }
}

#[test]
fn the_checks_of_pages_find_what_they_are_there_for() {
    let _turn = turn();
    let Some(mut command) = node("selftest.mjs") else { return };
    let told = run(&mut command);
    assert!(told.contains(" faults, 0 of them unseen"), "{told}");
}

#[test]
fn every_page_is_accessible_and_valid() {
    let _turn = turn();
    let Some(mut command) = node("run.mjs") else { return };
    let mut sites = Sites::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    sites.build("policies", &root.join("policies"), false);

    let handbook = sites.folder.path().join("handbook");
    run(clausal().arg("init").arg(&handbook));
    sites.build("init", &handbook, false);

    let settings = "[site]\nname = \"North Shires Trust\"\nlogo = \"logo.svg\"\ncolour = \"#00703c\"\n";
    let vocabulary = include_str!("../../templates/init/vocabulary.policy");
    let policy = include_str!("../../templates/init/mobile-phones.policy");
    let branded = [("clausal.toml", settings), ("logo.svg", LOGO), ("a.policy", vocabulary), ("b.policy", policy)];
    sites.build("branded", &sites.sources("branded", &branded), false);

    let hostile = [("hostile.policy", include_str!("../compile/hostile.policy"))];
    sites.build("hostile", &sites.sources("hostile", &hostile), true);
    sites.build("mistaken", &sites.sources("mistaken", &[("mistaken.policy", MISTAKEN)]), true);

    sites.reports();

    let output = command.args(&sites.made).output().expect("node can be started");
    let told = String::from_utf8_lossy(&output.stdout);
    print!("{told}");
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Reports of what changed, each with its name.
fn reports() -> [(&'static str, String); 4] {
    let logo = Logo::new(LOGO.into());
    let brand = Brand { name: Some("North Shires Trust".to_owned()), logo, colour: Colour::parse("#00703c") };
    let templates = Templates::new([]).expect("the built-in templates");
    let page = |changes: &Changes, brand: Option<&Brand>| html(changes, &templates, brand).expect("a page");
    let mut nothing = sample::empty();
    nothing.new.name = "v3.0.1".to_owned();
    let mut hostile = sample::hostile();
    // A word as long as a book makes a page longer than any picture of it.
    hostile.policies[0].clauses.retain(|clause| clause.heading.as_deref() != Some("Endless"));
    [
        ("rich", page(&sample::rich(), None)),
        ("branded", page(&sample::rich(), Some(&brand))),
        ("nothing", page(&nothing, Some(&brand))),
        ("hostile", page(&hostile, None)),
    ]
}

#[test]
fn readers_find_what_they_search_for() {
    let _turn = turn();
    let Some(mut command) = node("search.mjs") else { return };
    let mut sites = Sites::new();
    sites.build("policies", &Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"), false);
    let output = command.args(&sites.made).output().expect("node can be started");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains(" checks, 0 wrong"), "{told}");
}

#[test]
fn the_preview_follows_its_sources() {
    let _turn = turn();
    let Some(mut command) = node("serve.mjs") else { return };
    let output = command.arg(env!("CARGO_BIN_EXE_clausal")).output().expect("node can be started");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains(" checks of the preview, 0 problems"), "{told}");
}

/// One of the scripts; `None`, told, where what it needs is missing.
fn node(script: &str) -> Option<Command> {
    let found = tools(&["node", "java", "chromium", "pdftotext"])?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !folder.join("node_modules").is_dir() {
        let missing = "tests/browser/node_modules (npm ci --prefix tests/browser)";
        assert!(!super::tools::are_required(), "no {missing}, and CLAUSAL_REQUIRE_TOOLS=1 asks for it");
        println!("skipped: no {missing}");
        return None;
    }
    let mut command = Command::new(&found[0]);
    command.arg(folder.join(script)).env("CHROMIUM", &found[2]);
    Some(command)
}

/// The program as people run it, whatever is set around the tests.
fn clausal() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausal"));
    command.env("NO_COLOR", "1").env("LANG", "en_GB.UTF-8");
    command
}
