//! An endpoint: what it is told, how it fares, what an admin can do about it, and its deliveries.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use leptos::prelude::*;

use super::{
    alarm, button, standing,
    table::{Filters, Table},
    told::Told,
    unknown,
};
use crate::{
    model::{role::Act, webhook},
    ops::{
        page::{self, Page},
        refused::Failed,
        time::Reader,
    },
    paths,
    staff::Signed,
    state::AppState,
    store::endpoints::EndpointRow,
};

/// Everything that the page shows beside the deliveries.
#[derive(Clone)]
struct Sheet {
    endpoint: EndpointRow,
    reader: Reader,
    now: i64,
    may_manage: bool,
    may_replay: bool,
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Query(told): Query<Told>,
    Query(filters): Query<Filters>,
) -> Result<Response, Failed> {
    let Some(endpoint) = state.store.endpoint(&id).await? else {
        return Ok(unknown(&state, &signed).await);
    };
    let reader = Reader::of(&state, &signed);
    let table = Table::read(&state, &endpoint, filters, reader.clone()).await?;
    let page = Page {
        title: endpoint.description.clone(),
        section: paths::DELIVERIES,
        ..Page::default()
    };
    let sheet = Sheet {
        endpoint,
        reader,
        now: state.clock.now_ms(),
        may_manage: signed.may(Act::ManageEndpoints),
        may_replay: signed.may(Act::Replay),
    };
    let body = move || {
        view! {
            {sheet.head()}
            {told.view()}
            {sheet.alarm()}
            {sheet.facts()}
            {sheet.acts()}
            {table.view()}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

impl Sheet {
    fn path(&self, route: &str) -> String {
        paths::endpoint(route, &self.endpoint.id)
    }

    fn head(&self) -> impl IntoView + use<> {
        let change = if self.may_manage {
            let href = self.path(paths::ENDPOINT_EDIT);
            view! { <a class="button" href=href>"Change"</a> }.into_any()
        } else {
            view! { <button type="button" disabled title="This takes the role admin">"Change"</button> }
                .into_any()
        };
        view! {
            <div class="head">
                <h1>{self.endpoint.description.clone()}</h1>
                {change}
            </div>
        }
    }

    /// What is wrong with the endpoint, if anything.
    fn alarm(&self) -> Option<AnyView> {
        if let Some(text) = alarm(&self.endpoint) {
            return Some(view! { <p class="alert" role="alert">{text}</p> }.into_any());
        }
        let since = self
            .endpoint
            .failing_since
            .filter(|_| self.endpoint.is_enabled())?;
        let failures = self.endpoint.failures;
        Some(
            view! {
                <p class="alert">
                    "Every attempt failed since " {self.reader.exact(since)} ": " {failures}
                    ". It is disabled when this goes on for too long."
                </p>
            }
            .into_any(),
        )
    }

    fn facts(&self) -> impl IntoView + use<> {
        let endpoint = &self.endpoint;
        let events: Vec<_> = endpoint
            .events
            .split(',')
            .filter(|event| !event.is_empty())
            .map(|event| view! { <li>{webhook::words(event).to_owned()}</li> })
            .collect();
        let events = if events.is_empty() {
            "Everything".into_any()
        } else {
            view! { <ul class="told">{events}</ul> }.into_any()
        };
        let old = endpoint.old_secret_ends_at.filter(|end| *end > self.now);
        let secrets = match old {
            Some(end) => {
                view! { "Two: the old one signs too, and ends " {self.reader.relative(end)} }
                    .into_any()
            }
            None => "One".into_any(),
        };
        view! {
            <dl class="facts">
                <div><dt>"State"</dt><dd>{standing(endpoint)}</dd></div>
                <div><dt>"Address"</dt><dd>{endpoint.url.clone()}</dd></div>
                <div><dt>"Added"</dt><dd>{self.reader.relative(endpoint.created_at)}</dd></div>
                <div><dt>"Secrets"</dt><dd>{secrets}</dd></div>
                <div><dt>"Is told"</dt><dd>{events}</dd></div>
            </dl>
        }
    }

    fn acts(&self) -> impl IntoView + use<> {
        view! {
            <div class="acts endpoint">
                <form method="post" action=self.path(paths::ENDPOINT_TEST)>
                    {button(self.may_replay, "", Act::Replay, "Send a test")}
                </form>
                {self.replay()}
                {self.secret()}
                {self.state()}
            </div>
        }
    }

    fn replay(&self) -> impl IntoView + use<> {
        view! {
            <form class="filters" method="post" action=self.path(paths::ENDPOINT_REPLAY)>
                <label>
                    "What failed in"
                    <select name="hours">
                        <option value="1">"the last hour"</option>
                        <option value="24" selected=true>"the last 24 h"</option>
                        <option value="168">"the last 7 d"</option>
                        <option value="">"all time"</option>
                    </select>
                </label>
                {button(self.may_replay, "", Act::Replay, "Send once more")}
            </form>
        }
    }

    fn secret(&self) -> impl IntoView + use<> {
        view! {
            <form class="filters" method="post" action=self.path(paths::ENDPOINT_SECRET)>
                <label>
                    "The old secret ends"
                    <select name="hours">
                        <option value="0">"at once"</option>
                        <option value="24" selected=true>"in 24 h"</option>
                        <option value="168">"in 7 d"</option>
                    </select>
                </label>
                {button(self.may_manage, "", Act::ManageEndpoints, "Rotate the secret")}
            </form>
        }
    }

    fn state(&self) -> impl IntoView + use<> {
        let (to, class, name) = if self.endpoint.is_enabled() {
            ("disabled", "grave", "Disable")
        } else {
            ("enabled", "main", "Enable")
        };
        view! {
            <form method="post" action=self.path(paths::ENDPOINT_STATE)>
                <input type="hidden" name="state" value=to />
                {button(self.may_manage, class, Act::ManageEndpoints, name)}
            </form>
        }
    }
}
