//! The analysis of norms against its judge: cases made by hand, each for a sentence of what rules mean together, and
//! random collections.
//!
//! Every `tests/norms/CASE.policy`, or folder `CASE` of them, has its answer in `CASE.txt`.

mod agreement;
mod change;
mod judge;
pub(super) mod random;
mod shrink;
mod told;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clausal::model::Collection;
use clausal::norms::{Analysis, Question, analyse};
use clausal::source::SourceFile;

use super::compiled::Compiled;
use super::golden::golden;
use judge::{judge, replay};
use told::told;

/// Both questions, with what stands before their answers.
const QUESTIONS: [(&str, Question); 2] = [("", Question { as_one: false }), ("as one:\n", Question { as_one: true })];

fn cases() -> BTreeSet<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/norms");
    let entries = std::fs::read_dir(&folder).expect("the folder of cases").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "policy")).collect()
}

fn name(path: &Path) -> String {
    path.file_stem().and_then(|stem| stem.to_str()).expect("a name in Unicode").to_owned()
}

fn load(path: &Path) -> Vec<SourceFile> {
    if !path.is_dir() {
        let text = std::fs::read_to_string(path).expect("a text that can be read");
        return vec![SourceFile::new(format!("{}.policy", name(path)), text)];
    }
    let entries = std::fs::read_dir(path).expect("a folder that can be read");
    entries.flat_map(|entry| load(&entry.expect("an entry").path())).collect()
}

fn read(path: &Path) -> Collection {
    let compiled = Compiled::from(load(path));
    // A rule that cannot be understood is left out: a case may show that, but not by mistake.
    match name(path).contains("incomplete") || name(path).contains("unknown") {
        true => compiled.collection,
        false => compiled.sound().collection,
    }
}

/// The answers to both questions; the second only where it is another.
fn both(collection: &Collection, ask: impl Fn(Question) -> Analysis) -> String {
    let [plain, as_one] = QUESTIONS.map(|(head, question)| (head, told(collection, &ask(question))));
    if plain.1 == as_one.1 || collection.policies.len() == 1 {
        return plain.1;
    }
    [plain.0, &plain.1, as_one.0, &as_one.1].concat()
}

#[test]
fn the_judge_answers_every_case_as_thought_out_by_hand() {
    let cases = cases();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    for path in &cases {
        let collection = read(path);
        let answer = both(&collection, |question| judge(&collection, question).expect("a case of moderate size"));
        golden(&format!("norms/{}.txt", name(path)), &answer);
    }
}

#[test]
fn every_witness_of_the_judge_shows_what_it_claims() {
    let mut shown = 0;
    for path in &cases() {
        let collection = read(path);
        for (_, question) in QUESTIONS {
            let analysis = judge(&collection, question).expect("a case of moderate size");
            for disagreement in &analysis.disagreements {
                let result = replay(&collection, question, disagreement);
                assert_eq!(result, Ok(()), "{}: {disagreement:?}", path.display());
                shown += 1;
            }
        }
    }
    assert!(shown > 60, "only {shown} witnesses");
}

#[test]
fn the_analysis_answers_every_case_as_the_judge_does() {
    let mut wrong = Vec::new();
    for path in &cases() {
        let collection = read(path);
        let judged = both(&collection, |question| judge(&collection, question).expect("a case of moderate size"));
        let answered = both(&collection, |question| analyse(&collection, question));
        if answered != judged {
            wrong.push(format!("{}: the judge:\n{judged}the analysis:\n{answered}", name(path)));
            continue;
        }
        for (_, question) in QUESTIONS {
            let analysis = analyse(&collection, question);
            assert_eq!(Some(&analysis), judge(&collection, question).as_ref(), "{}", path.display());
            for disagreement in &analysis.disagreements {
                let result = replay(&collection, question, disagreement);
                assert_eq!(result, Ok(()), "{}: {disagreement:?}", path.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
