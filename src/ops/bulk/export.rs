//! Bulks as CSV: what became of each inquiry, and the links, once.

use axum::{
    extract::{Path, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse as _, Redirect, Response},
};
use csv::Writer;
use jiff::Timestamp;

use super::{acts::done, results::why};
use crate::{
    model::bulk::RowState,
    ops::refused::{self, Failed},
    staff::Signed,
    state::AppState,
    store::bulk_rows::Reported,
};

/// Rows that are read at once.
const AT_ONCE: i64 = 10_000;

/// What became of each inquiry.
pub(super) async fn results(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    if state.store.bulk(&id).await?.is_none() {
        return Ok(refused::not_found(&state, &signed, "There is no such bulk.").await);
    }
    let mut file = File::new(&[
        "position",
        "inquiry",
        "reference",
        "outcome",
        "result",
        "why",
        "link",
        "tried_at",
    ]);
    let mut after = 0;
    loop {
        let rows = state.store.bulk_items(&id, None, after, AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        after = last.position;
        for row in &rows {
            file.add(&fields(row));
        }
    }
    Ok(file.download(&format!("bulk-{id}.csv")))
}

fn fields(row: &Reported) -> [String; 8] {
    let state = RowState::parse(&row.state).unwrap_or(RowState::Failed);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let result = match state {
        RowState::LeftOut => row.verdict.clone(),
        _ => text(&row.result),
    };
    let tried = row
        .tried_at
        .map(|at| Timestamp::from_millisecond(at).unwrap_or_default());
    [
        row.position.to_string(),
        row.inquiry_id.clone(),
        text(&row.reference_id),
        state.code().to_owned(),
        result,
        why(row, state),
        text(&row.link_id),
        tried.map(|at| at.to_string()).unwrap_or_default(),
    ]
}

/// The links that nobody took yet.
pub(super) async fn links(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let Some(links) = state.bulks.take_links(&signed.actor(), &id).await? else {
        return Ok(refused::not_found(&state, &signed, "There is no such bulk.").await);
    };
    if links.is_empty() {
        return Ok(Redirect::to(&done(&id, "no-links")).into_response());
    }
    let mut file = File::new(&["inquiry", "reference", "link", "url", "expires_at"]);
    for link in links {
        let url = state.bulks.url(&link.token);
        file.add(&[
            link.inquiry_id,
            link.reference_id.unwrap_or_default(),
            link.link_id,
            url.map(String::from).unwrap_or_default(),
            link.expires_at.to_string(),
        ]);
    }
    Ok(file.download(&format!("bulk-{id}-links.csv")))
}

/// A CSV file in memory.
struct File(Writer<Vec<u8>>);

impl File {
    fn new(heads: &[&str]) -> Self {
        let mut file = Self(Writer::from_writer(Vec::new()));
        file.add(heads);
        file
    }

    /// Adds a row. Writing to memory does not fail.
    fn add(&mut self, fields: &[impl AsRef<str>]) {
        let guarded = fields.iter().map(|field| guarded(field.as_ref()));
        self.0.write_record(guarded).ok();
    }

    fn download(self, name: &str) -> Response {
        let bytes = self.0.into_inner().unwrap_or_default();
        let disposition = format!("attachment; filename=\"{name}\"");
        let headers = [
            (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ];
        (headers, bytes).into_response()
    }
}

/// A field that a spreadsheet would take for a formula gets an apostrophe in front
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn guarded(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{field}")
    } else {
        field.to_owned()
    }
}
