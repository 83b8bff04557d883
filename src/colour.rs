//! Colours, and whether text on them can be read.

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Black.
    pub const BLACK: Self = Self([0, 0, 0]);
    /// White.
    pub const WHITE: Self = Self([255, 255, 255]);

    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut channels = [0; 3];
        hex::decode_to_slice(text.strip_prefix('#')?, &mut channels).ok()?;
        Some(Self(channels))
    }

    /// Black or white, whichever is easier to read on this colour.
    #[must_use]
    pub fn ink(self) -> &'static str {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) {
            "#fff"
        } else {
            "#000"
        }
    }

    /// Contrast ratio as WCAG 2.2 defines it, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
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
