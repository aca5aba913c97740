//! Findings about what rules mean together: their words and places, and the edits that are offered, each of which is made
//! and read again.

mod accepted;
mod edits;
mod gone;

use clausal::checks::{self, Context};
use clausal::diagnostic::{Edit, Finding};
use clausal::model::{Collection, Kind, RuleId};
use clausal::norms::{self, Analysis, Conflict, Disagreement, Leaf, Relation, Way, Witness};
use clausal::source::{FileId, SourceFile, Sources};

use crate::suite::compiled::Compiled;

/// Words for the sources below.
const WORDS: &str = r#"
vocabulary words {
  organisation north "North Trust" { school-a "School A" }
  organisation south "South Trust"
  party headteacher "the headteacher"
  party staff "member of staff" plural "members of staff" { teacher }
  thing phone { own-phone }
  action use takes thing
  action keep takes thing
  action delete takes thing excludes keep
  fact outside chosen
  fact time { morning "in the morning" noon "at noon" evening "in the evening" }
}
"#;

/// A collection with the words above.
fn compiled(files: &[(&str, &str)]) -> Compiled {
    let all: Vec<(&str, &str)> = [("a.policy", WORDS)].into_iter().chain(files.iter().copied()).collect();
    Compiled::of(&all).sound()
}

/// The rule whose key ends so.
fn rule(collection: &Collection, key: &str) -> RuleId {
    let found = collection.rules().find(|(_, rule)| rule.key.ends_with(key));
    found.unwrap_or_else(|| panic!("no rule {key}")).0
}

/// A disagreement of these rules in which a teacher does what the first asks for.
fn disagreement(collection: &Collection, conflict: Conflict, relation: Option<Relation>, keys: &[&str]) -> Analysis {
    let rules: Vec<RuleId> = keys.iter().map(|key| rule(collection, key)).collect();
    let teacher = collection.vocabulary.of_kind(Kind::Party).find(|(_, word)| word.id == "teacher").expect("a party").0;
    let action = collection.rule(rules[0]).actions[0];
    let way = Way {
        action: Leaf::One(action),
        object: None,
        slots: Vec::new(),
        facts: Vec::new(),
        approvals: Vec::new(),
        consents: Vec::new(),
        applies: rules.clone(),
    };
    let context = norms::Context { organisation: None, party: Leaf::One(teacher), object: None, facts: Vec::new() };
    let witness = Witness { context, ways: vec![way] };
    Analysis { disagreements: vec![Disagreement { conflict, rules, relation, witness }], ..Analysis::default() }
}

/// What the checks make of an analysis, of the checks of norms alone.
fn found(compiled: &Compiled, analysis: Analysis) -> Vec<Finding> {
    let context = Context::new(&compiled.collection, &compiled.sources, None, &[]).analysed(analysis);
    let is_norm = |finding: &Finding| {
        let check = checks::find(finding.check).expect("a check");
        check.info.family == clausal::diagnostic::Family::Norms
    };
    checks::run(&context).into_iter().filter(is_norm).collect()
}

fn one(compiled: &Compiled, analysis: Analysis) -> Finding {
    let mut found = found(compiled, analysis);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// The sources after the edits, read again.
fn edited(sources: &Sources, edits: &[Edit]) -> Compiled {
    let mut files: Vec<(FileId, String, String)> =
        sources.iter().map(|(id, file)| (id, file.path().to_owned(), file.text().to_owned())).collect();
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.file, edit.span.start));
    for pair in edits.windows(2) {
        assert!(pair[0].span.file != pair[1].span.file || pair[0].span.end <= pair[1].span.start, "edits overlap");
    }
    for edit in edits.iter().rev() {
        let (_, _, text) = files.iter_mut().find(|(id, ..)| *id == edit.span.file).expect("a file");
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    Compiled::from(files.into_iter().map(|(_, path, text)| SourceFile::new(path, text)).collect())
}

fn text_of(compiled: &Compiled, path: &str) -> String {
    let (_, file) = compiled.sources.iter().find(|(_, file)| file.path() == path).expect("a file");
    file.text().to_owned()
}

const TWO: &str = r#"policy p "P" { organisation north }
clause one "One" {
  rule staff may use phone
    when time is noon
}
clause two {
  rule staff must not use phone
}
"#;

