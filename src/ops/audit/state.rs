//! Whether the chain is whole: told from the last check, and checked when somebody asks.

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::Names;
use crate::{
    audit,
    ops::{refused::Failed, time::Reader},
    paths,
    staff::Signed,
    state::AppState,
    store::audit::{AuditRow, Deed, Head},
};

/// The act of a check; its entry keeps what was found.
const ACT: &str = "audit-checked";

/// What a check found, as its entry keeps it.
#[derive(Deserialize)]
struct Outcome {
    whole: bool,
    seq: i64,
    #[serde(default)]
    text: String,
}

/// The chain as far as it is known.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    head: Option<Head>,
    checked: Option<AuditRow>,
}

impl Standing {
    pub(super) async fn of(state: &AppState) -> Result<Self, Failed> {
        Ok(Self {
            head: state.store.audit_head().await?,
            checked: state.store.latest_of(ACT).await?,
        })
    }

    fn outcome(&self) -> Option<Outcome> {
        let after = self.checked.as_ref()?.after.as_deref()?;
        serde_json::from_str(after).ok()
    }

    pub(super) fn view(&self, names: &Names, reader: &Reader) -> impl IntoView + use<> {
        let outcome = self.outcome();
        let alert = outcome
            .as_ref()
            .filter(|outcome| !outcome.whole)
            .map(|outcome| {
                let text = format!("The chain is not whole: {}.", outcome.text);
                view! { <p class="alert" role="alert">{text}</p> }
            });
        let checked = self.checked.as_ref().zip(outcome).map(|(row, outcome)| {
            let (tone, word) = if outcome.whole {
                ("good", "Whole")
            } else {
                ("bad", "Broken")
            };
            let up_to = if outcome.whole {
                " up to no. "
            } else {
                " at no. "
            };
            let by = names.text(&row.actor);
            view! {
                <span class="badge" data-tone=tone>{word}</span>
                {up_to} {outcome.seq} ", checked " {reader.relative(row.at)} " by " {by}
            }
        });
        let checked = checked.map_or_else(
            || view! { <span class="badge">"Not checked yet"</span> }.into_any(),
            IntoAny::into_any,
        );
        let head = self.head.as_ref().map(ToString::to_string);
        view! {
            {alert}
            <dl class="facts chain">
                <div>
                    <dt>"Chain"</dt>
                    <dd>
                        {checked}
                        <form method="post" action=paths::AUDIT_CHECK>
                            <button type="submit">"Check now"</button>
                        </form>
                    </dd>
                </div>
                {head.map(head_view)}
            </dl>
        }
    }
}

fn head_view(head: String) -> impl IntoView {
    let why = "Note it elsewhere: whoever rewrites the whole chain cannot rewrite your note";
    view! {
        <div>
            <dt title=why>"Head to note elsewhere"</dt>
            <dd>
                <code id="chain-head">{head}</code>
                <button type="button" class="plain" data-copy="chain-head" data-copied="Copied">"Copy"</button>
            </dd>
        </div>
    }
}

/// Walks the whole chain and writes what was found.
pub(super) async fn check_now(
    State(state): State<AppState>,
    signed: Signed,
) -> Result<Response, Failed> {
    let found = match audit::check(&state.store, None).await? {
        Ok(head) => json!({ "whole": true, "seq": head.seq }),
        Err(fault) => json!({
            "whole": false, "seq": fault.seq(), "fault": fault.code(), "text": fault.to_string(),
        }),
    };
    let deed = Deed {
        at: state.clock.now_ms(),
        actor: signed.actor().to_string(),
        act: ACT.to_owned(),
        object: "audit".to_owned(),
        after: Some(found.to_string()),
        ..Deed::default()
    };
    let noted = state
        .store
        .change(move |change| crate::store::audit::add(change, deed));
    noted.await?;
    Ok(Redirect::to(paths::AUDIT).into_response())
}
