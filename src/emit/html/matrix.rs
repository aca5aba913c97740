//! Who must do what: the readers of an organisation, and a table of what the rules say of each of them and each act.
//!
//! Acts are rows and parties are columns: there are many of the first and few of the second, and a heading that lies on
//! its side is hard to read. Parties whom the very same rules bind as a wider one share its column. A cell has the strongest
//! of what is in force, or of what is proposed where nothing is; `may … but only` counts as the permission it is told as.

use std::collections::BTreeMap;

use serde::Serialize;

use super::INDEX;
use super::frame::{Frame, Step};
use super::policy::Run;
use super::reader::{Drawn, Of};
use crate::emit::page::{Asked, Cell, Linked, Reader, capitalised, joined, several};
use crate::emit::templates::TemplateError;
use crate::model::{Modality, RuleId};

/// How many parties stand side by side: more do not go on a sheet of paper.
const ABREAST: usize = 12;
/// How many go on a sheet that stands upright.
const UPRIGHT: usize = 7;

/// What the page is called.
pub(super) const TITLE: &str = "Who must do what";

#[derive(Serialize)]
struct Page {
    settings: Run,
    title: &'static str,
    organisation: String,
    drawn: Vec<Drawn>,
    schools: Option<String>,
    below: Vec<Linked>,
    readers: Vec<Line>,
    key: Vec<Letter>,
    proposed: bool,
    has_proposed: bool,
    tables: Vec<Table>,
    /// Those who share the column of another.
    same: Vec<String>,
}

/// A reader in the list.
#[derive(Serialize)]
struct Line {
    href: String,
    label: String,
    level: usize,
    told: String,
    also: Option<String>,
}

/// A piece of the table, as wide as paper is.
#[derive(Serialize)]
struct Table {
    id: String,
    caption: String,
    /// Whether it needs the long side of the paper.
    wide: bool,
    count: usize,
    columns: Vec<Linked>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    label: String,
    level: usize,
    kind_of: Option<String>,
    cells: Vec<Option<Shown>>,
}

/// A cell that has something in it.
#[derive(Serialize)]
struct Shown {
    href: String,
    letters: Vec<Letter>,
    words: String,
    rules: usize,
    told: String,
    is_proposed: bool,
}

/// A modality in one or two letters.
#[derive(Serialize)]
struct Letter {
    modality: &'static str,
    letters: &'static str,
}

/// A party with a column.
struct Column<'r> {
    reader: &'r Reader,
    rules: Vec<RuleId>,
    shared: Vec<&'r Reader>,
}

/// The page; what is asked of each reader comes in the readers' order.
pub(super) fn page(of: &Of<'_, '_>, asked: &[Asked]) -> Result<String, TemplateError> {
    let label = &of.organisation.label;
    let columns = columns(of);
    let tables: Vec<Table> =
        columns.chunks(ABREAST).enumerate().filter_map(|(at, columns)| table(of, at, columns)).collect();
    let data = Page {
        settings: of.pages.settings.into(),
        title: TITLE,
        organisation: label.clone(),
        drawn: of.drawn(),
        schools: of.with(),
        below: below(of),
        readers: of.organisation.readers.iter().zip(asked).map(|(reader, asked)| line(of, reader, asked)).collect(),
        key: Modality::ALL.map(Letter::of).into(),
        proposed: of.proposed,
        has_proposed: tables
            .iter()
            .flat_map(|table| &table.rows)
            .any(|row| row.cells.iter().flatten().any(|cell| cell.is_proposed)),
        same: same(of, &columns),
        tables,
    };
    let (mut content, mut foot) = (String::with_capacity(64 * 1024), String::new());
    of.pages.templates.html("matrix", &data, &mut content)?;
    of.pages.templates.html("reader-foot", &data, &mut foot)?;
    of.pages.framed(&Frame {
        language: of.language(),
        title: format!("{TITLE} – {label}"),
        description: format!("What the policies of {label} ask of each of their readers."),
        running: format!("{label} · {TITLE}"),
        root: "../../".to_owned(),
        skip: "who must do what",
        whose: Some(label),
        trail: vec![
            Step::to("All policies", format!("../../{INDEX}")),
            Step::to(label, format!("../../{INDEX}#{}", of.organisation.id)),
            Step::here(TITLE),
        ],
        content,
        foot,
    })
}

/// The parties with columns: all whom rules bind directly, unless the very same bind a party above them.
fn columns<'r>(of: &Of<'r, '_>) -> Vec<Column<'r>> {
    let vocabulary = &of.pages.site.scope.collection.vocabulary;
    let mut columns: Vec<Column<'r>> = Vec::new();
    let mut by_rules: BTreeMap<Vec<RuleId>, Vec<usize>> = BTreeMap::new();
    let mut narrower = Vec::new();
    for reader in &of.organisation.readers {
        let rules = of.pages.readership.binding(of.organisation, reader.party);
        if of.pages.readership.is_bearer(of.organisation, reader.party) {
            by_rules.entry(rules.clone()).or_default().push(columns.len());
            columns.push(Column { reader, rules, shared: Vec::new() });
        } else if !rules.is_empty() {
            narrower.push((reader, rules));
        }
    }
    for (reader, rules) in narrower {
        let alike = by_rules.get(&rules).into_iter().flatten().copied();
        let above = alike.into_iter().find(|&at| vocabulary.is_below(reader.party, columns[at].reader.party));
        match above {
            Some(at) => columns[at].shared.push(reader),
            None => columns.push(Column { reader, rules, shared: Vec::new() }),
        }
    }
    columns.sort_by_key(|column| column.reader.party);
    columns
}

