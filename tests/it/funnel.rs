//! The page that counts what came of links.

use std::time::Duration;

use leftoff::{
    model::role::Role,
    store::{inquiries, inquiries::InquiryRow, links, links::LinkRow},
};
use simulator::Status;

use crate::support::{Answer, App};

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

/// The cells of the row of a table with this heading, as text; the first row where there are several.
fn row(page: &Answer, heading: &str) -> Vec<String> {
    let rows = page.body.split("<tr>").skip(1);
    let cells = rows.map(|row| {
        let row = row.split("</tr>").next().unwrap();
        let cells = row.split("</t").map(text);
        cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>()
    });
    let mut found = cells.filter(|cells| cells.first().is_some_and(|first| first == heading));
    found.next().unwrap_or_default()
}

/// What is left of a piece of a page without its tags.
fn text(html: &str) -> String {
    let pieces = html.split('<').map(|piece| match piece.split_once('>') {
        Some((tag, text)) if !tag.is_empty() => text,
        _ => "",
    });
    let text: String = pieces.collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A link that was made at a time, in ms after an hour ago, with its milestones so long after that, in s.
async fn made(app: &App, number: i64, milestones: [Option<i64>; 5], change: fn(&mut LinkRow)) {
    let created_at = app.state.clock.now_ms() - 3_600_000 + number;
    let [opened_at, resumed_at, ready_at, finished_at, decided_at] =
        milestones.map(|after| after.map(|after| created_at + after * 1000));
    let mut row = LinkRow {
        id: format!("L{number:09}"),
        token_hash: format!("{number}"),
        inquiry_id: "inq_made".to_owned(),
        parent_id: None,
        maker: "cli:ada".to_owned(),
        reason: "a test".to_owned(),
        factor: "none".to_owned(),
        return_url: None,
        locale: None,
        created_at,
        expires_at: created_at,
        revoked_at: None,
        device_hash: None,
        bound_at: None,
        wrong_factors: 0,
        channel: "mail".to_owned(),
        template_id: Some("itmpl_a".to_owned()),
        opened_at,
        resumed_at,
        ready_at,
        finished_at,
        decided_at,
        outcome: decided_at.map(|_| "approved".to_owned()),
    };
    change(&mut row);
    let inquiry = InquiryRow {
        id: "inq_made".to_owned(),
        status: "pending".to_owned(),
        ..InquiryRow::default()
    };
    let added = app.state.store.change(move |change| {
        inquiries::keep(change, &inquiry)?;
        links::add(change, &row)
    });
    added.await.unwrap();
}

#[tokio::test]
async fn counts_shares_and_medians_are_right() {
    let app = App::start().await;
    let all = |at: [i64; 5]| at.map(Some);
    made(&app, 1, all([60, 62, 65, 425, 4025]), |_| {}).await;
    made(&app, 2, all([180, 184, 194, 374, 90_374]), |_| {}).await;
    made(
        &app,
        3,
        [Some(7200), Some(7209), None, Some(9009), None],
        |_| {},
    )
    .await;
    made(&app, 4, [Some(10), None, None, None, None], |_| {}).await;
    made(&app, 5, [None; 5], |_| {}).await;
    // Declined is not approved.
    let decline = |row: &mut LinkRow| row.outcome = Some("declined".to_owned());
    made(&app, 6, all([60, 61, 62, 63, 64]), decline).await;
    let page = app.staff(Role::Auditor).await.get("/ops/funnel").await;
    assert_eq!(page.page(), (200, "Funnel"));
    assert_eq!(row(&page, "Made"), ["Made", "6", "100 %", "–", "–"]);
    // 10, 60, 60, 180 and 7200 s
    assert_eq!(
        row(&page, "Opened"),
        ["Opened", "5", "83 %", "83 %", "1 min"]
    );
    // 1, 2, 4 and 9 s
    assert_eq!(
        row(&page, "Resumed"),
        ["Resumed", "4", "67 %", "80 %", "2 s"]
    );
    // 1, 3 and 10 s; the third is known only by what came after it
    assert_eq!(
        row(&page, "Flow ready"),
        ["Flow ready", "4", "67 %", "100 %", "3 s"]
    );
    // 1, 180 and 360 s
    assert_eq!(
        row(&page, "Finished"),
        ["Finished", "4", "67 %", "100 %", "3 min"]
    );
    // 1 h and 25 h
    assert_eq!(
        row(&page, "Approved"),
        ["Approved", "2", "33 %", "50 %", "1 h"]
    );
    assert!(page.body.contains("made 6, opened 5, resumed 4"));
    assert!(page.body.contains("<polyline"), "the lines are drawn");
    assert!(!page.body.contains("style="), "the policy lets none in");
}

#[tokio::test]
async fn a_day_begins_at_the_readers_midnight() {
    let app = App::start().await;
    // The staff's zone is Berlin; these are 23:30 and 00:30 there, on one day in Greenwich.
    app.advance(HOUR * 10 + MINUTE * 30);
    app.link_to(Status::Pending).await;
    app.advance(HOUR);
    app.link_to(Status::Pending).await;
    app.link_to(Status::Pending).await;
    let mut staff = app.staff(Role::Viewer).await;
    let page = staff.get("/ops/funnel").await;
    assert_eq!(row(&page, "Sun, 1 Mar 2026")[1], "1");
    assert_eq!(row(&page, "Mon, 2 Mar 2026")[1], "2");
    for (from, to, count) in [
        ("2026-03-01", "2026-03-01", "1"),
        ("2026-03-02", "2026-03-02", "2"),
        ("2026-03-01", "2026-03-02", "3"),
        ("2026-03-02", "2030-01-01", "2"),
        ("0001-01-01", "2026-03-01", "1"),
        ("2026-03-02", "2026-03-01", "1"),
        ("nonsense", "2026-03-01", "3"),
    ] {
        let path = format!("/ops/funnel?from={from}&to={to}");
        let page = staff.get(&path).await;
        assert_eq!(row(&page, "Made")[1], count, "{path}");
    }
    let empty = "/ops/funnel?from=2026-02-01&to=2026-02-28";
    assert!(staff.get(empty).await.body.contains("No links were made"));
}

#[tokio::test]
async fn groups_and_filters_count_their_own() {
    let app = App::start().await;
    let other = |row: &mut LinkRow| {
        "copy".clone_into(&mut row.channel);
        row.template_id = None;
        "cli:bob".clone_into(&mut row.maker);
    };
    for number in 0..3 {
        made(&app, number, [Some(60), None, None, None, None], |_| {}).await;
    }
    made(&app, 7, [None; 5], other).await;
    let mut staff = app.staff(Role::Viewer).await;
    for (by, many, few, filter) in [
        ("channel", "E-mail", "Copied by hand", "channel=mail"),
        ("template", "itmpl_a", "Unknown", "template=itmpl_a"),
        (
            "maker",
            "ada at the command line",
            "bob at the command line",
            "maker=cli%3Aada",
        ),
    ] {
        let page = staff.get(&format!("/ops/funnel?by={by}")).await;
        assert_eq!(row(&page, many)[1..3], ["3", "3 100 %"], "{by}");
        assert_eq!(row(&page, few)[1..3], ["1", "0 0 %"], "{by}");
        let narrow = format!("/ops/funnel?by={by}&{filter}");
        assert!(page.body.contains(&narrow.replace('&', "&amp;")), "{by}");
        let page = staff.get(&narrow).await;
        assert_eq!(row(&page, "Made")[1], "3", "{by}");
        assert_eq!(row(&page, few), [""; 0], "{by}");
    }
    let page = staff.get("/ops/funnel?channel=api").await;
    assert!(page.body.contains("Nothing matches"));
    let page = staff.get("/ops/funnel?by=nonsense&days=-1").await;
    assert_eq!(row(&page, "Made")[1], "4");
}

#[tokio::test]
async fn a_funnel_without_links_says_what_fills_it() {
    let app = App::start().await;
    let page = app.staff(Role::Viewer).await.get("/ops/funnel").await;
    assert_eq!(page.page(), (200, "Funnel"));
    assert!(page.body.contains("No links were made on these days"));
    assert!(page.body.contains("leftoff link create"));
}

#[tokio::test]
async fn a_link_and_its_hand_offs_count_once() {
    let app = App::start().await;
    let (_, inquiry) = app.link_to(Status::Pending).await;
    let link = app.newest_link(&inquiry).await;
    for _ in 0..3 {
        let child = app.state.links.hand_off(&link).await.unwrap();
        let mut phone = app.browser();
        assert_eq!(phone.resume(child.token.expose()).await.status, 200);
    }
    let page = app.staff(Role::Viewer).await.get("/ops/funnel").await;
    assert_eq!(row(&page, "Made")[1], "1");
    assert_eq!(row(&page, "Resumed")[1], "1");
    assert_eq!(row(&page, "Flow ready")[1], "0");
}
