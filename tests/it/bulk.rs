//! Acts on many inquiries at once, from the queue to each row's outcome, with Persona failing and the process dying.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use leftoff::{
    model::{bulk::BulkState, role::Role},
    secret::Secret,
    store::{
        bulk::BulkRow,
        inquiries::{self, InquiryRow},
        templates::{self, TemplateRow},
    },
    worker::{Pace, Work as _},
};
use simulator::{Fault, FaultKind, Seed, Status};

use crate::live::news;
use crate::support::{Answer, App, Browser, Program};

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

#[tokio::test]
async fn those_ticked_are_resumed_and_each_link_is_handed_out_once() {
    let app = App::start().await;
    let ids = expired(&app, 3).await;
    let mut browser = app.staff(Role::Operator).await;
    let queue = browser.get("/ops").await;
    assert!(queue.body.contains("All 3 that match this view"));
    let page = draft(&mut browser, &ticked("resume", &ids[..2])).await;
    assert!(app.asked().is_empty(), "a dry run asks nobody");
    let began = confirm(&mut browser, &page).await;
    assert_eq!(began.redirect(), (303, &*format!("{page}?done=began")));
    run(&app).await;
    let done = bulk(&app, &page).await;
    assert_eq!(
        (done.state(), done.done, done.failed),
        (BulkState::Done, 2, 0)
    );
    assert_eq!(resumed(&app).len(), 2);
    assert_eq!(
        app.ledger(&ids[0]).await,
        ["resumed-by-staff", "link-created"]
    );
    assert!(app.ledger(&ids[2]).await.is_empty());

    let links = browser.submit(&format!("{page}/links.csv"), "").await;
    let links = urls(&links);
    assert_eq!(links.len(), 2);
    for (inquiry, url) in &links {
        let token = url.rsplit('/').next().unwrap();
        assert!(!app.database().await.contains(token));
        assert_eq!(
            app.newest_link(inquiry).await.token_hash,
            Secret::parse(token).unwrap().hash()
        );
        let mut person = app.browser();
        assert!(person.resume(token).await.session_token().is_some());
    }
    let again = browser.submit(&format!("{page}/links.csv"), "").await;
    assert_eq!(again.redirect(), (303, &*format!("{page}?done=no-links")));
    let acts: Vec<_> = app.audit().await.into_iter().map(|row| row.act).collect();
    for act in [
        "bulk-drafted",
        "bulk-confirmed",
        "bulk-resumed",
        "bulk-finished",
        "bulk-links-taken",
    ] {
        assert!(acts.iter().any(|one| one == act), "{act}: {acts:?}");
    }
}

#[tokio::test]
async fn nobody_and_one_are_bulks_too() {
    let app = App::start().await;
    let ids = expired(&app, 1).await;
    let mut browser = app.staff(Role::Operator).await;
    let nobody = browser.submit("/ops/bulk", "act=resume&scope=ticked").await;
    assert_eq!(nobody.redirect(), (303, "/ops/bulk?done=nothing"));
    let unknown = ticked("resume", &["inq_unknown".to_owned()]);
    let nobody = browser.submit("/ops/bulk", &unknown).await;
    assert_eq!(nobody.redirect(), (303, "/ops/bulk?done=nothing"));
    for broken in [
        "",
        "act=jump&scope=all",
        "act=resume&scope=all&query=%FF%00=",
    ] {
        let status = browser.submit("/ops/bulk", broken).await.status;
        assert!(status == 400 || status == 303, "{broken}: {status}");
    }
    let page = draft(&mut browser, &ticked("resume", &ids)).await;
    confirm(&mut browser, &page).await;
    run(&app).await;
    assert_eq!(bulk(&app, &page).await.done, 1);
}

