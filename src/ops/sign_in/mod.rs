//! Signing in and out.

mod code;
mod enrol;
mod prove;
mod provider;

use axum::{
    Form, Router,
    extract::{Query, Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{RETRY_AFTER, SET_COOKIE, USER_AGENT},
    },
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    cookie,
    page::{self, Page},
    refused::{Failed, with_page},
    route::{self, Route},
};
use crate::{
    model::role::Act,
    paths,
    secret::Secret,
    staff::{Browser, SignInError, Signed, SignedIn, Stage},
    state::AppState,
};

/// Acts of those who are signed in.
pub(super) fn routes() -> Vec<Route> {
    vec![Route::act(paths::SIGN_OUT, Act::OwnAccount, sign_out)]
}

/// What has to be open to those who are not: each of these handlers checks for itself.
pub(super) fn router(_: &AppState) -> Router<AppState> {
    Router::new()
        .route(paths::SIGN_IN, get(show).post(sign_in))
        .route(paths::SIGN_IN_CODE, get(code::show).post(code::confirm))
        .route(paths::SIGN_IN_ENROL, get(enrol::show).post(enrol::confirm))
        .route(paths::SIGN_IN_PROVIDER, get(provider::depart))
        .route(paths::SIGN_IN_RETURN, get(provider::arrive))
        .route(paths::PROVE, get(prove::show).post(prove::prove))
}

/// Where somebody goes on afterwards.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Next {
    next: Option<String>,
}

impl Next {
    /// A page of ops, whatever was asked for: nobody is led elsewhere.
    fn path(&self) -> String {
        let next = self.next.as_deref().unwrap_or(paths::OPS);
        let is_ours = next == paths::OPS
            || ["/", "?"]
                .iter()
                .any(|end| next.starts_with(&format!("{}{end}", paths::OPS)));
        let is_plain = !next.contains(['\\', '\r', '\n']) && !next.contains("//");
        if is_ours && is_plain {
            next.to_owned()
        } else {
            paths::OPS.to_owned()
        }
    }
}

/// Where to sign in before this request can be answered.
pub(super) fn first(request: &Request) -> String {
    with_next(paths::SIGN_IN, &back_to(request))
}

/// Where to prove again who acts before this request can be answered.
pub(super) fn prove_first(request: &Request) -> String {
    with_next(paths::PROVE, &back_to(request))
}

/// A page is come back to; an act has no page of its own.
fn back_to(request: &Request) -> String {
    let path = request.uri().path_and_query().map(ToString::to_string);
    match (request.method(), path) {
        (&Method::GET, Some(path)) => path,
        _ => paths::OPS.to_owned(),
    }
}

fn with_next(path: &str, next: &str) -> String {
    if next == paths::OPS {
        return path.to_owned();
    }
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("{path}?{query}")
}

/// Whoever is only partly signed in, with what is still to be proved; others are sent to where they belong.
async fn partly(state: &AppState, headers: &HeaderMap, wanted: Stage) -> Result<Signed, Response> {
    match route::signed(state, headers).await? {
        Some(signed) if signed.stage() == wanted => Ok(signed),
        Some(_) => Err(Redirect::to(paths::OPS).into_response()),
        None => Err(Redirect::to(paths::SIGN_IN).into_response()),
    }
}

/// The answer that gives the browser its cookie.
fn go_on(cookie: &Secret, path: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    let value = cookie::set(cookie);
    response.headers_mut().insert(SET_COOKIE, value);
    response
}

/// Why the same form is shown again.
#[derive(Clone, Copy, Debug)]
struct Again {
    status: StatusCode,
    text: &'static str,
    wait: Option<u64>,
}

impl Again {
    /// The page's answer to an error; none when the fault is not the person's.
    fn of(error: SignInError, wrong: &'static str) -> Result<Self, Failed> {
        match error {
            SignInError::Wrong => Ok(Self {
                status: StatusCode::UNAUTHORIZED,
                text: wrong,
                wait: None,
            }),
            SignInError::TooMany(wait) => Ok(Self {
                status: StatusCode::TOO_MANY_REQUESTS,
                text: "There were too many attempts for this address. Wait a minute, then try again.",
                wait: Some(wait.as_secs().saturating_add(1)),
            }),
            SignInError::Failed(failure) => Err(Failed(failure)),
        }
    }

    fn mark(this: Option<Self>, mut response: Response) -> Response {
        if let Some(wait) = this.and_then(|again| again.wait) {
            let wait = HeaderValue::from(wait);
            response.headers_mut().insert(RETRY_AFTER, wait);
        }
        response
    }
}

