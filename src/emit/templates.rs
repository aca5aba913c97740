//! The templates of the pages: built in, and replaceable one by one.
//!
//! Strict: a name that there is not, an `{{#if}}` of it too, is an error with its template and line, never an empty
//! place. Everything that is put in with two braces is escaped for its format. Knows no policy and opens no file.

use std::collections::BTreeMap;
use std::fmt;
use std::io;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason, Renderable,
};
use serde::Serialize;
use serde_json::Value;

use super::prose::escape;
use crate::text::{one_line, safe};

/// The folder of the parts of the stylesheet, which are no templates.
const STYLE: &str = "html/style/";

macro_rules! built_in {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../templates/", $name)))),*] };
}

/// Every file that can be replaced, with its text.
pub const BUILT_IN: &[(&str, &str)] = built_in![
    "html/accepted.hbs",
    "html/clause.hbs",
    "html/changes/clause.hbs",
    "html/changes/fields.hbs",
    "html/changes/finding.hbs",
    "html/changes/marks.hbs",
    "html/changes/page.hbs",
    "html/changes/policy.hbs",
    "html/changes/report.hbs",
    "html/contents.hbs",
    "html/definitions.hbs",
    "html/index-foot.hbs",
    "html/index.hbs",
    "html/matrix.hbs",
    "html/note.hbs",
    "html/page.hbs",
    "html/picture.hbs",
    "html/policy-foot.hbs",
    "html/policy.hbs",
    "html/prose.hbs",
    "html/reader-foot.hbs",
    "html/reader-rule.hbs",
    "html/reader.hbs",
    "html/rules.hbs",
    "html/search.js",
    "html/section.hbs",
    // The parts of the stylesheet, in the order in which they are joined: rooms first, then what changes them.
    "html/style/colours.css",
    "html/style/ground.css",
    "html/style/furniture.css",
    "html/style/search.css",
    "html/style/index.css",
    "html/style/contents.css",
    "html/style/policy.css",
    "html/style/summary.css",
    "html/style/picture.css",
    "html/style/reader.css",
    "html/style/matrix.css",
    "html/style/rules.css",
    "html/style/changes.css",
    "html/style/narrow.css",
    "html/style/wide.css",
    "html/style/paper.css",
    "html/style/forced.css",
    "html/summary-foot.hbs",
    "html/summary.hbs",
    "html/unnumbered.hbs",
    "html/withdrawn.hbs",
    "markdown/accepted.hbs",
    "markdown/changes/clause.hbs",
    "markdown/changes/finding.hbs",
    "markdown/changes/head.hbs",
    "markdown/changes/marks.hbs",
    "markdown/changes/party.hbs",
    "markdown/changes/policy.hbs",
    "markdown/changes/rest.hbs",
    "markdown/changes/word.hbs",
    "markdown/clause.hbs",
    "markdown/definitions.hbs",
    "markdown/policy.hbs",
    "markdown/print.css",
    "markdown/rules.hbs",
    "markdown/withdrawn.hbs",
    "pdf/body.typ",
    "pdf/look.typ",
    "pdf/policy.typ",
];

/// The folder of the templates of comments on GitHub and GitLab, where more has to be escaped than in a document.
const COMMENT: &str = "markdown/changes/";

/// The folder of the templates of the report of what changed.
const REPORT: &str = "html/changes/";

/// The part of the stylesheet that is only that report's, and those that it shares with the pages.
const REPORT_STYLE: &str = "html/style/changes.css";
const SHARED_STYLE: [&str; 5] = [
    "html/style/colours.css",
    "html/style/ground.css",
    "html/style/furniture.css",
    "html/style/paper.css",
    "html/style/forced.css",
];

/// The name of the script of the search, which is no template.
const SCRIPT: &str = "html/search.js";

/// The name of the stylesheet for what Pandoc makes of the Markdown. It is no template either.
pub const PRINT: &str = "markdown/print.css";

/// The folder of the templates that Typst reads.
pub const PDF: &str = "pdf/";

/// The folder of fonts, which add to those that are built in.
pub const FONTS: &str = "pdf/fonts/";

