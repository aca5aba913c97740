//! The edits that are offered: each is made, the text is read again, and the one rule then gives way to the other.

use clausal::norms::{Analysis, Conflict, IdleException, IdleOverride, NeverApplies, Relation};

use super::{TWO, compiled, disagreement, edited, found, one, rule, text_of};

/// Makes each edit offered for a contradiction of these rules; answers the policy's text after the first.
#[track_caller]
fn settle(files: &[(&str, &str)], first: &str, second: &str) -> String {
    let compiled = compiled(files);
    let rules = [rule(&compiled.collection, first), rule(&compiled.collection, second)];
    let analysis =
        disagreement(&compiled.collection, Conflict::Contradiction, Some(Relation::Crossing), &[first, second]);
    let finding = one(&compiled, analysis);
    assert_eq!(finding.fixes.len(), 2, "{first} and {second} can each give way: {:?}", finding.fixes);
    let mut shown = String::new();
    for (index, fix) in finding.fixes.iter().enumerate() {
        assert!(fix.choice);
        let after = edited(&compiled.sources, &fix.edits).sound();
        let (loser, winner) = (rules[index], rules[1 - index]);
        let overrides = &after.collection.rule(winner).overrides;
        let before = compiled.collection.rule(winner).overrides.len();
        assert!(overrides.contains(&loser), "{}: {overrides:?}", fix.title);
        assert_eq!(overrides.len(), before + 1, "{}: nothing else gives way", fix.title);
        if index == 0 {
            shown = text_of(&after, files[0].0);
        }
    }
    shown
}

#[test]
fn a_clause_of_one_rule_is_named_by_itself() {
    let after = settle(&[("b.policy", TWO)], "one#1", "two#1");
    assert!(after.contains("  rule staff may use phone\n    when time is noon\n    yields to @two\n}"), "{after}");
}

#[test]
fn a_rule_without_a_name_gets_one() {
    let text = r#"policy p "P" { organisation north }
clause one {
  rule staff may use phone
  rule no-use: staff must not use own-phone
  rule staff must not use phone
  rule staff must not use phone when outside
}
"#;
    let after = settle(&[("b.policy", text)], "one#1", "one#3");
    assert!(after.contains("rule staff may use phone\n    yields to @one#no-use-phone\n"), "{after}");
    assert!(after.contains("rule no-use-phone: staff must not use phone\n"), "{after}");
    settle(&[("b.policy", text)], "one#1", "one#no-use");
    settle(&[("b.policy", text)], "one#1", "one#4");
}

#[test]
fn a_reference_is_as_long_as_it_needs_to_be() {
    let text = r#"policy p "P" { organisation north related two "Two" }
rule staff must not use phone when time is evening
rule staff may use phone
section s "S" {
  clause one { rule staff may use phone }
  clause two { rule staff must not use phone }
  clause three { clause four { rule staff must not use phone } rule staff must not use own-phone }
}
section t "T" {
  clause one { rule staff must not use phone }
  clause s { rule staff must not use phone }
}
clause one { rule staff must not use phone }
"#;
    let files = [("b.policy", text)];
    for (second, reference) in [
        ("s/two#1", "@s/two"),
        ("t/one#1", "@t/one"),
        ("t/s#1", "@t/s"),
        ("p:one#1", "@p:one"),
        ("three/four#1", "@four"),
        ("three#1", "@three#no-use"),
        ("p:#1", "@p:#no-use"),
    ] {
        let after = settle(&files, "s/one#1", second);
        assert!(
            after.contains(&format!("yields to {reference} ")) || after.contains(&format!("yields to {reference}\n")),
            "{reference}: {after}"
        );
    }
}

#[test]
fn another_policy_is_named_with_its_organisation_where_needed() {
    let p = "policy p \"P\" { organisation north }\nclause one {\n  rule staff may use phone\n}\n";
    let q = "policy q \"Q\" { organisation south }\nclause one {\n  rule staff must not use phone\n}\n";
    let namesake = "policy p \"P\" { organisation south }\nclause one {\n  rule staff must not use phone\n}\n";
    assert!(settle(&[("b.policy", p), ("c.policy", q)], "north/p:one#1", "q:one#1").contains("yields to @q:one\n"));
    let after = settle(&[("b.policy", p), ("c.policy", namesake)], "north/p:one#1", "south/p:one#1");
    assert!(after.contains("yields to @south/p:one\n"), "{after}");
}

#[test]
fn a_reference_joins_those_that_are_there() {
    let text = r#"policy p "P" { organisation north related elsewhere "Elsewhere" }
clause one {
  rule staff may use phone
    overrides @three
    yields to @four, @elsewhere
}
clause two { each rule overrides @three rule staff must not use phone }
clause three { rule staff must not use phone }
clause four { rule staff must not use phone }
"#;
    let after = settle(&[("b.policy", text)], "one#1", "two#1");
    assert!(after.contains("yields to @four, @two, @elsewhere\n"), "{after}");
    // An edit that would close a circle is never offered.
    let compiled = compiled(&[("b.policy", text)]);
    let analysis =
        disagreement(&compiled.collection, Conflict::Contradiction, Some(Relation::Crossing), &["one#1", "three#1"]);
    let titles: Vec<String> = one(&compiled, analysis).fixes.into_iter().map(|fix| fix.title).collect();
    assert_eq!(titles, ["let 3 give way to 1"]);
}

