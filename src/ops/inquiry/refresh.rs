//! Refresh: the inquiry is read from Persona again.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};

use super::{
    refused::Failed,
    show::{done_path, unknown},
};
use crate::{staff::Signed, state::AppState};

/// It loses nothing, so it asks for no reason and is done whatever the operator saw.
pub(super) async fn refresh(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    if state.store.inquiry(&id).await?.is_none() {
        return Ok(unknown(&state, &signed).await);
    }
    let actor = signed.actor().to_string();
    state.inquiries.refresh_by(&actor, &id).await?;
    Ok(Redirect::to(&done_path(&id, "refreshed")).into_response())
}
