//! The cookie by which we know a device again.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use cookie::{Cookie, SameSite, time::Duration};

use crate::secret::Secret;

/// `__Host-` makes browsers take it only from this very host, over a secure channel.
pub const NAME: &str = "__Host-leftoff-device";

/// As long as the longest link that somebody may reasonably make.
const LIFE: Duration = Duration::days(30);

/// The device that a request comes from, if it was here before.
#[must_use]
pub fn read(headers: &HeaderMap) -> Option<Secret> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == NAME)
        .and_then(|cookie| Secret::parse(cookie.value()))
}

/// The header `Set-Cookie` that gives a device its cookie.
///
/// `Lax`, because the person comes from a mail or from Persona's hosted flow.
#[must_use]
pub fn set(device: &Secret) -> HeaderValue {
    let cookie = Cookie::build((NAME, device.expose()))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(LIFE)
        .to_string();
    let mut header = HeaderValue::try_from(cookie).unwrap_or(HeaderValue::from_static(""));
    header.set_sensitive(true);
    header
}
