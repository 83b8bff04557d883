//! Keys of the API: who may do what with which, and when each was last used.

mod new;
mod revoke;

use axum::{
    extract::{Query, State},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    audit::Names,
    page::{self, Page},
    refused::Failed,
    route::Route,
    time::Reader,
};
use crate::{
    keys::KeyState,
    model::{role::Act, scope::Scope},
    paths,
    staff::Signed,
    state::AppState,
    store::api_keys::ApiKeyRow,
};

/// The list, and the acts of admins.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::KEYS, Act::SeeKeys, show),
        Route::page(paths::KEYS_NEW, Act::ManageKeys, new::show),
        Route::act(paths::KEYS_NEW, Act::ManageKeys, new::make),
        Route::page(paths::REVOKE_KEY, Act::ManageKeys, revoke::ask),
        Route::act(paths::REVOKE_KEY, Act::ManageKeys, revoke::revoke),
    ]
}

/// What was done before the page is shown again.
#[derive(Clone, Debug, Default, Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

/// What the page is made of.
#[derive(Clone)]
struct View {
    keys: Vec<ApiKeyRow>,
    names: Names,
    reader: Reader,
    now: i64,
    may_manage: bool,
    is_revoked: bool,
}

async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response, Failed> {
    let view = View {
        keys: state.keys.list().await?,
        names: Names::of(&state, &signed).await?,
        reader: Reader::of(&state, &signed),
        now: state.clock.now_ms(),
        may_manage: signed.may(Act::ManageKeys),
        is_revoked: done.done == "revoked",
    };
    let page = Page {
        title: "API keys".to_owned(),
        section: paths::KEYS,
        ..Page::default()
    };
    let body = move || view.view();
    Ok(page::render(&state, Some(&signed), page, body).await)
}

impl View {
    fn view(&self) -> AnyView {
        let done = self.is_revoked.then(|| {
            view! { <p class="done" role="status">"The key is revoked. Whoever sends it gets nothing any more."</p> }
        });
        view! {
            <div class="head">
                <h1>"API keys"</h1>
                {self.way_to_new()}
            </div>
            {done}
            <p>
                "Your own software sends a key to make links, open inquiries again and follow what happens. "
                <a href=paths::API_DOCS>"How the API works"</a>
            </p>
            {self.table()}
        }
        .into_any()
    }

    /// The way to a new key; for others it is there and says what it takes.
    fn way_to_new(&self) -> AnyView {
        if self.may_manage {
            view! { <a class="button main" href=paths::KEYS_NEW>"Make a key"</a> }.into_any()
        } else {
            let why = "This takes the role admin";
            view! { <button type="button" disabled title=why>"Make a key"</button> }.into_any()
        }
    }

    fn table(&self) -> AnyView {
        if self.keys.is_empty() {
            return view! {
                <section class="empty">
                    <h2>"There is no key yet"</h2>
                    <p>
                        "Make one for each system that talks to Leftoff, with no more scopes than it needs. So one can be
                        revoked without the others noticing, and the audit tells which of them did what."
                    </p>
                </section>
            }
            .into_any();
        }
        let rows: Vec<_> = self.keys.iter().map(|key| self.row(key)).collect();
        view! {
            <div class="scroll" role="region" aria-label="API keys" tabindex="0">
                <table class="keys">
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Scopes"</th>
                            <th scope="col">"Last used"</th>
                            <th scope="col">"Made"</th>
                            <th scope="col">"Good until"</th>
                            <th scope="col"><span class="unseen">"Act"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }

    fn row(&self, key: &ApiKeyRow) -> AnyView {
        let state = key.state(self.now);
        let (tone, words) = match state {
            KeyState::Active => ("good", "Active"),
            KeyState::Expired => ("wait", "Expired"),
            KeyState::Revoked => ("bad", "Revoked"),
        };
        let when = |at: Option<i64>, never: &'static str| match at {
            Some(at) => self.reader.relative(at).into_any(),
            None => view! { <span class="soft">{never}</span> }.into_any(),
        };
        let revoke = (self.may_manage && state == KeyState::Active).then(|| {
            let href = paths::of_key(paths::REVOKE_KEY, &key.id);
            let label = format!("Revoke {}", key.name);
            view! { <a href=href aria-label=label>"Revoke…"</a> }
        });
        view! {
            <tr>
                <th scope="row">{key.name.clone()} <small class="id">{key.id.clone()}</small></th>
                <td data-label="State"><span class="badge" data-tone=tone>{words}</span></td>
                <td data-label="Scopes">{scopes(key)}</td>
                <td data-label="Last used" class="number">{when(key.last_used_at, "Never")}</td>
                <td data-label="Made" class="number">
                    {self.reader.relative(key.created_at)} " " <small>"by " {self.names.text(&key.created_by)}</small>
                </td>
                <td data-label="Good until" class="number">{when(key.expires_at, "Without end")}</td>
                <td>{revoke}</td>
            </tr>
        }
        .into_any()
    }
}

/// What a key is called where it is named among people.
pub(super) fn called(key: &ApiKeyRow) -> String {
    format!("API key {}", key.name)
}

/// The scopes of a key.
fn scopes(key: &ApiKeyRow) -> Vec<impl IntoView + use<>> {
    Scope::parse_all(&key.scopes)
        .into_iter()
        .map(|scope| view! { <code title=scope.about()>{scope.code()}</code> " " })
        .collect()
}
