//! The cookie by which we know who is signed in.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use cookie::{Cookie, SameSite, time::Duration};

use crate::secret::Secret;

/// `__Host-` makes browsers take it only from this very host, over a secure channel.
const NAME: &str = "__Host-leftoff-staff";

/// The cookie of somebody who is on the way to the OpenID provider and back.
const JOURNEY: &str = "__Host-leftoff-journey";
/// As long as a person may take there.
const JOURNEY_LIFE: Duration = Duration::minutes(10);

/// The cookie of a request.
pub(super) fn read(headers: &HeaderMap) -> Option<Secret> {
    find(headers, NAME).and_then(|value| Secret::parse(&value))
}

/// The sealed journey of a request.
pub(super) fn read_journey(headers: &HeaderMap) -> Option<String> {
    find(headers, JOURNEY)
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// The header `Set-Cookie` that a journey to the provider begins with.
pub(super) fn set_journey(sealed: &str) -> HeaderValue {
    header(Cookie::build((JOURNEY, sealed.to_owned())).max_age(JOURNEY_LIFE))
}

/// The header `Set-Cookie` that it ends with.
pub(super) fn forget_journey() -> HeaderValue {
    header(Cookie::build((JOURNEY, "")).max_age(Duration::ZERO))
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
