//! `vague-link`: a link whose words do not say where it leads.

use super::wording::{Named, named, plain};
use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "vague-link",
        point: "a link does not say where it leads",
        family: Family::Accessibility,
        severity: Some(Severity::Warning),
        page: include_str!("vague_link.md"),
    },
    run: Run::Policy(run),
};

/// Words that fit every link.
const VAGUE: &[&str] = &[
    "click",
    "click here",
    "click on this link",
    "click this link",
    "details",
    "document",
    "download",
    "download here",
    "find out more",
    "follow this link",
    "full details",
    "further details",
    "further information",
    "go",
    "go here",
    "here",
    "info",
    "information",
    "learn more",
    "link",
    "link here",
    "more",
    "more details",
    "more information",
    "online",
    "page",
    "pdf",
    "read here",
    "read more",
    "read this",
    "see here",
    "see more",
    "see this",
    "the link",
    "the website",
    "this",
    "this document",
    "this link",
    "this page",
    "this site",
    "this web page",
    "this webpage",
    "this website",
    "view",
    "visit",
    "web page",
    "webpage",
    "website",
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    subject.each_prose(|_, prose| {
        let text = &prose.markdown;
        let may_link = memchr::memchr2(b']', b'<', text.as_bytes()).is_some();
        if !may_link {
            return;
        }
        for link in named(text).into_iter().filter(|it| !it.is_picture) {
            let Some(message) = lack(&link) else { continue };
            let span = prose.map.span(link.place.start, link.place.end);
            let help = "write in the brackets what is to be found there: `[the guidance of the regulator](https://…)`";
            findings.push(Finding::new(CHECK.info.name, span, message).help(help));
        }
    });
}

/// What a link's words lack, if they lack something.
fn lack(link: &Named) -> Option<String> {
    let plain = plain(&link.words);
    if plain.is_empty() {
        return Some("this link has no words".to_owned());
    }
    if VAGUE.contains(&plain.as_str()) {
        return Some(format!("`{}` does not say where the link leads", link.words));
    }
    is_address(&link.words).then(|| format!("`{}` is an address where words should be", link.words))
}

/// Whether words are an address of the web with a path: the name of a site alone says whose it is.
fn is_address(words: &str) -> bool {
    let lower = words.to_lowercase();
    let rest = ["https://", "http://", "www."].iter().find_map(|start| lower.strip_prefix(start));
    let path = rest.and_then(|rest| rest.split_once(['/', '?', '#']));
    !words.contains(' ') && path.is_some_and(|(_, path)| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_fit_every_link_fit_none() {
        let of = |markdown: &str| named(markdown).first().and_then(lack);
        for vague in [
            "[](https://a.example)",
            "[Here](https://a.example)",
            "[*click here!*](https://a.example)",
            "[https://a.example/x](https://a.example)",
            "<https://a.example/x>",
            "[www.a.example/x](https://www.a.example/x)",
        ] {
            assert!(of(vague).is_some(), "{vague}");
        }
        for sound in [
            "[the guidance here](https://a.example)",
            "[www.a.example](https://www.a.example)",
            "<https://a.example/>",
            "<mailto:desk@a.example>",
            "[{@two}](https://a.example)",
            "[![The plan](plan.png)](https://a.example)",
        ] {
            assert_eq!(of(sound), None, "{sound}");
        }
    }

    #[test]
    fn the_list_is_as_words_are_compared() {
        for words in VAGUE {
            assert_eq!(plain(words), *words);
        }
        assert!(VAGUE.is_sorted());
    }
}
