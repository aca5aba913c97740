//! What a trust puts its name to: name, logo and colour, and whether the colour can be read.
//!
//! Colours are those of sRGB; contrast is that of WCAG 2.2 (relative luminance, success criterion 1.4.3). It knows no page:
//! what is done with the colour is for each format to say.

mod colour;

pub use colour::{Colour, PAPER, READABLE};

/// The name, logo and colour of whoever publishes; each may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// What the publisher is called.
    pub name: Option<String>,
    /// Its logo.
    pub logo: Option<Logo>,
    /// Its colour, which has been found readable: see [`Colour::is_readable`].
    pub colour: Option<Colour>,
}

/// A picture that stands for the publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// What it is written in.
    pub format: LogoFormat,
    /// The picture.
    pub bytes: Vec<u8>,
}

/// What a logo is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoFormat {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

impl Logo {
    /// A logo from the bytes of its file; `None` where they are no picture of a format there is.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let format = LogoFormat::of(&bytes)?;
        Some(Logo { format, bytes })
    }

    /// The name of its file among the pages.
    pub fn file(&self) -> &'static str {
        match self.format {
            LogoFormat::Svg => "logo.svg",
            LogoFormat::Png => "logo.png",
            LogoFormat::Jpeg => "logo.jpg",
        }
    }
}

impl LogoFormat {
    /// What the first bytes of a file say that it is. A name can lie, and the logo is shown by what it is.
    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(LogoFormat::Png);
        }
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Some(LogoFormat::Jpeg);
        }
        let text = std::str::from_utf8(bytes).ok()?;
        text.contains("<svg").then_some(LogoFormat::Svg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_what_its_bytes_say() {
        let format = |bytes: &[u8]| Logo::new(bytes.to_vec()).map(|logo| logo.file());
        assert_eq!(format(b"\x89PNG\r\n\x1a\nrest"), Some("logo.png"));
        assert_eq!(format(b"\xff\xd8\xff\xe0rest"), Some("logo.jpg"));
        assert_eq!(format(b"<?xml version=\"1.0\"?>\n<svg viewBox='0 0 1 1'/>"), Some("logo.svg"));
        assert_eq!(format(b"GIF89a"), None);
        assert_eq!(format(b""), None);
        assert_eq!(format(b"<svg \xff"), None);
    }
}
