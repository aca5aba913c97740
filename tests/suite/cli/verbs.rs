//! Each verb, as its help says.

use std::fs;

use clausal::checks;
use serde_json::Value;

use super::{Folder, POLICY, VOCABULARY};

#[test]
fn what_init_writes_is_clean_and_builds() {
    let folder = Folder::new();
    folder.run("init x").exits(0).says(&["x/mobile-phones.policy", "clausal check x", "clausal build x"]);
    let ran = folder.run("check x").exits(0);
    assert_eq!(ran.out, "no findings in 1 policy\n");
    folder.run("check x --deny all").exits(0);
    folder.run("build x --out y").exits(0);
    for page in
        ["index.html", "collection.json", "findings.json", "rules.jsonl", "larkfield/mobile-phones.json", ".clausal"]
    {
        assert!(folder.path("y").join(page).is_file(), "{page}: {:?}", folder.names("y"));
    }
    folder.run("build x").exits(0).says(&["open site/index.html"]);
}

#[test]
fn init_never_overwrites() {
    let folder = Folder::new();
    folder.write("mobile-phones.policy", "ours");
    folder.run("init").exits(2).complains(&["`mobile-phones.policy` exists already, so nothing is written"]);
    assert_eq!(folder.contents("."), [("mobile-phones.policy".to_owned(), b"ours".to_vec())]);
    folder.run("init mobile-phones.policy").exits(2).complains(&["is a file, not a folder"]);
    folder.write("other/notes.txt", "ours");
    folder.run("init other").exits(0);
    assert_eq!(folder.names("other"), ["clausal.toml", "mobile-phones.policy", "notes.txt", "vocabulary.policy"]);
    folder.run("init other").exits(2);
}

#[test]
fn explain_lists_every_check_and_has_a_page_for_each() {
    let folder = Folder::new();
    let list = folder.run("explain").exits(0).out;
    for check in checks::ALL {
        let name = check.info.name;
        assert!(list.contains(&format!("  {name} ")), "{name} is not in the list");
        let page = folder.run(&format!("explain {name}")).exits(0).out;
        assert!(page.starts_with(&format!("{name}\n---")), "{page}");
        let first = check.info.summary().split_whitespace().next().expect("a page has a summary");
        assert!(page.contains(first), "{page}");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let example = check.info.page.split("```").nth(1).map(words).expect("a page has an example");
        assert!(page.split_whitespace().any(|word| Some(word) == example.last().map(String::as_str)), "{page}");
    }
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
}

#[test]
fn explain_knows_families_and_near_misses() {
    let folder = Folder::new();
    let ran = folder.run("explain governance").exits(0).says(&["review-overdue"]);
    assert!(!ran.out.contains("unused-word"));
    let ran = folder.run("explain reveiw-overdue").exits(2);
    assert_eq!(ran.err, "error: `reveiw-overdue` is not a check\n  help: did you mean `review-overdue`?\n");
    folder.run("explain weather").exits(2).complains(&["`clausal explain` lists them all"]);
}

#[test]
fn schemas_are_printed_by_name() {
    let folder = Folder::new();
    let schemas =
        [("policy", "1.0.0"), ("collection", "1.1.0"), ("rule", "1.0.0"), ("findings", "1.1.0"), ("diff", "1.0.0")];
    for (name, version) in schemas {
        let ran = folder.run(&format!("schema {name}")).exits(0);
        let schema: Value = serde_json::from_str(&ran.out).expect("a schema is JSON");
        assert_eq!(schema["$id"], format!("urn:clausal:schema:{name}:{version}"));
        assert!(ran.out.ends_with("}\n"));
        jsonschema::meta::validate(&schema).expect("it is a schema");
    }
    folder.run("schema polcy").exits(2).complains(&["policy"]);
}

#[test]
fn completions_are_printed_for_every_shell() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        folder.run(&format!("completions {shell}")).exits(0).says(&["clausal", "explain", "keep-going"]);
    }
    folder.run("completions tcsh").exits(2);
}

#[test]
fn help_tells_everything() {
    let folder = Folder::new();
    folder.run("--help").exits(0).says(&["Examples:", "Exit codes:", "init", "check", "build", "explain", "schema"]);
    for verb in ["init", "check", "build", "explain", "schema", "completions"] {
        folder.run(&format!("{verb} --help")).exits(0).says(&["Examples:", "--color"]);
    }
    let help = folder.run("--help").out + &folder.run("explain --help").out;
    let named: Vec<&str> = help.lines().filter_map(|line| line.trim().strip_prefix("clausal explain ")).collect();
    for example in named.iter().filter(|example| !example.starts_with(' ')) {
        let name = example.split(' ').next().unwrap_or("");
        assert!(checks::find(name).is_some(), "the help names `{name}`, which there is not");
    }
    let version = folder.run("--version").exits(0).out;
    assert_eq!(version, format!("clausal {}\n", env!("CARGO_PKG_VERSION")));
    folder.run("").exits(2).complains(&["Usage: clausal"]);
    folder.run("chekc").exits(2).complains(&["check"]);
    folder.run("check --fromat json").exits(2).complains(&["--format"]);
    folder.run("build --format docx").exits(2).complains(&["html, markdown, json, pdf"]);
}

