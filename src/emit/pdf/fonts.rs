//! The fonts: those that are built in, and those that lie among somebody's templates. None of the machine's is asked.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, is_default_ignorable};
use typst::utils::LazyHash;

use super::TextError;

/// All fonts there are, those of the templates first.
pub(super) struct Fonts {
    /// What is known of them.
    pub book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// The built-in fonts and `own`, each with the name of its file.
    ///
    /// # Errors
    /// A file that holds no font.
    pub fn new(own: &[(String, Vec<u8>)]) -> Result<Self, TextError> {
        let mut fonts = Vec::new();
        for (name, bytes) in own {
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(bytes.clone())));
            if fonts.len() == before {
                return Err(TextError {
                    message: format!("template `{name}` is no font"),
                    help: "a font is a `.ttf`, `.otf` or `.ttc` file".to_owned(),
                });
            }
        }
        fonts.extend(typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes))));
        Ok(Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
    }

    /// One of them.
    pub fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// Whether any of them can show a character.
    pub fn show(&self, c: char) -> bool {
        c.is_ascii_graphic()
            || c.is_whitespace()
            || is_default_ignorable(c)
            || self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)))
    }
}