/// What went wrong, above a form.
fn alert(again: Option<Again>) -> impl IntoView {
    again.map(|again| view! { <p class="alert" role="alert">{again.text}</p> })
}

fn status(again: Option<Again>) -> StatusCode {
    again.map_or(StatusCode::OK, |again| again.status)
}

async fn show(
    State(state): State<AppState>,
    Query(next): Query<Next>,
    headers: HeaderMap,
) -> Response {
    match route::signed(&state, &headers).await {
        Ok(Some(signed)) if signed.stage() == Stage::Done => {
            Redirect::to(&next.path()).into_response()
        }
        Ok(_) => form(&state, &next, None, String::new()).await,
        Err(response) => response,
    }
}

async fn form(state: &AppState, next: &Next, again: Option<Again>, email: String) -> Response {
    let page = Page {
        title: "Sign in".to_owned(),
        status: status(again),
        ..Page::default()
    };
    let company = state.config.portal.name.clone();
    let action = with_next(paths::SIGN_IN, &next.path());
    let (parts, path) = (state.clone(), next.path());
    let body = move || {
        let provider = provider::link(&parts, &path, "Sign in with");
        view! {
            <section class="door">
                <p class="house">"Leftoff · " {company.clone()}</p>
                <h1>"Sign in"</h1>
                {alert(again)}
                <form method="post" action=action.clone()>
                    <input type="hidden" name="zone" data-zone="" />
                    <p class="field">
                        <label for="email">"E-mail address"</label>
                        <input
                            id="email"
                            name="email"
                            type="email"
                            value=email.clone()
                            autocomplete="username"
                            required
                            autofocus
                        />
                    </p>
                    <p class="field">
                        <label for="password">"Password"</label>
                        <input
                            id="password"
                            name="password"
                            type="password"
                            autocomplete="current-password"
                            required
                        />
                    </p>
                    <button class="main" type="submit">"Sign in"</button>
                </form>
                {provider}
            </section>
        }
        .into_any()
    };
    let response = page::render(state, None, page, body).await;
    Again::mark(again, response)
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: secrecy::SecretString,
    #[serde(default)]
    zone: String,
}

async fn sign_in(
    State(state): State<AppState>,
    Query(next): Query<Next>,
    headers: HeaderMap,
    Form(credentials): Form<Credentials>,
) -> Response {
    let browser = Browser {
        name: browser(&headers),
        zone: Some(credentials.zone).filter(|zone| jiff::tz::TimeZone::get(zone).is_ok()),
    };
    let (email, password) = (credentials.email, credentials.password);
    match state.staff.sign_in(&email, password, browser).await {
        Ok(SignedIn { cookie, stage }) => go_on(&cookie, &after(stage, &next)),
        Err(error) => match Again::of(error, "The address or the password is wrong.") {
            Ok(again) => form(&state, &next, Some(again), email).await,
            Err(failed) => with_page(&state, None, failed.into_response()).await,
        },
    }
}

fn after(stage: Stage, next: &Next) -> String {
    let path = match stage {
        Stage::Done => return next.path(),
        Stage::Code => paths::SIGN_IN_CODE,
        Stage::Enrol => paths::SIGN_IN_ENROL,
    };
    with_next(path, &next.path())
}

/// The browser's name and system in a few words, to be known again in the list of one's sessions.
fn browser(headers: &HeaderMap) -> Option<String> {
    let agent = headers.get(USER_AGENT)?.to_str().ok()?;
    let first = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(mark, _)| agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => Some(format!("{browser} on {system}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

async fn sign_out(State(state): State<AppState>, signed: Signed) -> Result<Response, Failed> {
    state.staff.sign_out(&signed).await?;
    let mut response = Redirect::to(paths::SIGN_IN).into_response();
    response.headers_mut().insert(SET_COOKIE, cookie::forget());
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere() {
        let path = |next: &str| {
            let next = Some(next.to_owned());
            Next { next }.path()
        };
        assert_eq!(path("/ops/inquiries/inq_1"), "/ops/inquiries/inq_1");
        assert_eq!(path("/ops?need=expired"), "/ops?need=expired");
        for bad in [
            "https://example.com",
            "//example.com",
            "/opsx",
            "/ops//example.com",
            "/ops\\",
            "/r/x",
        ] {
            assert_eq!(path(bad), "/ops", "{bad}");
        }
    }
}
