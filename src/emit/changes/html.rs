//! What changed, on a page for governors: one file that needs no other, no network and no script, to send and to print.

mod logo;

use serde::Serialize;

use super::told::Told;
use super::view::Changes;
use crate::emit::brand::Brand;
use crate::emit::html::in_colour;
use crate::emit::templates::{TemplateError, Templates};
use crate::emit::view::Generator;

/// What the template of the page is given.
#[derive(Serialize)]
struct Page<'p> {
    generator: Generator,
    told: Told<'p>,
    /// What the foot of every printed page says.
    running: String,
    style: String,
    banner: Option<&'p str>,
    logo: Option<String>,
    jumps: Vec<Jump>,
}

/// A part of the page that a link at its top leads to.
#[derive(Serialize)]
struct Jump {
    href: &'static str,
    label: &'static str,
}

/// The longest a name is at the foot of a sheet of paper, which has one line.
const LONGEST_NAME: usize = 32;

/// The name of a side in one line, by its end if it is a long path.
fn short(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST_NAME {
        return name.to_owned();
    }
    let end: String = name.chars().skip(length - LONGEST_NAME + 1).collect();
    format!("…{end}")
}

/// The page.
///
/// # Errors
/// A template at fault.
pub fn html(changes: &Changes, templates: &Templates, brand: Option<&Brand>) -> Result<String, TemplateError> {
    let told = Told::of(changes, "→");
    let parts = [
        ("#page.whom", "What changes for whom", !told.parties.is_empty()),
        ("#page.material", "Material changes", told.has_material),
        ("#page.editorial", "Editorial changes", told.has_editorial),
        ("#page.words", "Words of the vocabulary", !told.words.is_empty()),
        ("#page.new", "New findings", !told.new_findings.is_empty()),
        ("#page.gone", "Findings that are gone", !told.resolved_findings.is_empty()),
        ("#page.gaps", "What could not be understood", !told.gaps.is_empty()),
        ("#page.legend", "What the words mean", !told.legend.is_empty()),
    ];
    let page = Page {
        generator: Generator::CLAUSAL,
        // Nothing in a stylesheet may end the element it stands in.
        style: in_colour(templates.report_style(), brand).replace("</", "<\\/"),
        banner: brand.and_then(|brand| brand.name.as_deref()),
        logo: brand.and_then(|brand| brand.logo.as_ref()).map(logo::address),
        jumps: parts
            .into_iter()
            .filter(|(_, _, is_there)| *is_there)
            .map(|(href, label, _)| Jump { href, label })
            .collect(),
        running: format!("What changes: {} → {}", short(told.old), short(told.new)),
        told,
    };
    let mut out = String::new();
    templates.report("page", &page, &mut out)?;
    Ok(out)
}
