//! The pages of events: what Persona told, what came of it, and what the staff can do about it.

use std::{collections::BTreeMap, time::Duration};

use leftoff::model::role::Role;
use serde_json::{Value, json};
use simulator::{Fault, FaultKind, Status, WebhookFaults};

use crate::support::App;

/// The last event at Persona without the inquiry, which Persona does not find when it is asked.
async fn parked(app: &App) -> String {
    let _ = app.inquiry(Status::Approved);
    let mut event: Value = app.told().await.pop().unwrap();
    event["data"]["attributes"]["payload"]["data"]["attributes"] = json!({});
    let gone = FaultKind::Status {
        code: 404,
        headers: BTreeMap::new(),
        html: false,
    };
    app.persona
        .inject(Fault::new(gone).path("inquiries").times(1));
    app.receiver().hear_all(std::slice::from_ref(&event)).await;
    event["data"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_empty_list_teaches_how_webhooks_are_set_up() {
    let app = App::start().await;
    let page = app.staff(Role::Viewer).await.get("/ops/events").await;
    assert_eq!(page.page(), (200, "Events"));
    for part in [
        "Persona told nothing yet",
        "http://localhost:4000/webhooks/persona",
        "inquiry.marked-for-review",
        "LEFTOFF_PERSONA__WEBHOOK_SECRETS",
        "wbhsec_",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains(crate::support::WEBHOOK_SECRET));
    let app = app
        .restart_with(|config| config.persona.webhook_secrets.clear())
        .await;
    let page = app.staff(Role::Viewer).await.get("/ops/events").await;
    assert!(page.body.contains("not set: nothing is taken"));
}

#[tokio::test]
async fn the_list_is_filtered_by_its_address() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let (token, _) = app.link_to(Status::Created).await;
    app.browser().submit(&format!("/r/{token}"), "").await;
    let inquiry = app.inquiry(Status::Approved);
    app.hear().await;
    let mut viewer = app.staff(Role::Viewer).await;
    let all = viewer.get("/ops/events").await.body;
    assert!(
        all.contains(&inquiry) && all.contains("Last webhook"),
        "{all}"
    );
    let names = |page: &str| {
        let rows = page.split("<tbody>").nth(1).unwrap_or_default();
        let rows = rows.split("</tbody>").next().unwrap_or_default();
        rows.split("scope=\"row\"")
            .skip(1)
            .map(|row| {
                let name = row.split("\">").nth(1).unwrap_or_default();
                name.split('<').next().unwrap_or_default().to_owned()
            })
            .collect::<Vec<_>>()
    };
    let approved = viewer.get("/ops/events?name=inquiry.approved").await.body;
    assert_eq!(names(&approved), ["inquiry.approved"]);
    let parked = viewer.get("/ops/events?state=parked").await.body;
    assert!(parked.contains("Nothing matches"), "{parked}");
    let both = viewer
        .get("/ops/events?name=inquiry.approved&state=applied")
        .await
        .body;
    assert_eq!(names(&both), ["inquiry.approved"]);
    let nonsense = viewer.get("/ops/events?state=%27%20or%201&older=x-y").await;
    assert_eq!(nonsense.status, 200);
}

#[tokio::test]
async fn pages_are_turned_by_the_last_event_seen_and_each_shows_once() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let inquiries: Vec<_> = (0..70).map(|_| app.inquiry(Status::Created)).collect();
    app.hear().await;
    let mut viewer = app.staff(Role::Viewer).await;
    let mut path = "/ops/events?name=inquiry.created".to_owned();
    let (mut seen, mut pages) = (String::new(), 0);
    loop {
        let page = viewer.get(&path).await.body;
        pages += 1;
        seen.push_str(&page);
        let Some(at) = page.find("rel=\"next\"") else {
            break;
        };
        let before = &page[..at];
        let href = before.rfind("href=\"").unwrap() + 6;
        let end = page[href..].find('"').unwrap() + href;
        path = page[href..end].replace("&amp;", "&");
    }
    assert_eq!(pages, 2);
    for inquiry in inquiries {
        let link = format!(">{inquiry}</a>");
        assert_eq!(seen.matches(&link).count(), 1, "{inquiry}");
    }
}

