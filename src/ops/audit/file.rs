//! The audit as a file, streamed: however long it is, little of it is in memory.

use axum::{
    body::Body,
    extract::{Query, State},
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse as _, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::Filters;
use crate::{
    audit::{Format, export},
    failure::Failure,
    model::refusal::Refusal,
    ops::{refused::Failed, time::Reader},
    paths,
    staff::Signed,
    state::AppState,
    store::audit::{self, Deed},
};

/// Which kind of file.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    format: String,
}

/// Sends what matches, and writes that it was taken.
pub(super) async fn send(
    State(state): State<AppState>,
    signed: Signed,
    Query(filters): Query<Filters>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failed> {
    let Some(format) = Format::parse(&wanted.format) else {
        return Err(Failure::from(Refusal::BadRequest).into());
    };
    let filter = Some(filters.kept()).filter(|filter| !filter.is_empty());
    let deed = Deed {
        at: state.clock.now_ms(),
        actor: signed.actor().to_string(),
        act: "audit-exported".to_owned(),
        object: "audit".to_owned(),
        after: Some(json!({ "format": format.code(), "filter": filter }).to_string()),
        ..Deed::default()
    };
    let last = state
        .store
        .change(move |change| audit::append(change, deed))
        .await?;
    let query = filters.query(&Reader::of(&state, &signed));
    let name = format!("audit-{}.{}", last.seq, format.code());
    let pieces = export(state.store.clone(), format, query, filter, last.head());
    Ok(attachment(
        &name,
        format.media_type(),
        Body::from_stream(pieces),
    ))
}

/// A file that the browser saves.
pub(super) fn attachment(name: &str, media_type: &'static str, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}

/// The menu that exports what is shown.
pub(super) fn menu(filters: &Filters) -> impl IntoView + use<> {
    let set = filters
        .pairs()
        .into_iter()
        .filter(|(_, value)| !value.is_empty());
    let hidden: Vec<_> = set
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.to_owned() /> })
        .collect();
    let what = if hidden.is_empty() {
        "All entries. The JSON lines can be verified: leftoff audit verify --file"
    } else {
        "The entries that match the filters; to verify the whole chain, export without filters."
    };
    view! {
        <details class="menu">
            <summary>"Export"</summary>
            <form action=paths::AUDIT_EXPORT>
                <p class="soft">{what}</p>
                {hidden}
                <button class="main" type="submit" name="format" value=Format::JsonLines.code()>"JSON lines"</button>
                <button type="submit" name="format" value=Format::Csv.code()>"CSV for spreadsheets"</button>
            </form>
        </details>
    }
}
