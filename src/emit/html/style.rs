//! The stylesheet, with the publisher's colour.

use super::Pages;
use crate::emit::brand::Brand;

impl Pages<'_> {
    /// The one stylesheet of all pages.
    pub fn style(&self) -> String {
        in_colour(self.templates.style(), self.settings.brand)
    }
}

/// A stylesheet with the publisher's colour in the place of its own.
pub(in crate::emit) fn in_colour(style: &str, brand: Option<&Brand>) -> String {
    let mut style = style.to_owned();
    if let Some(colour) = brand.and_then(|brand| brand.colour) {
        let dark = colour.in_the_dark();
        style.push_str(&format!(
            "\n/* The colour of clausal.toml, and the shade of it that can be read in the dark. */\n\n\
             :root {{\n  --accent: {colour};\n  --banner: {colour};\n  --banner-ink: #ffffff;\n}}\n\n\
             @media screen and (prefers-color-scheme: dark) {{\n  :root {{\n    --accent: {dark};\n  }}\n}}\n"
        ));
    }
    style
}
