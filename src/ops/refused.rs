//! The page for everything that stands in the way of the staff.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;

use super::{
    page::{self, Page},
    route, sign_in,
};
use crate::{
    app,
    failure::{Failure, Refused},
    model::{refusal::Refusal, role::Act},
    paths,
    staff::{Signed, Stage},
    state::AppState,
};

/// A handler's failure; the guard shows its page.
#[derive(Debug)]
pub(super) struct Failed(pub(super) Failure);

impl<E: Into<Failure>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let refused = self.0.report("ops");
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(refused);
        response
    }
}

/// Gives an answer that failed its page.
pub(super) async fn with_page(
    state: &AppState,
    signed: Option<&Signed>,
    response: Response,
) -> Response {
    let refused = response.extensions().get::<Refused>().copied();
    match refused.or_else(|| app::wordless(&response).map(Refused::from)) {
        Some(refused) => show(state, signed, refused).await,
        None => response,
    }
}

/// The page of a request that no handler of ours could answer, for whoever sent it.
pub async fn answer(state: &AppState, headers: &HeaderMap, refused: Refused) -> Response {
    match route::signed(state, headers).await {
        Ok(signed) => show(state, signed.as_ref(), refused).await,
        Err(response) => response,
    }
}

async fn show(state: &AppState, signed: Option<&Signed>, refused: Refused) -> Response {
    let (title, text) = words(refused.refusal);
    let status = StatusCode::from_u16(refused.refusal.status());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = notice(state, signed, status, title, text.to_owned()).await;
    if let Some(seconds) = refused.retry_after {
        let seconds = HeaderValue::from(seconds);
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}

/// The page of something that this role may not do.
pub(super) async fn not_allowed(state: &AppState, signed: &Signed, act: Act) -> Response {
    let roles: Vec<_> = act.roles().iter().map(|role| role.code()).collect();
    let text = format!(
        "Your role is {}. This takes the role {}. An admin can give it to you.",
        signed.role.code(),
        roles.join(" or ")
    );
    let title = "Your role does not allow this";
    notice(state, Some(signed), StatusCode::FORBIDDEN, title, text).await
}

/// The page of something that is not there.
pub(super) async fn not_found(state: &AppState, signed: &Signed, text: &str) -> Response {
    let title = "There is nothing here";
    notice(
        state,
        Some(signed),
        StatusCode::NOT_FOUND,
        title,
        text.to_owned(),
    )
    .await
}

/// An address in ops that is none; whoever is not signed in does that first, as anywhere else in ops.
pub(super) async fn unknown(State(state): State<AppState>, request: Request) -> Response {
    match route::signed(&state, request.headers()).await {
        Ok(Some(signed)) if signed.stage() == Stage::Done => {
            not_found(&state, &signed, "No page has this address.").await
        }
        Ok(_) => Redirect::to(&sign_in::first(&request)).into_response(),
        Err(response) => response,
    }
}

async fn notice(
    state: &AppState,
    signed: Option<&Signed>,
    status: StatusCode,
    title: &'static str,
    text: String,
) -> Response {
    let page = Page {
        title: title.to_owned(),
        status,
        ..Page::default()
    };
    let body = move || {
        view! {
            <section class="notice">
                <h1>{title}</h1>
                <p>{text.clone()}</p>
                <p><a href=paths::OPS>"Go to the queue"</a></p>
            </section>
        }
        .into_any()
    };
    page::render(state, signed, page, body).await
}

/// A title and a sentence for what the staff can meet.
const fn words(refusal: Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::PersonaUnavailable => (
            "Persona does not answer",
            "Persona is down, slow, or limits our requests. Nothing was changed here. Try again in a moment.",
        ),
        Refusal::NotResumable => (
            "Persona will not open this inquiry",
            "It is unknown to Persona, or all of its sessions are used. A new inquiry is the way forward.",
        ),
        Refusal::Settled => (
            "This inquiry is finished",
            "It was finished or redacted meanwhile, so there is nothing to resume.",
        ),
        Refusal::BadRequest => (
            "This cannot be read",
            "A field is missing or has a value that it cannot have. Go back and try again.",
        ),
        Refusal::TooLong => (
            "This is too long",
            "More was sent than any form of these pages asks for. Go back and make it shorter.",
        ),
        Refusal::TooMany => (
            "Too much at once",
            "There were too many requests from your address. Wait a minute and try again.",
        ),
        _ => (
            "This did not work",
            "It is our fault, and nothing was changed. The log says why, under the ID of this request.",
        ),
    }
}