#[tokio::test]
async fn whoever_is_left_out_is_left_out_for_a_reason_that_is_told() {
    let app = App::start().await;
    let now: jiff::Timestamp = NOW.parse().unwrap();
    let version = |row: InquiryRow, version: &str| InquiryRow {
        template_id: Some("itmpl_1".to_owned()),
        template_version_id: Some(version.to_owned()),
        ..row
    };
    let mut full = row("inq_full", "pending");
    full.sessions = 25;
    let mut redacted = row("inq_redacted", "expired");
    redacted.redacted_at = Some(1);
    let template = TemplateRow {
        id: "itmpl_1".to_owned(),
        latest_version_id: Some("itmplv_2".to_owned()),
        ..TemplateRow::default()
    };
    app.state
        .store
        .change(move |change| templates::keep(change, &template))
        .await
        .unwrap();
    let rows = vec![
        full,
        redacted,
        version(row("inq_old", "expired"), "itmplv_1"),
        version(row("inq_new", "expired"), "itmplv_2"),
        row("inq_done", "approved"),
        row("inq_written", "expired"),
    ];
    let ids: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
    keep(&app, rows).await;
    app.state
        .store
        .change(move |change| {
            inquiries::edit(change, "inq_written", |row| {
                row.contacted_at = now.as_millisecond() - 3_600_000;
            })
        })
        .await
        .unwrap();
    let mut browser = app.staff(Role::Operator).await;
    let page = draft(&mut browser, &ticked("resume", &ids)).await;
    let shown = browser.get(&page).await;
    for words in [
        "Finished: the person has nothing more to do",
        "Redacted: Persona erased its data",
        "All 25 sessions are used",
        "Its template was published anew since",
        "Contacted lately",
    ] {
        assert!(shown.body.contains(words), "{words}");
    }
    assert_eq!(bulk(&app, &page).await.included, 1);
    let terms = browser
        .submit(&format!("{page}/terms"), "outdated=1&contacted=1")
        .await;
    assert_eq!(terms.redirect(), (303, &*format!("{page}?done=terms")));
    assert_eq!(bulk(&app, &page).await.included, 3);

    let revoke = draft(&mut browser, &ticked("revoke-links", &ids)).await;
    assert!(browser.get(&revoke).await.body.contains("No open link"));
    assert_eq!(bulk(&app, &revoke).await.included, 0);
    let expire = draft(&mut browser, &ticked("expire", &ids)).await;
    assert!(browser.get(&expire).await.body.contains("Expired already"));
    assert_eq!(bulk(&app, &expire).await.included, 1);
    let refused = format!("{revoke}/confirm");
    let print = bulk(&app, &revoke).await.fingerprint;
    assert_eq!(browser.submit(&refused, &receipt(&print)).await.status, 409);
}

#[tokio::test]
async fn a_receipt_is_void_when_an_inquiry_moved_and_says_what_changed() {
    let app = App::start().await;
    let ids = expired(&app, 3).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    let seen = fingerprint(&browser.get(&page).await);
    keep(
        &app,
        vec![InquiryRow {
            read_at: 2,
            ..row(&ids[1], "approved")
        }],
    )
    .await;
    let path = format!("{page}/confirm");
    let refused = browser.submit(&path, &receipt(&seen)).await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("1 inquiry moved since you looked"));
    assert!(refused.body.contains("included → finished") && refused.body.contains(&ids[1]));
    assert_eq!(bulk(&app, &page).await.state(), BulkState::Draft);
    let fresh = fingerprint(&refused);
    assert_ne!(fresh, seen);
    assert_eq!(browser.submit(&path, &receipt(&seen)).await.status, 409);
    assert_eq!(browser.submit(&path, &receipt(&fresh)).await.status, 303);
    run(&app).await;
    let done = bulk(&app, &page).await;
    assert_eq!((done.total, done.included, done.done), (3, 2, 2));
}

#[tokio::test]
async fn a_reason_and_a_note_are_asked_for() {
    let app = App::start().await;
    expired(&app, 1).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    let print = fingerprint(&browser.get(&page).await);
    for (reason, note) in [("", "why"), ("whim", "why"), ("technical-trouble", "+")] {
        let form = format!("fingerprint={print}&reason={reason}&note={note}");
        let answer = browser.submit(&format!("{page}/confirm"), &form).await;
        assert_eq!(answer.status, 422, "{reason} {note}");
    }
    assert_eq!(bulk(&app, &page).await.state(), BulkState::Draft);
}

