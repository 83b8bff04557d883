//! The links of an inquiry: who made them and why, where they stand, and taking one back.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;

use super::{
    draft::{self, Draft, Sent},
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
    store::links::LinkRow,
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
        .map(|_| view! { <small>"hand-off"</small> });
    let factor = match Factor::of(&link.factor) {
        Factor::None => "Nothing",
        Factor::Birthdate => "Date of birth",
    };
    let may = shown.signed.may(Act::RevokeLink);
    let revoke = (may && standing.is_usable()).then(|| revoke_form(shown, link));
    view! {
        <tr id=format!("link-{}", link.id)>
            <th scope="row"><span class="id" title=link.id.clone()>{short(&link.id)}</span> {kind}</th>
            <td><span class="badge" data-tone=tone>{state}</span></td>
            <td>{shown.reader.relative(link.created_at)} <small>"by " {shown.names.name(&link.maker)}</small></td>
            <td>{shown.reader.relative(link.expires_at)}</td>
            <td>{Reason::words(&link.reason).to_owned()}</td>
            <td>{factor}</td>
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

/// A revoked link stays revoked, so the button asks for a reason first.
fn revoke_form(shown: &Shown, link: &LinkRow) -> AnyView {
    let id = &link.id;
    view! {
        <details class="inline">
            <summary aria-label=format!("Revoke {}", short(id))>"Revoke…"</summary>
            <form method="post" action=paths::of_link(paths::REVOKE_LINK, id)>
                {draft::seen(&shown.inquiry, shown.now)}
                {draft::reason_field(format!("reason-{id}"), &TO_END, "")}
                {draft::note_field(format!("note-{id}"), String::new(), false)}
                <button class="grave" type="submit">"Revoke for good"</button>
            </form>
        </details>
    }
    .into_any()
}

pub(super) async fn revoke(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failed> {
    let draft = Draft::of(sent)?;
    let link = state.store.link(&id).await?;
    let Some(link) = link else {
        return Ok(refused::not_found(&state, &signed, "There is no such link.").await);
    };
    let inquiry = &link.inquiry_id;
    let why = match draft.why(&signed, &TO_END) {
        Ok(why) => why,
        Err(problem) => {
            let status = StatusCode::BAD_REQUEST;
            return show::again(&state, &signed, inquiry, status, problem, draft).await;
        }
    };
    let version = draft.version()?;
    match state.links.revoke_at(&id, why, version).await? {
        Some(_) => Ok(Redirect::to(&done_path(inquiry, "revoked")).into_response()),
        None => show::stale(&state, &signed, inquiry, draft).await,
    }
}
