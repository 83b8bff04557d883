//! The links of an inquiry: who made them and why, where they stand, and taking one back.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;

use super::{
    confirm::{self, Question},
    draft::{Draft, Sent},
    facts::countdown,
    refused::{self, Failed},
    show::{self, Shown, done_path},
    timeline::short,
};
use crate::{
    links::{Standing, factor::Factor},
    model::{
        reason::{Reason, TO_END},
        role::Act,
    },
    paths,
    staff::Signed,
    state::AppState,
    store::{inquiries::InquiryRow, links::LinkRow},
};

/// The links as a table.
pub(super) fn view(shown: &Shown) -> AnyView {
    if shown.links.is_empty() {
        return view! { <p class="soft">"Nobody made a link to this inquiry yet."</p> }.into_any();
    }
    let rows: Vec<_> = shown.links.iter().map(|link| row(shown, link)).collect();
    view! {
        <div class="scroll" role="region" aria-label="Links" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Link"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Made"</th>
                        <th scope="col">"Good until"</th>
                        <th scope="col">"Reason"</th>
                        <th scope="col">"Asks for"</th>
                        <th scope="col"><span class="unseen">"Act"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(shown: &Shown, link: &LinkRow) -> AnyView {
    let standing = link.standing(shown.now);
    let (tone, state) = words(standing);
    let kind = link
        .parent_id
        .as_ref()
        .map(|_| view! { <small>" hand-off"</small> });
    let factor = match Factor::of(&link.factor) {
        Factor::None => "Nothing",
        Factor::Birthdate => "Date of birth",
    };
    let may = shown.signed.may(Act::RevokeLink);
    let revoke = (may && standing.is_usable()).then(|| {
        let href = paths::of_link(paths::REVOKE_LINK, &link.id);
        let label = format!("Revoke {}", short(&link.id));
        view! { <a href=href aria-label=label>"Revoke…"</a> }
    });
    view! {
        <tr id=format!("link-{}", link.id)>
            <th scope="row"><span class="id" title=link.id.clone()>{short(&link.id)}</span> {kind}</th>
            <td data-label="State"><span class="badge" data-tone=tone>{state}</span></td>
            <td data-label="Made">{shown.reader.relative(link.created_at)} " " <small>"by " {shown.names.name(&link.maker)}</small></td>
            <td data-label="Good until">{countdown(link.expires_at, &shown.reader, shown.now)}</td>
            <td data-label="Reason">{Reason::words(&link.reason).to_owned()}</td>
            <td data-label="Asks for">{factor}</td>
            <td>{revoke}</td>
        </tr>
    }
    .into_any()
}

const fn words(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Open => ("accent", "Not opened"),
        Standing::Bound => ("good", "In use on a device"),
        Standing::Expired => ("", "Time over"),
        Standing::Revoked => ("bad", "Revoked"),
    }
}

/// A revoked link stays revoked, so it is asked for first.
pub(super) async fn ask(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let Some((link, inquiry)) = find(&state, &id).await? else {
        return Ok(refused::not_found(&state, &signed, UNKNOWN).await);
    };
    let answer = (Draft::default(), None);
    Ok(confirm::ask(&state, &signed, question(&link), inquiry, answer).await)
}

const UNKNOWN: &str = "There is no such link.";

async fn find(state: &AppState, id: &str) -> Result<Option<(LinkRow, InquiryRow)>, Failed> {
    let Some(link) = state.store.link(id).await? else {
        return Ok(None);
    };
    let inquiry = state.store.inquiry(&link.inquiry_id).await?;
    Ok(inquiry.map(|inquiry| (link, inquiry)))
}

fn question(link: &LinkRow) -> Question {
    Question {
        title: "Revoke this link?",
        what: short(&link.id),
        text: "The link and what was handed off from it stop working for good, and whoever opens them is told so. A \
               session that is open already goes on. You can make another link.",
        action: paths::of_link(paths::REVOKE_LINK, &link.id),
        button: "Revoke for good",
    }
}

pub(super) async fn revoke(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failed> {
    let draft = Draft::of(sent)?;
    let Some((link, inquiry)) = find(&state, &id).await? else {
        return Ok(refused::not_found(&state, &signed, UNKNOWN).await);
    };
    let why = match draft.why(&signed, &TO_END) {
        Ok(why) => why,
        Err(problem) => {
            let answer = (draft, Some(problem));
            return Ok(confirm::ask(&state, &signed, question(&link), inquiry, answer).await);
        }
    };
    let version = draft.version()?;
    match state.links.revoke_at(&id, why, version).await? {
        Some(_) => Ok(Redirect::to(&done_path(&inquiry.id, "revoked")).into_response()),
        None => show::stale(&state, &signed, &inquiry.id, draft).await,
    }
}
