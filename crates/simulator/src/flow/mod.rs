//! The hosted flow: the pages that a person sees, embedded (`/widget`) or on their own (`/verify`).

mod access;
mod page;
mod preload;
mod press;
mod verify;
mod widget;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};

use crate::shared::Shared;

/// The pages, and the endpoint that the widget's buttons call.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/widget", get(widget::show))
        .route("/flow/{action}", post(widget::act))
        .route("/verify", get(verify::show).post(verify::act))
        .route("/preload", get(preload::show))
}

/// Script and style of the pages.
pub(crate) fn assets() -> Router<Arc<Shared>> {
    Router::new()
        .route("/assets/flow.js", get(script))
        .route("/assets/flow.css", get(style))
}

async fn script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        include_str!("../../assets/flow.js"),
    )
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("../../assets/flow.css"),
    )
}
