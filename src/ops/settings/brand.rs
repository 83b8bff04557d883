//! The company's colours on a page of the portal, light and dark, and whether text on them can be read.

use leptos::prelude::*;

use crate::{colour::Colour, config::Portal};

/// The least contrast of text that WCAG 2.2 calls readable (level AA).
const READABLE: f64 = 4.5;

/// A look of the portal.
struct Look {
    name: &'static str,
    key: &'static str,
    accent: String,
    ground: &'static str,
    surface: &'static str,
    ink: &'static str,
}

/// Both looks.
pub(super) fn preview(portal: &Portal) -> impl IntoView + use<> {
    // The neutral colours are those of style/tokens.css.
    let looks = [
        Look {
            name: "Light",
            key: "portal.accent",
            accent: portal.accent.clone(),
            ground: "#f4f5f7",
            surface: "#ffffff",
            ink: "#1a1c1e",
        },
        Look {
            name: "Dark",
            key: "portal.accent_dark",
            accent: portal.accent_dark.clone(),
            ground: "#111315",
            surface: "#1b1e21",
            ink: "#e8eaed",
        },
    ];
    let company = portal.name.clone();
    let looks: Vec<_> = looks.into_iter().map(|look| look.view(&company)).collect();
    view! { <div class="looks">{looks}</div> }
}

impl Look {
    fn view(&self, company: &str) -> impl IntoView + use<> {
        let accent = Colour::parse(&self.accent).unwrap_or(Colour::BLACK);
        let surface = Colour::parse(self.surface).unwrap_or(Colour::WHITE);
        let ink = accent.ink();
        let on_button = accent.contrast(if ink == "#fff" {
            Colour::WHITE
        } else {
            Colour::BLACK
        });
        let on_surface = accent.contrast(surface);
        view! {
            <figure>
                {self.picture(company, ink)}
                <figcaption>
                    <strong>{self.name}</strong>
                    " "
                    <code>{self.accent.clone()}</code>
                    " "
                    <code class="soft">{self.key}</code>
                    <ul>
                        <li>"Text on buttons " {ratio(on_button)}</li>
                        <li>"Links on the page " {ratio(on_surface)}</li>
                    </ul>
                </figcaption>
            </figure>
        }
    }

    fn picture(&self, company: &str, ink: &'static str) -> impl IntoView + use<> {
        let label = format!("{} look of the portal", self.name);
        let accent = self.accent.clone();
        view! {
            <svg viewBox="0 0 320 168" role="img" aria-label=label font-family="system-ui, sans-serif">
                <rect width="320" height="168" rx="12" fill=self.ground />
                <rect x="24" y="20" width="272" height="128" rx="12" fill=self.surface />
                <text x="44" y="48" font-size="12" fill=self.ink>{company.to_owned()}</text>
                <text x="44" y="74" font-size="16" font-weight="650" fill=self.ink>"Continue where you left off"</text>
                <rect x="44" y="88" width="232" height="32" rx="8" fill=accent.clone() />
                <text x="160" y="108" font-size="12" font-weight="600" text-anchor="middle" fill=ink>
                    "Continue verification"
                </text>
                <text x="160" y="137" font-size="11" text-anchor="middle" fill=accent>"I need help"</text>
            </svg>
        }
    }
}

fn ratio(contrast: f64) -> impl IntoView {
    let (tone, word) = if contrast >= READABLE {
        ("good", "readable")
    } else {
        ("bad", "too faint")
    };
    let text = format!("{contrast:.1} : 1, {word}");
    view! { <span class="badge" data-tone=tone>{text}</span> }
}
