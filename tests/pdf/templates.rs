//! Templates and fonts of others: they are used, and what is wrong with them is told with its place.

use clausal::emit::brand::{Brand, Colour, Logo};
use clausal::emit::pdf::{Error, Settings};
use clausal::emit::templates::{BUILT_IN, PDF, TemplateError, Templates};

use super::made::{everything, made, policy, with};

fn replaced(name: &str, text: &str) -> Templates {
    Templates::new([(name.to_owned(), text.to_owned())]).expect("it is taken as it is")
}

fn built_in(name: &str) -> &'static str {
    BUILT_IN.iter().find(|(known, _)| *known == name).expect("it is built in").1
}

fn fault(templates: &Templates) -> TemplateError {
    match with(&everything(), templates, Settings::default()) {
        Err(Error::Template(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("nothing was wrong"),
    }
}

#[test]
fn a_template_can_be_replaced() {
    let plain = "#let it = json(\"policy.json\")\n#set document(title: it.policy.title)\n#set text(lang: \"en\")\nOnly #it.policy.title";
    let (own, usual) =
        (with(&everything(), &replaced("pdf/policy.typ", plain), Settings::default()), made(&everything()));
    let own = own.expect("it makes a document");
    assert!(own["hill/everything.pdf"].len() < usual["hill/everything.pdf"].len() / 2, "one line is a short document");
}

#[test]
fn a_mistake_in_a_template_is_told_with_its_place() {
    let cases = [
        ("pdf/policy.typ", "\n#nothing\n", Some(2), "unknown variable: nothing"),
        ("pdf/policy.typ", "\n\n#let x = (\n", Some(3), "unclosed delimiter"),
        (
            "pdf/body.typ",
            "#let it = json(\"policy.json\")\n#it.policy.titel\n",
            Some(2),
            "does not contain key \"titel\"",
        ),
        ("pdf/look.typ", "\n#panic(\"not today\")", Some(2), "panicked with: not today"),
        ("pdf/policy.typ", "#read(\"/etc/passwd\")", Some(1), "file not found"),
        ("pdf/policy.typ", "#import \"@preview/cetz:0.4.0\"", Some(1), "there are no packages here"),
        ("pdf/policy.typ", "#let f(x) = f(x + 1)\n#f(1)", Some(1), "maximum function call depth exceeded"),
        ("pdf/policy.typ", "#set text(font: \"No Such Font\")\nx", Some(1), "unknown font family: no such font"),
        ("pdf/policy.typ", "#image(\"x.png\")", Some(1), "file not found"),
        (
            "pdf/policy.typ",
            "#set document(title: \"x\")\n= One\n=== Three",
            Some(3),
            "skipped from heading level 1 to 3",
        ),
        ("pdf/policy.typ", "no title", None, "missing document title"),
        ("pdf/policy.typ", "#datetime.today()", Some(1), "unable to get the current date"),
    ];
    for (name, text, line, message) in cases {
        let error = fault(&replaced(name, text));
        assert_eq!((error.template.as_str(), error.line), (name, line), "{error}");
        assert!(error.message.contains(message), "{text}: {error}");
    }
    let body = built_in("pdf/body.typ").replace("rule.modality", "rule.modallity");
    let line = body.lines().position(|line| line.contains("rule.modallity")).map(|at| at + 1);
    let error = fault(&replaced("pdf/body.typ", &body));
    assert_eq!((error.template.as_str(), error.line), ("pdf/body.typ", line), "{error}");
}

#[test]
fn every_template_is_used() {
    for (name, text) in BUILT_IN.iter().filter(|(name, _)| name.starts_with(PDF)) {
        let error = fault(&replaced(name, &format!("{text}\n#panic(\"here\")\n")));
        assert_eq!((error.template.as_str(), error.line), (*name, Some(text.lines().count() + 2)), "{error}");
    }
}

#[test]
fn a_character_that_no_font_has_is_told_and_a_font_can_be_added() {
    let compiled = policy("| Plain, and 漢字 too.");
    let templates = Templates::new([]).expect("the built-in templates");
    match with(&compiled, &templates, Settings::default()) {
        Err(Error::Text(error)) => {
            assert!(
                error.message.contains("the PDF of `north/text` cannot show `字` (U+5B57), `漢` (U+6F22)"),
                "{error:?}"
            );
            assert!(error.help.contains("pdf/fonts"), "{error:?}");
        }
        other => panic!("{other:?}"),
    }
    let none =
        Templates::new([]).expect("templates").with_fonts(vec![("pdf/fonts/a.ttf".to_owned(), b"no font".to_vec())]);
    match with(&policy("| x"), &none, Settings::default()) {
        Err(Error::Text(error)) => assert_eq!(error.message, "template `pdf/fonts/a.ttf` is no font"),
        other => panic!("{other:?}"),
    }
    // A font of the machine under test would be another on each; one of the built-in ones stands for somebody's own.
    let font = typst_assets::fonts().next().expect("there are fonts").to_vec();
    let own = Templates::new([]).expect("templates").with_fonts(vec![("pdf/fonts/own.otf".to_owned(), font)]);
    let text = policy("| x");
    assert_eq!(with(&text, &own, Settings::default()).expect("documents").len(), 1);
}

#[test]
fn the_cover_has_the_name_the_colour_and_the_logo() {
    let logo = |text: &str| Logo::new(text.as_bytes().to_vec()).expect("a picture");
    let brand = Brand {
        name: Some("The Publisher".to_owned()),
        logo: Some(logo(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>",
        )),
        colour: Colour::parse("#0b6e4f"),
    };
    let templates = Templates::new([]).expect("the built-in templates");
    let branded = with(&everything(), &templates, Settings { brand: Some(&brand), errors: 0 }).expect("documents");
    assert!(branded != made(&everything()), "the brand shows");
    let broken = Brand { logo: Some(logo("<svg <")), ..brand };
    match with(&everything(), &templates, Settings { brand: Some(&broken), errors: 0 }) {
        Err(Error::Text(error)) => assert!(error.message.starts_with("the logo cannot be shown: "), "{error:?}"),
        other => panic!("a logo that is none: {other:?}"),
    }
}