#[test]
fn dates_are_judged_on_the_day_asked_for() {
    let folder = Folder::new();
    folder.write("policies/vocabulary.policy", VOCABULARY);
    let adopted = POLICY.replace(
        "status       draft",
        "status adopted\n approved 2020-01-01 by governing-board\n effective 2020-01-02",
    );
    folder.write("policies/mobile-phones.policy", adopted);
    folder.run("check policies --as-of 2020-12-31").exits(0).says(&["no findings"]);
    folder.run("check policies --as-of 2021-01-02").exits(0).says(&["warning[review-overdue]"]);
    folder.run("check policies").exits(0).says(&["warning[review-overdue]"]);
    folder.run("check policies --deny review-overdue").exits(1).says(&["error[review-overdue]"]);
    let quiet = folder.run("build policies --format json --deny review-overdue").exits(0);
    assert!(!quiet.err.contains("warning"), "{}", quiet.err);
    folder.run("build policies --format json --as-of 2030-01-01 --deny review-overdue").exits(1);
    folder.run("check policies --as-of 1/2/2026").exits(2).complains(&["as in 2026-03-17"]);
}

#[test]
fn every_format_tells_the_findings() {
    let folder = Folder::with_policies();
    folder.write("policies/broken.policy", "policy {\n");
    // Programs are told the path in the repository.
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    folder
        .run("check policies --format human")
        .exits(1)
        .says(&["policies/broken.policy:1:", " errors in 2 policies (3 files)"]);
    folder.run("check policies --format short").exits(1).complains(&[" errors in 2 policies (3 files)"]);
    folder.run("check policies --format github").exits(1).says(&["::error file=policies/broken.policy,line=1"]);
    for format in ["json", "sarif"] {
        let ran = folder
            .run(&format!("check policies --format {format}"))
            .exits(1)
            .complains(&[" errors in 2 policies (3 files)"]);
        let value: Value = serde_json::from_str(&ran.out).expect("nothing but JSON");
        match format {
            "json" => assert_eq!(value["findings"][0]["check"], "syntax"),
            _ => assert_eq!(value["runs"][0]["results"][0]["ruleId"], "syntax"),
        }
    }
}

#[test]
fn accepted_findings_are_shown_when_asked_for() {
    let folder = Folder::with_policies();
    let accepted = POLICY.replace(
        "    rule pupil should",
        "    | They will [permitted/encouraged] to do so.\n\n    accept left-over-placeholder because \"the board has yet \
         to decide\"\n    accept unmodelled-norm because \"as above\"\n\n    rule pupil should",
    );
    fs::write(folder.path("policies/mobile-phones.policy"), accepted).expect("a file can be written");
    let ran = folder.run("check policies --accepted").says(&["left-over-placeholder", "the board has yet to decide"]);
    assert!(ran.out.contains("accepted in 1 policy"), "{}", ran.out);
    let ran = folder.run("check policies");
    assert!(!ran.out.contains("[left-over-placeholder]"), "{}", ran.out);
}

/// Two schools each of which is at one with itself.
#[test]
fn schools_taken_as_one_are_told_where_they_would_clash() {
    let folder = Folder::with_policies();
    let vocabulary = VOCABULARY.replace(
        "  organisation larkfield \"Larkfield Learning Trust\"\n",
        "  organisation larkfield \"Larkfield Learning Trust\"\n  organisation moor-end \"Moor End School\"\n",
    );
    assert_ne!(vocabulary, VOCABULARY);
    folder.write("policies/vocabulary.policy", vocabulary);
    let other = "policy phones \"Phones\" {\n  organisation moor-end\n  version \"1.0\"\n  status draft\n  owner headteacher\n}\n\
                 clause free \"Free\" {\n  | {Staff} may use a {phone}.\n\n  rule staff may use mobile-phone\n}\n";
    folder.write("policies/phones.policy", other);
    folder.run("check policies").exits(0).says(&["no findings in 2 policies"]);
    let ran = folder.run("check policies --as-one").exits(1).says(&["error[contradiction]", "  for example: "]);
    assert!(
        ran.out.contains("policies/phones.policy:") && ran.out.contains("policies/mobile-phones.policy:"),
        "{ran:?}"
    );
    let json = folder.run("check policies --as-one --format json").exits(1).out;
    let document: Value = serde_json::from_str(&json).expect("JSON");
    let finding = &document["findings"][0];
    assert_eq!(finding["witness"]["context"].get("organisation"), None, "all organisations are one");
    assert_eq!(finding["fixes"][0]["choice"], true);
    jsonschema::draft202012::new(&clausal::report::schema())
        .expect("a schema")
        .validate(&document)
        .expect("a real finding with its situation follows the schema");
    folder.run("build policies --as-one").exits(2);
}
