//! The ID of a request: the proxy's own when it sent one, ours otherwise.

use axum::{
    extract::Request,
    http::{HeaderValue, request},
    response::Response,
};

use super::Next;

/// The header, as most proxies name it.
const HEADER: &str = "x-request-id";
/// A UUID has 36 characters, a trace's ID 32.
const LONGEST: usize = 64;

/// Forgets an ID that is none: what a stranger made up would stand in the log, whatever it says.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let (mut head, body) = request.into_parts();
    if !has_one(&head) {
        head.headers.remove(HEADER);
    }
    next.run(Request::from_parts(head, body)).await
}

/// Whether there is one ID, short and of the characters that IDs are made of.
fn has_one(head: &request::Parts) -> bool {
    let is_plain = |value: &HeaderValue| {
        let bytes = value.as_bytes();
        !bytes.is_empty()
            && bytes.len() <= LONGEST
            && bytes
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let mut values = head.headers.get_all(HEADER).iter();
    values.next().is_some_and(is_plain) && values.next().is_none()
}
