//! A bulk under way: its rows, its buttons, and what it leaves behind.

use leftoff::{
    model::{bulk::BulkState, role::Role},
    secret::Secret,
    store::inquiries::InquiryRow,
    worker::{Pace, Work as _},
};
use simulator::Status;

use super::{bulk, confirm, draft, draft_all, expired, id, keep, resumed, row, run, ticked, urls};
use crate::live::news;
use crate::support::App;

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
