//! `POST /r/{token}/phone`: a short-lived link for the person's phone, as a QR code.

use axum::{
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::Response,
};
use leptos::prelude::*;

use super::{input::Segment, link};
use crate::{
    app::{self, Page},
    device,
    failure::Failure,
    paths,
    state::AppState,
    ui::qr,
    visit::Visit,
    words::Value,
};

/// Makes the link and shows it. A phone that opens it becomes the link's only device.
pub async fn make(
    State(state): State<AppState>,
    Segment(token): Segment,
    visit: Visit,
) -> Response {
    let handed = async {
        let found = link::find(&state, &token).await?;
        let claimed = state.inquiries.claim(&found, &visit.visitor(None)).await?;
        let made = state.links.hand_off(&found).await?;
        Ok::<_, Failure>((claimed, made, found))
    };
    match handed.await {
        Ok((device, made, found)) => {
            let url = state
                .config
                .server
                .public_url
                .join(&paths::link(made.token.expose()));
            let code = url.ok().and_then(|url| qr::draw(url.as_str()));
            let visit = visit.to(&found);
            let mut response = page(&state, &visit, &token, code).await;
            response
                .headers_mut()
                .append(SET_COOKIE, device::set(&device));
            response
        }
        Err(failure) => link::refuse(&state, &visit, &token, &failure, "hand-off").await,
    }
}

async fn page(state: &AppState, visit: &Visit, token: &str, code: Option<String>) -> Response {
    let words = visit.words.clone();
    let page = Page {
        title: words.say("phone-title"),
        status: StatusCode::OK,
        path: paths::link(token),
        has_flow: false,
    };
    let minutes = (
        "minutes",
        Value::Number(state.config.links.hand_off_minutes),
    );
    let (check, back) = (
        visit.path(&paths::check(token)),
        visit.path(&paths::link(token)),
    );
    let body = move || {
        view! {
            <section class="card" data-state="phone">
                <h1>{words.say("phone-title")}</h1>
                <p>{words.say_with("phone-text", &minutes)}</p>
                <div class="qr" role="img" aria-label=words.say("phone-code") inner_html=code.clone()></div>
                <form method="post" action=check.clone()>
                    <button class="button" type="submit">{words.say("phone-done")}</button>
                </form>
                <p><a href=back.clone()>{words.say("phone-back")}</a></p>
            </section>
        }
        .into_any()
    };
    app::render(state, visit, page, body).await
}
