//! The dry run of a policy: what it would have done in the last week.

use axum::{
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;

use super::found;
use crate::{
    model::policy::Obstacle,
    ops::{
        number::number,
        page::{self, Page},
        refused::Failed,
        time::Reader,
    },
    paths,
    policy::{Rehearsal, Rehearsed},
    staff::Signed,
    state::AppState,
};

/// Rows that the page shows.
const SHOWN: usize = 200;

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let policy = match found(&state, &signed, &id).await? {
        Ok(policy) => policy,
        Err(response) => return Ok(response),
    };
    let rehearsal = state.policies.rehearse(policy.clone()).await?;
    let reader = Reader::of(&state, &signed);
    let page = Page {
        title: format!("Dry run of {}", policy.name),
        section: paths::POLICIES,
        ..Page::default()
    };
    let body = move || {
        let back = paths::of_policy(paths::POLICY, &policy.id);
        view! {
            <div class="head"><h1>"Dry run of " {policy.name.clone()}</h1></div>
            <p>
                "What it would have done from " {reader.exact(rehearsal.from)} " to " {reader.exact(rehearsal.until)}
                ", had it been on. Nothing was sent, nothing was changed, and Persona was not asked: it is told from what is
                stored. Sessions and templates are taken as they are now."
            </p>
            {counts(&rehearsal)}
            {table(&rehearsal, &reader)}
            <p><a href=back>"Back to the policy"</a></p>
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

fn counts(rehearsal: &Rehearsal) -> impl IntoView + use<> {
    let stopped: Vec<_> = Obstacle::ALL
        .into_iter()
        .map(|obstacle| (obstacle, rehearsal.count(Some(obstacle))))
        .filter(|(_, count)| *count > 0)
        .map(|(obstacle, count)| {
            view! { <div><dt>{obstacle.words()}</dt><dd class="number">{number(count)}</dd></div> }
        })
        .collect();
    view! {
        <dl class="facts" aria-label="In numbers">
            <div><dt>"Inquiries looked at"</dt><dd class="number">{number(rehearsal.inquiries)}</dd></div>
            <div><dt>"Messages"</dt><dd class="number">{number(rehearsal.made())}</dd></div>
            {stopped}
        </dl>
    }
}

fn table(rehearsal: &Rehearsal, reader: &Reader) -> AnyView {
    if rehearsal.rows.is_empty() {
        return view! {
            <section class="empty">
                <h2>"It would have done nothing"</h2>
                <p>"No inquiry that is stored came to a time at which this policy acts. Import inquiries, or give it other times."</p>
                <p><a href=paths::IMPORT>"Go to the import"</a></p>
            </section>
        }
        .into_any();
    }
    let rows: Vec<_> = rehearsal
        .rows
        .iter()
        .take(SHOWN)
        .map(|shown| row(shown, reader))
        .collect();
    let more = rehearsal.rows.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| view! { <p class="soft">"And " {number(more)} " more."</p> });
    view! {
        <div class="scroll" role="region" aria-label="What it would have done" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"When"</th>
                        <th scope="col">"Inquiry"</th>
                        <th scope="col">"Step"</th>
                        <th scope="col">"What would have come of it"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

fn row(row: &Rehearsed, reader: &Reader) -> impl IntoView + use<> {
    let inquiry = row.inquiry_id.clone();
    let href = paths::inquiry(&inquiry);
    let (tone, words) = row
        .obstacle
        .map_or(("good", "A message"), |obstacle| ("wait", obstacle.words()));
    view! {
        <tr>
            <th scope="row" class="number">{reader.minute(row.at)}</th>
            <td data-label="Inquiry">
                <a class="id" href=href>{inquiry}</a>
                " "
                <small>{row.reference_id.clone()}</small>
            </td>
            <td data-label="Step" class="number">{row.step + 1}</td>
            <td data-label="What would have come of it"><span class="badge" data-tone=tone>{words}</span></td>
        </tr>
    }
}