/// The templates of a run.
pub struct Templates {
    html: Handlebars<'static>,
    markdown: Handlebars<'static>,
    comment: Handlebars<'static>,
    report: Handlebars<'static>,
    style: String,
    report_style: String,
    script: String,
    print: String,
    pdf: BTreeMap<String, String>,
    fonts: Vec<(String, Vec<u8>)>,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// Its name, as in [`BUILT_IN`].
    pub template: String,
    /// The line, from 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl Templates {
    /// The built-in templates, with `replacements` (a name of [`BUILT_IN`] and a text each) in the place of theirs.
    ///
    /// # Errors
    /// A replacement of nothing that there is, or a text that is no template.
    pub fn new(replacements: impl IntoIterator<Item = (String, String)>) -> Result<Self, TemplateError> {
        let mut replacements: BTreeMap<String, String> = replacements.into_iter().collect();
        let texts: Vec<(&str, String)> = BUILT_IN
            .iter()
            .map(|&(name, text)| (name, replacements.remove(name).unwrap_or_else(|| text.to_owned())))
            .collect();
        if let Some((name, _)) = replacements.pop_first() {
            return Err(unknown(name));
        }
        let mut templates = Templates {
            html: registry(),
            markdown: registry(),
            comment: registry(),
            report: registry(),
            style: String::new(),
            report_style: String::new(),
            script: String::new(),
            print: String::new(),
            pdf: BTreeMap::new(),
            fonts: Vec::new(),
        };
        templates.html.register_escape_fn(|text| {
            let mut out = String::with_capacity(text.len());
            escape::html(text, &mut out);
            out
        });
        templates.markdown.register_escape_fn(|text| {
            let mut out = String::with_capacity(text.len());
            escape::markdown(text, true, &mut out);
            out
        });
        templates.report.register_escape_fn(|text| {
            let mut out = String::with_capacity(text.len());
            escape::html(&safe(text), &mut out);
            out
        });
        templates.report.register_helper("told", Box::new(told_in_html));
        templates.comment.register_helper("told", Box::new(told_in_a_comment));
        templates.comment.register_escape_fn(|text| {
            let mut out = String::with_capacity(text.len());
            escape::comment(text, true, &mut out);
            out
        });
        for (name, text) in texts {
            if name.starts_with(STYLE) {
                if name != REPORT_STYLE {
                    join(&mut templates.style, &text);
                }
                if name == REPORT_STYLE || SHARED_STYLE.contains(&name) {
                    join(&mut templates.report_style, &text);
                }
                continue;
            }
            if name == SCRIPT {
                templates.script = text;
                continue;
            }
            if name == PRINT {
                templates.print = text;
                continue;
            }
            if name.starts_with(PDF) {
                // Typst reads them when a document is made.
                templates.pdf.insert(name.to_owned(), text);
                continue;
            }
            let registry = match name {
                _ if name.starts_with(REPORT) => &mut templates.report,
                _ if name.starts_with("html/") => &mut templates.html,
                _ if name.starts_with(COMMENT) => &mut templates.comment,
                _ => &mut templates.markdown,
            };
            registry.register_template_string(name, text).map_err(|error| unreadable(name, &error))?;
        }
        Ok(templates)
    }

    /// The same with fonts for what Typst makes, each with its name, which begins with [`FONTS`], and its bytes.
    pub fn with_fonts(mut self, fonts: Vec<(String, Vec<u8>)>) -> Self {
        self.fonts = fonts;
        self
    }

    /// The templates that Typst reads, by name.
    pub fn pdf(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pdf.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The fonts that lie among the templates.
    pub fn fonts(&self) -> &[(String, Vec<u8>)] {
        &self.fonts
    }

    /// The stylesheet, its parts joined.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The stylesheet of the report of what changed.
    pub fn report_style(&self) -> &str {
        &self.report_style
    }

    /// The script of the search.
    pub fn script(&self) -> &str {
        &self.script
    }

    /// The stylesheet for what Pandoc makes.
    pub fn print(&self) -> &str {
        &self.print
    }

    /// Fills a template of the HTML in, at the end of `out`; `name` is that of its file, without its ending.
    pub(super) fn html(&self, name: &str, data: &impl Serialize, out: &mut String) -> Result<(), TemplateError> {
        render(&self.html, &format!("html/{name}.hbs"), data, out)
    }

    /// Fills a template of the Markdown in, at the end of `out`.
    pub(super) fn markdown(&self, name: &str, data: &impl Serialize, out: &mut String) -> Result<(), TemplateError> {
        render(&self.markdown, &format!("markdown/{name}.hbs"), data, out)
    }

    /// Fills a template of the report of what changed in, at the end of `out`.
    pub(super) fn report(&self, name: &str, data: &impl Serialize, out: &mut String) -> Result<(), TemplateError> {
        render(&self.report, &format!("{REPORT}{name}.hbs"), data, out)
    }

    /// Fills a template of a comment in, at the end of `out`.
    pub(super) fn comment(&self, name: &str, data: &impl Serialize, out: &mut String) -> Result<(), TemplateError> {
        render(&self.comment, &format!("{COMMENT}{name}.hbs"), data, out)
    }
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").finish_non_exhaustive()
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "template `{}`, line {line}: {}", self.template, self.message),
            None => write!(f, "template `{}`: {}", self.template, self.message),
        }
    }
}

impl std::error::Error for TemplateError {}

fn registry() -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_helper("if", Box::new(If { wanted: true }));
    registry.register_helper("unless", Box::new(If { wanted: false }));
    registry.register_helper("yaml", Box::new(yaml));
    registry
}

