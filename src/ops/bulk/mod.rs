//! Bulk: acts on many inquiries at once, from the draft to what became of each.

mod acts;
mod draft;
mod export;
mod list;
mod progress;
mod results;
mod show;

use std::collections::HashMap;

use leptos::prelude::*;

use super::{number::number, refused::Failed, route::Route};
use crate::{
    model::{bulk::BulkState, role::Act},
    news::Texts,
    paths,
    state::AppState,
    store::bulk::BulkRow,
};

/// The pages and acts of bulks.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::BULKS, Act::SeeQueue, list::show),
        Route::act(paths::BULKS, Act::Bulk, acts::draft),
        Route::page(paths::BULK, Act::SeeQueue, show::show),
        Route::act(paths::BULK_TERMS, Act::Bulk, acts::set_terms),
        Route::act(paths::BULK_CONFIRM, Act::Bulk, acts::confirm),
        Route::act(paths::BULK_APPROVE, Act::Bulk, acts::approve),
        Route::act(paths::BULK_PAUSE, Act::Bulk, acts::pause),
        Route::act(paths::BULK_GO_ON, Act::Bulk, acts::go_on),
        Route::act(paths::BULK_CANCEL, Act::Bulk, acts::cancel),
        Route::act(paths::BULK_RETRY, Act::Bulk, acts::retry),
        Route::page(paths::BULK_RESULTS, Act::SeeQueue, export::results),
        Route::act(paths::BULK_LINKS, Act::Bulk, export::links),
    ]
}

/// What the audit's names of people are on pages.
#[derive(Clone, Debug, Default)]
struct Names(HashMap<String, String>);

impl Names {
    /// The names of everybody who had a hand in these bulks.
    async fn of(state: &AppState, bulks: &[BulkRow]) -> Result<Self, Failed> {
        let mut names = HashMap::new();
        let mut hands: Vec<String> = Vec::new();
        for bulk in bulks {
            let others = [&bulk.confirmed_by, &bulk.approved_by];
            hands.extend(others.into_iter().flatten().cloned());
            hands.push(bulk.maker.clone());
        }
        hands.sort_unstable();
        hands.dedup();
        for actor in hands {
            if let Some(id) = actor.strip_prefix("staff:")
                && let Some(person) = state.store.staff(id).await?
            {
                names.insert(actor, person.name);
            }
        }
        Ok(Self(names))
    }

    fn say(&self, actor: &str) -> String {
        self.0.get(actor).map_or(actor, String::as_str).to_owned()
    }
}

/// A state as a badge that follows the server.
fn badge(bulk: &BulkRow) -> impl IntoView + use<> {
    let state = bulk.state();
    let tone = match state {
        BulkState::Draft | BulkState::Cancelled => "none",
        BulkState::WaitingApproval | BulkState::Paused => "wait",
        BulkState::Running => "accent",
        BulkState::Done => "good",
    };
    let live = live(bulk, "state");
    view! { <span class="badge" data-tone=tone><span data-live=live>{state.words()}</span></span> }
}

/// What pages follow of bulks: how far each is.
pub(super) async fn texts(state: &AppState) -> Result<Texts, Failed> {
    let bulks = state.store.bulks_to_follow().await?;
    Ok(bulks.iter().flat_map(texts_of).collect())
}

fn texts_of(bulk: &BulkRow) -> [(String, String); 6] {
    [
        ("done", number(bulk.done)),
        ("skipped", number(bulk.skipped)),
        ("failed", number(bulk.failed)),
        ("left", number(bulk.left())),
        ("settled", (bulk.included - bulk.left()).to_string()),
        ("state", bulk.state().words().to_owned()),
    ]
    .map(|(what, text)| (live(bulk, what), text))
}

/// The name under which something of a bulk is told live.
fn live(bulk: &BulkRow, what: &str) -> String {
    format!("bulk-{}-{what}", bulk.id)
}

/// So many inquiries, in words.
fn inquiries(count: i64) -> String {
    let noun = if count == 1 { "inquiry" } else { "inquiries" };
    format!("{} {noun}", number(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let texts = [0, 999, 1000, 1_234_567].map(number);
        assert_eq!(texts, ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(inquiries(1), "1 inquiry");
    }
}
