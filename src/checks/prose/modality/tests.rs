use super::page::Builder;
use super::table::Table;
use super::*;

#[test]
fn the_page_is_understood() {
    let (_, problems) = Builder::read(WORDS);
    assert!(problems.is_empty(), "{problems:#?}");
}

/// Every row's example is read by that row, and by its words alone.
#[test]
fn every_row_reads_its_example() {
    let table = Table::get();
    let mut wrong = Vec::new();
    for entry in &table.entries {
        let mut scratch = Scratch::default();
        matching::find(table, entry.example, Commands::All, &mut scratch);
        let found: Vec<_> =
            scratch.found.iter().map(|f| (&entry.example[f.start..f.end], f.entry.force, f.negated)).collect();
        let reads =
            matches!(scratch.found.as_slice(), [only] if std::ptr::eq(only.entry, entry) && only.negated.is_none());
        if !reads {
            wrong.push(format!("{:?} {}: {found:?}", entry.force, entry.example));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is read in each text: `?` before what only may bind, `^` before what comes from above.
fn told(text: &str, above: Above) -> String {
    let reading = read(text, above);
    let tell = |s: &Statement| {
        let sure = if s.certain { "" } else { "?" };
        let from = if s.origin == Origin::Above { "^" } else { "" };
        format!("{sure}{from}{}", Modalities::of(s.modality))
    };
    reading.statements.iter().map(tell).collect::<Vec<_>>().join("; ")
}

const SENTENCES: &[(&str, &str)] = &[
    // The plain words, and what stands between them.
    ("Staff must lock the door.", "must"),
    ("Staff must always lock the door.", "must"),
    ("Staff MUST NOT lend keys.", "must not"),
    ("Staff **must** *not* lend keys.", "must not"),
    ("Staff mustn’t lend keys.", "must not"),
    ("Staff must\nnot lend keys.", "must not"),
    ("{Staff} must not use {school equipment \"the kit\"}.", "must not"),
    ("Staff should under no circumstances lend keys.", "should not"),
    ("Staff should at all times carry a badge.", "should"),
    ("Staff shouldn't lend keys, but may borrow them.", "should not; may"),
    ("Managers shall, and teachers should, keep a log.", "must; should"),
    ("You ought not to lend keys.", "should not"),
    ("Staff must not post pictures but may link to them.", "must not; may"),
    ("Staff must/should wear a badge.", "must; should"),
    // Will: of duties and of events.
    ("The governing body will ensure that doors are locked.", "must"),
    ("HR will advise managers.", "must"),
    ("Will advise managers.", "must"),
    ("The school won't lend keys.", "must not"),
    ("This page will be reviewed each May.", "must"),
    ("This will lead to an inquiry.", ""),
    ("There will be a meeting.", ""),
    ("A late return will result in a fine.", ""),
    ("Leaving early will not exonerate anybody.", ""),
    ("Lending a key will be considered misconduct.", ""),
    ("The same rules will apply.", ""),
    ("Lost keys will be subject to a charge.", "?must"),
    ("Visitors will be expected to sign in.", "must"),
    ("Visitors will not be allowed to park.", "must not"),
    ("Visitors will not be required to park.", "need not"),
    ("The clerk, who will inform governors, keeps the list.", "must"),
    ("At will, of his own free will, by the will of all.", ""),
    ("Goodwill matters, and mustard is yellow.", ""),
    // Should that binds nobody.
    ("Should there be a fire, leave.", ""),
    ("Should an alarm sound, staff must leave.", "must"),
    ("The policy says how staff should dress.", ""),
    ("Everything should be deemed public.", ""),
    ("Who should read this page?", ""),
    ("Must staff sign? They must.", "must"),
    ("The lamp should never be used.", "should not"),
    ("Managers should refrain from shouting.", "should not"),
    // May: of permission and of possibility.
    ("Staff may use the hall.", "may"),
    ("Staff may only use the hall on Fridays.", "may"),
    ("The hall may be used on Fridays.", "may"),
    ("Misuse may result in dismissal.", ""),
    ("Misuse may in itself lead to dismissal.", ""),
    ("There may be delays.", ""),
    ("This may be appropriate in some cases.", ""),
    ("It may help to read the guide.", ""),
    ("Some staff may find it useful.", "?may"),
    ("Staff may wish to join a union.", "?may"),
    ("Disciplinary action may be taken.", "?may"),
    ("Photographs may be taken on the field.", "may"),
    ("Staff may not use the hall.", "must not"),
    ("Things which may not be legal are bad.", ""),
    ("The review is due on 31 May, or in May 2027.", ""),
    ("The figures of May show it.", ""),
    ("Staff may be required to attend.", "?must"),
    ("The mayor was there, maybe.", ""),
    ("Posts may bring the school into disrepute.", ""),
    // Can and cannot.
    ("The hall can be reached from here.", "?may"),
    ("Rain can cause delays.", ""),
    ("Staff cannot use the hall.", "must not"),
    ("This page cannot cover everything.", "?must not"),
    // No, nobody, neither.
    ("No member of staff may enter.", "must not"),
    ("No member of staff should enter.", "should not"),
    ("Nobody must enter.", "must not"),
    ("No one is allowed to enter.", "must not"),
    ("None of the keys should be lent.", "should not"),
    ("No parent is required to attend.", "need not"),
    ("The door is open, and no pupil may close it.", "must not"),
    ("Under no circumstances may keys be lent.", "must not"),
    ("Neither pupils nor parents may enter.", "must not"),
    ("Keys must not be lent; neither should they be copied.", "must not; should not"),
    ("A teacher with no keys must ask.", "must"),
    ("There is no reason why staff should worry.", ""),
    // Phrases.
    ("Smoking is strictly prohibited.", "must not"),
    ("Staff are forbidden from smoking.", "must not"),
    ("Dogs are not permitted on the field.", "must not"),
    ("Dogs are permitted provided that they are on a lead.", "may"),
    ("Staff are strongly advised not to park here.", "should not"),
    ("The school strongly advises against parking here.", "should not"),
    ("The school recommends that staff do not park here.", "should not"),
    ("It is strongly recommended that guests should not park here.", "should not"),
    ("Staff are recommended to refrain from parking.", "should not"),
    ("The head expects all staff to sign.", "must"),
    ("The page expects nothing.", ""),
    ("Staff have a duty to report fires.", "must"),
    ("Wardens are responsible for the keys.", "must"),
    ("It is the expectation that rooms are left tidy.", "must"),
    ("Keys are to be kept in the safe.", "must"),
    ("The aims are to win and to learn.", ""),
    ("The purpose of this page is to help.", ""),
    ("Staff need to be careful; the need to rest is plain.", "must"),
    ("There is **no requirement** for a copy.", "need not"),
    ("Parents do not have to attend.", "need not"),
    ("The trust reserves the right to refuse.", "may"),
    ("It is for the pupil to decide.", "may"),
    ("Players agree to wear pads.", "must"),
    ("Staff are encouraged to read.", "should"),
    ("It is acceptable to mention the school.", "may"),
    ("All staff are reminded of the need to lock up.", "should"),
    // Conditions bind nobody.
    ("Where dogs are permitted, a lead must be used.", "must"),
    ("Comply with rules where dogs are prohibited.", "must"),
    ("Keys stay in the safe unless staff are permitted to carry them.", ""),
    ("If guests are unsure they should ask.", "should"),
    ("If you must leave, tell the office.", "must"),
    // Commands.
    ("Never lend keys.", "must not"),
    ("Do not lend keys.", "must not"),
    ("Don’t lend keys.", "must not"),
    ("Always lock up.", "must"),
    ("The door is never locked and always open.", ""),
    ("Ensure that doors are locked.", "must"),
    ("Report any loss.", "must"),
    ("Reports are filed by the clerk.", ""),
    ("Use of the hall is free.", ""),
    ("Contact with parents is rare.", ""),
    ("If a key is lost, tell the office.", "must"),
    ("If a key is lost, do not search alone.", "must not"),
    ("Please ask first.", "should"),
    ("Please note the date.", ""),
    // Words in braces, code and longer words.
    ("See {must \"must not\"} here.", ""),
    ("A \\{ brace must not mislead.", "must not"),
    ("A must-have.", ""),
    // Tables.
    ("| Who | What |\n| --- | --- |\n| Clerk | Must keep the log. |", "must"),
    // Run-ins.
    ("Staff must not:\n\n- lend keys;\n- share codes.", "must not; ^must not; ^must not"),
    ("Staff must not:\n\n- lend keys. They may copy them.", "must not; ^must not; may"),
    ("Staff:\n\n- must ask;\n- should wait.", "must; should"),
    ("This page aims to:\n\n- ensure that doors are locked;\n- protect the keys.", "?should"),
    ("A visit is permitted provided it does not:\n\n- exceed an hour;\n- disturb lessons.", "may"),
    ("This page must be read with the following papers:\n\n- one;\n- two.", "must"),
    ("Staff must not do any of the following:\n\n- run.", "must not; ^must not"),
    ("The aim is that all:\n\n- avoid harm;\n- are safe.", ""),
    ("The loss will be reported to one of the following:\n\n- the head;\n- the clerk.", "must"),
    (
        "Staff are expected to:\n\n1. ask;\n2. listen to:\n   - pupils;\n   - parents.",
        "must; ^must; ^must; ^must; ^must",
    ),
    ("Staff must not:\n\n- lend keys.\n\nKeys are brass.", "must not; ^must not"),
    ("Rules:\n\n- Never lend keys.\n- Keep calm.", "must not"),
];

#[test]
fn sentences_say_what_they_say() {
    let mut wrong = Vec::new();
    for (text, expected) in SENTENCES {
        let found = told(text, Above::Nothing);
        if found != *expected {
            wrong.push(format!("{text:?}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(SENTENCES.len() >= 80);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Sentence, the rules that may stand beside its first statement, and some that may not.
const AGREEMENT: &[(&str, &str, &[Modality], &[Modality])] = &[
    ("Staff should ask.", "should", &[Modality::Should], &[Modality::Must, Modality::May, Modality::ShouldNot]),
    ("Staff must ask.", "must", &[Modality::Must], &[Modality::Should, Modality::MustNot]),
    ("The head will ask.", "will", &[Modality::Must], &[Modality::Should]),
    ("Staff are expected to ask.", "are expected to", &[Modality::Must, Modality::Should], &[Modality::May]),
    ("Staff may only ask.", "may", &[Modality::May, Modality::MustNot], &[Modality::Must]),
    ("Staff may ask.", "may", &[Modality::May], &[Modality::MustNot]),
    ("Only those with keys should enter.", "should", &[Modality::Should, Modality::ShouldNot], &[Modality::Must]),
    ("Staff must not ask.", "must not", &[Modality::MustNot], &[Modality::May, Modality::ShouldNot]),
    ("Staff must not ask without leave.", "must not", &[Modality::MustNot, Modality::May], &[Modality::Should]),
    ("Staff should avoid asking.", "should avoid", &[Modality::ShouldNot, Modality::Should], &[Modality::MustNot]),
    ("Never ask.", "Never", &[Modality::MustNot, Modality::ShouldNot], &[Modality::May]),
    ("Parking is strictly **prohibited**.", "is strictly **prohibited", &[Modality::MustNot], &[Modality::ShouldNot]),
    ("No pupil may ask.", "may", &[Modality::MustNot], &[Modality::May]),
];

#[test]
fn rules_agree_with_prose_or_do_not() {
    for (text, words, with, without) in AGREEMENT {
        let sentence = sentences(text).next().expect("a sentence");
        let found = statements(text, &sentence);
        let first = found.first().unwrap_or_else(|| panic!("nothing in {text:?}"));
        assert_eq!(first.words(text), *words, "{text:?}");
        for modality in *with {
            assert!(first.agrees(Modalities::of(*modality)), "{text:?} with {modality:?}");
        }
        for modality in *without {
            assert!(!first.agrees(Modalities::of(*modality)), "{text:?} without {modality:?}");
        }
    }
    let only_when = Modalities::of_rule(Modality::May, true);
    assert!(only_when.contains(Modality::MustNot) && only_when.contains(Modality::May));
    assert_eq!(only_when.to_string(), "must not, may");
}

const HEADINGS: &[(&str, &str)] = &[
    ("Do", "must, should"),
    ("DO:", "must, should"),
    ("**Do**", "must, should"),
    ("Do not", "must not, should not"),
    ("Don’t", "must not, should not"),
    ("DON'TS", "must not, should not"),
    ("Never", "must not, should not"),
    ("Staff must not", "must not"),
    ("What staff should do", "should"),
    ("You may", "may"),
    ("Prohibited", "must not"),
    ("Not permitted", "must not"),
    ("Dos and don'ts", ""),
    ("What staff must and must not do", ""),
    ("When the trust may read messages", ""),
    ("How staff should report", ""),
    ("Responsibilities", ""),
    ("Use of the hall", ""),
    ("Report", ""),
    ("", ""),
];

#[test]
fn headings_speak_for_what_is_below() {
    for (text, expected) in HEADINGS {
        let found = match heading(text) {
            Above::Says { agrees_with, .. } => agrees_with.to_string(),
            Above::Nothing | Above::Silent => String::new(),
        };
        assert_eq!(found, *expected, "{text:?}");
    }
}

#[test]
fn what_stands_below_a_heading_carries_it_on() {
    let below = |text| told(text, heading("Do not"));
    assert_eq!(below("Lend keys. They are brass."), "^must not");
    assert_eq!(below("Lend keys:\n\n- to pupils;\n- to parents."), "^must not; ^must not; ^must not");
    assert_eq!(below("Lend keys.\n\nNever lend codes."), "^must not; ^must not");
    assert_eq!(below("Lend keys. Staff should ask."), "^must not; should");
}

#[test]
fn a_colon_hands_on_to_the_clauses_below() {
    let below = |text| read(text, Above::Nothing).below;
    assert!(matches!(below("Staff must not:"), Above::Says { modality: Modality::MustNot, .. }));
    assert!(matches!(below("Staff **must not:**"), Above::Says { modality: Modality::MustNot, .. }));
    assert_eq!(below("The sites are:"), Above::Silent);
    assert_eq!(below("Staff must not: they know why."), Above::Nothing);
    assert_eq!(below("Staff must not:\n\n- lend keys."), Above::Nothing);
    assert_eq!(below(""), Above::Nothing);
    let carried = read("Lend keys to:", below("Staff must not:"));
    assert!(matches!(carried.below, Above::Says { modality: Modality::MustNot, .. }));
}

/// Odd texts, whole and cut at every place where a text can be cut.
#[test]
fn no_text_makes_it_stumble() {
    let text =
        "“Staff” mustn’t—ever—post ’pictures’ {of \"é\"} unless… **may** not; \\{ don’t: is’ to – be—no “may” {x";
    for (from, _) in text.char_indices() {
        for (to, _) in text.char_indices().filter(|(to, _)| *to >= from) {
            let part = &text[from..to];
            for statement in read(part, Above::Nothing).statements {
                assert!(part.get(statement.start..statement.end).is_some(), "{part:?}");
            }
        }
    }
    // Texts put together from awkward pieces, the same ones on every run.
    let pieces = [
        "must ", "not", " may ", "No ", "{", "}", "\\", "\n", "\n\n", "- ", "| ", ": ", ". ", "é", "’", "—", "if ",
        ", ", "`", "? ",
    ];
    let mut seed = 7_usize;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) % pieces.len()]);
        }
        let mut last = 0;
        for statement in read(&text, Above::Nothing).statements {
            assert!(text.get(statement.start..statement.end).is_some_and(|words| !words.is_empty()), "{text:?}");
            assert!(statement.origin == Origin::Above || statement.start >= last, "{text:?}");
            last = statement.start;
        }
    }
    assert!(read(&"must ".repeat(10_000), Above::Nothing).statements.len() == 10_000);
}
