//! The evidence of an inquiry, as a file.

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::file::attachment;
use crate::{
    evidence,
    ops::refused::{self, Failed},
    staff::Signed,
    state::AppState,
};

/// Sends the file, and writes that it was taken.
pub(super) async fn send(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let now = state.clock.now_ms();
    let gathered = evidence::gather(&state.store, &signed.actor(), now, &id).await?;
    let Some(evidence) = gathered else {
        let text = "Leftoff does not know this inquiry, so there is no evidence of it.";
        return Ok(refused::not_found(&state, &signed, text).await);
    };
    let name = format!("evidence-{id}.json");
    let text = serde_json::to_string_pretty(&evidence).unwrap_or_default();
    Ok(attachment(&name, "application/json", text.into()))
}
