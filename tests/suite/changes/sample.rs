//! Changes made by hand: some of everything a report can tell, nothing at all, and authors who mean harm.

use clausal::diagnostic::Severity;
use clausal::diagnostic::export::{Finding, Location, Position};
use clausal::diagnostic::witness::{Context, OneOrTwo, Way, Witness};
use clausal::emit::changes::view::{
    Change, Changes, Clause, Damaged, Direction, Effect, EffectOf, Elsewhere, Fate, Field, Is, Party, Piece, Policy,
    Remark, Rule, Side, Source, Summary, Text, Topic, VERSION, Verdict, Word, WordFate,
};
use clausal::emit::schema::DIFF_URN;
use clausal::emit::view::Generator;

/// Nothing changed.
pub fn empty() -> Changes {
    Changes {
        schema: DIFF_URN,
        format: "clausal-diff",
        format_version: VERSION,
        generator: Generator::CLAUSAL,
        old: side("v3.0", 5),
        new: side("v3.1", 5),
        summary: Summary::default(),
        parties: Vec::new(),
        policies: Vec::new(),
        vocabulary: Vec::new(),
        new_findings: Vec::new(),
        resolved_findings: Vec::new(),
        material_only: false,
        only_for: None,
    }
}

/// Some of everything.
pub fn rich() -> Changes {
    let mut social = policy("hill/social-media", "Social Media Policy");
    social.organisation = Some("Hill Academies".to_owned());
    (social.old_version, social.version) = (Some("3.0".to_owned()), Some("3.1".to_owned()));
    social.material = true;
    social.fields = vec![
        field("version", "Version", Some("3.0"), Some("3.1"), false),
        field("owner", "Owner", Some("Head of IT"), Some("Data protection officer"), false),
        field("effective", "In force from", None, Some("1 September 2026"), true),
        field("contact", "Contact", Some("office@hill.example"), None, false),
    ];
    social.clauses = social_clauses();

    let mut phones = policy("hill/phones", "Mobile Phones at School");
    (phones.change, phones.material, phones.version) = (Fate::Added, true, Some("1.0".to_owned()));
    phones.unread = true;
    phones.clauses = vec![Clause {
        verdict: Some(Verdict::Tightened),
        effects: vec![effect(
            Direction::Tightened,
            "duty",
            "a pupil on school premises, during a lesson, must now keep their phone switched off, and did not have to before",
            &["pupil"],
        )],
        texts: vec![text("prose", vec![came("Pupils must keep their phones switched off during lessons.")])],
        rules: vec![rule(None, Some("Pupils must keep phones switched off during lessons."))],
        material: true,
        ..clause("hill/phones:use", "1", "Use", &[Change::Added, Change::Meaning])
    }];

    let mut lettings = policy("hill/lettings", "Lettings Policy");
    (lettings.change, lettings.material) = (Fate::Removed, true);
    lettings.old_version = Some("2.4".to_owned());
    lettings.clauses = vec![Clause {
        verdict: Some(Verdict::Relaxed),
        number: None,
        heading: None,
        old_number: Some("4".to_owned()),
        effects: vec![effect(
            Direction::Relaxed,
            "ban",
            "a hirer may now serve alcohol in the hall, which was forbidden before",
            &[],
        )],
        texts: vec![text("prose", vec![gone("Hirers must not serve alcohol.")])],
        rules: vec![rule(Some("Hirers must not serve alcohol in the hall."), None)],
        material: true,
        ..clause("hill/lettings:alcohol", "4", "Alcohol", &[Change::Removed, Change::Meaning])
    }];

    let mut changes = Changes {
        summary: Summary {
            policies_added: 1,
            policies_removed: 1,
            policies_changed: 1,
            material: 6,
            editorial: 7,
            tightened: 2,
            relaxed: 1,
            both: 1,
            undecided: 1,
        },
        parties: vec![
            party("staff", "members of staff", &[(0, 0, 0), (0, 1, 0)]),
            party("volunteer", "volunteers", &[(0, 0, 1), (0, 1, 1)]),
            party("pupil", "pupils", &[(1, 0, 0)]),
            party("visitor", "visitors", &[(1, 0, 0)]),
        ],
        policies: vec![social, phones, lettings],
        vocabulary: words(),
        new_findings: vec![finding("unranked-rules", Severity::Warning, "5.1 permits what 6.2 forbids", true)],
        resolved_findings: vec![finding(
            "review-overdue",
            Severity::Note,
            "the review of this policy is overdue since 1 May 2026",
            false,
        )],
        ..empty()
    };
    changes.old.errors = 1;
    changes.old.damaged = vec![Damaged {
        path: "policies/trips.policy".to_owned(),
        message: "a `}` is missing at the end of clause `visits`".to_owned(),
        at: Some(Position { line: 41, column: 3 }),
    }];
    let unread = |path: &str, message: &str| Damaged { path: path.to_owned(), message: message.to_owned(), at: None };
    changes.new.damaged =
        vec![unread("policies/cameras.policy", "it is not UTF-8"), unread("", "`policies/link.policy` leads nowhere")];
    changes
}

