//! `wordless-picture`: a picture that says nothing to those who cannot see it.

use super::wording::{Named, named, plain};
use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "wordless-picture",
        point: "a picture has no words",
        family: Family::Accessibility,
        severity: Some(Severity::Error),
        page: include_str!("wordless_picture.md"),
    },
    run: Run::Policy(run),
};

/// What every picture is, and what therefore says nothing of this one.
const KINDS: &[&str] = &[
    "chart",
    "diagram",
    "figure",
    "graph",
    "graphic",
    "icon",
    "image",
    "logo",
    "photo",
    "photograph",
    "pic",
    "picture",
    "screenshot",
    "table",
];

/// How names of files with pictures end.
const ENDINGS: &[&str] = &["bmp", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    subject.each_prose(|_, prose| {
        if !prose.markdown.contains("![") {
            return;
        }
        for picture in named(&prose.markdown).into_iter().filter(|it| it.is_picture) {
            let Some(message) = lack(&picture) else { continue };
            let span = prose.map.span(picture.place.start, picture.place.end);
            let help = "write between the brackets what it shows, for those who cannot see it: `![The way to the front desk](map.png)`";
            findings.push(Finding::new(CHECK.info.name, span, message).help(help));
        }
    });
}

/// What a picture's words lack, if they lack something.
fn lack(picture: &Named) -> Option<String> {
    let plain = plain(&picture.words);
    if plain.is_empty() {
        return Some("this picture has no words".to_owned());
    }
    let is_file = picture.words.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.contains(' ') && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
    });
    if is_file {
        return Some(format!("`{}` is the name of a file, and says nothing of the picture", picture.words));
    }
    let says_nothing = KINDS.contains(&plain.as_str());
    says_nothing.then(|| format!("`{}` does not say what the picture shows", picture.words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_and_of_kinds_are_no_words() {
        let of = |markdown: &str| named(markdown).first().and_then(lack);
        for lacking in ["![](a.png)", "![ ](a.png)", "![…](a.png)", "![IMG_12.JPG](a.jpg)", "![Logo](a.svg)"] {
            assert!(of(lacking).is_some(), "{lacking}");
        }
        for sound in ["![The logo of the trust](a.svg)", "![The way in, see map.png](a.png)", "![{post}](a)"] {
            assert_eq!(of(sound), None, "{sound}");
        }
    }
}
