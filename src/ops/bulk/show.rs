//! A bulk: before it begins its dry run, afterwards how far it is and what became of each inquiry.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{Names, badge, draft, inquiries, progress, results::Results};
use crate::{
    model::{
        bulk::{BulkState, RowState},
        role::Act,
    },
    ops::{
        page::{self, Page},
        refused::{self, Failed},
        time::Reader,
    },
    paths,
    staff::Signed,
    state::AppState,
    store::bulk::{BulkRow, Group, Moved},
};

/// What the URL says.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Place {
    #[serde(default)]
    pub(super) state: String,
    #[serde(default)]
    pub(super) after: i64,
    #[serde(default)]
    done: String,
}

/// What is said above the page.
#[derive(Clone, Debug, Default)]
pub(super) enum Notice {
    #[default]
    Nothing,
    /// Something was done.
    Done(&'static str),
    /// Something stands in the way.
    Alert(StatusCode, &'static str),
    /// The receipt is of yesterday.
    Stale { count: i64, first: Vec<Moved> },
}

/// Everything that the page of a bulk shows.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) bulk: BulkRow,
    pub(super) verdicts: Vec<Group>,
    pub(super) links_left: i64,
    pub(super) names: Names,
    pub(super) reader: Reader,
    pub(super) four_eyes: i64,
    pub(super) contact_hours: u32,
    pub(super) may: bool,
    pub(super) is_maker: bool,
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Result<Response, Failed> {
    let notice = done(&place.done);
    page(&state, &signed, &id, &place, notice).await
}

/// The page with a notice above it.
pub(super) async fn page(
    state: &AppState,
    signed: &Signed,
    id: &str,
    place: &Place,
    notice: Notice,
) -> Result<Response, Failed> {
    let Some(bulk) = state.store.bulk(id).await? else {
        let text = "There is no such bulk.";
        return Ok(refused::not_found(state, signed, text).await);
    };
    let results = Results::read(state, signed, &bulk, place).await?;
    let sheet = Sheet {
        verdicts: state.store.bulk_verdicts(id).await?,
        links_left: state.store.bulk_links_left(id).await?,
        names: Names::of(state, std::slice::from_ref(&bulk)).await?,
        reader: Reader::of(state, signed),
        four_eyes: state.bulks.four_eyes(),
        contact_hours: state.config.ops.contact_hours,
        may: signed.may(Act::Bulk),
        is_maker: bulk.maker == signed.actor().to_string(),
        bulk,
    };
    let title = format!(
        "{}: {}",
        sheet.bulk.act().words(),
        inquiries(sheet.bulk.included)
    );
    let page = Page {
        title: title.clone(),
        status: notice.status(),
        section: paths::BULKS,
        ..Page::default()
    };
    let body = move || {
        let part = match sheet.bulk.state() {
            BulkState::Draft | BulkState::WaitingApproval => draft::view(&sheet).into_any(),
            _ => progress::view(&sheet).into_any(),
        };
        view! {
            <div class="head" data-live-from=paths::LIVE>
                <h1>{title.clone()}</h1>
                {badge(&sheet.bulk)}
            </div>
            {notice.view()}
            {part}
            {results.view(&sheet)}
        }
        .into_any()
    };
    Ok(page::render(state, Some(signed), page, body).await)
}

/// The words for a code that a redirect brought along.
fn done(code: &str) -> Notice {
    Notice::Done(match code {
        "drafted" => "Nothing has happened yet. Look at what will, and confirm it.",
        "terms" => "The inquiries were looked at anew.",
        "began" => "Confirmed. It runs in the background; you can leave this page.",
        "waits" => "Confirmed. Somebody else must approve it before it begins.",
        "approved" => "Approved. It runs in the background; you can leave this page.",
        "paused" => "Paused. What was under way is finished, and nothing new begins.",
        "went-on" => "It goes on.",
        "cancelled" => "Cancelled. What was done stays done.",
        "was-moved" => "Somebody was quicker: this is how it stands now.",
        "no-links" => "There is no link left to take: each is handed out once.",
        "nothing-failed" => "Nothing failed, so there is nothing to try again.",
        _ => return Notice::Nothing,
    })
}

impl Notice {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Nothing | Self::Done(_) => StatusCode::OK,
            Self::Alert(status, _) => *status,
            Self::Stale { .. } => StatusCode::CONFLICT,
        }
    }

    fn view(&self) -> AnyView {
        match self {
            Self::Nothing => ().into_any(),
            Self::Done(words) => view! { <p class="done" role="status">{*words}</p> }.into_any(),
            Self::Alert(_, words) => {
                view! { <p class="alert" role="alert">{*words}</p> }.into_any()
            }
            Self::Stale { count, first } => stale(*count, first).into_any(),
        }
    }
}

fn stale(count: i64, first: &[Moved]) -> impl IntoView + use<> {
    let what = if count == 0 {
        "Somebody changed whom this leaves out.".to_owned()
    } else {
        let verb = if count == 1 { "moved" } else { "have moved" };
        format!("{} {verb} since you looked.", inquiries(count))
    };
    let items: Vec<_> = first.iter().map(moved).collect();
    view! {
        <div class="alert" role="alert">
            <p>{what} " Nothing was begun. This is the receipt as of now; confirm it again."</p>
            <ul class="moved">{items}</ul>
        </div>
    }
}

fn moved(moved: &Moved) -> impl IntoView + use<> {
    let text = if moved.was == moved.is {
        "changed, with the same outcome".to_owned()
    } else {
        format!("{} → {}", short(&moved.was), short(&moved.is))
    };
    view! {
        <li>
            <a class="id" href=paths::inquiry(&moved.inquiry_id)>{moved.inquiry_id.clone()}</a>
            ": "
            {text}
        </li>
    }
}

/// A code as words.
pub(super) fn short(code: &str) -> String {
    code.replace('-', " ")
}

impl Place {
    /// The outcome that is asked for.
    pub(super) fn outcome(&self) -> Option<RowState> {
        RowState::parse(&self.state)
    }
}
