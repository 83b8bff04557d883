//! The queue: who is on it and why, how it is narrowed, ordered, turned over, searched and saved.

use std::time::Duration;

use leftoff::{
    model::role::Role,
    store::{
        inquiries::{self, InquiryRow},
        templates::{self, TemplateRow},
    },
};
use simulator::Status;

use crate::support::{Answer, App, Browser};

const HOUR: i64 = 3_600_000;

/// The inquiries that a page lists, in its order.
fn listed(answer: &Answer) -> Vec<String> {
    let links = answer.body.split("href=\"/ops/inquiries/").skip(1);
    links
        .map(|link| link.split('"').next().unwrap().to_owned())
        .collect()
}

/// Where a page's link of this text leads.
fn link(answer: &Answer, text: &str) -> Option<String> {
    let (before, _) = answer.body.split_once(&format!(">{text}<"))?;
    let (_, tag) = before.rsplit_once('<')?;
    let (_, href) = tag.strip_prefix("a ")?.split_once("href=\"")?;
    Some(href.split('"').next()?.replace("&amp;", "&"))
}

async fn keep(app: &App, rows: Vec<InquiryRow>) {
    let kept = app
        .state
        .store
        .change(move |change| rows.iter().try_for_each(|row| inquiries::keep(change, row)));
    kept.await.unwrap();
}

/// An inquiry that expired so many hours ago.
fn expired(app: &App, number: usize, hours: i64) -> InquiryRow {
    InquiryRow {
        id: format!("inq_{number:04}"),
        status: "expired".to_owned(),
        expired_at: Some(app.state.clock.now_ms() - hours * HOUR),
        reference_id: Some(format!("user-{number:04}")),
        ..InquiryRow::default()
    }
}

async fn queue(app: &App, query: &str) -> Vec<String> {
    let mut browser = app.staff(Role::Viewer).await;
    let answer = browser.get(&format!("/ops{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    listed(&answer)
}

#[tokio::test]
async fn an_inquiry_is_on_the_queue_for_what_it_needs() {
    let app = App::start().await;
    let ago = |hours: i64| Some(app.state.clock.now_ms() - hours * HOUR);
    let row = |id: &str, status: &str| InquiryRow {
        id: id.to_owned(),
        status: status.to_owned(),
        ..InquiryRow::default()
    };
    keep(
        &app,
        vec![
            InquiryRow {
                expired_at: ago(1),
                ..row("inq_expired", "expired")
            },
            InquiryRow {
                started_at: ago(2),
                ..row("inq_halfway", "pending")
            },
            InquiryRow {
                started_at: ago(0),
                ..row("inq_at_work", "pending")
            },
            InquiryRow {
                created_at: ago(25),
                ..row("inq_created", "created")
            },
            InquiryRow {
                created_at: ago(23),
                ..row("inq_fresh", "created")
            },
            InquiryRow {
                finished_at: ago(25),
                ..row("inq_review", "needs_review")
            },
            InquiryRow {
                finished_at: ago(23),
                ..row("inq_done", "completed")
            },
            row("inq_approved", "approved"),
            InquiryRow {
                redacted_at: ago(1),
                expired_at: ago(2),
                ..row("inq_redacted", "expired")
            },
        ],
    )
    .await;
    let all = ["inq_created", "inq_review", "inq_halfway", "inq_expired"];
    assert_eq!(queue(&app, "").await, all);
    assert_eq!(queue(&app, "?need=expired").await, ["inq_expired"]);
    assert_eq!(queue(&app, "?need=pending").await, ["inq_halfway"]);
    assert_eq!(queue(&app, "?need=created").await, ["inq_created"]);
    assert_eq!(queue(&app, "?need=undecided").await, ["inq_review"]);
    assert_eq!(queue(&app, "?need=cancelled").await, [""; 0]);
}

#[tokio::test]
async fn trouble_brings_an_inquiry_to_the_queue_and_a_resume_takes_it_away() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut person = app.browser();
    for (trouble, need) in [
        ("cancelled", "cancelled"),
        ("script-blocked", "failed-to-load"),
    ] {
        person.resume(&token).await;
        assert_eq!(queue(&app, "").await, [""; 0]);
        person.report_trouble(&token, trouble).await;
        assert_eq!(queue(&app, &format!("?need={need}")).await, [&*inquiry]);
    }
}

#[tokio::test]
async fn every_row_is_on_one_page_and_one_only_forward_and_backward() {
    let app = App::start().await;
    // Some of the same time, so that the ID must decide.
    let rows = (0..120).map(|number| expired(&app, number, i64::try_from(number / 7).unwrap()));
    keep(&app, rows.collect()).await;
    for order in ["oldest", "newest", "quietest"] {
        let mut browser = app.staff(Role::Viewer).await;
        let mut page = browser.get(&format!("/ops?order={order}")).await;
        assert_eq!(link(&page, "Previous"), None);
        let mut pages = vec![listed(&page)];
        while let Some(next) = link(&page, "Next") {
            page = browser.get(&next).await;
            pages.push(listed(&page));
        }
        let mut all = pages.concat();
        assert_eq!(
            pages.iter().map(Vec::len).collect::<Vec<_>>(),
            [50, 50, 20],
            "{order}"
        );
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 120, "{order}");
        for expected in pages.iter().rev().skip(1) {
            page = browser.get(&link(&page, "Previous").unwrap()).await;
            assert_eq!(listed(&page), *expected, "{order}");
        }
        assert_eq!(link(&page, "Previous"), None, "{order}");
    }
}

