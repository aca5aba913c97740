//! What a change of rules does, against cases made by hand and against a judge of its own.
//!
//! Every folder `tests/changes/rules/CASE` has `old.policy` and `new.policy`, and what the change does in `effect.txt`: for
//! each clause the verdict, and each shift with its sentence.

mod agreement;
mod joined;
mod mutate;
mod told;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clausal::model::{Collection, RuleId};
use clausal::norms::{Effect, Joined, Limits, Pair, compare};
use clausal::source::SourceFile;

use super::super::compiled::Compiled;
use super::super::golden::golden;

/// The rules of two collections by their clauses: policy and path.
pub fn pairs_by_clause(old: &Collection, new: &Collection) -> Vec<(String, Pair)> {
    let mut pairs: BTreeMap<String, Pair> = BTreeMap::new();
    let clause = |collection: &Collection, rule: RuleId| {
        let policy = collection.policy(rule.policy);
        let block = collection.rule(rule).block;
        // Not by their keys, which name the organisation: a policy may come to be another's.
        block.map_or(policy.id.clone(), |block| format!("{}:{}", policy.id, policy.block(block).path))
    };
    for (rule, _) in old.rules() {
        pairs.entry(clause(old, rule)).or_default().old.push(rule);
    }
    for (rule, _) in new.rules() {
        pairs.entry(clause(new, rule)).or_default().new.push(rule);
    }
    pairs.into_iter().collect()
}

/// Both sides of a case.
fn read(case: &Path) -> [Collection; 2] {
    ["old", "new"].map(|side| {
        let text = std::fs::read_to_string(case.join(format!("{side}.policy"))).expect("a text that can be read");
        let compiled = Compiled::from(vec![SourceFile::new("words.policy", text)]);
        match case.to_string_lossy().contains("unknown") {
            true => compiled.collection,
            false => compiled.sound().collection,
        }
    })
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes/rules");
    let entries = std::fs::read_dir(&folder).expect("the folder of cases").map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<PathBuf> = entries.collect();
    cases.sort();
    cases
}

fn name(case: &Path) -> String {
    case.file_name().and_then(|name| name.to_str()).expect("a name in Unicode").to_owned()
}

#[test]
fn every_case_has_the_effect_thought_out_by_hand() {
    for case in cases() {
        let [old, new] = read(&case);
        let joined = Joined::of(&old, &new);
        let (clauses, pairs): (Vec<String>, Vec<Pair>) = pairs_by_clause(&old, &new).into_iter().unzip();
        let effects: Vec<Effect> = compare(&joined, &pairs, Limits::default());
        let told = told::effects([&old, &new], &joined, &clauses, &effects);
        golden(&format!("changes/rules/{}/effect.txt", name(&case)), &told);
    }
}