#[tokio::test]
async fn an_event_shows_what_was_kept_and_what_it_did() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.browser().resume(&token).await;
    app.advance(Duration::from_mins(1));
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    app.hear().await;
    let event = app.told().await.pop().unwrap();
    let id = event["data"]["id"].as_str().unwrap();
    let mut viewer = app.staff(Role::Viewer).await;
    let page = viewer.get(&format!("/ops/events/{id}")).await;
    assert_eq!(page.page(), (200, "inquiry.completed"));
    for part in [
        id,
        &inquiry,
        "The inquiry became what it says",
        "What we know of the inquiry now comes from it",
        "history of the inquiry",
        "It is the receipt of the person",
        "No name, document, address",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let missing = viewer.get("/ops/events/evt_nowhere").await;
    assert_eq!(missing.status, 404);
    let timeline = viewer.get(&format!("/ops/inquiries/{inquiry}")).await.body;
    assert!(
        timeline.contains("Finished") && timeline.contains("Persona"),
        "{timeline}"
    );
}

#[tokio::test]
async fn a_parked_event_stands_above_the_others_and_an_operator_replays_it() {
    let app = App::start().await;
    let id = parked(&app).await;
    let mut operator = app.staff(Role::Operator).await;
    let page = operator.get("/ops/events").await.body;
    let (above, below) = page.split_once("All events").unwrap();
    assert!(
        above.contains(&id) && above.contains("Persona knows no such object"),
        "{above}"
    );
    assert!(below.contains(&id));
    let path = format!("/ops/events/{id}");
    let page = operator.get(&path).await.body;
    assert!(page.contains("It could not be applied: "), "{page}");
    let answer = operator.submit(&format!("{path}/replay"), "").await;
    let told = format!("{path}?done=replayed");
    assert_eq!(answer.redirect(), (303, told.as_str()));
    assert!(
        operator
            .get(&told)
            .await
            .body
            .contains("It will be applied again")
    );
    app.receiver().settle().await;
    let page = operator.get("/ops/events").await.body;
    assert!(!page.contains("Parked events"), "{page}");
    let person = app.person(Role::Operator).await;
    let audit = app.audit().await;
    let deed = audit
        .iter()
        .find(|row| row.act == "event-replayed")
        .unwrap();
    assert_eq!(deed.actor, format!("staff:{}", person.id));
    assert_eq!(deed.object, format!("event:{id}"));
    assert!(deed.before.as_ref().unwrap().contains("parked"));
    let missing = operator.submit("/ops/events/evt_nowhere/replay", "").await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn whoever_only_looks_replays_nothing_and_is_told_why() {
    let app = App::start().await;
    let id = parked(&app).await;
    let path = format!("/ops/events/{id}");
    for role in [Role::Viewer, Role::Auditor] {
        let mut browser = app.staff(role).await;
        let page = browser.get(&path).await.body;
        assert!(
            page.contains("This takes the role operator or admin"),
            "{page}"
        );
        let answer = browser.submit(&format!("{path}/replay"), "").await;
        assert_eq!(answer.status, 403);
        assert_eq!(browser.submit("/ops/events/sweep", "").await.status, 403);
    }
    let row = app.state.store.event(&id).await.unwrap().unwrap();
    assert_eq!(row.state, "parked");
}

#[tokio::test]
async fn an_operator_starts_a_sweep_and_reads_which_events_it_found() {
    use leftoff::worker::{Pace, Work as _};
    let app = App::start().await;
    app.hear_webhooks().await;
    let inquiry = app.inquiry(Status::Pending);
    app.hear().await;
    app.persona.set_webhook_faults(WebhookFaults {
        lose: true,
        ..WebhookFaults::default()
    });
    app.persona.set_status(&inquiry, Status::Declined).unwrap();
    app.advance(Duration::from_mins(5));
    let mut operator = app.staff(Role::Operator).await;
    let answer = operator.submit("/ops/events/sweep", "").await;
    assert_eq!(answer.redirect(), (303, "/ops/events?done=sweep"));
    let answer = operator.submit("/ops/events/sweep", "").await;
    assert_eq!(answer.redirect(), (303, "/ops/events?done=busy"));
    while app.state.sweeps.step().await.unwrap() == Pace::Now {}
    app.receiver().settle().await;
    let page = operator.get("/ops/events").await.body;
    assert!(page.contains("found something, listed below"), "{page}");
    let sweep = app.state.store.latest_sweep().await.unwrap().unwrap();
    assert_eq!(sweep.found, 1);
    let path = format!("/ops/events?sweep={}", sweep.id);
    assert!(page.contains(&path), "{page}");
    let found = operator.get(&path).await.body;
    assert!(
        found.contains("inquiry.declined") && found.contains("Sweep, no webhook"),
        "{found}"
    );
    assert!(!found.contains(">inquiry.started</a>"), "{found}");
    let acts: Vec<_> = app.audit().await.into_iter().map(|row| row.act).collect();
    assert!(acts.contains(&"sweep-started".to_owned()), "{acts:?}");
}