#[test]
fn edits_keep_to_the_layout_of_the_text() {
    let one_line = "policy p \"P\" { organisation north }\nclause one { rule staff may use phone }\nclause two { rule staff must not use phone }\n";
    let after = settle(&[("b.policy", one_line)], "one#1", "two#1");
    assert!(after.contains("clause one { rule staff may use phone\n  yields to @two }\n"), "{after}");
    let windows = TWO.replace('\n', "\r\n");
    let after = settle(&[("b.policy", &windows)], "one#1", "two#1");
    assert!(after.contains("when time is noon\r\n    yields to @two\r\n}"), "{after}");
    let comment = TWO.replace("time is noon", "time is noon # so it is");
    let after = settle(&[("b.policy", &comment)], "one#1", "two#1");
    assert!(after.contains("when time is noon\n    yields to @two # so it is\n}"), "{after}");
}

#[test]
fn what_is_narrower_overrides_and_what_crosses_yields() {
    let compiled = compiled(&[("b.policy", TWO)]);
    let titles = |conflict, relation, keys: [&str; 2]| -> Vec<String> {
        let analysis = disagreement(&compiled.collection, conflict, relation, &keys);
        one(&compiled, analysis).fixes.into_iter().map(|fix| fix.title).collect()
    };
    let keys = ["one#1", "two#1"];
    assert_eq!(titles(Conflict::UnrankedRules, Some(Relation::Narrower), keys), ["let 1 override 2"]);
    assert_eq!(titles(Conflict::UnrankedRules, Some(Relation::Wider), keys), ["let 2 override 1"]);
    assert_eq!(titles(Conflict::UnrankedRules, Some(Relation::Crossing), keys), ["let 1 give way to 2"]);
    let both = ["let 1 give way to 2", "let 2 give way to 1"];
    // Whichever gave way would never apply.
    assert_eq!(titles(Conflict::Contradiction, Some(Relation::Equal), keys), Vec::<String>::new());
    assert_eq!(titles(Conflict::Contradiction, Some(Relation::Crossing), keys), both);
    assert_eq!(titles(Conflict::Contradiction, None, keys), both);
    assert_eq!(titles(Conflict::ConflictingDeadlines, None, keys), both);
    assert_eq!(titles(Conflict::IncompatibleDuties, None, keys), Vec::<String>::new());
}

const IDLE: &str = r#"policy p "P" { organisation north }
section s "S" {
  each rule unless time is evening

  clause one {
    rule one: staff may use phone
      when time is noon
      unless time is morning
      unless (time is morning or time is evening) and outside
      overrides @two#a, @two#b,
        @three
  }

  clause two {
    rule a: staff must not use phone
    rule b: staff must not use own-phone yields to @three
  }

  clause three { rule staff must not delete phone }
}
"#;

#[test]
fn an_idle_exception_is_taken_out_one_at_a_time() {
    let compiled = compiled(&[("b.policy", IDLE)]);
    let rule = rule(&compiled.collection, "one#one");
    let idle = |exceptions: &[u32]| {
        let idle_exceptions = exceptions.iter().map(|&exception| IdleException { rule, exception }).collect();
        found(&compiled, Analysis { idle_exceptions, ..Analysis::default() })
    };
    let all = idle(&[0, 1, 2]);
    assert_eq!(all[0].message, "1.1 makes an exception that never matters: unless it is in the morning");
    assert_eq!(
        all[2].message,
        "1.1 makes an exception, which `each rule` adds, that never matters: unless it is in the evening"
    );
    assert_eq!(all.iter().map(|it| it.fixes.len()).collect::<Vec<_>>(), [1, 0, 0]);
    for exception in [0, 1] {
        let fix = &idle(&[exception])[0].fixes[0];
        assert!(!fix.choice);
        let after = edited(&compiled.sources, &fix.edits).sound();
        let kept: Vec<_> = compiled.collection.rule(rule).unless.iter().map(|it| &it.condition).collect();
        let left: Vec<_> = after.collection.rule(rule).unless.iter().map(|it| &it.condition).collect();
        assert_eq!(left, [kept[1 - exception as usize], kept[2]]);
        assert_eq!(after.collection.rule(rule).when.len(), 1);
    }
    let first = &idle(&[0])[0].fixes[0];
    let after = text_of(&edited(&compiled.sources, &first.edits), "b.policy");
    assert!(after.contains("      when time is noon\n      unless (time"), "{after}");
}

