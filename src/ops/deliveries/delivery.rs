//! A delivery: what it says, and what came of each attempt.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use leptos::prelude::*;

use super::{badge, button, outcome, told::Told, unknown};
use crate::{
    deliver::Message,
    model::{role::Act, webhook},
    ops::{
        page::{self, Page},
        refused::Failed,
        time::Reader,
    },
    paths,
    staff::Signed,
    state::AppState,
    store::{
        deliveries::{self, AttemptRow, DeliveryRow},
        endpoints::EndpointRow,
    },
};

/// Attempts that the page shows.
const MOST: i64 = 100;

/// Everything that the page shows.
#[derive(Clone)]
struct Sheet {
    endpoint: EndpointRow,
    delivery: DeliveryRow,
    attempts: Vec<AttemptRow>,
    message: Option<Message>,
    reader: Reader,
    may_replay: bool,
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path((id, event)): Path<(String, String)>,
    Query(told): Query<Told>,
) -> Result<Response, Failed> {
    let endpoint = state.store.endpoint(&id).await?;
    let delivery = state.store.delivery(&id, &event).await?;
    let (Some(endpoint), Some(delivery)) = (endpoint, delivery) else {
        return Ok(unknown(&state, &signed).await);
    };
    let sheet = Sheet {
        attempts: state.store.attempts(&id, &event, MOST).await?,
        message: state.deliveries.message(&delivery).await?,
        reader: Reader::of(&state, &signed),
        may_replay: signed.may(Act::Replay),
        endpoint,
        delivery,
    };
    let page = Page {
        title: webhook::words(&sheet.delivery.event).to_owned(),
        section: paths::DELIVERIES,
        ..Page::default()
    };
    let body = move || {
        view! {
            {sheet.head()}
            {told.view()}
            {sheet.facts()}
            {sheet.said()}
            {sheet.attempts()}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

impl Sheet {
    fn head(&self) -> impl IntoView + use<> {
        let delivery = &self.delivery;
        let action = paths::delivery(
            paths::DELIVERY_REPLAY,
            &delivery.endpoint_id,
            &delivery.event_id,
        );
        view! {
            <div class="head">
                <h1>{webhook::words(&delivery.event).to_owned()}</h1>
                <form method="post" action=action>
                    {button(self.may_replay, "", Act::Replay, "Send once more")}
                </form>
            </div>
        }
    }

    fn facts(&self) -> impl IntoView + use<> {
        let delivery = &self.delivery;
        let back = paths::endpoint(paths::ENDPOINT, &delivery.endpoint_id);
        let inquiry = delivery.inquiry_id.clone().map(|id| {
            let href = paths::inquiry(&id);
            view! { <div><dt>"Inquiry"</dt><dd><a class="id" href=href>{id}</a></dd></div> }
        });
        let is_next = delivery.state == deliveries::WAITING && self.endpoint.is_enabled();
        let next = is_next.then(|| {
            let due = self.reader.relative(delivery.due_at);
            view! { <div><dt>"Next attempt"</dt><dd>{due}</dd></div> }
        });
        view! {
            <dl class="facts">
                <div><dt>"State"</dt><dd>{badge(delivery, &self.endpoint)}</dd></div>
                <div><dt>"Endpoint"</dt><dd><a href=back>{self.endpoint.description.clone()}</a></dd></div>
                {inquiry}
                <div><dt>"Made"</dt><dd>{self.reader.exact(delivery.created_at)}</dd></div>
                {next}
            </dl>
        }
    }

    /// The message as it is sent; an attempt adds the time and the signature.
    fn said(&self) -> impl IntoView + use<> {
        let text = match &self.message {
            Some(message) => {
                let json: Option<serde_json::Value> = serde_json::from_str(&message.body).ok();
                let pretty = json.and_then(|json| serde_json::to_string_pretty(&json).ok());
                format!(
                    "webhook-id: {}\n\n{}",
                    message.id,
                    pretty.unwrap_or_default()
                )
            }
            None => "There is nothing to tell any more.".to_owned(),
        };
        view! {
            <h2>"Message"</h2>
            <div class="scroll" role="region" aria-label="Message" tabindex="0">
                <pre class="message">{text}</pre>
            </div>
        }
    }

    fn attempts(&self) -> AnyView {
        if self.attempts.is_empty() {
            return view! { <h2>"Attempts"</h2> <p class="soft">"None yet."</p> }.into_any();
        }
        let row = |attempt: &AttemptRow| {
            let (tone, state) = if attempt.cause.is_some() {
                ("bad", "Failed")
            } else {
                ("good", "Taken")
            };
            view! {
                <tr>
                    <th scope="row" class="number">{attempt.number}</th>
                    <td data-label="When" class="number">{self.reader.exact(attempt.at)}</td>
                    <td data-label="Outcome"><span class="badge" data-tone=tone>{state}</span></td>
                    <td data-label="Answer">{outcome(attempt.status, attempt.cause.as_deref())}</td>
                    <td data-label="Took" class="number">{attempt.took} " ms"</td>
                </tr>
            }
        };
        let rows: Vec<_> = self.attempts.iter().map(row).collect();
        view! {
            <h2>"Attempts"</h2>
            <div class="scroll" role="region" aria-label="Attempts" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"No."</th>
                            <th scope="col">"When"</th>
                            <th scope="col">"Outcome"</th>
                            <th scope="col">"Answer"</th>
                            <th scope="col">"Took"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}
