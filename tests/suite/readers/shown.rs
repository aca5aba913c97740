//! What the pages of readers show, read off their HTML.

use std::collections::BTreeMap;

/// A row of one column: its words, and where any rule speaks the letters and how many rules are counted.
pub type Row = (String, Option<(Vec<String>, usize)>);

/// The rules of a reader's page: the id of each, with the id of the section it stands in.
pub fn entries(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for section in page.split("<section ").skip(1) {
        let name = between(section, "id=\"", "\"").expect("a section with an id");
        let asks = section.split("<li class=\"ask\" id=\"page.entry.").skip(1);
        found.extend(
            asks.filter_map(|rest| rest.split('"').next()).map(|id| (id.replace("&amp;", "&"), name.to_owned())),
        );
    }
    found
}

/// The table: for each pair of column and row, by the name of the column's page and the words of the row, the letters of
/// its cell and how many rules it counts. Rows of the same words are one after the other.
pub fn table(page: &str) -> BTreeMap<String, Vec<Row>> {
    let mut cells: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for table in page.split("<table class=\"matrix\"").skip(1) {
        let head = between(table, "<thead>", "</thead>").expect("a head");
        let columns = head.split(" href=\"").skip(1).map(|rest| rest.split('"').next().expect("an end"));
        let columns: Vec<&str> = columns.collect();
        for row in between(table, "<tbody>", "</tbody>").expect("a body").split("<tr>").skip(1) {
            let label = between(row, "\">", "<").expect("a heading").to_owned();
            let row: Vec<&str> = row.split("<td").skip(1).collect();
            assert_eq!(row.len(), columns.len(), "a cell for each column: {label}");
            for (column, cell) in columns.iter().zip(row) {
                cells.entry((*column).to_owned()).or_default().push((label.clone(), said(&label, cell)));
            }
        }
    }
    cells
}

fn said(label: &str, cell: &str) -> Option<(Vec<String>, usize)> {
    let letters: Vec<String> =
        cell.split("<b ").skip(1).map(|rest| between(rest, ">", "<").expect("letters").to_owned()).collect();
    if letters.is_empty() {
        assert!(cell.contains(">no rule<"), "{label}: {cell}");
        return None;
    }
    let number = between(cell, ", </span>", "<").expect("a number");
    Some((letters, number.parse().expect("a number of rules")))
}

/// What stands between two texts, the first of them where it stands first.
pub fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let from = text.split_once(start)?.1;
    Some(from.split_once(end)?.0)
}
