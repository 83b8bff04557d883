//! `/r/{token}`: the page of a link, and its button without JavaScript.

use axum::{
    extract::State,
    http::{
        HeaderValue, StatusCode,
        header::{LOCATION, SET_COOKIE},
    },
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

use super::{
    input::{Fields, Segment},
    outcome::{self, Next},
    refused,
    welcome::{self, Welcome},
};
use crate::{
    device,
    failure::{Failure, Refused},
    inquiries::{HostedFlow, Phase},
    links::{
        admission::{Admission, admit},
        factor::Factor,
    },
    model::refusal::Refusal,
    paths,
    secret::Secret,
    state::AppState,
    store::links::LinkRow,
    visit::Visit,
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
    Segment(token): Segment,
    visit: Visit,
) -> Response {
    match find(&state, &token).await {
        Ok(link) => {
            let visit = visit.to(&link);
            page(&state, &visit, &token, &link, None).await
        }
        Err(failure) => {
            let path = paths::link(&token);
            refused::show(&state, &visit, failure.report("show"), &path).await
        }
    }
}

/// `POST /r/{token}`: the button without JavaScript. It leads to Persona's hosted flow.
pub async fn go(
    State(state): State<AppState>,
    Segment(token): Segment,
    visit: Visit,
    Fields(answer): Fields<Answer>,
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
    Segment(token): Segment,
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
    let notice = failure.report(act);
    match find(state, token).await {
        Ok(link) => page(state, &visit.clone().to(&link), token, &link, Some(notice)).await,
        Err(_) => refused::show(state, visit, notice, &paths::link(token)).await,
    }
}

/// What the page of a link is about.
enum Sight {
    Refused(Refusal),
    Outcome { phase: Phase, may_look: bool },
    Welcome { factor: Factor },
}

/// The page of a link, from what is stored alone.
async fn page(
    state: &AppState,
    visit: &Visit,
    token: &str,
    link: &LinkRow,
    notice: Option<Refused>,
) -> Response {
    let path = paths::link(token);
    let sight = sight(state, visit, link).await;
    let sight = sight.unwrap_or_else(|failure| Sight::Refused(failure.report("show").refusal));
    match (sight, notice) {
        (Sight::Refused(refusal), _) => refused::show(state, visit, refusal.into(), &path).await,
        (Sight::Outcome { phase, may_look }, _) => {
            let look = may_look.then(|| Next::Look {
                action: visit.path(&paths::check(token)),
                label: "check-again",
            });
            let leave = Next::Leave(link.return_url.clone());
            let help = phase.needs_help().then_some(Next::Help);
            let next = look.into_iter().chain([leave]).chain(help).collect();
            outcome::show(state, visit, phase, &path, next).await
        }
        (Sight::Welcome { .. }, Some(notice)) if !notice.refusal.stays_on_page() => {
            refused::show(state, visit, notice, &path).await
        }
        (Sight::Welcome { factor }, notice) => {
            let (token, link) = (token.to_owned(), link.clone());
            welcome::show(
                state,
                visit,
                Welcome {
                    token,
                    link,
                    factor,
                    notice,
                },
            )
            .await
        }
    }
}

async fn sight(state: &AppState, visit: &Visit, link: &LinkRow) -> Result<Sight, Failure> {
    let most = state.config.links.factor_attempts;
    let admission = admit(link, visit.device.as_ref(), state.clock.now(), most);
    let inquiry = state.store.inquiry(&link.inquiry_id).await?;
    let settled = inquiry
        .map(|row| row.phase())
        .filter(|phase| phase.is_settled());
    Ok(match (admission, settled) {
        // Who did not prove the factor learns that it is over, and not how.
        (Err(Refusal::FactorNeeded), Some(_)) => Sight::Refused(Refusal::Settled),
        (Err(Refusal::FactorNeeded), None) => Sight::Welcome {
            factor: Factor::Birthdate,
        },
        (Err(refusal), _) => Sight::Refused(refusal),
        (Ok(_), None) => Sight::Welcome {
            factor: Factor::None,
        },
        (Ok(admission), Some(phase)) => {
            let may_look = phase.is_waiting() && admission == Admission::Bound;
            Sight::Outcome { phase, may_look }
        }
    })
}