fn social_clauses() -> Vec<Clause> {
    let mut both = effect(
        Direction::Relaxed,
        "permission",
        "a volunteer using a personal device on a school trip may now take photographs, which was forbidden before",
        &["volunteer"],
    );
    both.elsewhere = vec![Elsewhere {
        key: "hill/cameras:trips#1".to_owned(),
        place: "clause 4.2 of the Cameras Policy".to_owned(),
    }];
    let contact = Clause {
        verdict: Some(Verdict::Tightened),
        material: true,
        effects: vec![
            effect(
                Direction::Tightened,
                "deadline",
                "a member of staff must now report a message from a pupil within 1 school day; before it was 2 school days",
                &["staff"],
            ),
            effect(
                Direction::Tightened,
                "duty",
                "a volunteer must now report a message from a pupil, and did not have to before",
                &["volunteer"],
            ),
        ],
        texts: vec![Text {
            kind: "prose",
            term: None,
            words: vec![
                same(
                    "Members of staff must not be in direct contact with pupils on any platform.\n\nA message that arrives from a pupil ",
                ),
                gone("should "),
                came("must "),
                same("be reported to the line manager or the headteacher within "),
                gone("two school days"),
                came("one school day"),
                same(".\n\nNobody is asked to answer.\n\n"),
            ],
        }],
        rules: vec![Rule {
            key: Some("hill/social-media:contact#report".to_owned()),
            old_key: Some("hill/social-media:contact#report".to_owned()),
            old: Some("Members of staff should report messages from pupils within 2 school days.".to_owned()),
            new: Some(
                "Members of staff and volunteers must report messages from pupils within 1 school day.".to_owned(),
            ),
            words: vec![
                same("Members of staff "),
                gone("should "),
                came("and volunteers must "),
                same("report messages from pupils within "),
                gone("2 school days"),
                came("1 school day"),
                same("."),
            ],
        }],
        ..clause(
            "hill/social-media:contact",
            "5.1",
            "Contact with pupils",
            &[Change::Reworded, Change::RulesRewritten, Change::Meaning],
        )
    };
    let photographs = Clause {
        verdict: Some(Verdict::Both),
        material: true,
        old_number: Some("5.3".to_owned()),
        effects: vec![
            effect(
                Direction::Tightened,
                "ban",
                "a member of staff must not now post photographs of pupils without consent, and could before",
                &["staff"],
            ),
            both,
        ],
        texts: vec![Text {
            kind: "definition",
            term: Some("photograph".to_owned()),
            words: vec![
                gone("A picture made with a camera."),
                came("Any likeness of a person, still or moving, however it was made, and whoever made it."),
            ],
        }],
        remarks: vec![Remark {
            topic: Topic::WordsWithoutRules,
            text: "the words changed from “should” to “must”, and the rule still says `should`".to_owned(),
        }],
        ..clause(
            "hill/social-media:photographs",
            "5.2",
            "Photographs",
            &[Change::Moved, Change::Renumbered, Change::RulesRewritten, Change::Meaning],
        )
    };
    let undecided = Clause {
        verdict: Some(Verdict::Undecided),
        material: true,
        remarks: vec![Remark {
            topic: Topic::Undecided,
            text: "its rules have too many alternatives to compare".to_owned(),
        }],
        ..clause("hill/social-media:quorum", "6", "Quorum", &[Change::RulesRewritten])
    };
    let withdrawn = Clause {
        material: true,
        number: None,
        heading: None,
        old_number: Some("7.4".to_owned()),
        why: Some("The platform was closed.".to_owned()),
        ..clause("hill/social-media:forum", "7.4", "The parents’ forum", &[Change::Withdrawn])
    };
    let retitled = Clause {
        verdict: Some(Verdict::Unchanged),
        heading: Some("Scope and purpose".to_owned()),
        old_heading: Some("Scope".to_owned()),
        kind: "section",
        old_key: Some("hill/social-media:range".to_owned()),
        texts: vec![text("note", vec![same("See the "), gone("old "), same("guidance.")])],
        ..clause(
            "hill/social-media:scope",
            "1",
            "Scope and purpose",
            &[Change::Renamed, Change::Retitled, Change::Reworded],
        )
    };
    let numbers = [
        ("8.3", "8.2", "clause"),
        ("8.4", "8.3", "clause"),
        ("8.4.1", "8.3.1", "clause"),
        ("8.5", "8.4", "clause"),
        ("10", "9", "section"),
    ];
    let renumbered = numbers.map(|(old, new, kind)| Clause {
        kind,
        old_number: Some(old.to_owned()),
        heading: None,
        old_heading: None,
        ..clause(&format!("hill/social-media:use/{}", new.replace('.', "-")), new, "", &[Change::Renumbered])
    });
    [contact, photographs, undecided, withdrawn, retitled].into_iter().chain(renumbered).collect()
}

