//! The company's face: colours that can be read, and its logo.

use std::{fs, io, path::Path};

use crate::{colour::Colour, config::Portal};

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
