//! `[site]`: the name, logo and colour of whoever publishes. A colour that cannot be read is a mistake.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::failure::Failure;
use super::super::files::read_small;
use super::super::paths::shown;
use super::{Reader, in_order};
use crate::emit::brand::{Colour, Logo, PAPER, READABLE};

const SITE: [&str; 3] = ["colour", "logo", "name"];
/// The size of a logo that every page can still be asked to carry, in bytes.
const MOST: u64 = 1024 * 1024;

impl Reader<'_> {
    pub(super) fn site(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "name" => self.name(value),
                "logo" => self.logo(value),
                "colour" => self.colour(value),
                other => self.unknown(key.span(), other, " of [site]", &SITE),
            }
        }
    }

    fn name(&mut self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref().as_str().map(str::trim) {
            Some(name) if !name.is_empty() && !name.contains(char::is_control) => {
                self.settings.brand.name = Some(name.to_owned());
            }
            _ => {
                let help = "write it in quotes, on one line: \"North Shires Trust\"".to_owned();
                self.mistake(value.span(), "`name` is what the publisher is called".to_owned(), Some(help));
            }
        }
    }

    fn colour(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(colour) = value.get_ref().as_str().and_then(Colour::parse) else {
            let help = "write it as on the web, with six digits or letters from a to f: \"#1f4377\"".to_owned();
            return self.mistake(value.span(), "`colour` is the colour of the publisher".to_owned(), Some(help));
        };
        if colour.is_readable() {
            self.settings.brand.colour = Some(colour);
            return;
        }
        // Rounded down, so that what misses the mark is never said to reach it.
        let contrast = (colour.contrast(PAPER) * 100.0).floor() / 100.0;
        let message = format!(
            "the colour {colour} is too light to be read: its contrast with white is {contrast} to 1, and text needs \
             {READABLE} to 1, on light grey too (WCAG 2.2)"
        );
        let help = format!("the nearest shade of it that can be read is \"{}\"", colour.readable());
        self.mistake(value.span(), message, Some(help));
    }

    fn logo(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(path) = value.get_ref().as_str().filter(|path| !path.is_empty()) else {
            let help = "write it in quotes, with `/` between its parts: \"logo.svg\"".to_owned();
            let message = "`logo` is the path of a picture, seen from this file".to_owned();
            return self.mistake(value.span(), message, Some(help));
        };
        let path = self.folder.join(path);
        if self.is_past {
            return;
        }
        match self.picture(&path) {
            Ok(logo) => self.settings.brand.logo = Some(logo),
            Err(failure) => self.mistake(value.span(), failure.message, failure.help),
        }
        self.settings.logo = Some(path);
    }

    fn picture(&self, path: &Path) -> Result<Logo, Failure> {
        let told = shown(path, self.base);
        Logo::new(read_small(path, self.base, MOST)?).ok_or_else(|| {
            Failure::new(format!("the logo `{told}` is no picture that can be shown"))
                .help("a logo is an SVG, a PNG or a JPEG file")
        })
    }
}
