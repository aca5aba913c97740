//! A colour of sRGB, its contrast with others, and its nearest shades that can be read.

use std::fmt;

/// A colour of sRGB, 8 bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

/// The contrast that text needs (WCAG 2.2, 1.4.3, level AA).
pub const READABLE: f64 = 4.5;
/// What text stands on in the light, and what the text of the banner is in.
pub const PAPER: Colour = Colour { red: 255, green: 255, blue: 255 };
const BLACK: Colour = Colour { red: 0, green: 0, blue: 0 };
/// The grounds that links stand on: `--paper` and `--panel` of the stylesheet, in the light and in the dark.
const LIGHT: [Colour; 2] = [PAPER, Colour { red: 0xf4, green: 0xf6, blue: 0xf9 }];
const DARK: [Colour; 2] =
    [Colour { red: 0x12, green: 0x16, blue: 0x1c }, Colour { red: 0x1b, green: 0x21, blue: 0x29 }];

impl Colour {
    /// A colour written `#1f4377` or `#147`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let values: Vec<u8> = digits.chars().map(|it| it.to_digit(16).map(|it| it as u8)).collect::<Option<_>>()?;
        match values[..] {
            [red, green, blue] => Some(Colour { red: red * 17, green: green * 17, blue: blue * 17 }),
            [a, b, c, d, e, f] => Some(Colour { red: a * 16 + b, green: c * 16 + d, blue: e * 16 + f }),
            _ => None,
        }
    }

    /// The contrast with another colour, from 1 to 21 (WCAG 2.2, *contrast ratio*).
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whether it can be read on the light grounds of the pages, and white on it.
    pub fn is_readable(self) -> bool {
        LIGHT.iter().all(|&ground| self.contrast(ground) >= READABLE)
    }

    /// The nearest darker shade that can be read; the colour itself if it can.
    pub fn readable(self) -> Colour {
        self.towards(BLACK, Colour::is_readable)
    }

    /// The nearest lighter shade that can be read on the dark grounds of the pages.
    pub fn in_the_dark(self) -> Colour {
        self.towards(PAPER, |it| DARK.iter().all(|&ground| it.contrast(ground) >= READABLE))
    }

    /// The first colour on the way to `end` that will do. The ends of the ways here will.
    fn towards(self, end: Colour, will_do: impl Fn(Colour) -> bool) -> Colour {
        let mixed = |from: u8, to: u8, step: u32| ((u32::from(from) * (255 - step) + u32::from(to) * step) / 255) as u8;
        let at = |step| Colour {
            red: mixed(self.red, end.red, step),
            green: mixed(self.green, end.green, step),
            blue: mixed(self.blue, end.blue, step),
        };
        (0..=255).map(at).find(|&colour| will_do(colour)).unwrap_or(end)
    }

    /// How much light it gives, from 0 to 1 (WCAG 2.2, *relative luminance*).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((colour("#000").contrast(PAPER) - 21.0).abs() < 1e-9);
        assert!((PAPER.contrast(PAPER) - 1.0).abs() < 1e-9);
        // The grey that is known for being just dark enough on white, and the one next to it.
        assert!(colour("#767676").contrast(PAPER) >= READABLE);
        assert!(colour("#777777").contrast(PAPER) < READABLE);
    }

    #[test]
    fn only_colours_are_colours() {
        assert_eq!(colour("#147"), colour("#114477"));
        assert_eq!(colour("#1f4377").to_string(), "#1f4377");
        for wrong in ["", "#", "1f4377", "#1f437", "#1f43777", "#1g4377", "blue", "#ÄÖÜ"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_colour_has_a_readable_shade_in_the_light_and_in_the_dark() {
        for step in 0..4096u32 {
            let channel = |shift: u32| ((step >> shift & 15) * 17) as u8;
            let colour = Colour { red: channel(8), green: channel(4), blue: channel(0) };
            assert!(colour.readable().is_readable(), "{colour}");
            assert_eq!(colour.readable() == colour, colour.is_readable(), "{colour}");
            assert!(DARK.iter().all(|&it| colour.in_the_dark().contrast(it) >= READABLE), "{colour}");
        }
    }
}
