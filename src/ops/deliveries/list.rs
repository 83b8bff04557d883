//! Every endpoint: what it is told, and how it fares.

use axum::{extract::State, response::Response};
use leptos::prelude::*;

use super::{MOST_COUNTED, alarm, bounded, standing};
use crate::{
    model::role::Act,
    ops::{
        page::{self, Page},
        refused::Failed,
        time::Reader,
    },
    paths,
    staff::Signed,
    state::AppState,
    store::{deliveries, endpoints::EndpointRow},
};

/// An endpoint with what waits and what failed.
#[derive(Clone)]
struct Line {
    endpoint: EndpointRow,
    waiting: i64,
    failed: i64,
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
) -> Result<Response, Failed> {
    let lines = lines(&state).await?;
    let reader = Reader::of(&state, &signed);
    let may_manage = signed.may(Act::ManageEndpoints);
    let page = Page {
        title: "Deliveries".to_owned(),
        section: paths::DELIVERIES,
        ..Page::default()
    };
    let body = move || {
        view! {
            <div class="head">
                <h1>"Deliveries"</h1>
                {add(may_manage)}
            </div>
            <p>
                "Webhooks tell your own systems what happens to inquiries and links: IDs and codes, no personal data.
                They are signed as Standard Webhooks describes."
            </p>
            {alarms(&lines)}
            {table(&lines, &reader)}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

async fn lines(state: &AppState) -> Result<Vec<Line>, Failed> {
    let mut lines = Vec::new();
    for endpoint in state.store.endpoints().await? {
        let count = |of| {
            let store = &state.store;
            store.count_deliveries(&endpoint.id, of, MOST_COUNTED + 1)
        };
        let (waiting, failed) = (
            count(deliveries::WAITING).await?,
            count(deliveries::FAILED).await?,
        );
        lines.push(Line {
            endpoint,
            waiting,
            failed,
        });
    }
    Ok(lines)
}

/// The way to a new endpoint; for those who may not it is there and says so.
fn add(may: bool) -> AnyView {
    let name = "Add an endpoint";
    if may {
        view! { <a class="button main" href=paths::ENDPOINT_NEW>{name}</a> }.into_any()
    } else {
        view! { <button type="button" disabled title="This takes the role admin">{name}</button> }
            .into_any()
    }
}

/// What Leftoff disabled by itself is said before everything else.
fn alarms(lines: &[Line]) -> Vec<impl IntoView + use<>> {
    let alarm = |line: &Line| {
        let text = alarm(&line.endpoint)?;
        let href = paths::endpoint(paths::ENDPOINT, &line.endpoint.id);
        let name = line.endpoint.description.clone();
        Some(view! { <p class="alert" role="alert"><a href=href>{name}</a> ": " {text}</p> })
    };
    lines.iter().filter_map(alarm).collect()
}

fn table(lines: &[Line], reader: &Reader) -> AnyView {
    if lines.is_empty() {
        return view! {
            <section class="empty">
                <h2>"No endpoint yet"</h2>
                <p>
                    "Add the address of a receiver of yours, choose what it is told, and give it the secret that is
                    shown once. From then on it learns of each event within a second or two, also after an outage."
                </p>
            </section>
        }
        .into_any();
    }
    let rows: Vec<_> = lines.iter().map(|line| row(line, reader)).collect();
    view! {
        <div class="scroll" role="region" aria-label="Endpoints" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Endpoint"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Is told"</th>
                        <th scope="col">"Waiting"</th>
                        <th scope="col">"Given up"</th>
                        <th scope="col">"Added"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(line: &Line, reader: &Reader) -> impl IntoView + use<> {
    let endpoint = &line.endpoint;
    let href = paths::endpoint(paths::ENDPOINT, &endpoint.id);
    view! {
        <tr>
            <th scope="row">
                <a href=href>{endpoint.description.clone()}</a>
                <small>{endpoint.url.clone()}</small>
            </th>
            <td data-label="State">{standing(endpoint)}</td>
            <td data-label="Is told">{told(endpoint)}</td>
            <td data-label="Waiting" class="number">{bounded(line.waiting)}</td>
            <td data-label="Given up" class="number">{bounded(line.failed)}</td>
            <td data-label="Added" class="number">{reader.relative(endpoint.created_at)}</td>
        </tr>
    }
}

/// How much an endpoint is told.
fn told(endpoint: &EndpointRow) -> String {
    match endpoint
        .events
        .split(',')
        .filter(|event| !event.is_empty())
        .count()
    {
        0 => "Everything".to_owned(),
        1 => "1 event".to_owned(),
        count => format!("{count} events"),
    }
}
