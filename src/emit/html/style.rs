//! The stylesheet, with the publisher's colour.

use super::Pages;

impl Pages<'_> {
    /// The one stylesheet of all pages.
    pub fn style(&self) -> String {
        let mut style = self.templates.style().to_owned();
        if let Some(colour) = self.settings.brand.and_then(|brand| brand.colour) {
            let dark = colour.in_the_dark();
            style.push_str(&format!(
                "\n/* The colour of clausal.toml, and the shade of it that can be read in the dark. */\n\n\
                 :root {{\n  --accent: {colour};\n  --banner: {colour};\n  --banner-ink: #ffffff;\n}}\n\n\
                 @media screen and (prefers-color-scheme: dark) {{\n  :root {{\n    --accent: {dark};\n  }}\n}}\n"
            ));
        }
        style
    }
}
