//! What a request to the portal brings along: language, device, address of the page.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Query},
    http::{header::ACCEPT_LANGUAGE, request::Parts},
};
use serde::Deserialize;

use crate::{
    device,
    inquiries::{Birthdate, Visitor},
    secret::Secret,
    state::AppState,
    store::links::LinkRow,
    words::Words,
};

/// One visit to one page.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The language of this visit.
    pub words: Words,
    /// What the person picked by hand, to be carried along in links and forms.
    pub chosen: Option<String>,
    /// The device that it comes from.
    pub device: Option<Secret>,
    accepted: Option<String>,
}

#[derive(Deserialize)]
struct Choice {
    lang: Option<String>,
}

impl Visit {
    /// The visit of a request.
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        let choice = Query::<Choice>::try_from_uri(&parts.uri).ok();
        let chosen = choice.and_then(|Query(choice)| choice.lang);
        let accepted = parts
            .headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        Self {
            words: Words::negotiate(chosen.as_deref(), None, accepted),
            // Only a language that we speak goes back into a page.
            chosen: chosen.filter(|tag| Words::of(tag).is_some()),
            device: device::read(&parts.headers),
            accepted: accepted.map(str::to_owned),
        }
    }

    /// The same visit in the language that the link was made for, unless the person picked one.
    #[must_use]
    pub fn to(mut self, link: &LinkRow) -> Self {
        self.words = Words::negotiate(
            self.chosen.as_deref(),
            link.locale.as_deref(),
            self.accepted.as_deref(),
        );
        self
    }

    /// Who acts.
    #[must_use]
    pub fn visitor(&self, birthdate: Option<String>) -> Visitor {
        let birthdate = birthdate
            .filter(|text| !text.trim().is_empty())
            .map(Birthdate);
        Visitor {
            device: self.device.clone(),
            birthdate,
        }
    }

    /// A path of ours in the language that the person picked.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        self.chosen
            .as_ref()
            .map_or_else(|| path.to_owned(), |tag| format!("{path}?lang={tag}"))
    }
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}