#[tokio::test]
async fn a_large_bulk_waits_for_somebody_else() {
    let app = App::start_with(|config| config.ops.bulk_four_eyes = 2).await;
    expired(&app, 3).await;
    let mut maker = app.staff(Role::Operator).await;
    let mut other = app.staff(Role::Admin).await;
    let page = draft_all(&mut maker).await;
    let waits = confirm(&mut maker, &page).await;
    assert_eq!(waits.redirect(), (303, &*format!("{page}?done=waits")));
    run(&app).await;
    assert!(resumed(&app).is_empty());
    let print = bulk(&app, &page).await.fingerprint;
    let (path, form) = (format!("{page}/approve"), format!("fingerprint={print}"));
    let refused = maker.submit(&path, &form).await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("somebody else must approve it"));
    assert_eq!(other.submit(&path, "fingerprint=another").await.status, 409);
    let approved = other.submit(&path, &form).await;
    assert_eq!(
        approved.redirect(),
        (303, &*format!("{page}?done=approved"))
    );
    run(&app).await;
    assert_eq!(bulk(&app, &page).await.done, 3);
}

#[tokio::test]
async fn two_who_confirm_at_once_begin_one_run() {
    let app = App::start().await;
    expired(&app, 5).await;
    let mut one = app.staff(Role::Operator).await;
    let mut two = app.staff(Role::Admin).await;
    let page = draft_all(&mut one).await;
    let receipt = receipt(&bulk(&app, &page).await.fingerprint);
    let confirm = format!("{page}/confirm");
    let (first, second) = tokio::join!(
        one.submit(&confirm, &receipt),
        two.submit(&confirm, &receipt)
    );
    let mut codes = [first.redirect().1, second.redirect().1].map(|path| path.split('=').nth(1));
    codes.sort_unstable();
    assert_eq!(codes, [Some("began"), Some("was-moved")]);
    run(&app).await;
    assert!(resumed(&app).values().all(|times| *times == 1));
    assert_eq!(bulk(&app, &page).await.done, 5);
}

#[tokio::test]
async fn it_is_held_let_go_and_ended() {
    let app = App::start().await;
    expired(&app, 30).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    assert_eq!(app.state.bulks.step().await.unwrap(), Pace::Now);
    let held = browser.submit(&format!("{page}/pause"), "").await;
    assert_eq!(held.redirect(), (303, &*format!("{page}?done=paused")));
    let done = bulk(&app, &page).await.done;
    assert!(done > 0 && done < 30);
    assert_eq!(app.state.bulks.step().await.unwrap(), Pace::Idle);
    assert_eq!(bulk(&app, &page).await.done, done);
    browser.submit(&format!("{page}/go-on"), "").await;
    assert_eq!(app.state.bulks.step().await.unwrap(), Pace::Now);
    let more = bulk(&app, &page).await.done;
    assert!(more > done && more < 30);
    browser.submit(&format!("{page}/cancel"), "").await;
    run(&app).await;
    let ended = bulk(&app, &page).await;
    assert_eq!((ended.state(), ended.done), (BulkState::Cancelled, more));
    let late = browser.submit(&format!("{page}/go-on"), "").await;
    assert_eq!(late.redirect(), (303, &*format!("{page}?done=was-moved")));
}

#[tokio::test]
async fn how_far_it_is_is_told_as_it_happens() {
    let app = App::start().await;
    expired(&app, 1).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    let mut stream = browser.follow("/ops/live").await.into_data_stream();
    let name = |what: &str| format!("bulk-{}-{what}", id(&page));
    assert_eq!(news(&mut stream, &name("state")).await.unwrap(), "Running");
    run(&app).await;
    assert_eq!(news(&mut stream, &name("state")).await.unwrap(), "Done");
    let mut late = browser.follow("/ops/live").await.into_data_stream();
    assert_eq!(news(&mut late, &name("settled")).await.unwrap(), "1");
}

#[tokio::test]
async fn a_limit_is_waited_for_and_is_no_error() {
    let app = App::start().await;
    expired(&app, 1).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    app.persona
        .inject(Fault::new(FaultKind::RateLimited { reset_seconds: 7 }).times(1));
    let next = app.state.bulks.step().await.unwrap();
    assert_eq!(next, Pace::In(Duration::from_secs(7)));
    let held = bulk(&app, &page).await;
    assert_eq!((held.done, held.failed, held.left()), (0, 0, 1));
    assert!(
        matches!(app.state.bulks.step().await.unwrap(), Pace::In(_)),
        "the budget is kept"
    );
    assert_eq!(app.asked(), ["POST resume"]);
}

