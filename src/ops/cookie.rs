//! The cookie by which we know who is signed in.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use cookie::{Cookie, SameSite, time::Duration};

use crate::secret::Secret;

/// `__Host-` makes browsers take it only from this very host, over a secure channel.
const NAME: &str = "__Host-leftoff-staff";

/// The cookie of a request.
pub(super) fn read(headers: &HeaderMap) -> Option<Secret> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == NAME)
        .and_then(|cookie| Secret::parse(cookie.value()))
}

/// The header `Set-Cookie` that signs somebody in until the browser is closed; the server decides how long it is good.
///
/// `Lax`, because people come from links in mails and from their identity provider.
pub(super) fn set(secret: &Secret) -> HeaderValue {
    header(Cookie::build((NAME, secret.expose().to_owned())))
}

/// The header `Set-Cookie` that takes the cookie back.
pub(super) fn forget() -> HeaderValue {
    header(Cookie::build((NAME, "")).max_age(Duration::ZERO))
}

/// The same, when there is a cookie to take back.
pub(super) fn forget_if_there(headers: &HeaderMap) -> Option<HeaderValue> {
    read(headers).map(|_| forget())
}

fn header(cookie: cookie::CookieBuilder<'_>) -> HeaderValue {
    let cookie = cookie
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .to_string();
    let mut header = HeaderValue::try_from(cookie).unwrap_or(HeaderValue::from_static(""));
    header.set_sensitive(true);
    header
}
