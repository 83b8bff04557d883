//! The page itself.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    draft::Draft,
    facts, links,
    names::Names,
    page::{self, Page},
    panel,
    refused::{self, Failed},
    sessions,
    time::Reader,
    timeline,
};
use crate::{
    inquiries::SessionSeen,
    paths,
    staff::Signed,
    state::AppState,
    store::{inquiries::InquiryRow, ledger::LedgerRow, links::LinkRow, templates::TemplateRow},
};

/// What is asked for beside the inquiry.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    sessions: String,
    done: String,
}

/// Why the page is shown, if not because somebody came to look.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    pub(super) status: StatusCode,
    /// What stands in the way of an act.
    pub(super) alert: Option<String>,
    /// What the operator had filled in.
    pub(super) draft: Draft,
    /// Whether it moved since the operator saw it.
    pub(super) is_stale: bool,
    done: Option<&'static str>,
    sessions: Option<Vec<SessionSeen>>,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) inquiry: InquiryRow,
    pub(super) template: Option<TemplateRow>,
    pub(super) ledger: Vec<LedgerRow>,
    pub(super) links: Vec<LinkRow>,
    pub(super) names: Names,
    pub(super) reader: Reader,
    pub(super) now: i64,
    pub(super) signed: Signed,
    pub(super) around: Around,
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failed> {
    let is_known = state.store.inquiry(&id).await?.is_some();
    let sessions = if wanted.sessions == "1" && is_known {
        Some(state.inquiries.sessions(&id).await?)
    } else {
        None
    };
    let around = Around {
        done: done(&wanted.done),
        sessions,
        ..Around::default()
    };
    render(&state, &signed, &id, around).await
}

/// The page again, because something stands in the way of an act.
pub(super) async fn again(
    state: &AppState,
    signed: &Signed,
    id: &str,
    status: StatusCode,
    alert: impl Into<String>,
    draft: Draft,
) -> Result<Response, Failed> {
    let around = Around {
        status,
        alert: Some(alert.into()),
        draft,
        ..Around::default()
    };
    render(state, signed, id, around).await
}

/// The page again, because the inquiry moved since the operator saw it: it says how, and asks once more.
pub(super) async fn stale(
    state: &AppState,
    signed: &Signed,
    id: &str,
    draft: Draft,
) -> Result<Response, Failed> {
    let around = Around {
        status: StatusCode::CONFLICT,
        draft,
        is_stale: true,
        ..Around::default()
    };
    render(state, signed, id, around).await
}

/// The page of an inquiry that nobody knows.
pub(super) async fn unknown(state: &AppState, signed: &Signed) -> Response {
    let text = "Leftoff does not know this inquiry. An import brings it in.";
    refused::not_found(state, signed, text).await
}

async fn render(
    state: &AppState,
    signed: &Signed,
    id: &str,
    around: Around,
) -> Result<Response, Failed> {
    let Some(shown) = Shown::load(state, signed, id, around).await? else {
        return Ok(unknown(state, signed).await);
    };
    let page = Page {
        title: shown.inquiry.id.clone(),
        status: shown.around.status,
        section: paths::OPS,
        search: shown.inquiry.id.clone(),
    };
    let body = move || shown.view();
    Ok(page::render(state, Some(signed), page, body).await)
}

impl Shown {
    async fn load(
        state: &AppState,
        signed: &Signed,
        id: &str,
        around: Around,
    ) -> Result<Option<Self>, Failed> {
        let Some(inquiry) = state.store.inquiry(id).await? else {
            return Ok(None);
        };
        let ledger = state.store.latest_of_ledger(id, timeline::MOST).await?;
        let links = state.links.list(Some(id)).await?;
        let templates = state.store.templates().await?;
        let actors = ledger.iter().filter_map(|entry| entry.actor.as_deref());
        let actors = actors.chain(links.iter().map(|link| link.maker.as_str()));
        let names = Names::of(state, actors).await?;
        Ok(Some(Self {
            template: templates
                .into_iter()
                .find(|template| Some(&template.id) == inquiry.template_id.as_ref()),
            names,
            reader: Reader::of(state, signed),
            now: state.clock.now_ms(),
            signed: signed.clone(),
            inquiry,
            ledger,
            links,
            around,
        }))
    }

    fn view(&self) -> AnyView {
        let template = self.template.as_ref();
        let done = self
            .around
            .done
            .map(|text| view! { <p class="done" role="status">{text}</p> });
        let alert = self
            .around
            .alert
            .clone()
            .map(|text| view! { <p class="alert" role="alert">{text}</p> });
        view! {
            {facts::head(&self.inquiry, panel::beside(self))}
            {done}
            {alert}
            {self.what_moved()}
            <div class="inquiry">
                <div class="story">
                    {facts::facts(&self.inquiry, template, &self.reader, self.now)}
                    <h2 id="links">"Links"</h2>
                    {links::view(self)}
                    <h2 id="sessions">"Sessions and devices"</h2>
                    {sessions::view(self, self.around.sessions.as_deref())}
                    <h2>"Timeline"</h2>
                    {timeline::view(&self.ledger, &self.names, &self.reader)}
                </div>
                {panel::view(self)}
            </div>
        }
        .into_any()
    }

    /// What changed since the operator saw the page.
    fn what_moved(&self) -> Option<impl IntoView + use<>> {
        self.around.is_stale.then(|| {
            let draft = &self.around.draft;
            let seen = draft.seen();
            let status = (draft.status != self.inquiry.status && !draft.status.is_empty())
                .then(|| {
                    let (was, is) = (
                        facts::sentence(&draft.status),
                        facts::sentence(&self.inquiry.status),
                    );
                    view! { <li>"The status was " {was} " and is now " {is} "."</li> }
                });
            let entries: Vec<_> = self
                .ledger
                .iter()
                .filter(|entry| entry.at > seen)
                .map(|entry| {
                    view! {
                        <li>
                            {self.reader.relative(entry.at)}
                            " "
                            {timeline::line(entry, &self.names)}
                        </li>
                    }
                })
                .collect();
            let news = (status.is_none() && entries.is_empty())
                .then(|| view! { <li>"Persona says something new of it, as shown below."</li> });
            view! {
                <div class="alert" role="alert">
                    <p>
                        <strong>"This inquiry changed since you opened it, so nothing was done."</strong>
                        " Look at what changed, then press again if you still want to."
                    </p>
                    <ul>{status} {entries} {news}</ul>
                </div>
            }
        })
    }
}

/// What was done, by the code in the URL.
fn done(code: &str) -> Option<&'static str> {
    Some(match code {
        "refreshed" => "Read from Persona again.",
        "revoked" => "The link and its hand-offs are revoked. Whoever opens them is told so.",
        "mailed" => "The link is mailed.",
        "sessions-expired" => "The live sessions are ended. The links still work.",
        "expired" => "The inquiry is expired. A link resumes it.",
        _ => return None,
    })
}

/// Where an act leads when it is done.
pub(super) fn done_path(id: &str, code: &str) -> String {
    format!("{}?done={code}", paths::inquiry(id))
}