#[tokio::test]
async fn an_outage_is_tried_again_and_given_up_with_words() {
    let app = App::start().await;
    let ids = expired(&app, 2).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    let broken = FaultKind::Status {
        code: 500,
        headers: BTreeMap::new(),
        html: false,
    };
    app.persona.inject(Fault::new(broken).inquiry(&ids[0]));
    run(&app).await;
    let done = bulk(&app, &page).await;
    assert_eq!(
        (done.state(), done.done, done.failed),
        (BulkState::Done, 1, 1)
    );
    let shown = browser.get(&format!("{page}?state=failed")).await;
    assert!(shown.body.contains("Persona failed (500") && shown.body.contains("after 6 tries"));
    assert!(shown.body.contains(&ids[0]) && !shown.body.contains(&format!(">{}<", ids[1])));

    app.persona.clear_faults();
    let again = browser.submit(&format!("{page}/retry"), "").await;
    let retry = again
        .redirect()
        .1
        .strip_suffix("?done=drafted")
        .unwrap()
        .to_owned();
    assert_ne!(retry, page);
    confirm(&mut browser, &retry).await;
    run(&app).await;
    let retried = bulk(&app, &retry).await;
    assert_eq!((retried.total, retried.done), (1, 1));
}

#[tokio::test]
async fn what_persona_refuses_fails_at_once_and_who_is_done_is_skipped() {
    let app = App::start().await;
    let ids = expired(&app, 3).await;
    app.persona.set_status(&ids[0], Status::Approved).unwrap();
    let unknown = format!("inq_{}", "u".repeat(28));
    keep(&app, vec![row(&unknown, "expired")]).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    app.persona.redact(&ids[1]).unwrap();
    run(&app).await;
    let done = bulk(&app, &page).await;
    assert_eq!((done.done, done.skipped, done.failed), (1, 2, 1));
    let failed = browser.get(&format!("{page}?state=failed")).await;
    assert!(failed.body.contains("Persona knows no such object (404"));
    let skipped = browser.get(&format!("{page}?state=skipped")).await;
    assert!(skipped.body.contains("Finished:") && skipped.body.contains("Redacted:"));
}

#[tokio::test]
async fn a_key_that_is_refused_pauses_the_bulk_and_says_so() {
    let app = App::start().await;
    expired(&app, 20).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    let refused = FaultKind::Status {
        code: 401,
        headers: BTreeMap::new(),
        html: false,
    };
    app.persona.inject(Fault::new(refused));
    run(&app).await;
    let held = bulk(&app, &page).await;
    assert_eq!((held.state(), held.failed), (BulkState::Paused, 0));
    assert!(
        browser
            .get(&page)
            .await
            .body
            .contains("does not accept the API key")
    );
    app.persona.clear_faults();
    browser.submit(&format!("{page}/go-on"), "").await;
    run(&app).await;
    assert_eq!(bulk(&app, &page).await.done, 20);
}

#[tokio::test]
async fn links_are_revoked_and_inquiries_expired_in_bulk() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.staff(Role::Operator).await;
    let ids = [inquiry.clone()];
    let page = draft(&mut browser, &ticked("revoke-links", &ids)).await;
    confirm(&mut browser, &page).await;
    run(&app).await;
    assert_eq!(bulk(&app, &page).await.done, 1);
    assert_eq!(app.browser().get(&format!("/r/{token}")).await.status, 410);
    let page = draft(&mut browser, &ticked("expire", &ids)).await;
    confirm(&mut browser, &page).await;
    run(&app).await;
    assert_eq!(bulk(&app, &page).await.done, 1);
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.status, "expired");
}

#[tokio::test]
async fn the_results_are_a_file_that_no_spreadsheet_runs() {
    let app = App::start().await;
    let ids = expired(&app, 1).await;
    let evil = InquiryRow {
        reference_id: Some("=cmd|' /C calc'!A0".to_owned()),
        read_at: 2,
        ..row(&ids[0], "expired")
    };
    keep(&app, vec![evil]).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    let csv = browser.get(&format!("{page}/results.csv")).await;
    let (id, bulk) = (&ids[0], id(&page));
    assert_eq!(
        csv.body,
        format!(
            "position,inquiry,reference,outcome,result,why,link,tried_at\n\
             1,{id},'=cmd|' /C calc'!A0,waiting,,,,\n"
        )
    );
    let disposition = format!("attachment; filename=\"bulk-{bulk}.csv\"");
    assert_eq!(csv.header("content-disposition"), disposition);
    assert_eq!(csv.header("cache-control"), "no-store");
}