#[test]
fn a_finding_says_what_each_rule_says_at_its_place() {
    let compiled = compiled(&[("b.policy", TWO)]);
    let narrower =
        disagreement(&compiled.collection, Conflict::UnrankedRules, Some(Relation::Narrower), &["one#1", "two#1"]);
    let finding = one(&compiled, narrower);
    assert_eq!(finding.message, "1 permits what 2 forbids");
    assert_eq!(finding.rules, ["north/p:one#1", "north/p:two#1"]);
    assert_eq!(finding.relation, Some("narrower"));
    let labels: Vec<(&str, &str)> =
        finding.labels.iter().map(|it| (compiled.sources.text(it.span), it.text.as_str())).collect();
    assert_eq!(
        labels,
        [
            ("rule staff may use phone", "permitted here: members of staff may use phones at noon"),
            ("rule staff must not use phone", "forbidden here: members of staff must not use phones"),
        ]
    );
    assert_eq!(finding.witness.expect("a witness").sentence, "a teacher using");
    let titles: Vec<&str> = finding.fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!(titles, ["let 1 override 2"]);
    assert!(finding.fixes.iter().all(|fix| fix.choice));
}

#[test]
fn messages_name_the_conflict_in_plain_words() {
    let rules = r#"policy p "P" { organisation north }
clause a { rule staff may use phone only when time is noon }
clause b { rule staff must use phone rule staff must not use phone }
clause c { rule staff need not use phone }
clause d { rule staff should use phone }
clause e { rule staff should not use phone }
clause f { rule staff must keep phone within 1 school-day }
clause g { rule staff must delete phone within 2 school-days }
clause h { rule teacher may use phone }
"#;
    let south =
        "policy q \"The Q\" { organisation south }\nsection s \"S\" { clause s1 { rule staff must not use phone } }\n";
    let compiled = compiled(&[("b.policy", rules), ("c.policy", south)]);
    let told = |conflict, keys: &[&str]| {
        let analysis = disagreement(&compiled.collection, conflict, None, keys);
        one(&compiled, analysis).message
    };
    use Conflict::*;
    assert_eq!(told(Contradiction, &["b#1", "b#2"]), "2 requires in one rule what it forbids in another");
    assert_eq!(told(Contradiction, &["b#1", "c#1"]), "2 requires what 3 says need not be done");
    assert_eq!(told(UnrankedRules, &["h#1", "a#1"]), "8 permits what 1 allows only under conditions");
    assert_eq!(told(ContradictoryAdvice, &["d#1", "b#2"]), "4 advises what 2 forbids");
    assert_eq!(told(ContradictoryAdvice, &["d#1", "e#1"]), "4 advises what 5 advises against");
    assert_eq!(told(ContradictoryAdvice, &["b#1", "e#1"]), "2 requires what 5 advises against");
    assert_eq!(told(Contradiction, &["h#1", "s1#1"]), "8 permits what South Trust's Q, 1.1, forbids");
    assert_eq!(told(JointContradiction, &["b#1", "b#2", "e#1"]), "2 requires what 2 and 5 together leave no way to do");
    assert_eq!(
        told(ConflictingDeadlines, &["f#1", "g#1"]),
        "6 and 7 set different time limits for one act: within 1 school day and within 2 school days"
    );
    assert_eq!(told(IncompatibleDuties, &["f#1", "g#1"]), "6 and 7 require acts that exclude each other: “keep”");
}

#[test]
fn limits_are_told_as_findings() {
    let compiled = compiled(&[("b.policy", TWO)]);
    let rules: Vec<RuleId> = compiled.collection.rules().map(|(id, _)| id).collect();
    let told = |limit| {
        let undecided = vec![norms::Undecided { rules: rules.clone(), limit }];
        one(&compiled, Analysis { undecided, ..Analysis::default() }).message
    };
    let many = "their conditions, and those of what overrides them, make too many cases";
    assert_eq!(told(norms::Limit::Cases), format!("whether 1 and 2 disagree was not decided: {many}"));
    assert!(told(norms::Limit::Partners(7)).contains("7 of the rules"));
    assert!(told(norms::Limit::Disagreements(9)).starts_with("9 rules"));
    assert!(told(norms::Limit::Steps(9)).starts_with("9 rules"));
}