fn table(of: &Of<'_, '_>, at: usize, columns: &[Column<'_>]) -> Option<Table> {
    let parties: Vec<Linked> = columns.iter().map(|column| party(of, column.reader)).collect();
    let caption = match parties.as_slice() {
        [one] => one.text.clone(),
        [first, .., last] => format!("{} to {}", first.text, last.text),
        [] => return None,
    };
    Some(Table {
        id: format!("page.matrix.{}", at + 1),
        caption: format!("What the rules say to each: {caption}"),
        wide: columns.len() > UPRIGHT,
        count: columns.len(),
        columns: parties,
        rows: rows(of, columns),
    })
}

fn rows(of: &Of<'_, '_>, columns: &[Column<'_>]) -> Vec<Row> {
    let vocabulary = &of.pages.site.scope.collection.vocabulary;
    let mut by_column: Vec<Vec<Vec<RuleId>>> =
        columns.iter().map(|column| of.pages.readership.by_act(&of.acts, &column.rules)).collect();
    let rows = of.acts.iter().enumerate().map(|(at, act)| {
        let cells = columns.iter().zip(&mut by_column).map(|(column, by_act)| {
            let rules = by_act.get_mut(at).map(std::mem::take).unwrap_or_default();
            shown(of, column.reader, &of.act_id(act.action), &rules)
        });
        Row {
            label: vocabulary.word(act.action).label.clone(),
            level: act.level,
            kind_of: act.kind_of.map(|wider| vocabulary.word(wider).label.clone()),
            cells: cells.collect(),
        }
    });
    rows.filter(|row| row.cells.iter().any(Option::is_some)).collect()
}

fn shown(of: &Of<'_, '_>, reader: &Reader, act: &str, rules: &[RuleId]) -> Option<Shown> {
    let collection = of.pages.site.scope.collection;
    let state = |id: &RuleId| (collection.rule(*id).modality, of.standing(id.policy).is_in_force());
    let cell = Cell::of(rules.iter().map(state))?;
    let href = match rules {
        [one] => of.address(*one),
        _ => format!("{}.html#{act}", reader.stem),
    };
    let mut told = count(cell.rules, "rule", "rules");
    // Where nothing is in force, the page says so once.
    let is_proposed = cell.is_proposed && of.mixed;
    if is_proposed {
        told.push_str(", not in force");
    }
    if cell.proposed > 0 {
        told.push_str(&format!(", {} more not in force", cell.proposed));
    }
    Some(Shown {
        href,
        words: joined(&cell.strongest.iter().map(|it| it.words()).collect::<Vec<_>>()),
        letters: cell.strongest.iter().map(|&it| Letter::of(it)).collect(),
        rules: cell.rules,
        told,
        is_proposed,
    })
}

fn line(of: &Of<'_, '_>, reader: &Reader, asked: &Asked) -> Line {
    let collection = of.pages.site.scope.collection;
    let mut rules: BTreeMap<Modality, usize> = BTreeMap::new();
    let binding = of.pages.readership.binding(of.organisation, reader.party);
    for &id in &binding {
        *rules.entry(collection.rule(id).modality).or_default() += 1;
    }
    let parts: Vec<String> = rules.iter().map(|(modality, count)| format!("{count} {}", modality.words())).collect();
    let some: usize = asked.some.iter().map(|(_, rules)| rules.len()).sum();
    let mut told: Vec<String> = Vec::new();
    if !parts.is_empty() {
        told.push(format!("{}: {}", count(binding.len(), "rule", "rules"), parts.join(", ")));
    }
    if some > 0 && parts.is_empty() {
        told.push(format!("{} for some of them", count(some, "rule", "rules")));
    } else if some > 0 {
        told.push(format!("{some} more only for some of them"));
    }
    let Linked { text, href } = party(of, reader);
    Line {
        href: href.unwrap_or_default(),
        label: text,
        level: of.pages.readership.level(of.organisation, reader.party),
        told: told.join("; "),
        also: of.also(reader),
    }
}

/// The organisations below that have policies of their own.
fn below(of: &Of<'_, '_>) -> Vec<Linked> {
    let organisations = of.organisation.below.iter().filter_map(|&at| of.pages.readership.organisations.get(at));
    let link = |it: &crate::emit::page::Organisation| Linked {
        text: it.label.clone(),
        href: Some(format!("../../{}", super::reader::index(it))),
    };
    organisations.filter(|it| !it.readers.is_empty()).map(link).collect()
}

/// A sentence for each column that others share.
fn same(of: &Of<'_, '_>, columns: &[Column<'_>]) -> Vec<String> {
    let vocabulary = &of.pages.site.scope.collection.vocabulary;
    let shared = columns.iter().filter(|column| !column.shared.is_empty()).map(|column| {
        let who: Vec<&str> = column.shared.iter().map(|reader| several(vocabulary, reader.party)).collect();
        format!("{}: as {}", capitalised(&joined(&who)), several(vocabulary, column.reader.party))
    });
    shared.collect()
}

fn party(of: &Of<'_, '_>, reader: &Reader) -> Linked {
    let label = several(&of.pages.site.scope.collection.vocabulary, reader.party);
    Linked { text: capitalised(label), href: Some(format!("{}.html", reader.stem)) }
}

fn count(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

impl Letter {
    fn of(modality: Modality) -> Self {
        let letters = match modality {
            Modality::Must => "M",
            Modality::MustNot => "MN",
            Modality::Should => "S",
            Modality::ShouldNot => "SN",
            Modality::May => "P",
            Modality::NeedNot => "NN",
        };
        Letter { modality: modality.words(), letters }
    }
}