#[test]
fn an_idle_override_is_cut_out_of_its_list() {
    let compiled = compiled(&[("b.policy", IDLE)]);
    let key = |key: &str| rule(&compiled.collection, key);
    let idle = |winner, loser| {
        let idle_overrides = vec![IdleOverride { winner, loser }];
        one(&compiled, Analysis { idle_overrides, ..Analysis::default() })
    };
    for (loser, left) in
        [("two#a", "      overrides @two#b,\n        @three\n"), ("two#b", "      overrides @two#a,\n        @three\n")]
    {
        let finding = idle(key("one#one"), key(loser));
        assert_eq!(finding.message, "1.1 overrides 1.2, but never applies where 1.2 does");
        assert_eq!(finding.rules.len(), 2);
        let after = edited(&compiled.sources, &finding.fixes[0].edits).sound();
        assert!(!after.collection.rule(key("one#one")).overrides.contains(&key(loser)));
        assert!(text_of(&after, "b.policy").contains(left), "{}", text_of(&after, "b.policy"));
    }
    // A clause may come to hold more rules: what names it is left to its author.
    assert!(idle(key("one#one"), key("three#1")).fixes.is_empty());
    assert!(idle(key("three#1"), key("two#b")).fixes.is_empty());
}

#[test]
fn rules_of_one_clause_are_told_apart() {
    let text = r#"policy p "P" { organisation north }
clause one {
  rule staff must use phone
  rule staff must use phone when outside
  rule staff may use own-phone
}
"#;
    let compiled = compiled(&[("b.policy", text)]);
    let keys = ["one#1", "one#2"];
    let finding = one(&compiled, disagreement(&compiled.collection, Conflict::ConflictingDeadlines, None, &keys));
    let titles: Vec<&str> = finding.fixes.iter().map(|fix| fix.title.as_str()).collect();
    let other = "let the second rule of 1 give way to the first rule";
    assert_eq!(titles, ["let the first rule of 1 give way to the second rule", other]);
    let help = finding.help.unwrap_or_default();
    assert!(help.ends_with("write in 1: `accept conflicting-deadlines because \"…\"`"), "{help}");
    let (rule, winner) = (rule(&compiled.collection, "one#3"), rule(&compiled.collection, "one#1"));
    let never_applies = vec![NeverApplies { rule, overridden_by: vec![winner] }];
    let finding = one(&compiled, Analysis { never_applies, ..Analysis::default() });
    assert_eq!(finding.message, "a rule of 1 never applies: wherever it would, it gives way to another there");
}

#[test]
fn in_a_circle_no_order_is_advised() {
    let text = r#"policy p "P" { organisation north }
clause one { rule a: staff may use phone overrides @two }
clause two { rule b: staff must not use phone when outside overrides @one }
"#;
    let compiled = compiled(&[("b.policy", text)]);
    let keys = ["one#a", "two#b"];
    let cycles = vec![keys.iter().map(|key| rule(&compiled.collection, key)).collect()];
    let of_two = disagreement(&compiled.collection, Conflict::UnrankedRules, Some(Relation::Wider), &keys);
    let findings = found(&compiled, Analysis { cycles, ..of_two });
    let unranked = findings.iter().find(|finding| finding.check == "unranked-rules");
    let help = unranked.and_then(|finding| finding.help.as_deref()).unwrap_or_default();
    assert!(help.contains("break the circle first"), "{help}");
}

#[test]
fn a_circle_can_be_cut_at_each_override_that_one_rule_says_of_one() {
    let text = r#"policy p "P" { organisation north }
clause one {
  rule a: staff may use phone
    overrides @one#b, @one#b
  rule b: staff must not use phone
    overrides @one#c
    yields to @one#c
  rule c: staff may use own-phone
    overrides @one#a
    yields to @one#c
}
"#;
    let compiled = compiled(&[("b.policy", text)]);
    let key = |key: &str| rule(&compiled.collection, key);
    let (a, b, c) = (key("#a"), key("#b"), key("#c"));
    let circle = |rules: &[clausal::model::RuleId]| {
        let cycles = vec![rules.to_vec()];
        one(&compiled, Analysis { cycles, ..Analysis::default() })
    };
    let finding = circle(&[a, b, c]);
    assert_eq!(finding.message, "rules of 1 override each other in a circle");
    assert_eq!(finding.rules.len(), 3);
    // The first says it twice in one list, which no two edits can cut at once.
    assert_eq!(finding.fixes.len(), 2);
    for (fix, (winner, loser)) in finding.fixes.iter().zip([(b, c), (c, a)]) {
        assert!(fix.choice);
        let after = edited(&compiled.sources, &fix.edits).sound();
        assert!(!after.collection.rule(winner).overrides.contains(&loser));
    }
    let own = circle(&[c]);
    assert_eq!(own.message, "the rule of 1 overrides itself");
    assert_eq!(own.fixes.len(), 1);
}
