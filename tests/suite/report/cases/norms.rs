//! Findings about rules that disagree, as the analysis of norms makes them: both rules, a situation, alternatives.

use clausal::diagnostic::witness::{Context, Fact, Is, OneOrTwo, Quantity, Slot, Way, Witness};
use clausal::diagnostic::{Acceptance, Edit, Finding, Severity};

use super::{Case, Weighed, at, sources};

const TRUST: &str = r#"policy social-media "Social Media Policy" {
  organisation hillside-trust
}

section use-at-work "Use at work" {

  clause personal-use "Personal use" {
    | {Staff} must not use {social media} for personal purposes in working time or on school equipment.

    rule no-personal-use: staff must not use social-media
      when purpose is personal and any of { working-hours, device is school }
  }
}
"#;

const SCHOOL: &str = r#"policy social-media "Social Media Policy" {
  organisation st-oswin
}

section use "Use of social media" {

  clause occasional-use "Occasional use" {
    | {Staff} may make occasional personal use of {social media} while at work.

    rule staff may use social-media
      when purpose is personal
      unless daily-use more than 30 minutes

    rule teacher must not use social-media on school-phone
  }
}
"#;

fn word(word: &str) -> OneOrTwo {
    OneOrTwo::One(word.to_owned())
}

fn fact(fact: &str, is: Is) -> Fact {
    Fact { fact: fact.to_owned(), is }
}

fn witness() -> Witness {
    Witness {
        context: Context {
            organisation: Some(word("st-oswin")),
            party: vec!["teacher".to_owned()],
            object: Some(word("facebook")),
            facts: vec![
                fact("working-hours", Is::Flag(true)),
                fact("daily-use", Is::Quantity(Quantity { value: 30.0, unit: "minute" })),
                fact("share", Is::Quantity(Quantity { value: 0.5, unit: "percent" })),
            ],
        },
        ways: vec![Way {
            action: word("use"),
            object: None,
            slots: vec![Slot { preposition: "on", filler: OneOrTwo::Two(["phone".into(), "camera".into()]) }],
            facts: vec![fact("purpose", Is::Choice("personal".into()))],
            approvals: Vec::new(),
            consents: vec![word("parent")],
            applies: vec!["st-oswin/social-media:use/occasional-use#1".into()],
        }],
        sentence:
            "a teacher of St Oswin’s using Facebook for personal purposes, in working hours, on a phone that is a \
                   camera too, for 30 minutes a day"
                .into(),
    }
}

/// Two policies, with a choice for each of their files, and one that concerns both.
pub fn disagreement() -> Case {
    let sources = sources(&[("policies/hillside.policy", TRUST), ("policies/st-oswin.policy", SCHOOL)]);
    let permission = at(
        &sources,
        1,
        "staff may use social-media\n      when purpose is personal\n      unless daily-use more than 30 minutes",
    );
    let ban = at(
        &sources,
        0,
        "no-personal-use: staff must not use social-media\n      when purpose is personal and any of { working-hours, device \
         is school }",
    );
    let insert = |span: clausal::source::Span, text: &str| Edit { span: span.at_end(), text: text.into() };
    let mut finding =
        Finding::new("unranked-rules", permission, "one rule allows what another forbids, and both speak for St Oswin’s")
            .labelled("allows it: a member of staff may use social media when the purpose is personal, unless the daily use is more than 30 minutes")
            .and(ban, "forbids it: a member of staff must not use social media when the purpose is personal")
            .help("say which of the two gives way, or change one of them")
            .rule("st-oswin/social-media:use/occasional-use#1")
            .rule("hillside-trust/social-media:use-at-work/personal-use#no-personal-use")
            .choice(
                "let the permission stand: it is an exception to the ban",
                vec![insert(permission, "\n      overrides @hillside-trust/social-media:use-at-work/personal-use#no-personal-use")],
            )
            .choice(
                "let the ban stand, and keep personal use out of working hours",
                vec![
                    insert(permission, "\n      yields to @hillside-trust/social-media:use-at-work/personal-use"),
                    Edit { span: at(&sources, 0, "and any of { working-hours, device is school }"), text: "and working-hours".into() },
                ],
            )
            .choice(
                "take the permission out",
                vec![Edit { span: at(&sources, 1, "    rule staff may use social-media\n      when purpose is personal\n      unless daily-use more than 30 minutes\n\n"), text: String::new() }],
            )
            .of(Severity::Error);
    finding.witness = Some(Box::new(witness()));
    Case { name: "disagreement", sources, findings: vec![finding] }
}

/// Two rules of one policy, one of them narrower: one edit to choose, and one finding that somebody accepted.
pub fn unranked() -> Case {
    let sources = sources(&[("policies/st-oswin.policy", SCHOOL)]);
    let permission = at(&sources, 0, "staff may use social-media");
    let ban = at(&sources, 0, "teacher must not use social-media on school-phone");
    let mut finding = Finding::new(
        "unranked-rules",
        permission,
        "one rule allows what another forbids in fewer cases, and neither says which gives way",
    )
    .labelled("allows it")
    .and(ban, "forbids it, in fewer cases")
    .help("if the ban is an exception to the permission, say so")
    .rule("st-oswin/social-media:use/occasional-use#1")
    .rule("st-oswin/social-media:use/occasional-use#2")
    .choice(
        "let the ban stand as the exception",
        vec![Edit { span: ban.at_end(), text: "\n      overrides @use/occasional-use#1".into() }],
    )
    .of(Severity::Warning);
    finding.relation = Some("wider");
    finding.witness = Some(Box::new(witness()));
    let mut accepted = finding.clone();
    accepted.accepted = Some(Acceptance {
        because: "the phones are being handed back this term".into(),
        by: Some("governing board".into()),
        until: Some("2027-07-31".into()),
        span: at(&sources, 0, "clause occasional-use"),
    });
    Case { name: "unranked", sources, findings: vec![finding, accepted] }
}

/// Several bans that leave a duty no way: three places, nothing to choose, a fix beside it.
pub fn joint() -> Case {
    let sources = sources(&[("policies/hillside.policy", TRUST), ("policies/st-oswin.policy", SCHOOL)]);
    let duty = at(&sources, 0, "must not use");
    let mut finding = Finding::new("unranked-rules", duty, "two bans together leave no way to do what a duty asks for")
        .labelled("asks for it")
        .and(at(&sources, 1, "teacher must not use social-media on school-phone"), "closes one way")
        .and(at(&sources, 1, "staff may use social-media"), "closes the other")
        .help("open a way, or take the duty back")
        .fix("write `may`", duty, "may")
        .of(Severity::Error);
    let mut witness = witness();
    witness.context.organisation = None;
    witness.ways.push(witness.ways[0].clone());
    witness.sentence = "a teacher: on a phone one ban forbids it, on a tablet the other does".into();
    finding.witness = Some(Box::new(witness));
    Case { name: "joint", sources, findings: vec![finding] }
}