fn words() -> Vec<Word> {
    vec![
        Word {
            kind: "party",
            id: "staff".to_owned(),
            label: "staff".to_owned(),
            change: WordFate::Changed,
            details: vec!["it covers `volunteer` as well".to_owned()],
            material: true,
            affects: vec!["hill/cameras:trips".to_owned(), "hill/social-media:posts".to_owned()],
        },
        Word {
            kind: "fact",
            id: "lesson".to_owned(),
            label: "during a lesson".to_owned(),
            change: WordFate::Added,
            details: Vec::new(),
            material: false,
            affects: Vec::new(),
        },
    ]
}

/// What authors can write to harm whoever reads the report: in every place that holds their words.
pub fn hostile() -> Changes {
    let bad = HOSTILE;
    let long = "word".repeat(250_000);
    let mut evil = policy("hill/evil", bad);
    evil.organisation = Some(bad.to_owned());
    (evil.old_version, evil.version) = (Some(bad.to_owned()), Some("2 | 3".to_owned()));
    evil.path = format!("policies/{bad}.policy");
    evil.material = true;
    evil.fields = vec![field("owner", "Owner", Some(bad), Some("\n# @everyone\n\n- #1"), true)];
    let told = Clause {
        heading: Some(bad.to_owned()),
        old_heading: Some("</details></summary>-->".to_owned()),
        verdict: Some(Verdict::Both),
        material: true,
        why: Some(bad.to_owned()),
        within: vec![bad.to_owned()],
        old_within: Some(vec![bad.to_owned()]),
        effects: vec![Effect {
            elsewhere: vec![Elsewhere { key: "x".to_owned(), place: bad.to_owned() }],
            ..effect(Direction::Tightened, "ban", bad, &["staff"])
        }],
        texts: vec![Text {
            kind: "definition",
            term: Some(bad.to_owned()),
            words: vec![
                same(bad),
                gone("</ins> </del> ~~ ** [-x-] "),
                came(bad),
                same("\n\n"),
                came("    indented\n\n> quoted\n\n```\n"),
                gone("ש\u{5dc}\u{5d5}\u{5dd} \u{202e}abc"),
            ],
        }],
        rules: vec![rule(Some(bad), Some("| a | b |\n|---|---|"))],
        remarks: vec![Remark { topic: Topic::NoRule, text: bad.to_owned() }],
        ..clause("hill/evil:a", "(a)", bad, &[Change::Reworded, Change::Retitled, Change::Moved])
    };
    let endless = Clause {
        texts: vec![text("prose", vec![same("Before. "), gone(&long), same(" After.")])],
        material: true,
        ..clause("hill/evil:long", "2", "Endless", &[Change::Reworded])
    };
    let quiet = Clause {
        texts: vec![text("prose", vec![same("One "), came("word"), same(".")])],
        ..clause("hill/evil:quiet", "3", "After what is endless", &[Change::Reworded])
    };
    evil.clauses = vec![told, endless, quiet];
    let mut found = finding("contradiction", Severity::Error, bad, true);
    found.help = Some(bad.to_owned());
    if let Some(witness) = &mut found.witness {
        witness.sentence = bad.to_owned();
    }
    found.locations[0].path = bad.to_owned();
    Changes {
        old: Side {
            name: bad.to_owned(),
            damaged: vec![Damaged { path: bad.to_owned(), message: bad.to_owned(), at: None }],
            ..side("", 1)
        },
        new: Side { name: "a...b".to_owned(), ..side("", 1) },
        summary: Summary { policies_changed: 1, material: 2, editorial: 1, both: 1, ..Summary::default() },
        parties: vec![party("staff", bad, &[(0, 0, 0), (7, 7, 7)])],
        policies: vec![evil],
        vocabulary: vec![Word {
            kind: "party",
            id: "`x`".to_owned(),
            label: bad.to_owned(),
            change: WordFate::Removed,
            details: vec![bad.to_owned()],
            material: true,
            affects: vec!["hill/evil:a".to_owned()],
        }],
        new_findings: vec![found.clone()],
        resolved_findings: vec![found],
        ..empty()
    }
}

/// Markup of every kind, mentions, references, addresses and control characters.
pub const HOSTILE: &str = "<script>alert(1)</script> <b onclick=\"x\">b</b> &amp; @octocat \\@octocat #12 owner/repo#3 GH-4 !5 ~bug %v1 &6 \
    $7 `code` **strong** _em_ ~~struck~~ [link](javascript:x) ![i](https://evil.example/i.png) https://evil.example www.evil.example \
    someone@evil.example :tada: <!-- \u{1b}[2J\u{7}\u{202e}\u{200b} --> {{x}} $a$ ^x^";

