//! One's own account: where one is signed in, the password, the time zone.

use axum::{
    Form,
    extract::{Query, State},
    http::{StatusCode, header::SET_COOKIE},
    response::{IntoResponse as _, Redirect, Response},
};
use jiff::tz::{self, TimeZone};
use leptos::prelude::*;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    cookie,
    page::{self, Page},
    refused::Failed,
    route::Route,
    team::{Sessions, factor, methods},
    time::Reader,
};
use crate::{
    failure::Failure,
    model::{refusal::Refusal, role::Act},
    paths,
    staff::{NewPasswordError, SignInError, Signed},
    state::AppState,
};

/// The page and what one does there.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::ACCOUNT, Act::OwnAccount, show),
        Route::act(paths::ACCOUNT_PASSWORD, Act::OwnAccount, set_password),
        Route::act(paths::ACCOUNT_ZONE, Act::OwnAccount, set_zone),
        Route::act(paths::ACCOUNT_SESSIONS, Act::OwnAccount, end_sessions),
    ]
}

/// What was done before the page is shown again.
#[derive(Debug, Default, Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

impl Done {
    fn text(&self) -> Option<&'static str> {
        match &*self.done {
            "password" => Some("The password is changed, and your other sessions have ended."),
            "zone" => Some("Times are shown in this zone as long as you stay signed in."),
            "others" => Some("You are signed in nowhere else any more."),
            "session" => Some("The session has ended."),
            _ => None,
        }
    }
}

async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response, Failed> {
    form(&state, &signed, done.text(), None).await
}

async fn form(
    state: &AppState,
    signed: &Signed,
    done: Option<&'static str>,
    wrong: Option<(StatusCode, String)>,
) -> Result<Response, Failed> {
    let sessions = state.staff.sessions(&signed.person.id).await?;
    let reader = Reader::of(state, signed);
    let page = Page {
        title: "Your account".to_owned(),
        status: wrong.as_ref().map_or(StatusCode::OK, |(status, _)| *status),
        ..Page::default()
    };
    let me = signed.clone();
    let body = move || {
        let table = Sessions {
            rows: &sessions,
            reader: &reader,
            own: Some(&me.session.id),
            end: Some(paths::ACCOUNT_SESSIONS.to_owned()),
        };
        let wrong = wrong.as_ref().map(|(_, text)| text.clone());
        view! {
            <div class="head"><h1>"Your account"</h1></div>
            {done.map(|text| view! { <p class="done" role="status">{text}</p> })}
            {wrong.map(|text| view! { <p class="alert" role="alert">{text}</p> })}
            {facts(&me)}
            <h2>"Sessions"</h2>
            {table.view()}
            {sign_out()}
            <h2>"Time zone"</h2>
            {zone_form(&reader)}
            <h2>"Password"</h2>
            {password_form(&me)}
        }
        .into_any()
    };
    Ok(page::render(state, Some(signed), page, body).await)
}

fn facts(me: &Signed) -> impl IntoView + use<> {
    view! {
        <dl class="facts">
            <div><dt>"Name"</dt><dd>{me.person.name.clone()}</dd></div>
            <div><dt>"Address"</dt><dd>{me.person.email.clone()}</dd></div>
            <div><dt>"Role"</dt><dd class="word">{me.role.code()}</dd></div>
            <div><dt>"Signs in by"</dt><dd>{methods(&me.person)}</dd></div>
            <div><dt>"Second factor"</dt><dd>{factor(&me.person)}</dd></div>
        </dl>
    }
}

fn sign_out() -> impl IntoView {
    view! {
        <form class="line" method="post" action=paths::ACCOUNT_SESSIONS>
            <button type="submit" name="which" value="others">"Sign out everywhere else"</button>
            <button class="grave" type="submit" name="which" value="all">"Sign out everywhere"</button>
        </form>
    }
}

fn zone_form(reader: &Reader) -> impl IntoView + use<> {
    let names: Vec<_> = tz::db()
        .available()
        .map(|name| view! { <option value=name.to_string()></option> })
        .collect();
    view! {
        <form class="line" method="post" action=paths::ACCOUNT_ZONE>
            <input name="zone" list="zones" aria-label="Time zone" value=reader.zone().to_owned() required />
            <datalist id="zones">{names}</datalist>
            <button type="submit">"Show times in this zone"</button>
        </form>
    }
}