#[tokio::test]
async fn filters_narrow_the_list_and_stand_in_the_address() {
    let app = App::start().await;
    let now = app.state.clock.now_ms();
    let of = |number, template: &str, version: &str, sessions, contacted_at| InquiryRow {
        template_id: Some(template.to_owned()),
        template_version_id: Some(version.to_owned()),
        sessions,
        contacted_at,
        ..expired(&app, number, 1)
    };
    keep(
        &app,
        vec![
            of(1, "itmpl_a", "itmplv_1", 3, 0),
            of(2, "itmpl_a", "itmplv_2", 25, 0),
            of(3, "itmpl_b", "itmplv_3", 5, 0),
        ],
    )
    .await;
    let template = TemplateRow {
        id: "itmpl_a".to_owned(),
        name: Some("Onboarding".to_owned()),
        latest_version_id: Some("itmplv_2".to_owned()),
        read_at: now,
    };
    let contacted = app.state.store.change(move |change| {
        templates::keep(change, &template)?;
        inquiries::edit(change, "inq_0003", |row| row.contacted_at = now - 2 * HOUR)
    });
    contacted.await.unwrap();
    assert_eq!(
        queue(&app, "?template=itmpl_a").await,
        ["inq_0001", "inq_0002"]
    );
    assert_eq!(queue(&app, "?outdated=1").await, ["inq_0001"]);
    assert_eq!(queue(&app, "?sessions=5").await, ["inq_0002", "inq_0003"]);
    assert_eq!(
        queue(&app, "?sessions=25&template=itmpl_a").await,
        ["inq_0002"]
    );
    assert_eq!(queue(&app, "?quiet=24").await, ["inq_0001", "inq_0002"]);
    assert_eq!(
        queue(&app, "?order=quietest").await,
        ["inq_0001", "inq_0002", "inq_0003"]
    );
    let mut late = app.staff(Role::Viewer).await;
    let beyond = late
        .get("/ops?need=expired&after=9999999999999.inq_x")
        .await;
    assert!(beyond.body.contains("No more here"));
    let first = link(&beyond, "Go to the first page").unwrap();
    assert_eq!(first, "/ops?need=expired");
    let nonsense = "?need=x&sessions=x&order=x&after=x&before=1.&quiet=-1";
    assert_eq!(
        queue(&app, nonsense).await.len(),
        3,
        "what means nothing narrows nothing"
    );
    let mut browser = app.staff(Role::Viewer).await;
    let answer = browser
        .get("/ops?template=itmpl_a&sessions=25&need=expired")
        .await;
    let clear = link(&answer, "Clear").unwrap();
    assert_eq!(clear, "/ops?need=expired");
    assert!(answer.body.contains("Onboarding"));
}

async fn found(browser: &mut Browser, wanted: &str) -> (u16, String) {
    let query: String = url::form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
    let answer = browser.get(&format!("/ops/search?q={query}")).await;
    (answer.status.as_u16(), answer.header("location").to_owned())
}

