use super::{Block, sentences};

/// Text, and its sentences parted by `¦`.
const SPLITS: &[(&str, &str)] = &[
    ("", ""),
    ("   \n\n  ", ""),
    ("Staff must log out.", "Staff must log out."),
    ("Log out. Lock the door.", "Log out.¦Lock the door."),
    ("Log out.\nLock the\ndoor.", "Log out.¦Lock the\ndoor."),
    ("Use a site, e.g. Facebook, with care. Log out.", "Use a site, e.g. Facebook, with care.¦Log out."),
    ("Sites (i.e. Those below) count. Others don't.", "Sites (i.e. Those below) count.¦Others don't."),
    ("Blogs, forums, etc. Staff must ask.", "Blogs, forums, etc.¦Staff must ask."),
    ("Blogs, forums, etc. are covered.", "Blogs, forums, etc. are covered."),
    ("See No. 5 of the list. Then ask.", "See No. 5 of the list.¦Then ask."),
    ("The answer is no. Ask again.", "The answer is no.¦Ask again."),
    ("See Mr. X. Example.", "See Mr. X. Example."),
    ("St. Wilfrid's is a school. It has a site.", "St. Wilfrid's is a school.¦It has a site."),
    ("See 6.1.14 and 5.4. Then stop.", "See 6.1.14 and 5.4.¦Then stop."),
    ("Is it allowed? No! Ask.", "Is it allowed?¦No!¦Ask."),
    ("He said \"Stop.\" Then he left.", "He said \"Stop.\"¦Then he left."),
    ("He said “Stop.” Then he left.", "He said “Stop.”¦Then he left."),
    ("**Act well.** Even at home.", "**Act well.**¦Even at home."),
    ("{Staff} must ask. {Pupils} may not.", "{Staff} must ask.¦{Pupils} may not."),
    ("See {term \"one. Two\"} here. Go.", "See {term \"one. Two\"} here.¦Go."),
    ("A \\{ brace. Another.", "A \\{ brace.¦Another."),
    ("An open { brace. Another.", "An open { brace.¦Another."),
    ("Use `a. B` here. Go.", "Use `a. B` here.¦Go."),
    ("Wait... Then go.", "Wait...¦Then go."),
    ("one. two", "one. two"),
    ("Staff must not:\n\n- post pictures;\n- share links.", "Staff must not:¦post pictures;¦share links."),
    ("- one\n  carried on\n- two", "one\n  carried on¦two"),
    ("1. First. Then.\n2) Second", "First.¦Then.¦Second"),
    ("a) know it\nb) tell it", "know it¦tell it"),
    ("-not a list", "-not a list"),
    ("2026 was a year.", "2026 was a year."),
    ("> Quoted. Twice.", "Quoted.¦Twice."),
    ("| a | b. C |\n| --- | --- |\n| c | d \\| e |", "a¦b. C¦c¦d \\| e"),
    ("a | b\n--- | ---\nc | d\n\nAfter.", "a¦b¦c¦d¦After."),
    ("Either a | b is fine.", "Either a | b is fine."),
    ("```\nmust not\n```\nAfter.", "After."),
    ("```\nnever closed", ""),
    ("Café. Élan is not small.", "Café.¦Élan is not small."),
    ("One.\r\nTwo.\r\n", "One.¦Two."),
];

#[test]
fn text_is_split_where_sentences_end() {
    for (text, expected) in SPLITS {
        let found: Vec<&str> = sentences(text)
            .map(|s| text[s.start..s.end].trim_matches(|c: char| c.is_whitespace() || c == '|'))
            .filter(|s| !s.is_empty())
            .collect();
        assert_eq!(found.join("¦"), *expected, "in {text:?}");
    }
}

#[test]
fn a_sentence_knows_its_block() {
    let text = "Staff must:\n\n- ask. Always.\n  - deep\n\n  still the first item\n\nOut.\n\n| a |";
    let found: Vec<_> = sentences(text).map(|s| (&text[s.start..s.end], s.block, s.opens)).collect();
    let item = |indent| Block::Item { indent };
    assert_eq!(
        found,
        [
            ("Staff must:", Block::Paragraph, true),
            ("ask.", item(0), true),
            ("Always.", item(0), false),
            ("deep", item(2), true),
            ("still the first item", item(0), true),
            ("Out.", Block::Paragraph, true),
            ("a", Block::Cell, true),
        ]
    );
}

#[test]
fn no_text_makes_it_stumble() {
    for text in
        ["\\", "{", "}", "`", "|", "||", "|\\", "-", "- ", "1.", "…", ". . .", "\u{feff}A. B", "é.É", "\r", "\\é"]
    {
        for sentence in sentences(text) {
            assert!(text.get(sentence.start..sentence.end).is_some(), "{text:?}");
        }
    }
}
