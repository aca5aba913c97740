//! The header of a policy.

use std::collections::HashMap;

use super::amount;
use super::body::Body;
use super::scope::Scope;
use super::suggest::{closest, listed, suggest};
use super::vocabulary::declared_twice;
use crate::diagnostic::Finding;
use crate::model::{
    Approval, Basis, Definition, Edge, History, Kind, Numbering, Parameter, Policy, Related, Review, Silence, Status,
};
use crate::source::Span;
use crate::syntax::ast::{Field, FieldValue, HistoryLine, PolicyFile, Qualifier, Text, Word};

/// Fields that may stand in a header more than once.
const REPEATABLE: [&str; 5] = ["related", "basis", "parameter", "supersedes", "each rule"];

/// A policy resolved, with the edges its rules are the sayers of.
pub(super) fn resolve(scope: &mut Scope<'_, '_, '_>) -> (Policy, Vec<Edge>) {
    let ast = scope.outline().ast;
    let mut policy = header(scope, ast);
    let each: Vec<&Qualifier<'_>> = ast.fields.iter().filter_map(each_rule).flatten().collect();
    let key = policy.key.clone();
    let body = Body::resolve(scope, &key, policy.numbering, &ast.items, &each);
    policy.items = body.items;
    policy.blocks = body.blocks;
    policy.blocks.shrink_to_fit();
    policy.rules = body.rules;
    policy.rules.shrink_to_fit();
    policy.definitions = body.definitions;
    policy.references = body.references;
    policy.withdrawn = body.withdrawn;
    policy.accepts = body.accepts;
    mark_used(scope, &mut policy.definitions);
    let edges = body.edges;
    (policy, edges)
}

/// Whether a definition is used is known when everything has been read.
fn mark_used(scope: &Scope<'_, '_, '_>, definitions: &mut [Definition]) {
    for (definition, used) in definitions.iter_mut().zip(&scope.terms.used) {
        definition.used = *used;
    }
}

fn each_rule<'f, 's>(field: &'f Field<'s>) -> Option<&'f [Qualifier<'s>]> {
    match &field.value {
        FieldValue::EachRule(qualifiers) => Some(qualifiers),
        _ => None,
    }
}

fn header<'s>(scope: &mut Scope<'_, '_, 's>, ast: &PolicyFile<'s>) -> Policy {
    let world = scope.world;
    let index = scope.policy.0 as usize;
    let key = world.keys[index].clone();
    let id = match ast.id {
        Some(id) => id.text.to_owned(),
        None => key.rsplit('/').next().unwrap_or(&key).to_owned(),
    };
    let title = match &ast.title {
        Some(title) => title.text.to_string(),
        None => id.replace('-', " "),
    };
    let mut policy = Policy {
        id,
        key,
        title,
        organisation: None,
        version: None,
        status: None,
        owner: None,
        contact: None,
        approved: None,
        effective: None,
        review: Review::default(),
        audience: Vec::new(),
        supersedes: Vec::new(),
        related: Vec::new(),
        basis: Vec::new(),
        default: None,
        numbering: Numbering::default(),
        language: "en-GB".to_owned(),
        language_span: None,
        signatories: Vec::new(),
        history: Vec::new(),
        parameters: Vec::new(),
        items: Vec::new(),
        blocks: Vec::new(),
        rules: Vec::new(),
        definitions: Vec::new(),
        references: Vec::new(),
        withdrawn: Vec::new(),
        accepts: Vec::new(),
        unread: false,
        span: ast.head,
        id_span: ast.id.map_or(ast.head, |id| id.span),
    };
    let before = scope.findings.len();
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let mut ids: HashMap<(&str, &str), Span> = HashMap::new();
    for field in &ast.fields {
        let keyword = field.keyword;
        if let Some(before) = seen.get(keyword.text) {
            let message = format!("`{}` stands in the header twice", keyword.text);
            scope.findings.push(
                Finding::new("syntax", keyword.span, message)
                    .labelled("again here")
                    .and(*before, "first here")
                    .help("keep one of the two"),
            );
            continue;
        }
        if !REPEATABLE.contains(&keyword.text) && !matches!(field.value, FieldValue::Junk) {
            seen.insert(keyword.text, keyword.span);
        }
        if let FieldValue::Related { id, .. } | FieldValue::Parameter { id, .. } = &field.value
            && let Some(before) = ids.insert((keyword.text, id.text), id.span)
        {
            scope.findings.push(declared_twice(*id, &format!("{} `{}`", told(keyword.text), id.text), before));
        }
        read(scope, field, &mut policy);
    }
    // A head or a field that could not be read may well have said so.
    let lacks = ast.id.is_some() && !ast.fields.iter().any(|field| matches!(field.value, FieldValue::Junk));
    let nobody = |by: &Approval| by.by.is_empty();
    policy.unread = !lacks
        || scope.findings.len() > before
        || seen.contains_key("owner") && policy.owner.is_none()
        || policy.approved.as_ref().is_some_and(nobody);
    if !seen.contains_key("organisation") && lacks && !world.lost.has("organisation") {
        scope.findings.push(
            Finding::new("syntax", ast.head, "the header does not say which organisation the policy speaks for")
                .help("add the field `organisation ID`"),
        );
    }
    policy
}

