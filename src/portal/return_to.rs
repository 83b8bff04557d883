//! `/return/{link}`: where Persona's hosted flow comes back to.

use axum::{
    extract::{RawQuery, State},
    http::Uri,
    response::{IntoResponse as _, Redirect, Response},
};

use super::{
    input::Segment,
    link,
    outcome::{self, Next},
    refused,
};
use crate::{
    failure::Failure, inquiries::Phase, links::admission::belongs_to, model::refusal::Refusal,
    paths, state::AppState, store::links::LinkRow, visit::Visit,
};

/// `GET /return/{link}`: drops the query that Persona appended, then shows what Persona says now.
///
/// The query names status and fields, which may be personal data and may be forged: nothing of it is read.
pub async fn show(
    State(state): State<AppState>,
    Segment(link_id): Segment,
    RawQuery(query): RawQuery,
    uri: Uri,
    visit: Visit,
) -> Response {
    if query.is_some_and(|query| !query.starts_with("lang=") || query.contains('&')) {
        return Redirect::to(uri.path()).into_response();
    }
    match look(&state, &link_id, &visit).await {
        Ok((link, phase, is_recorded)) => {
            let visit = visit.to(&link);
            let action = visit.path(&paths::return_to(&link.id));
            let next = if is_recorded {
                Next::Leave(link.return_url.clone())
            } else if phase.is_finished() {
                Next::Look {
                    action,
                    label: "next",
                }
            } else {
                Next::Look {
                    action,
                    label: "continue",
                }
            };
            outcome::show(
                &state,
                &visit,
                phase,
                &paths::return_to(&link.id),
                vec![next],
            )
            .await
        }
        Err(failure) => refuse(&state, &visit, &link_id, &failure).await,
    }
}

/// `POST /return/{link}`: writes the receipt of a finished check, or goes on with an unfinished one.
pub async fn act(
    State(state): State<AppState>,
    Segment(link_id): Segment,
    visit: Visit,
) -> Response {
    let acted = async {
        let found = find(&state, &link_id).await?;
        let visitor = visit.visitor(None);
        if state
            .inquiries
            .verify(&found, &visitor)
            .await?
            .phase()
            .is_settled()
        {
            return Ok(Redirect::to(&visit.path(&paths::return_to(&found.id))).into_response());
        }
        let return_to = link::return_to(&state, &found)?;
        let hosted = state
            .inquiries
            .hosted_flow(&found, &visitor, &return_to)
            .await?;
        Ok::<_, Failure>(link::see_other(&hosted))
    };
    match acted.await {
        Ok(response) => response,
        Err(failure) => refuse(&state, &visit, &link_id, &failure).await,
    }
}

async fn look(
    state: &AppState,
    link_id: &str,
    visit: &Visit,
) -> Result<(LinkRow, Phase, bool), Failure> {
    let link = find(state, link_id).await?;
    if !belongs_to(&link, visit.device.as_ref()) {
        return Err(Refusal::OtherDevice.into());
    }
    if state.store.receipt(&link.inquiry_id).await?.is_some()
        && let Some(known) = state.store.inquiry(&link.inquiry_id).await?
    {
        return Ok((link, known.phase(), true));
    }
    let phase = state
        .inquiries
        .peek(&link, &visit.visitor(None))
        .await?
        .phase();
    Ok((link, phase, phase == Phase::Redacted))
}

async fn find(state: &AppState, link_id: &str) -> Result<LinkRow, Failure> {
    Ok(state
        .store
        .link(link_id)
        .await?
        .ok_or(Refusal::UnknownLink)?)
}

async fn refuse(state: &AppState, visit: &Visit, link_id: &str, failure: &Failure) -> Response {
    let path = paths::return_to(link_id);
    refused::show(state, visit, failure.report("return"), &path).await
}