#[tokio::test]
async fn whatever_identifies_an_inquiry_finds_it() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let link = app.newest_link(&inquiry).await.id;
    let account = InquiryRow {
        account_id: Some("act_1".to_owned()),
        ..expired(&app, 1, 1)
    };
    let longer = InquiryRow {
        reference_id: Some("user-0002-again".to_owned()),
        ..expired(&app, 4, 1)
    };
    keep(&app, vec![account, expired(&app, 2, 1), longer]).await;
    let mut browser = app.staff(Role::Viewer).await;
    let to = |id: &str| (303, format!("/ops/inquiries/{id}"));
    let url = format!("https://verify.example.com/r/{token}");
    for wanted in [&*inquiry, &url, &token, &link, &format!("  {inquiry} ")] {
        assert_eq!(found(&mut browser, wanted).await, to(&inquiry), "{wanted}");
    }
    assert_eq!(found(&mut browser, "act_1").await, to("inq_0001"));
    assert_eq!(found(&mut browser, "user-0002").await, to("inq_0002"));
    assert_eq!(found(&mut browser, "user-000").await, (200, String::new()));
    for nothing in ["", "user-0003", "%", "' or 1=1 --", "\u{10ffff}"] {
        assert_eq!(
            found(&mut browser, nothing).await,
            (404, String::new()),
            "{nothing}"
        );
    }
    let answer = browser.get(&format!("/ops/search?q={}x", &url[..40])).await;
    assert!(
        !answer.body.contains(&token[..8]),
        "a link does not go back into a page"
    );
}

#[tokio::test]
async fn a_view_is_saved_for_oneself_or_for_everybody_and_forgotten_by_its_owner() {
    let app = App::start().await;
    let mut operator = app.staff(Role::Operator).await;
    let mut viewer = app.staff(Role::Viewer).await;
    let own = "name=Mine&query=need%3Dexpired%26after%3D1.inq_1";
    let answer = operator.submit("/ops/views", own).await;
    assert_eq!(answer.redirect(), (303, "/ops?need=expired"));
    let answer = operator
        .submit("/ops/views", "name=Ours&query=sessions%3D20&shared=1")
        .await;
    assert_eq!(answer.redirect(), (303, "/ops?sessions=20"));
    assert!(link(&operator.get("/ops").await, "Mine").is_some());
    let seen = viewer.get("/ops").await;
    assert!(seen.body.contains("Ours") && !seen.body.contains("Mine"));
    assert_eq!(
        viewer
            .submit("/ops/views", "name=X&query=&shared=1")
            .await
            .status,
        403
    );
    assert_eq!(
        viewer.submit("/ops/views", "name=+&query=").await.status,
        400
    );

    let page = operator.get("/ops").await.body;
    let forget = |page: &str| {
        let paths = page
            .split("action=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap());
        paths
            .filter(|path| path.ends_with("/forget"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        forget(&seen.body),
        [""; 0],
        "nobody is offered to forget what is another's"
    );
    for path in forget(&page) {
        viewer.submit(&path, "").await;
        assert!(
            operator.get("/ops").await.body.contains(&path),
            "another's view was forgotten"
        );
        assert_eq!(operator.submit(&path, "").await.redirect(), (303, "/ops"));
    }
    assert_eq!(forget(&operator.get("/ops").await.body), [""; 0]);
}

#[tokio::test]
async fn counts_follow_the_clock_and_stop_at_a_thousand() {
    let app = App::start().await;
    let rows = (0..1100).map(|number| expired(&app, number, 1));
    keep(&app, rows.collect()).await;
    let halfway = InquiryRow {
        id: "inq_halfway".to_owned(),
        status: "pending".to_owned(),
        started_at: Some(app.state.clock.now_ms()),
        ..InquiryRow::default()
    };
    keep(&app, vec![halfway]).await;
    let mut browser = app.staff(Role::Viewer).await;
    let count = |answer: &Answer, name: &str| {
        let (_, rest) = answer
            .body
            .split_once(&format!("data-live=\"queue-{name}\""))
            .unwrap();
        let (_, rest) = rest.split_once('>').unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    let page = browser.get("/ops").await;
    assert_eq!(count(&page, "expired"), "1000+");
    assert_eq!(count(&page, "pending"), "0");
    app.advance(Duration::from_hours(1));
    let mut browser = app.staff(Role::Viewer).await;
    assert_eq!(count(&browser.get("/ops").await, "pending"), "1");
}
