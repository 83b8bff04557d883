//! A URL as a QR code.

use qrcode::{EcLevel, QrCode, render::svg};

/// The code as SVG; dark on light whatever the page's colours, because cameras want it so.
#[must_use]
pub fn draw(url: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(url, EcLevel::M).ok()?;
    Some(
        code.render::<svg::Color<'_>>()
            .min_dimensions(240, 240)
            .quiet_zone(true)
            .build(),
    )
}
