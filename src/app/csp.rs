//! The Content Security Policy of a page.

use crate::{config::Config, flow::TRUSTED_TYPES_POLICY};

/// Scripts by nonce, styles and images from us, frames from Persona's flow alone.
pub(super) fn policy(config: &Config, nonce: &str) -> String {
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
        let scheme = if host.starts_with("localhost:") {
            "http"
        } else {
            "https"
        };
        format!("{scheme}://{host}")
    };
    config
        .persona
        .link_hosts
        .iter()
        .map(origin)
        .collect::<Vec<_>>()
        .join(" ")
}