#[tokio::test]
async fn whoever_only_looks_sees_the_bulk_and_no_buttons() {
    let app = App::start().await;
    expired(&app, 2).await;
    let page = draft_all(&mut app.staff(Role::Operator).await).await;
    for role in [Role::Viewer, Role::Auditor] {
        let mut browser = app.staff(role).await;
        let shown = browser.get(&page).await;
        assert!(
            shown
                .body
                .contains("An operator or an admin can confirm it.")
        );
        assert!(!shown.body.contains("/confirm"));
        let queue = browser.get("/ops").await;
        assert!(!queue.body.contains("Dry run"));
    }
}

/// Answers with failures all over a run of this many rows.
fn weather(app: &App, rows: u32) {
    let status = |code| FaultKind::Status {
        code,
        headers: BTreeMap::new(),
        html: false,
    };
    for path in ["7/resume", "k/resume", "Q/resume"] {
        for kind in [
            status(500),
            FaultKind::RateLimited { reset_seconds: 0 },
            FaultKind::DropConnection,
            status(503),
            FaultKind::BrokenJson,
        ] {
            app.persona
                .inject(Fault::new(kind).path(path).times(rows / 500));
        }
    }
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

#[tokio::test]
async fn five_thousand_end_right_through_failures_and_a_stop_in_the_middle() {
    const ROWS: usize = 5_000;
    let large = |options: &mut simulator::Options| options.rate_limit_per_minute = 100_000;
    let calm = |config: &mut leftoff::config::Config| config.ops.bulk_four_eyes = 10_000;
    let app = App::start_beside(large, calm).await;
    let ids = expired(&app, ROWS).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    weather(&app, 5_000);
    let begun = std::time::Instant::now();
    while bulk(&app, &page).await.left() > 2_500 {
        if let Pace::In(wait) = app.state.bulks.step().await.unwrap() {
            app.advance(wait);
        }
    }
    // The step is dropped while its rows are under way, as when the process ends.
    tokio::time::timeout(Duration::from_millis(2), app.state.bulks.step())
        .await
        .ok();
    let app = app.restart_with(|_| {}).await;
    run(&app).await;
    eprintln!("{ROWS} rows in {:?}", begun.elapsed());
    each_row_is_right(&app, &page, &ids).await;
}

#[tokio::test]
async fn a_process_that_is_killed_goes_on_and_resumes_nobody_twice() {
    const ROWS: usize = 400;
    let large = |options: &mut simulator::Options| {
        options.rate_limit_per_minute = 100_000;
        options.frozen_clock = false;
        options.start_time = None;
    };
    // The app of the test stands in for the browser; the program on the same database carries out.
    let app = App::start_beside(large, |_| {}).await;
    let ids = expired(&app, ROWS).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    let config = &app.state.config;
    let program = Program::new()
        .set("PERSONA__API_URL", app.simulator.api_url().as_str())
        .set("PERSONA__FLOW_HOST", &app.simulator.flow_host())
        .set("DATABASE__URL", &config.database.url)
        .served()
        .set("SERVER__ADDR", "127.0.0.1:0")
        .set("LOG__FILTER", "warn");
    let mut lost = 0;
    for until in [350, 300, 250, 200, 150, 100, 50, 0] {
        let mut child = program.start(&["serve"]);
        loop {
            assert!(child.try_wait().unwrap().is_none(), "the program ended");
            let left = bulk(&app, &page).await.left();
            // Persona acted on a row that is not written yet: the worst moment.
            let is_between = answered(&app) > ROWS - usize::try_from(left).unwrap();
            if left <= until && (is_between || left == 0) {
                break;
            }
            tokio::task::yield_now().await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let left = usize::try_from(bulk(&app, &page).await.left()).unwrap();
        lost += answered(&app) - (ROWS - left);
    }
    assert!(
        lost > 0,
        "no kill came between Persona's act and our commit"
    );
    each_row_is_right(&app, &page, &ids).await;
}

/// Resumes that Persona carried out, each counted once by its key.
fn answered(app: &App) -> usize {
    resumed(app).len()
}
