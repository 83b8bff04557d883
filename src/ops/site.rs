//! The style sheet and the script of ops: in the program, and named by what is in them.

use std::sync::LazyLock;

use axum::{
    Router,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::IntoResponse,
    routing::get,
};
use sha2::{Digest as _, Sha256};
use tower_http::compression::CompressionLayer;

use crate::{paths, state::AppState};

const STYLE: &str = concat!(
    include_str!("../../style/tokens.css"),
    include_str!("../../style/ops/frame.css"),
    include_str!("../../style/ops/controls.css"),
    include_str!("../../style/ops/table.css"),
    include_str!("../../style/ops/inquiry.css"),
    include_str!("../../style/ops/audit.css"),
    include_str!("../../style/ops/import.css"),
    include_str!("../../style/ops/events.css"),
    include_str!("../../style/ops/bulk.css"),
    include_str!("../../style/ops/funnel.css"),
    include_str!("../../style/ops/api.css"),
    include_str!("../../style/ops/policies.css"),
    include_str!("../../style/ops/deliveries.css"),
    include_str!("../../style/ops/rows.css"),
);
const SCRIPT: &str = include_str!("ops.js");

/// For files whose address changes with their content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

static STYLE_URL: LazyLock<String> = LazyLock::new(|| versioned(paths::OPS_STYLE, STYLE));
static SCRIPT_URL: LazyLock<String> = LazyLock::new(|| versioned(paths::OPS_SCRIPT, SCRIPT));

/// Where the style sheet of this build is.
#[must_use]
pub fn style_url() -> &'static str {
    &STYLE_URL
}

/// Where the script of this build is.
pub(super) fn script_url() -> &'static str {
    &SCRIPT_URL
}

/// The files; whoever is not signed in needs them too.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route(
            paths::OPS_STYLE,
            get(async || file("text/css; charset=utf-8", STYLE)),
        )
        .route(
            paths::OPS_SCRIPT,
            get(async || file("text/javascript; charset=utf-8", SCRIPT)),
        )
        // Pages are left as they are: the length of what is packed would tell of what is in it.
        .layer(CompressionLayer::new())
}

fn file(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    let media_type = HeaderValue::from_static(media_type);
    ([(CONTENT_TYPE, media_type), (CACHE_CONTROL, FOREVER)], text)
}

fn versioned(path: &str, content: &str) -> String {
    let hash = hex::encode(Sha256::digest(content));
    format!("{path}?v={}", &hash[..12])
}