/// What a repeatable field declares, in a policy officer's words.
fn told(keyword: &str) -> &str {
    match keyword {
        "related" => "related document",
        other => other,
    }
}

fn read<'s>(scope: &mut Scope<'_, '_, 's>, field: &Field<'s>, policy: &mut Policy) {
    match (&field.value, field.keyword.text) {
        (FieldValue::Word(word), "organisation") => policy.organisation = scope.word(Kind::Organisation, *word),
        (FieldValue::Word(word), "owner") => policy.owner = scope.word(Kind::Party, *word),
        (FieldValue::Word(word), "status") => {
            policy.status = one_of(scope, *word, "status", Status::ALL, Status::name).map(|status| (status, word.span));
        }
        (FieldValue::Word(word), "default") => {
            policy.default = one_of(scope, *word, "default", Silence::ALL, Silence::name);
        }
        (FieldValue::Word(word), "numbering") => {
            policy.numbering = one_of(scope, *word, "numbering", Numbering::ALL, Numbering::name).unwrap_or_default();
        }
        (FieldValue::Words(words), "audience") => policy.audience = scope.words(Kind::Party, words),
        (FieldValue::Words(words), "signatories") => policy.signatories = scope.words(Kind::Party, words),
        (FieldValue::Text(text), "version") => policy.version = Some((text.text.to_string(), text.span)),
        (FieldValue::Text(text), "contact") => policy.contact = Some(text.text.to_string()),
        (FieldValue::Text(text), "language") => {
            (policy.language, policy.language_span) = (text.text.to_string(), Some(text.span));
        }
        (FieldValue::Text(text), "supersedes") => policy.supersedes.push(text.text.to_string()),
        (FieldValue::Date(date), _) => {
            policy.effective = amount::date(*date, &mut scope.findings).map(|day| (day, date.span));
        }
        (FieldValue::Approved { date, by, minute }, _) => {
            policy.approved = Some(Approval {
                date: date.and_then(|date| amount::date(date, &mut scope.findings)),
                by: scope.words(Kind::Party, by),
                minute: owned(minute.as_ref()),
                span: field.span,
            });
        }
        (FieldValue::Review { every, by }, _) => {
            policy.review = Review {
                every: every.and_then(|every| {
                    let length = amount::duration(&every, "the time between two reviews", &mut scope.findings)?;
                    Some((length, every.span))
                }),
                by: by.and_then(|by| Some((amount::date(by, &mut scope.findings)?, by.span))),
            };
        }
        (FieldValue::Related { id, title, url }, _) => policy.related.push(Related {
            id: id.text.to_owned(),
            title: title.text.to_string(),
            url: owned(url.as_ref()),
            span: id.span,
        }),
        (FieldValue::Basis { title, edition, url }, _) => policy.basis.push(Basis {
            title: title.text.to_string(),
            edition: owned(edition.as_ref()),
            url: owned(url.as_ref()),
        }),
        (FieldValue::History(lines), _) => {
            policy.history = lines.iter().filter_map(|line| history(scope, line)).collect();
        }
        (FieldValue::Parameter { id, label, value }, _) => policy.parameters.push(Parameter {
            id: id.text.to_owned(),
            label: label.text.to_string(),
            value: owned(value.as_ref()),
            span: id.span,
        }),
        // What every rule carries is read with the rules; the rest is text that could not be read.
        (FieldValue::EachRule(_) | FieldValue::Junk, _) => {}
        (FieldValue::Word(_) | FieldValue::Words(_) | FieldValue::Text(_), _) => {}
    }
}

/// A line of the history; one without a date there is is left out, after a finding.
fn history(scope: &mut Scope<'_, '_, '_>, line: &HistoryLine<'_>) -> Option<History> {
    let date = amount::date(line.date, &mut scope.findings)?;
    Some(History {
        version: line.version.text.to_string(),
        date,
        change: line.change.text.to_string(),
        span: line.span,
    })
}

/// The value of a closed list that is written so, or a finding.
fn one_of<T: Copy, const N: usize>(
    scope: &mut Scope<'_, '_, '_>,
    word: Word<'_>,
    field: &str,
    all: [T; N],
    name: fn(T) -> &'static str,
) -> Option<T> {
    let found = all.into_iter().find(|value| name(*value) == word.text);
    if found.is_none() {
        let names = all.map(name);
        let finding = Finding::new("syntax", word.span, format!("`{}` is not a {field}", word.text));
        scope.findings.push(suggest(finding, word.span, &closest(word.text, names), || {
            format!("write {}", listed(&names, "or"))
        }));
    }
    found
}

fn owned(text: Option<&Text<'_>>) -> Option<String> {
    text.map(|text| text.text.to_string())
}

impl<'a, 's> Scope<'_, 'a, 's> {
    /// The ids of this policy's parameters, in the order of [`Policy::parameters`].
    pub(super) fn parameters(&self) -> Vec<Word<'s>> {
        let id = |field: &'a Field<'s>| match &field.value {
            FieldValue::Parameter { id, .. } => Some(*id),
            _ => None,
        };
        self.outline().ast.fields.iter().filter_map(id).collect()
    }
}
