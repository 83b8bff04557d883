//! Signing in by the company's OpenID provider: the way there, and the way back.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;

use super::{Next, browser, go_on, with_next};
use crate::{
    oidc::{Callback, OidcError},
    ops::{
        cookie,
        page::{self, Page},
        refused::{Failed, with_page},
        route,
    },
    paths,
    staff::{Browser, ProviderError, Signed, Stage},
    state::AppState,
};

/// Sends the browser to the provider. It keeps nothing here, so it may be a link.
pub(super) async fn depart(
    State(state): State<AppState>,
    Query(next): Query<Next>,
    headers: HeaderMap,
) -> Response {
    let present = match present(&state, &headers).await {
        Ok(present) => present,
        Err(response) => return response,
    };
    let departure = match &present {
        Some(signed) => state.staff.depart_again(signed, next.path()).await,
        None => state.staff.depart(next.path()).await,
    };
    match departure {
        Ok(departure) => {
            let mut response = Redirect::to(departure.url.as_str()).into_response();
            let value = cookie::set_journey(&departure.sealed);
            response.headers_mut().insert(SET_COOKIE, value);
            response
        }
        Err(error) => refuse(&state, present.as_ref(), error).await,
    }
}

/// Takes the browser back.
pub(super) async fn arrive(
    State(state): State<AppState>,
    Query(callback): Query<Callback>,
    headers: HeaderMap,
) -> Response {
    let present = match present(&state, &headers).await {
        Ok(present) => present,
        Err(response) => return response,
    };
    let sealed = cookie::read_journey(&headers).unwrap_or_default();
    let from = Browser {
        name: browser(&headers),
        zone: present
            .as_ref()
            .and_then(|signed| signed.session.zone.clone()),
    };
    let arrival = state
        .staff
        .arrive(&sealed, &callback, present.as_ref(), from);
    let mut response = match arrival.await {
        Ok(arrival) => go_on(&arrival.cookie, &arrival.next),
        Err(error) => refuse(&state, present.as_ref(), error).await,
    };
    response
        .headers_mut()
        .append(SET_COOKIE, cookie::forget_journey());
    response
}

/// Who is signed in already, and comes to prove it.
async fn present(state: &AppState, headers: &HeaderMap) -> Result<Option<Signed>, Response> {
    let signed = route::signed(state, headers).await?;
    Ok(signed.filter(|signed| signed.stage() == Stage::Done))
}

/// The link to the provider, where there is one.
pub(super) fn link(
    state: &AppState,
    next: &str,
    text: &'static str,
) -> Option<impl IntoView + use<>> {
    let name = state.staff.provider()?.to_owned();
    let path = with_next(paths::SIGN_IN_PROVIDER, next);
    Some(view! { <p class="or"><a class="button" href=path>{text} " " {name}</a></p> })
}

async fn refuse(state: &AppState, present: Option<&Signed>, error: ProviderError) -> Response {
    if let ProviderError::Failed(failure) = error {
        return with_page(state, present, Failed(failure).into_response()).await;
    }
    tracing::warn!(cause = %error, "a sign-in by the OpenID provider failed");
    let (status, text) = words(&error);
    let page = Page {
        title: "You are not signed in".to_owned(),
        status,
        ..Page::default()
    };
    let body = move || {
        view! {
            <section class="door">
                <h1>"You are not signed in"</h1>
                <p>{text}</p>
                <p><a href=paths::SIGN_IN>"Back to signing in"</a></p>
            </section>
        }
        .into_any()
    };
    page::render(state, None, page, body).await
}

const fn words(error: &ProviderError) -> (StatusCode, &'static str) {
    match error {
        ProviderError::None => (
            StatusCode::NOT_FOUND,
            "There is no provider to sign in with.",
        ),
        ProviderError::Stranger => (
            StatusCode::FORBIDDEN,
            "You are known there, and nobody here has your e-mail address. An admin can add you.",
        ),
        ProviderError::Unproved => (
            StatusCode::FORBIDDEN,
            "You came back as somebody else than who is signed in here.",
        ),
        ProviderError::Provider(OidcError::Refused(_)) => (
            StatusCode::FORBIDDEN,
            "You were not let in there, or you turned back.",
        ),
        ProviderError::Provider(OidcError::Unreachable(_)) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "The provider does not answer. Try again in a moment.",
        ),
        ProviderError::Provider(OidcError::Late | OidcError::ForeignState)
        | ProviderError::Unbegun => (
            StatusCode::BAD_REQUEST,
            "This sign-in was begun elsewhere, or too long ago. Begin again.",
        ),
        ProviderError::Provider(_) | ProviderError::Failed(_) => (
            StatusCode::BAD_GATEWAY,
            "What the provider said cannot be trusted. The log says why.",
        ),
    }
}
