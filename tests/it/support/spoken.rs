//! What a page says: every text that is seen or read aloud, each with the language that it stands in.

use html5gum::{Token, Tokenizer};

/// Attributes that are read aloud or shown.
const READ: [&str; 5] = ["aria-label", "alt", "title", "placeholder", "data-title"];
/// Elements that hold nothing.
const VOID: [&str; 7] = ["meta", "link", "input", "img", "br", "hr", "wbr"];

/// A text of a page.
#[derive(Debug)]
pub(crate) struct Said {
    /// The language that the page gives for it.
    pub(crate) language: String,
    /// The direction that the page gives for it.
    pub(crate) direction: String,
    /// What is said.
    pub(crate) text: String,
}

struct Place {
    element: String,
    language: String,
    direction: String,
}

/// Every text of a page, in order.
pub(crate) fn said(html: &str) -> Vec<Said> {
    let mut places: Vec<Place> = Vec::new();
    let mut all = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let element = text_of(&tag.name);
                let value = |name: &str| {
                    let value = tag.attributes.get(name.as_bytes());
                    value.map(|value| text_of(value))
                };
                let around = places.last();
                let inherited =
                    |of: fn(&Place) -> &String| around.map(of).cloned().unwrap_or_default();
                let place = Place {
                    language: value("lang").unwrap_or_else(|| inherited(|place| &place.language)),
                    direction: value("dir").unwrap_or_else(|| inherited(|place| &place.direction)),
                    element,
                };
                all.extend(
                    READ.iter()
                        .filter_map(|name| value(name))
                        .map(|text| place.said(&text)),
                );
                if !tag.self_closing && !VOID.contains(&&*place.element) {
                    places.push(place);
                }
            }
            Token::EndTag(tag) => {
                let element = text_of(&tag.name);
                if let Some(at) = places.iter().rposition(|place| place.element == element) {
                    places.truncate(at);
                }
            }
            Token::String(text) => {
                let shown = places
                    .last()
                    .filter(|place| !["script", "style"].contains(&&*place.element));
                all.extend(shown.map(|place| place.said(&text_of(&text))));
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    all.retain(|said| said.text.chars().any(char::is_alphabetic));
    all
}

impl Place {
    fn said(&self, text: &str) -> Said {
        Said {
            language: self.language.clone(),
            direction: self.direction.clone(),
            text: text.trim().to_owned(),
        }
    }
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
