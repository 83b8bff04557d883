//! In front of every endpoint: a good key, how much it may ask for, and what it may do.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{AUTHORIZATION, WWW_AUTHENTICATE},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use axum_client_ip::ClientIp;

use super::{kind::Kind, problem::Problem};
use crate::{
    keys::{Allowance, Caller, Denied, Token},
    model::scope::Scope,
    state::AppState,
};

/// Lets in whoever has a key with this scope.
pub(super) async fn guard(
    State((state, scope)): State<(AppState, Scope)>,
    ClientIp(address): ClientIp,
    mut request: Request,
    next: Next,
) -> Response {
    let caller = match recognise(&state, request.headers()).await {
        Ok(caller) => caller,
        Err(problem) => {
            let wait = state.quota.take_refused(address);
            let problem = wait.map_or(problem, |wait| {
                let detail = "Too many requests from this address came without a good key.";
                Problem::new(Kind::TooManyRequests, detail).retry_after(wait)
            });
            return problem.into_response();
        }
    };
    let allowance = match state.quota.take(&caller.key_id).await {
        Ok(Ok(allowance)) => allowance,
        Err(failure) => return Problem::from(failure).into_response(),
        Ok(Err(wait)) => {
            let detail = "This key asked for more than it may in a minute.";
            let problem = Problem::new(Kind::TooManyRequests, detail).retry_after(wait);
            return with_allowance(problem.into_response(), state.quota.used_up());
        }
    };
    if !caller.may(scope) {
        return with_allowance(missing(scope).into_response(), allowance);
    }
    request.extensions_mut().insert(caller);
    with_allowance(next.run(request).await, allowance)
}

/// Whose key a request brings along. Cookies are not looked at.
async fn recognise(state: &AppState, headers: &HeaderMap) -> Result<Caller, Problem> {
    let header = headers.get(AUTHORIZATION);
    let Some(header) = header else {
        let detail = "The request has no header Authorization.";
        return Err(challenge(detail, None));
    };
    let token = header.to_str().ok().and_then(bearer);
    let Some(token) = token else {
        let detail = "The header Authorization holds no key of Leftoff.";
        return Err(challenge(detail, Some("This is no key")));
    };
    let detail = match state.keys.recognise(&token).await? {
        Ok(caller) => return Ok(caller),
        Err(Denied::Unknown) => "This key is unknown",
        Err(Denied::Expired) => "This key has expired",
        Err(Denied::Revoked) => "This key was revoked",
    };
    Err(challenge(&format!("{detail}."), Some(detail)))
}

/// The scheme's name may be written in any case (RFC 9110, section 11.1).
fn bearer(header: &str) -> Option<Token> {
    let (scheme, token) = header.split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    Token::parse(token.trim()).filter(|_| is_bearer)
}

/// Asks for a key, and says what is wrong with the one that was sent (RFC 6750, section 3).
fn challenge(detail: &str, wrong: Option<&str>) -> Problem {
    let value = match wrong {
        None => r#"Bearer realm="leftoff""#.to_owned(),
        Some(wrong) => {
            format!(r#"Bearer realm="leftoff", error="invalid_token", error_description="{wrong}""#)
        }
    };
    with_challenge(Problem::new(Kind::Unauthenticated, detail), &value)
}

fn missing(scope: Scope) -> Problem {
    let scope = scope.code();
    let detail = format!("This key lacks the scope {scope}.");
    let value = format!(r#"Bearer realm="leftoff", error="insufficient_scope", scope="{scope}""#);
    with_challenge(Problem::new(Kind::MissingScope, detail), &value)
}

fn with_challenge(problem: Problem, value: &str) -> Problem {
    match HeaderValue::from_str(value) {
        Ok(value) => problem.with_header(WWW_AUTHENTICATE, value),
        Err(_) => problem,
    }
}

/// Says how much is left, by the names of draft-ietf-httpapi-ratelimit-headers-06, which Persona uses too.
fn with_allowance(mut response: Response, allowance: Allowance) -> Response {
    let seconds = allowance.reset.as_millis().div_ceil(1000);
    let headers = [
        ("ratelimit-limit", u64::from(allowance.limit)),
        ("ratelimit-remaining", u64::from(allowance.remaining)),
        (
            "ratelimit-reset",
            u64::try_from(seconds).unwrap_or(u64::MAX),
        ),
    ];
    for (name, value) in headers {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .insert(name, HeaderValue::from(value));
    }
    response
}

/// Handlers take whoever calls as an argument; without the guard there is nobody.
impl FromRequestParts<AppState> for Caller {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, StatusCode> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or(StatusCode::UNAUTHORIZED)
    }
}
