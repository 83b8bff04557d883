//! Security headers: strict for everything, with a nonce for pages.

use axum::{
    extract::{Request, State},
    http::{
        HeaderValue,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY,
            STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::Response,
};

use super::{AppState, Next};
use crate::config::Config;

/// Name of the Trusted Types policy through which the island loads the SDK.
pub const TRUSTED_TYPES_POLICY: &str = crate::flow::TRUSTED_TYPES_POLICY;

/// What no answer lacks. A page brings its own policy with a nonce.
pub(super) async fn secure(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if state.config.server.public_url.scheme() == "https" {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(STRICT_TRANSPORT_SECURITY, two_years);
    }
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::try_from(permissions_policy(&state.config)) {
        headers.insert("permissions-policy", value);
    }
    response
}

const ALWAYS: [(&str, &str); 3] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// Camera and microphone for the flow's frame; `self` is needed for the delegation to work.
fn permissions_policy(config: &Config) -> String {
    let flow = config.persona.flow_origin();
    format!("camera=(self \"{flow}\"), microphone=(self \"{flow}\"), geolocation=(), payment=(), usb=()")
}

/// The Content Security Policy of a page.
#[must_use]
pub fn page_policy(config: &Config, nonce: &str) -> String {
    let flow = config.persona.flow_origin();
    let hosted = form_targets(config);
    format!(
        "default-src 'none'; \
         script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self'; connect-src 'self'; frame-src {flow}; \
         form-action 'self' {hosted}; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types {TRUSTED_TYPES_POLICY}"
    )
}

/// Browsers hold a form's redirects against `form-action` too, so the hosted flow must be named.
fn form_targets(config: &Config) -> String {
    let origin = |host: &String| {
        let scheme = if host.starts_with("localhost:") { "http" } else { "https" };
        format!("{scheme}://{host}")
    };
    config.persona.link_hosts.iter().map(origin).collect::<Vec<_>>().join(" ")
}