pub fn many(count: usize) -> Changes {
    let mut changes = rich();
    let template = changes.policies[0].clauses[0].clone();
    let mut policy = policy("hill/long", "A Long Policy");
    policy.material = true;
    policy.clauses = (1..=count)
        .map(|at| Clause {
            key: format!("hill/long:c{at}"),
            number: Some(at.to_string()),
            old_number: Some(at.to_string()),
            ..template.clone()
        })
        .collect();
    changes.policies.push(policy);
    changes
}

fn side(name: &str, policies: usize) -> Side {
    Side { name: name.to_owned(), policies, errors: 0, damaged: Vec::new() }
}

fn policy(key: &str, title: &str) -> Policy {
    Policy {
        key: key.to_owned(),
        old_key: None,
        title: title.to_owned(),
        organisation: None,
        old_version: None,
        version: None,
        path: format!("policies/{}.policy", key.rsplit('/').next().unwrap_or(key)),
        change: Fate::Changed,
        material: false,
        unread: false,
        fields: Vec::new(),
        clauses: Vec::new(),
    }
}

fn clause(key: &str, number: &str, heading: &str, changes: &[Change]) -> Clause {
    Clause {
        key: key.to_owned(),
        old_key: None,
        kind: "clause",
        number: Some(number.to_owned()),
        old_number: Some(number.to_owned()),
        heading: Some(heading.to_owned()),
        old_heading: Some(heading.to_owned()),
        within: vec!["5 Use of social media".to_owned()],
        old_within: changes.contains(&Change::Moved).then(|| vec!["4 Pictures".to_owned()]),
        changes: changes.to_vec(),
        material: false,
        verdict: None,
        why: None,
        effects: Vec::new(),
        texts: Vec::new(),
        rules: Vec::new(),
        remarks: Vec::new(),
        source: Some(Source {
            path: "policies/social-media.policy".to_owned(),
            start: Position { line: 12, column: 3 },
        }),
        old_source: None,
    }
}

fn party(id: &str, label: &str, effects: &[(usize, usize, usize)]) -> Party {
    let effects = effects.iter().map(|&(policy, clause, effect)| EffectOf { policy, clause, effect }).collect();
    Party { id: id.to_owned(), label: label.to_owned(), effects }
}

fn effect(direction: Direction, aspect: &'static str, sentence: &str, parties: &[&str]) -> Effect {
    Effect {
        direction,
        aspect,
        sentence: sentence.to_owned(),
        parties: parties.iter().map(|&it| it.to_owned()).collect(),
        elsewhere: Vec::new(),
        witness: witness(sentence),
    }
}

fn witness(sentence: &str) -> Witness {
    Witness {
        context: Context { organisation: None, party: vec!["staff".to_owned()], object: None, facts: Vec::new() },
        ways: vec![Way {
            action: OneOrTwo::One("report".to_owned()),
            object: None,
            slots: Vec::new(),
            facts: Vec::new(),
            approvals: Vec::new(),
            consents: Vec::new(),
            applies: Vec::new(),
        }],
        sentence: sentence.to_owned(),
    }
}

fn finding(check: &str, severity: Severity, message: &str, shows: bool) -> Finding {
    Finding {
        check: check.to_owned(),
        severity,
        message: message.to_owned(),
        help: Some("say which of the two gives way".to_owned()),
        rules: Vec::new(),
        relation: None,
        locations: vec![Location {
            path: "policies/social-media.policy".to_owned(),
            start: Position { line: 14, column: 5 },
            end: Position { line: 14, column: 20 },
            label: None,
        }],
        witness: shows.then(|| Box::new(witness("a teacher using Facebook for personal purposes, in working hours"))),
        fixes: Vec::new(),
        accepted: None,
    }
}

fn field(field: &'static str, label: &str, old: Option<&str>, new: Option<&str>, material: bool) -> Field {
    Field { field, label: label.to_owned(), old: old.map(str::to_owned), new: new.map(str::to_owned), material }
}

fn text(kind: &'static str, words: Vec<Piece>) -> Text {
    Text { kind, term: None, words }
}

fn rule(old: Option<&str>, new: Option<&str>) -> Rule {
    let words = old.map(gone).into_iter().chain(new.map(came)).collect();
    Rule { key: None, old_key: None, new: new.map(str::to_owned), old: old.map(str::to_owned), words }
}

fn same(text: &str) -> Piece {
    Piece { is: Is::Same, text: text.to_owned() }
}

fn gone(text: &str) -> Piece {
    Piece { is: Is::Removed, text: text.to_owned() }
}

fn came(text: &str) -> Piece {
    Piece { is: Is::Added, text: text.to_owned() }
}
