//! The page that a link opens with: who asks, what will happen, and one button.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;

use super::{acts::status, refused::with_wait};
use crate::{
    app::{self, Page},
    config::Portal,
    failure::Refused,
    flow::{Flow, Stage},
    links::factor::Factor,
    model::{refusal::Refusal, trouble::Trouble},
    paths,
    state::AppState,
    store::links::LinkRow,
    visit::Visit,
    words::{Value, Words},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub(super) struct Welcome {
    /// The link's token.
    pub(super) token: String,
    /// The link.
    pub(super) link: LinkRow,
    /// What this device must prove.
    pub(super) factor: Factor,
    /// What went wrong a moment ago, without JavaScript.
    pub(super) notice: Option<Refused>,
}

/// Renders the page.
pub(super) async fn show(state: &AppState, visit: &Visit, welcome: Welcome) -> Response {
    let is_elsewhere = welcome.link.device_hash.is_some() && welcome.factor != Factor::None;
    let notice = welcome
        .notice
        .or_else(|| is_elsewhere.then(|| Refusal::OtherDevice.into()));
    let page = Page {
        title: visit.words.say("welcome-title"),
        status: notice.map_or(StatusCode::OK, |refused| status(refused.refusal)),
        path: paths::link(&welcome.token),
        has_flow: true,
    };
    let body = {
        let (state, visit) = (state.clone(), visit.clone());
        move || body(&state, &visit, &welcome, is_elsewhere).into_any()
    };
    let response = app::render(state, visit, page, body).await;
    match notice {
        Some(refused) => with_wait(response, refused),
        None => response,
    }
}

fn body(
    state: &AppState,
    visit: &Visit,
    welcome: &Welcome,
    is_elsewhere: bool,
) -> impl IntoView + use<> {
    let words = &visit.words;
    let portal = &state.config.portal;
    let company = ("company", Value::Text(portal.name.clone()));
    let begin = welcome
        .notice
        .map_or(Stage::Ready, |refused| Stage::Refused(refused.refusal))
        .code();
    let intro = if is_elsewhere {
        "welcome-elsewhere"
    } else {
        "welcome-text"
    };
    let content = view! {
        <h1>{words.say("welcome-title")}</h1>
        <p>{words.say_with(intro, &company)}</p>
        <ul class="steps">
            <li>{words.say_with("step-time", &("minutes", Value::Number(portal.minutes)))}</li>
            <li>{words.say("step-document")}</li>
            <li>{words.say("step-progress")}</li>
            {until(portal, words, &welcome.link)}
        </ul>
        {progress(words)}
        {form(state, visit, welcome)}
        {ways_out(visit, welcome)}
        {dialog(words)}
    };
    view! {
        <Flow>
            <section class="card" data-stage=begin>{content}</section>
        </Flow>
    }
}

/// When the link ends. That of a phone's does not stand yet: it lives on once the phone took it.
fn until(portal: &Portal, words: &Words, link: &LinkRow) -> impl IntoView + use<> {
    let end = link.parent_id.is_none().then(|| {
        let time = words.time(link.expires_at, &portal.zone());
        words.say_with("step-until", &("until", Value::Text(time)))
    });
    end.map(|end| view! { <li>{end}</li> })
}

/// The button. The island reads the visit's facts from the form's attributes.
fn form(state: &AppState, visit: &Visit, welcome: &Welcome) -> impl IntoView + use<> {
    let words = &visit.words;
    let persona = &state.config.persona;
    let action = visit.path(&paths::link(&welcome.token));
    let birthdate = (welcome.factor == Factor::Birthdate).then(|| birthdate(words));
    view! {
        <form
            id="go"
            method="post"
            action=action.clone()
            data-flow=""
            data-page=action
            data-link=welcome.token.clone()
            data-host=persona.flow_host.clone()
            data-origin=persona.flow_origin()
            data-language=words.say("persona-language")
            data-title=words.say("dialog-title")
        >
            {birthdate}
            <button class="button" type="submit">{words.say("continue")}</button>
        </form>
    }
}

fn birthdate(words: &Words) -> impl IntoView + use<> {
    view! {
        <p class="field">
            <label for="birthdate">{words.say("birthdate")}</label>
            <input id="birthdate" name="birthdate" type="date" required autocomplete="bday" />
            <small>{words.say("birthdate-why")}</small>
        </p>
    }
}

/// What is going on; the style sheet shows the words of the stage, which makes them heard too.
fn progress(words: &Words) -> impl IntoView + use<> {
    let spoken = [
        Stage::Working,
        Stage::Checking,
        Stage::Waiting,
        Stage::Offline,
        Stage::Trouble(Trouble::Cancelled),
        Stage::Trouble(Trouble::SessionLost),
        Stage::Trouble(Trouble::FlowError),
        Stage::Trouble(Trouble::CameraDenied),
        Stage::Trouble(Trouble::FrameStalled),
        Stage::Trouble(Trouble::ScriptBlocked),
        Stage::Refused(Refusal::FactorNeeded),
        Stage::Refused(Refusal::FactorWrong),
        Stage::Refused(Refusal::TooMany),
        Stage::Refused(Refusal::PersonaUnavailable),
        Stage::Refused(Refusal::Internal),
    ];
    let lines: Vec<_> = spoken.map(|stage| line(words, stage)).into_iter().collect();
    view! { <div class="status" role="status">{lines}</div> }
}

fn line(words: &Words, stage: Stage) -> impl IntoView + use<> {
    let code = stage.code();
    view! { <p data-when=code>{words.say(&format!("stage-{code}"))}</p> }
}

/// Other ways to the same end: Persona's own page, and a phone.
fn ways_out(visit: &Visit, welcome: &Welcome) -> impl IntoView + use<> {
    let words = &visit.words;
    let phone = (welcome.factor == Factor::None).then(|| {
        let action = visit.path(&paths::hand_off(&welcome.token));
        view! {
            <form id="phone" method="post" action=action>
                <button class="quiet" type="submit">{words.say("phone")}</button>
            </form>
        }
    });
    let check = visit.path(&paths::check(&welcome.token));
    view! {
        <div class="ways">
            <button class="quiet" type="submit" form="go" data-native="" data-way="hosted">
                {words.say("hosted")}
            </button>
            <form method="post" action=check data-way="check">
                <button class="quiet" type="submit">{words.say("check-again")}</button>
            </form>
            {phone}
        </div>
    }
}

/// Where the flow shows; the island opens it.
fn dialog(words: &Words) -> impl IntoView + use<> {
    let lines = [
        Stage::Loading,
        Stage::Trouble(Trouble::FrameStalled),
        Stage::Trouble(Trouble::CameraDenied),
    ];
    let lines: Vec<_> = lines.map(|stage| line(words, stage)).into_iter().collect();
    view! {
        <dialog aria-labelledby="dialog-title">
            <form class="dialog-bar" method="dialog">
                <h2 id="dialog-title">{words.say("dialog-title")}</h2>
                <button class="close" type="submit" aria-label=words.say("close")>"×"</button>
            </form>
            <div class="status" role="status">{lines}</div>
            <div class="ways">
                <button class="quiet" type="submit" form="go" data-native="" data-way="hosted">
                    {words.say("hosted")}
                </button>
                <button class="quiet" type="submit" form="phone" data-way="phone">
                    {words.say("phone")}
                </button>
            </div>
            <div class="frame" data-frame=""></div>
        </dialog>
    }
}
