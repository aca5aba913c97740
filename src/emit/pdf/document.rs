//! All that the templates of a PDF are given: the policy, and everything round its body, as one value.

use serde::Serialize;
use serde_json::Value;

use super::Documents;
use super::body::{Body, Node};
use super::lists::{Outside, Told, Version, basis, history, related};
use crate::emit::page::{
    Date, Entry, StatusTold, control, entries, filled, joined, organisation, party, preamble_end, several,
};
use crate::emit::templates::TemplateError;
use crate::emit::view::{Generator, PolicyExport};

/// What the template of a document is given; `policy` is the header as the JSON has it.
#[derive(Debug, Serialize)]
struct Document<'p> {
    policy: Value,
    generator: Generator,
    errors: usize,
    brand: Publisher<'p>,
    language: Language<'p>,
    organisation: &'p str,
    description: String,
    status: Option<StatusTold>,
    effective: Option<Date>,
    due: Option<Date>,
    control: Vec<Row>,
    preamble: Vec<Node>,
    body: Vec<Node>,
    signatories: Vec<String>,
    words: Vec<Entry>,
    history: Vec<Version<'p>>,
    basis: Vec<Outside<'p>>,
    related: Vec<Outside<'p>>,
    accepted: Vec<Told>,
}

/// Who publishes, as far as the settings say.
#[derive(Debug, Serialize)]
struct Publisher<'p> {
    name: Option<&'p str>,
    colour: Option<String>,
    /// The name of the file in the world of the templates.
    logo: Option<&'static str>,
}

/// The language of the prose, as Typst asks for it.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Language<'p> {
    lang: &'p str,
    region: Option<&'p str>,
}

#[derive(Debug, Serialize)]
struct Row {
    label: &'static str,
    value: String,
}

/// The data of the templates.
pub(super) fn document(documents: &Documents<'_>, view: &PolicyExport<'_>) -> Result<Value, TemplateError> {
    let scope = documents.site.scope;
    let header = &view.policy;
    let id = header.index;
    let policy = scope.collection.policy(id);
    let vocabulary = &scope.collection.vocabulary;
    let (before, after) = view.body.split_at(preamble_end(&view.body));
    let mut maker = Body::new(documents, view);
    let (mut preamble, mut body) = (Vec::new(), Vec::new());
    maker.nodes(before, 1, &mut preamble);
    maker.nodes(after, 1, &mut body);
    let audience: Vec<&str> = policy.audience.iter().map(|&word| several(vocabulary, word)).collect();
    let whom = if audience.is_empty() { String::new() } else { format!(", for {}", joined(&audience)) };
    let whose = organisation(scope, id);
    let brand = documents.settings.brand;
    let data = Document {
        policy: filled(header),
        generator: Generator::CLAUSAL,
        errors: documents.settings.errors,
        brand: Publisher {
            name: brand.and_then(|brand| brand.name.as_deref()),
            colour: brand.and_then(|brand| brand.colour).map(|colour| colour.to_string()),
            logo: brand.and_then(|brand| brand.logo.as_ref()).map(|logo| logo.file()),
        },
        language: language(header.language),
        organisation: whose,
        description: format!("{} of {whose}{whom}.", policy.title),
        status: policy.status.map(|(status, _)| StatusTold::from(status)),
        effective: policy.effective.map(|(day, _)| day.into()),
        due: policy.review_due().map(Date::from),
        control: control(scope, id)
            .into_iter()
            .map(|row| Row { label: row.label, value: row.pieces.into_iter().map(|piece| piece.text).collect() })
            .collect(),
        preamble,
        body,
        signatories: policy.signatories.iter().map(|&word| party(vocabulary, word)).collect(),
        words: entries(documents.address(id), policy),
        history: history(header),
        basis: basis(header),
        related: related(header),
        accepted: view.accepted.iter().map(|it| maker.accepted(it)).collect(),
    };
    serde_json::to_value(data).map_err(|error| TemplateError {
        template: super::world::MAIN.to_owned(),
        line: None,
        message: error.to_string(),
    })
}

/// The parts of a tag of BCP 47 that Typst knows; a tag that is none is taken for English, as the words round the prose
/// are.
fn language(tag: &str) -> Language<'_> {
    let mut parts = tag.split(['-', '_']);
    let is_letters = |part: &&str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    match parts.next().filter(|part| is_letters(part, &[2, 3])) {
        Some(lang) => Language { lang, region: parts.find(|part| is_letters(part, &[2])) },
        None => Language { lang: "en", region: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_languages_have_a_language_and_perhaps_a_region() {
        let cases = [
            ("en-GB", ("en", Some("GB"))),
            ("cy", ("cy", None)),
            ("zh-Hant-TW", ("zh", Some("TW"))),
            ("", ("en", None)),
            ("\"), evil", ("en", None)),
        ];
        for (tag, (lang, region)) in cases {
            assert_eq!(language(tag), Language { lang, region }, "{tag}");
        }
    }
}