fn render(
    registry: &Handlebars<'static>,
    name: &str,
    data: &impl Serialize,
    out: &mut String,
) -> Result<(), TemplateError> {
    registry.render_to_write(name, data, Text(out)).map_err(|error| {
        let message = match error.reason() {
            RenderErrorReason::MissingVariable(Some(variable)) => format!("there is no `{variable}` here"),
            RenderErrorReason::MissingVariable(None) => "a name that there is not".to_owned(),
            RenderErrorReason::HelperNotFound(helper) => format!("there is no `{helper}` here"),
            RenderErrorReason::PartialNotFound(partial) => format!("there is no template `{partial}`"),
            other => other.to_string(),
        };
        let template = error.template_name.clone().unwrap_or_else(|| name.to_owned());
        TemplateError { template, line: error.line_no, message }
    })
}

/// Text that grows: a template is filled in where it belongs, without a buffer of its own.
struct Text<'t>(&'t mut String);

impl io::Write for Text<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Each piece of a template is written whole, so that no character is ever cut.
        self.0.push_str(std::str::from_utf8(bytes).map_err(io::Error::other)?);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Appends a part of a stylesheet to those before it.
fn join(style: &mut String, part: &str) {
    if !style.is_empty() {
        style.push('\n');
    }
    style.push_str(part);
}

fn unknown(name: String) -> TemplateError {
    let known: Vec<&str> = BUILT_IN.iter().map(|&(name, _)| name).collect();
    let message = format!("there is no template of this name to replace; there are {}", known.join(", "));
    TemplateError { template: name, line: None, message }
}

fn unreadable(name: &str, error: &handlebars::TemplateError) -> TemplateError {
    TemplateError {
        template: name.to_owned(),
        line: error.pos().map(|(line, _)| line),
        message: error.reason().to_string().trim().replace('\n', " "),
    }
}

/// `{{#if x}}` and `{{#unless x}}` that do not take a name there is not for one that is empty.
struct If {
    wanted: bool,
}

impl HelperDef for If {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = helper.param(0).ok_or(RenderErrorReason::ParamNotFoundForIndex("if", 0))?;
        if value.is_value_missing() {
            return Err(RenderErrorReason::MissingVariable(value.relative_path().cloned()).into());
        }
        let is_filled = match value.value() {
            Value::Null => false,
            Value::Bool(value) => *value,
            Value::Number(number) => number.as_f64() != Some(0.0),
            Value::String(text) => !text.is_empty(),
            Value::Array(list) => !list.is_empty(),
            Value::Object(_) => true,
        };
        let template = if is_filled == self.wanted { helper.template() } else { helper.inverse() };
        template.map_or(Ok(()), |template| template.render(registry, context, state, out))
    }
}

/// `{{told x}}` in a report: a message of this program, in which what stands between backticks is code.
fn told_in_html(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let mut told = String::new();
    for (text, is_code) in pieces(&safe(&message(helper)?)) {
        told.push_str(if is_code { "<code>" } else { "" });
        escape::html(text, &mut told);
        told.push_str(if is_code { "</code>" } else { "" });
    }
    out.write(&told)?;
    Ok(())
}

/// The same in a comment.
fn told_in_a_comment(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let mut told = String::new();
    for (at, (text, is_code)) in pieces(&one_line(&message(helper)?)).into_iter().enumerate() {
        match is_code {
            true => told.push_str(&format!("`{text}`")),
            false => escape::comment(text, at == 0, &mut told),
        }
    }
    out.write(&told)?;
    Ok(())
}

fn message(helper: &Helper<'_>) -> Result<String, RenderErrorReason> {
    let value = helper.param(0).ok_or(RenderErrorReason::ParamNotFoundForIndex("told", 0))?;
    if value.is_value_missing() {
        return Err(RenderErrorReason::MissingVariable(value.relative_path().cloned()));
    }
    Ok(value.value().as_str().unwrap_or("").to_owned())
}

/// A message as text and what stands between backticks; all of it text where these come in no pairs.
fn pieces(message: &str) -> Vec<(&str, bool)> {
    let pieces: Vec<&str> = message.split('`').collect();
    let is_blank = |piece: &&str| piece.trim().is_empty();
    if pieces.len().is_multiple_of(2) || pieces.iter().skip(1).step_by(2).any(is_blank) {
        return vec![(message, false)];
    }
    pieces.into_iter().enumerate().map(|(at, piece)| (piece, at % 2 == 1)).collect()
}

/// `{{yaml x}}`: text as a value of YAML that Pandoc reads as Markdown: escaped for it, then quoted.
fn yaml(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let value = helper.param(0).ok_or(RenderErrorReason::ParamNotFoundForIndex("yaml", 0))?;
    if value.is_value_missing() {
        return Err(RenderErrorReason::MissingVariable(value.relative_path().cloned()).into());
    }
    let mut text = String::new();
    escape::markdown(value.value().as_str().unwrap_or(""), true, &mut text);
    out.write(&Value::String(text).to_string())?;
    Ok(())
}
