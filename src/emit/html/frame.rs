//! What every page has round what is its own: head, banner, navigation, footer.

use serde::Serialize;

use super::policy::Run;
use super::{INDEX, Pages, SCRIPT, STYLE};
use crate::emit::templates::TemplateError;
use crate::emit::view::Generator;

/// What a kind of page says of itself.
#[derive(Debug, Default)]
pub(super) struct Frame<'f> {
    /// The language of the page.
    pub language: &'f str,
    /// What the window and a search engine call it.
    pub title: String,
    /// A sentence for search engines and link previews.
    pub description: String,
    /// What the foot of every printed page says.
    pub running: String,
    /// What leads from the page to the folder of the index: `../`.
    pub root: String,
    /// What its own text is called in "Skip to …".
    pub skip: &'static str,
    /// Whose page it is, unless the settings name a publisher.
    pub whose: Option<&'f str>,
    /// The way to it from the index, the page itself last; empty for the index.
    pub trail: Vec<Step>,
    /// Its own text, finished.
    pub content: String,
    /// The lines of its footer, finished.
    pub foot: String,
}

/// A step on the way to a page.
#[derive(Debug, Serialize)]
pub(super) struct Step {
    /// What it is called.
    pub label: String,
    /// Where it leads; `None` for the page itself.
    pub href: Option<String>,
}

/// What the template is given.
#[derive(Serialize)]
struct Framed<'f> {
    generator: Generator,
    settings: Run,
    language: &'f str,
    title: &'f str,
    description: &'f str,
    running: &'f str,
    style: String,
    script: String,
    index: String,
    skip: &'f str,
    banner: Option<&'f str>,
    logo: Option<String>,
    trail: &'f [Step],
    content: &'f str,
    foot: &'f str,
}

impl Step {
    /// A step that leads somewhere.
    pub fn to(label: impl Into<String>, href: impl Into<String>) -> Self {
        Step { label: label.into(), href: Some(href.into()) }
    }

    /// The page itself.
    pub fn here(label: impl Into<String>) -> Self {
        Step { label: label.into(), href: None }
    }
}

impl Pages<'_> {
    /// A whole page.
    pub(super) fn framed(&self, frame: &Frame<'_>) -> Result<String, TemplateError> {
        let Frame { language, title, description, running, root, skip, whose, trail, content, foot } = frame;
        let brand = self.settings.brand;
        let data = Framed {
            generator: Generator::CLAUSAL,
            settings: self.settings.into(),
            language,
            title,
            description,
            running,
            style: format!("{root}{STYLE}"),
            script: format!("{root}{SCRIPT}"),
            index: format!("{root}{INDEX}"),
            skip,
            banner: brand.and_then(|it| it.name.as_deref()).or(*whose),
            logo: brand.and_then(|it| it.logo.as_ref()).map(|logo| format!("{root}{}", logo.file())),
            trail,
            content,
            foot,
        };
        let mut out = String::with_capacity(content.len() + 4096);
        self.templates.html("page", &data, &mut out)?;
        Ok(out)
    }
}
