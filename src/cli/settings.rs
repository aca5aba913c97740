//! The settings of a collection, `clausal.toml`: every key known, every mistake told with its place.
//!
//! It knows the names of settings, not what they do: levels go to [`super::severities`], the rest to the verbs.

mod site;

use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::args::Format;
use super::failure::{Failure, nearest};
use super::files::read_text;
use super::paths::shown;
use super::severities::{Level, Names};
use crate::emit::brand::Brand;
use crate::source::SourceFile;

/// The name of the file.
pub(super) const FILE: &str = "clausal.toml";

const SECTIONS: [&str; 3] = ["checks", "output", "site"];
const OUTPUT: [&str; 3] = ["folder", "formats", "templates"];

/// What the settings say; everything may be left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// How much findings weigh, by the name of a check or family.
    pub levels: Vec<(String, Level)>,
    /// The output folder, as seen from the current folder.
    pub folder: Option<PathBuf>,
    /// What is written.
    pub formats: Vec<Format>,
    /// The templates folder, as seen from the current folder.
    pub templates: Option<PathBuf>,
    /// Who publishes.
    pub brand: Brand,
    /// The file of the logo, as seen from the current folder.
    pub logo: Option<PathBuf>,
}

/// A settings file being read.
struct Reader<'s> {
    file: &'s SourceFile,
    folder: &'s Path,
    base: &'s Path,
    names: &'s Names,
    settings: Settings,
    mistakes: Vec<Failure>,
    /// Whether the file is not the one on the disk, so that those it names need not be there.
    is_past: bool,
}

impl Settings {
    /// The settings that hold for the paths: those of the first folder, or of the first file's folder. Besides, warnings
    /// about settings files that are left aside.
    pub fn read(paths: &[PathBuf], base: &Path, names: &Names) -> Result<(Self, Vec<Failure>), Failure> {
        let folders = folders(paths);
        let Some((first, others)) = folders.split_first() else { return Ok((Settings::default(), Vec::new())) };
        let warnings = others
            .iter()
            .filter(|folder| folder.join(FILE).exists() && folder.canonicalize().ok() != first.canonicalize().ok())
            .map(|folder| {
                let told = shown(&folder.join(FILE), base);
                let first = shown(first, base);
                Failure::new(format!("`{told}` is left aside: the settings are those of the first folder, `{first}`"))
            })
            .collect();
        let path = first.join(FILE);
        if path.symlink_metadata().is_err() {
            return Ok((Settings::default(), warnings));
        }
        let file = SourceFile::new(shown(&path, base), read_text(&path, base)?);
        Ok((Settings::parse(&file, first, base, names)?, warnings))
    }

    /// Every file that settings could stand in, whether it is there or not.
    pub fn places(paths: &[PathBuf]) -> Vec<PathBuf> {
        folders(paths).into_iter().map(|folder| folder.join(FILE)).collect()
    }

    /// The settings in `file`, whose paths start from `folder`.
    fn parse(file: &SourceFile, folder: &Path, base: &Path, names: &Names) -> Result<Self, Failure> {
        Reader { file, folder, base, names, settings: Settings::default(), mistakes: Vec::new(), is_past: false }.read()
    }

    /// The settings in `file` as it was once: the logo it names may be another now, and is not looked at.
    pub fn parse_past(file: &SourceFile, folder: &Path, base: &Path, names: &Names) -> Result<Self, Failure> {
        Reader { file, folder, base, names, settings: Settings::default(), mistakes: Vec::new(), is_past: true }.read()
    }
}

impl Reader<'_> {
    fn read(mut self) -> Result<Settings, Failure> {
        // TOML knows no byte-order mark in the middle; at the start it is skipped, as in a policy.
        match DeTable::parse(self.file.text()) {
            Ok(table) => self.table(table.get_ref()),
            Err(error) => {
                let message = error.message().lines().next().unwrap_or("it is not valid TOML").to_owned();
                self.mistake(error.span().unwrap_or(0..0), message, None);
            }
        }
        match Failure::all(self.mistakes) {
            Some(failure) => Err(failure),
            None => Ok(self.settings),
        }
    }
}