fn password_form(me: &Signed) -> AnyView {
    if me.person.password_hash.is_none() {
        return view! { <p>"You sign in by single sign-on and have no password here."</p> }
            .into_any();
    }
    let email = me.person.email.clone();
    view! {
        <form class="narrow" method="post" action=paths::ACCOUNT_PASSWORD>
            <input type="hidden" name="username" autocomplete="username" value=email />
            <p class="field">
                <label for="present">"Present password"</label>
                <input id="present" name="present" type="password" autocomplete="current-password" required />
            </p>
            <p class="field">
                <label for="new">"New password"</label>
                <input id="new" name="new" type="password" autocomplete="new-password" minlength="12" maxlength="128"
                    required aria-describedby="new-about" />
                <small id="new-about">"12 characters or more, and hard to guess."</small>
            </p>
            <button type="submit">"Change the password"</button>
        </form>
    }
    .into_any()
}

fn done(code: &str) -> Response {
    Redirect::to(&format!("{}?done={code}", paths::ACCOUNT)).into_response()
}

/// The passwords that somebody types.
#[derive(Deserialize)]
struct Passwords {
    present: SecretString,
    new: SecretString,
}

async fn set_password(
    State(state): State<AppState>,
    signed: Signed,
    Form(passwords): Form<Passwords>,
) -> Result<Response, Failed> {
    let Passwords { present, new } = passwords;
    let wrong = match state.staff.change_password(&signed, present, new).await {
        Ok(()) => return Ok(done("password")),
        Err(NewPasswordError::SignIn(SignInError::Failed(failure))) => return Err(Failed(failure)),
        Err(NewPasswordError::SignIn(SignInError::Wrong)) => {
            let text = "Nothing was changed: the present password is wrong.";
            (StatusCode::UNAUTHORIZED, text.to_owned())
        }
        Err(NewPasswordError::SignIn(SignInError::TooMany(_))) => {
            let text = "There were too many attempts. Wait a minute, then try again.";
            (StatusCode::TOO_MANY_REQUESTS, text.to_owned())
        }
        Err(NewPasswordError::Password(error)) => {
            let text = format!("Nothing was changed: {error}.");
            (StatusCode::UNPROCESSABLE_ENTITY, text)
        }
    };
    form(&state, &signed, None, Some(wrong)).await
}

/// The zone that somebody picks.
#[derive(Deserialize)]
struct NewZone {
    zone: String,
}

async fn set_zone(
    State(state): State<AppState>,
    signed: Signed,
    Form(new): Form<NewZone>,
) -> Result<Response, Failed> {
    if TimeZone::get(&new.zone).is_err() {
        let text = "Nothing was changed: there is no such time zone.".to_owned();
        let wrong = (StatusCode::UNPROCESSABLE_ENTITY, text);
        return form(&state, &signed, None, Some(wrong)).await;
    }
    state.staff.set_zone(&signed, new.zone).await?;
    Ok(done("zone"))
}

/// The sessions that end: one by its ID, or `others`, or `all`.
#[derive(Deserialize)]
struct Ending {
    session: Option<String>,
    #[serde(default)]
    which: String,
}

async fn end_sessions(
    State(state): State<AppState>,
    signed: Signed,
    Form(ending): Form<Ending>,
) -> Result<Response, Failed> {
    let (actor, person, staff) = (signed.actor(), &signed.person.id, &state.staff);
    match (ending.session, &*ending.which) {
        (Some(session), _) => {
            staff.end_session(&actor, person, &session).await?;
            Ok(if session == signed.session.id {
                signed_out()
            } else {
                done("session")
            })
        }
        (None, "others") => {
            staff.end_other_sessions(&signed).await?;
            Ok(done("others"))
        }
        (None, "all") => {
            staff.end_sessions(&actor, person).await?;
            Ok(signed_out())
        }
        _ => Err(Failure::from(Refusal::BadRequest).into()),
    }
}

fn signed_out() -> Response {
    let mut response = Redirect::to(paths::SIGN_IN).into_response();
    response.headers_mut().insert(SET_COOKIE, cookie::forget());
    response
}
