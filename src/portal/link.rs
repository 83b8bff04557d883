//! `/r/{token}`: the page of a link, and its button without JavaScript.

use std::time::Duration;

use axum::{
    Form,
    extract::{Path, State},
    http::{
        HeaderValue, StatusCode,
        header::{LOCATION, SET_COOKIE},
    },
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

use super::{
    outcome::{self, Next},
    refused,
    welcome::{self, Welcome},
};
use crate::visit::Visit;
use crate::{
    device,
    failure::Failure,
    inquiries::HostedFlow,
    links::{
        admission::{Admission, admit},
        factor::Factor,
    },
    model::refusal::Refusal,
    paths,
    secret::Secret,
    state::AppState,
    store::links::LinkRow,
};

/// What the button's form carries.
#[derive(Deserialize)]
pub struct Answer {
    birthdate: Option<String>,
}

/// The link of a token.
///
/// # Errors
/// [`Refusal::UnknownLink`]; the database's failures.
pub async fn find(state: &AppState, token: &str) -> Result<LinkRow, Failure> {
    let token = Secret::parse(token).ok_or(Refusal::UnknownLink)?;
    let link = state.store.link_by_token(&token.hash()).await?;
    Ok(link.ok_or(Refusal::UnknownLink)?)
}

/// `GET /r/{token}`: shows what we know. It changes nothing and calls nobody, because mail scanners open links.
pub async fn show(
    State(state): State<AppState>,
    Path(token): Path<String>,
    visit: Visit,
) -> Response {
    match find(&state, &token).await {
        Ok(link) => {
            let visit = visit.to(&link);
            page(&state, &visit, &token, &link, None, None).await
        }
        Err(failure) => {
            let refusal = failure.report("show");
            refused::show(
                &state,
                &visit,
                refusal,
                failure.retry_after(),
                &paths::link(&token),
            )
            .await
        }
    }
}

/// `POST /r/{token}`: the button without JavaScript. It leads to Persona's hosted flow.
pub async fn go(
    State(state): State<AppState>,
    Path(token): Path<String>,
    visit: Visit,
    Form(answer): Form<Answer>,
) -> Response {
    let hosted = async {
        let link = find(&state, &token).await?;
        let return_to = return_to(&state, &link)?;
        let visitor = visit.visitor(answer.birthdate);
        state
            .inquiries
            .hosted_flow(&link, &visitor, &return_to)
            .await
    };
    match hosted.await {
        Ok(hosted) => see_other(&hosted),
        Err(failure) => refuse(&state, &visit, &token, &failure, "hosted").await,
    }
}

/// `POST /r/{token}/check`: reads what became of the inquiry, then shows the link's page.
pub async fn check(
    State(state): State<AppState>,
    Path(token): Path<String>,
    visit: Visit,
) -> Response {
    let verified = async {
        let link = find(&state, &token).await?;
        state.inquiries.verify(&link, &visit.visitor(None)).await
    };
    match verified.await {
        Ok(_) => Redirect::to(&visit.path(&paths::link(&token))).into_response(),
        Err(failure) => refuse(&state, &visit, &token, &failure, "check").await,
    }
}

/// Where Persona's hosted flow returns to.
///
/// # Errors
/// Never for settings that were checked.
pub(super) fn return_to(state: &AppState, link: &LinkRow) -> Result<url::Url, Failure> {
    let url = state
        .config
        .server
        .public_url
        .join(&paths::return_to(&link.id));
    url.map_err(|_| Refusal::Internal.into())
}

/// Leads the browser to the hosted flow and lets it keep the device's cookie.
pub(super) fn see_other(hosted: &HostedFlow) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(mut location) = HeaderValue::try_from(hosted.url.as_str()) {
        location.set_sensitive(true);
        response.headers_mut().insert(LOCATION, location);
    }
    response
        .headers_mut()
        .insert(SET_COOKIE, device::set(&hosted.device));
    response
}

/// The link's page with what went wrong on it, where the person can go on from there; else the refusal's own page.
pub(super) async fn refuse(
    state: &AppState,
    visit: &Visit,
    token: &str,
    failure: &Failure,
    act: &'static str,
) -> Response {
    let (refusal, wait) = (failure.report(act), failure.retry_after());
    match find(state, token).await {
        Ok(link) => {
            page(
                state,
                &visit.clone().to(&link),
                token,
                &link,
                Some(refusal),
                wait,
            )
            .await
        }
        Err(_) => refused::show(state, visit, refusal, wait, &paths::link(token)).await,
    }
}

/// The page of a link, from what is stored alone.
async fn page(
    state: &AppState,
    visit: &Visit,
    token: &str,
    link: &LinkRow,
    notice: Option<Refusal>,
    wait: Option<Duration>,
) -> Response {
    let path = paths::link(token);
    let most = state.config.links.factor_attempts;
    let admission = admit(link, visit.device.as_ref(), state.clock.now(), most);
    let factor = match admission {
        Ok(_) => Factor::None,
        Err(Refusal::FactorNeeded) => Factor::Birthdate,
        Err(refusal) => return refused::show(state, visit, refusal, wait, &path).await,
    };
    let phase = match state.store.inquiry(&link.inquiry_id).await {
        Ok(row) => row.map(|row| row.phase()),
        Err(error) => {
            let failure = Failure::from(error);
            return refused::show(state, visit, failure.report("show"), None, &path).await;
        }
    };
    if let Some(phase) = phase.filter(|phase| phase.is_settled() && factor == Factor::None) {
        let look = (phase.is_waiting() && admission == Ok(Admission::Bound)).then(|| Next::Look {
            action: visit.path(&paths::check(token)),
            label: "check-again",
        });
        let next = look
            .into_iter()
            .chain([Next::Leave(link.return_url.clone())])
            .collect();
        return outcome::show(state, visit, phase, &path, next).await;
    }
    if let Some(refusal) = notice.filter(|refusal| !stays(*refusal)) {
        return refused::show(state, visit, refusal, wait, &path).await;
    }
    let welcome = Welcome {
        token: token.to_owned(),
        link: link.clone(),
        factor,
        notice,
    };
    welcome::show(state, visit, welcome, wait).await
}

/// Whether the link's page is the place to say it.
const fn stays(refusal: Refusal) -> bool {
    refusal.is_passing() || matches!(refusal, Refusal::FactorNeeded | Refusal::FactorWrong)
}
