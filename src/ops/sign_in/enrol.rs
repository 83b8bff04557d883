//! Setting up a second factor at the first sign-in.

use axum::{
    Form,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse as _, Response},
};
use leptos::prelude::*;
use qrcode::{QrCode, render::svg};
use serde::Deserialize;

use super::{Again, Next, alert, code, go_on, partly, status, with_next};
use crate::{
    ops::{
        page::{self, Page},
        refused::{Failed, with_page},
    },
    paths,
    staff::{Enrolment, Stage},
    state::AppState,
};

/// What the person sends.
#[derive(Deserialize)]
pub(super) struct Proof {
    sealed: String,
    code: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    Query(next): Query<Next>,
    headers: HeaderMap,
) -> Response {
    let signed = match partly(&state, &headers, Stage::Enrol).await {
        Ok(signed) => signed,
        Err(response) => return response,
    };
    match state.staff.enrolment(&signed) {
        Ok(enrolment) => form(&state, &next, enrolment, None).await,
        Err(failure) => with_page(&state, None, Failed(failure).into_response()).await,
    }
}

pub(super) async fn confirm(
    State(state): State<AppState>,
    Query(next): Query<Next>,
    headers: HeaderMap,
    Form(Proof { sealed, code }): Form<Proof>,
) -> Response {
    let signed = match partly(&state, &headers, Stage::Enrol).await {
        Ok(signed) => signed,
        Err(response) => return response,
    };
    let error = match state.staff.enrol(&signed, &sealed, &code).await {
        Ok(cookie) => return go_on(&cookie, &next.path()),
        Err(error) => error,
    };
    let enrolment = state.staff.enrolment_again(&signed, &sealed);
    let enrolment = enrolment.map_or_else(|| state.staff.enrolment(&signed), Ok);
    let again = Again::of(
        error,
        "This code is not the one that your authenticator should show now.",
    );
    match (enrolment, again) {
        (Ok(enrolment), Ok(again)) => form(&state, &next, enrolment, Some(again)).await,
        (Err(failure), _) => with_page(&state, None, Failed(failure).into_response()).await,
        (_, Err(failed)) => with_page(&state, None, failed.into_response()).await,
    }
}

async fn form(
    state: &AppState,
    next: &Next,
    enrolment: Enrolment,
    again: Option<Again>,
) -> Response {
    let page = Page {
        title: "Set up your second factor".to_owned(),
        status: status(again),
        ..Page::default()
    };
    let action = with_next(paths::SIGN_IN_ENROL, &next.path());
    let picture = picture(&enrolment.address);
    let body = move || {
        view! {
            <section class="door">
                <h1>"Set up your second factor"</h1>
                <p>"Scan this with an authenticator, or type the key into it. Then enter the code that it shows."</p>
                <div class="qr" role="img" aria-label="QR code for your authenticator" inner_html=picture.clone()></div>
                <p class="key"><small>"Key"</small> <code>{enrolment.text.clone()}</code></p>
                {alert(again)}
                <form method="post" action=action.clone()>
                    <input type="hidden" name="sealed" value=enrolment.sealed.clone() />
                    {code::field()}
                    <button class="main" type="submit">"Go on"</button>
                </form>
            </section>
        }
        .into_any()
    };
    let response = page::render(state, None, page, body).await;
    Again::mark(again, response)
}

/// A QR code as SVG; empty when the address is too long for one, and then there is the key.
fn picture(address: &str) -> String {
    QrCode::new(address)
        .map(|code| {
            code.render::<svg::Color<'_>>()
                .min_dimensions(180, 180)
                .build()
        })
        .unwrap_or_default()
}
