//! Acts on many inquiries at once, from the queue to each row's outcome, with Persona failing and the process dying.

mod confirmation;
mod crashes;
mod failures;
mod progress;

use std::collections::{BTreeMap, HashSet};

use leftoff::{
    model::bulk::BulkState,
    store::{
        bulk::BulkRow,
        inquiries::{self, InquiryRow},
    },
    worker::{Pace, Work as _},
};
use simulator::{Seed, Status};

use crate::support::{Answer, App, Browser};

const NOW: &str = "2026-03-01T12:00:00Z";

/// Keeps what the store would know of inquiries after an import.
async fn keep(app: &App, rows: Vec<InquiryRow>) {
    let kept = app.state.store.change(move |change| {
        for row in &rows {
            inquiries::keep(change, row)?;
        }
        Ok(())
    });
    kept.await.unwrap();
}

fn row(id: &str, status: &str) -> InquiryRow {
    let now: jiff::Timestamp = NOW.parse().unwrap();
    InquiryRow {
        id: id.to_owned(),
        status: status.to_owned(),
        created_at: Some(now.as_millisecond() - 100 * 3_600_000),
        expired_at: Some(now.as_millisecond() - 3_600_000),
        read_at: 1,
        ..InquiryRow::default()
    }
}

/// Inquiries that expired, at Persona and here.
pub(crate) async fn expired(app: &App, count: usize) -> Vec<String> {
    let seed = Seed {
        status: Status::Expired,
        ..Seed::default()
    };
    let ids: Vec<_> = (0..count)
        .map(|_| app.persona.create_inquiry(&seed))
        .collect();
    keep(app, ids.iter().map(|id| row(id, "expired")).collect()).await;
    ids
}

/// Presses "Dry run…"; gives the page of the draft.
async fn draft(browser: &mut Browser, form: &str) -> String {
    let answer = browser.submit("/ops/bulk", form).await;
    let (status, location) = answer.redirect();
    assert_eq!(status, 303, "{}", answer.body);
    location.strip_suffix("?done=drafted").unwrap().to_owned()
}

pub(crate) async fn draft_all(browser: &mut Browser) -> String {
    draft(browser, "act=resume&scope=all&query=").await
}

fn ticked(act: &str, ids: &[String]) -> String {
    let boxes = ids.join("&inquiry=");
    format!("act={act}&scope=ticked&inquiry={boxes}")
}

fn fingerprint(page: &Answer) -> String {
    let (_, rest) = page
        .body
        .split_once("name=\"fingerprint\" value=\"")
        .expect(&page.body);
    rest[..64].to_owned()
}

fn receipt(fingerprint: &str) -> String {
    format!("fingerprint={fingerprint}&reason=other&note=after+the+outage")
}

/// Confirms a draft as it is shown.
pub(crate) async fn confirm(browser: &mut Browser, page: &str) -> Answer {
    let shown = browser.get(page).await;
    let receipt = receipt(&fingerprint(&shown));
    browser.submit(&format!("{page}/confirm"), &receipt).await
}

fn id(page: &str) -> &str {
    page.rsplit('/').next().unwrap()
}

pub(crate) async fn bulk(app: &App, page: &str) -> BulkRow {
    app.state.store.bulk(id(page)).await.unwrap().unwrap()
}

/// Steps until nothing is left to do; the time goes on where the work waits.
async fn run(app: &App) {
    loop {
        match app.state.bulks.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => app.advance(wait),
            Pace::Idle => return,
        }
    }
}

/// How often each inquiry was resumed in effect: an answer that was replayed under its key counts once.
fn resumed(app: &App) -> BTreeMap<String, usize> {
    let mut keys = HashSet::new();
    let mut counts = BTreeMap::new();
    for seen in app.persona.requests() {
        if seen.path.ends_with("/resume")
            && seen.status == Some(200)
            && keys.insert(seen.idempotency_key.unwrap())
        {
            *counts.entry(seen.path).or_default() += 1;
        }
    }
    counts
}

fn urls(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let rows = answer.body.lines().skip(1).map(|line| {
        let fields: Vec<_> = line.split(',').collect();
        (fields[0].to_owned(), fields[3].to_owned())
    });
    rows.collect()
}

pub(crate) async fn each_row_is_right(app: &App, page: &str, ids: &[String]) {
    let done = bulk(app, page).await;
    let count = i64::try_from(ids.len()).unwrap();
    assert_eq!(done.state(), BulkState::Done, "{done:?}");
    assert_eq!((done.done, done.skipped, done.failed), (count, 0, 0));
    let items = app
        .state
        .store
        .bulk_items(id(page), None, 0, count + 1)
        .await
        .unwrap();
    assert_eq!(items.len(), ids.len());
    let links: HashSet<_> = items
        .iter()
        .filter_map(|item| item.link_id.clone())
        .collect();
    assert_eq!(links.len(), ids.len(), "each has one link of its own");
    for inquiry in ids {
        let at_persona = app.persona.inquiry(inquiry).unwrap();
        assert_eq!(at_persona.status, Status::Pending, "{inquiry}");
        assert_eq!(at_persona.sessions.len(), 1, "{inquiry} was resumed once");
    }
    let resumed = resumed(app);
    assert!(resumed.values().all(|times| *times == 1), "nobody twice");
}
