//! The company's face: colours that can be read, and its logo.

use std::{fs, io, path::Path};

use crate::config::Portal;

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    const BLACK: Self = Self([0, 0, 0]);
    const WHITE: Self = Self([255, 255, 255]);

    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut channels = [0; 3];
        hex::decode_to_slice(text.strip_prefix('#')?, &mut channels).ok()?;
        Some(Self(channels))
    }

    /// Black or white, whichever is easier to read on this colour.
    fn ink(self) -> &'static str {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) {
            "#fff"
        } else {
            "#000"
        }
    }

    /// Contrast ratio as WCAG 2.2 defines it, from 1 to 21.
    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Relative luminance as WCAG 2.2 defines it, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126f64.mul_add(red, 0.7152f64.mul_add(green, 0.0722 * blue))
    }
}

/// What the portal serves of the company's face.
#[derive(Clone, Debug)]
pub struct Brand {
    /// The colours as a style sheet of custom properties.
    pub style: String,
    /// Media type and bytes of the logo.
    pub logo: Option<(&'static str, Vec<u8>)>,
}

impl Brand {
    /// Reads the logo and writes the style sheet.
    ///
    /// # Errors
    /// When the logo cannot be read, or its type is not known by its name.
    pub fn load(portal: &Portal) -> io::Result<Self> {
        let logo = portal.logo.as_deref().map(read_logo).transpose()?;
        Ok(Self {
            style: style(portal),
            logo,
        })
    }
}

fn style(portal: &Portal) -> String {
    let rule = |colour: &str| {
        let ink = Colour::parse(colour).unwrap_or(Colour::BLACK).ink();
        format!(":root{{--accent:{colour};--accent-ink:{ink}}}")
    };
    format!(
        "{}@media (prefers-color-scheme:dark){{{}}}",
        rule(&portal.accent),
        rule(&portal.accent_dark)
    )
}

fn read_logo(path: &Path) -> io::Result<(&'static str, Vec<u8>)> {
    let media_type = match path.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        _ => {
            return Err(io::Error::other(
                "portal.logo must end in .svg, .png or .webp",
            ));
        }
    };
    Ok((media_type, fs::read(path)?))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn text_on_the_accent_is_readable_for_every_grey() {
        for grey in 0..=255u8 {
            let colour = Colour([grey; 3]);
            let ink = if colour.ink() == "#fff" {
                Colour::WHITE
            } else {
                Colour::BLACK
            };
            assert!(colour.contrast(ink) >= 4.5, "grey {grey}");
        }
    }

    #[test]
    fn a_colour_is_six_hex_digits_after_a_hash() {
        assert_eq!(
            Colour::parse("#0b57d0").unwrap(),
            Colour([0x0b, 0x57, 0xd0])
        );
        assert_eq!(Colour::parse("red"), None);
        assert_eq!(Colour::parse("#fff;}body{display:none"), None);
    }
}