/// The folders of the paths, each once and in the order given.
fn folders(paths: &[PathBuf]) -> Vec<&Path> {
    let mut folders = Vec::new();
    for path in paths {
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(Path::new("")) };
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    folders
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("checks", DeValue::Table(table)) => self.checks(table),
                ("output", DeValue::Table(table)) => self.output(table),
                ("site", DeValue::Table(table)) => self.site(table),
                (section @ ("checks" | "output" | "site"), _) => {
                    self.mistake(
                        value.span(),
                        format!("`{section}` is a heading"),
                        Some(format!("write `[{section}]`")),
                    );
                }
                (other, _) => self.unknown(key.span(), other, "", &SECTIONS),
            }
        }
    }

    fn checks(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            if let Err(failure) = self.names.known(name) {
                self.mistake(key.span(), failure.message, failure.help);
                continue;
            }
            let written = value.get_ref().as_str().unwrap_or("");
            let Some(level) = Level::parse(written) else {
                let message = format!("`{name}` is one of \"error\", \"warning\", \"note\", \"off\"");
                self.mistake(value.span(), message, None);
                continue;
            };
            match self.names.can_be(name, level) {
                Ok(()) => self.settings.levels.push((name.to_owned(), level)),
                Err(failure) => self.mistake(value.span(), failure.message, failure.help),
            }
        }
    }

    fn output(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "folder" => self.settings.folder = self.path(value, "folder"),
                "templates" => self.settings.templates = self.path(value, "templates"),
                "formats" => self.formats(value),
                other => self.unknown(key.span(), other, " of [output]", &OUTPUT),
            }
        }
    }

    fn path(&mut self, value: &Spanned<DeValue<'_>>, name: &str) -> Option<PathBuf> {
        match value.get_ref().as_str() {
            Some(path) if !path.is_empty() => Some(self.folder.join(path)),
            _ => {
                let message = format!("`{name}` is the path of a folder, seen from this file");
                self.mistake(value.span(), message, Some("write it in quotes, with `/` between its parts".to_owned()));
                None
            }
        }
    }

    fn formats(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(list) = value.get_ref().as_array().filter(|list| !list.is_empty()) else {
            let message = "`formats` is a list of what is written".to_owned();
            return self.mistake(value.span(), message, Some("for example [\"html\", \"json\"]".to_owned()));
        };
        for item in list.iter() {
            let written = item.get_ref().as_str().unwrap_or("");
            // The names are those that `--format` takes.
            match Format::from_str(written, false) {
                Ok(format) if self.settings.formats.contains(&format) => {}
                Ok(format) => self.settings.formats.push(format),
                Err(_) => {
                    let named: Vec<_> = Format::value_variants().iter().filter_map(Format::to_possible_value).collect();
                    let names = || named.iter().map(PossibleValue::get_name);
                    let near = nearest(written, names());
                    let help = near.map(|near| format!("did you mean \"{near}\"?"));
                    let all: Vec<String> = names().map(|name| format!("\"{name}\"")).collect();
                    self.mistake(item.span(), format!("a format is one of {}", all.join(", ")), help);
                }
            }
        }
    }

    fn unknown(&mut self, span: Range<usize>, name: &str, place: &str, known: &[&str]) {
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are `{}`", known.join("`, `")),
        };
        self.mistake(span, format!("`{name}` is not a setting{place}"), Some(help));
    }

    fn mistake(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        let at = self.file.position(span.start as u32);
        let message = format!("{}:{}:{}: {message}", self.file.path(), at.line, at.column);
        self.mistakes.push(Failure { message, help, others: Vec::new() });
    }
}

/// The entries in the order written, so that mistakes are told from the top down.
fn in_order<'t, 's>(table: &'t DeTable<'s>) -> Vec<(&'t Spanned<toml::de::DeString<'s>>, &'t Spanned<DeValue<'s>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}
