//! From the dry run to the confirmation: who is left out, what a receipt is good for, and who must agree.

use leftoff::{
    model::{bulk::BulkState, role::Role},
    store::{
        inquiries::{self, InquiryRow},
        templates::{self, TemplateRow},
    },
};

use super::{
    NOW, bulk, confirm, draft, draft_all, expired, fingerprint, keep, receipt, resumed, row, run,
    ticked,
};
use crate::support::App;

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
