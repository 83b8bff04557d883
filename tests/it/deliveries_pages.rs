//! The pages of webhooks: who sees them, what an admin does there, and that a secret is shown once.

use std::time::Duration;

use axum::http::StatusCode;
use leftoff::{model::role::Role, staff::Actor, worker::Work as _};
use simulator::Status;

use crate::support::{Answer, App, Browser, Receiver, Reply};

async fn app() -> App {
    App::start_with(|config| {
        config.deliveries.allow_networks = vec!["127.0.0.0/8".parse().unwrap()];
        config.deliveries.retry_seconds = vec![];
    })
    .await
}

fn form(url: &str, told: &str) -> String {
    let url: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
    format!("description=Case+system&url={url}&{told}")
}

/// The secret that a page shows.
fn secret(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("id=\"secret\">").expect(&page.body);
    rest.split_once('<').unwrap().0.to_owned()
}

/// Adds an endpoint; its page.
async fn add(app: &App, admin: &mut Browser, url: &str) -> String {
    let answer = admin
        .submit("/ops/deliveries", &form(url, "told=all"))
        .await;
    assert_eq!(answer.page(), (200, "Case system"));
    let id = app.state.store.endpoints().await.unwrap().pop().unwrap().id;
    format!("/ops/deliveries/{id}")
}

async fn settle(app: &App) {
    while app.state.deliveries.step().await.unwrap() == leftoff::worker::Pace::Now {}
}

#[tokio::test]
async fn an_admin_adds_an_endpoint_and_sees_its_secret_once() {
    let app = app().await;
    let receiver = Receiver::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let page = admin.get("/ops/deliveries").await;
    assert_eq!(page.page(), (200, "Deliveries"));
    assert!(page.body.contains("No endpoint yet"), "{}", page.body);
    let page = admin.get("/ops/deliveries/new").await;
    assert_eq!(page.page(), (200, "Add an endpoint"));
    let told = "told=some&event=link.created&event=link.revoked";
    let added = admin
        .submit("/ops/deliveries", &form(&receiver.url, told))
        .await;
    let secret = secret(&added);
    assert!(secret.starts_with("whsec_"));
    let row = app.state.store.endpoints().await.unwrap().remove(0);
    assert_eq!(row.events, "link.created,link.revoked");
    let path = format!("/ops/deliveries/{}", row.id);
    for path in ["/ops/deliveries", &path, &format!("{path}/edit")] {
        let page = admin.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Case system"), "{}", page.body);
        assert!(!page.body.contains(&secret), "{path}");
    }
    assert!(
        !app.database()
            .await
            .contains(secret.trim_start_matches("whsec_"))
    );
    let audit = app.audit().await;
    let deed = audit
        .iter()
        .find(|row| row.act == "endpoint-added")
        .unwrap();
    assert_eq!(
        deed.actor,
        format!("staff:{}", app.person(Role::Admin).await.id)
    );
    assert!(!format!("{audit:?}").contains(&secret));
}

#[tokio::test]
async fn a_form_that_cannot_be_is_shown_again_with_what_is_wrong() {
    let app = app().await;
    let mut admin = app.staff(Role::Admin).await;
    for (url, told, words) in [
        ("https://10.0.0.1/", "told=all", "The address is private"),
        ("http://8.8.8.8/", "told=all", "The address is private"),
        ("nowhere", "told=all", "must be a URL"),
        (
            "https://hooks.example.com/",
            "told=some",
            "choose at least one event",
        ),
        (
            "https://hooks.example.com/",
            "told=some&event=x",
            "choose at least one event",
        ),
    ] {
        let answer = admin.submit("/ops/deliveries", &form(url, told)).await;
        assert_eq!(answer.page(), (422, "Add an endpoint"));
        let body = answer.body.to_lowercase();
        assert!(body.contains(&words.to_lowercase()), "{url} {told}: {body}");
        assert!(answer.body.contains(url), "what was typed is still there");
    }
    assert!(app.state.store.endpoints().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_admin_changes_disables_and_rotates() {
    let app = app().await;
    let receiver = Receiver::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let path = add(&app, &mut admin, "https://hooks.example.com/").await;
    let edit = format!("{path}/edit");
    let answer = admin
        .submit(&edit, &form(&receiver.url, "told=some&event=link.created"))
        .await;
    assert_eq!(
        answer.redirect(),
        (303, format!("{path}?done=changed").as_str())
    );
    let page = admin.get(&edit).await.body;
    assert!(page.contains(&receiver.url), "{page}");
    let answer = admin.submit(&edit, &form("x", "told=all")).await;
    assert_eq!(answer.page(), (422, "Change the endpoint"));
    let rotated = admin.submit(&format!("{path}/secret"), "hours=24").await;
    assert!(secret(&rotated).starts_with("whsec_"));
    let page = admin.get(&path).await.body;
    assert!(page.contains("Two: the old one signs too"), "{page}");
    for hours in ["", "-1", "169", "soon"] {
        let answer = admin
            .submit(&format!("{path}/secret"), &format!("hours={hours}"))
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{hours}");
    }
    let disable = format!("{path}/state");
    let answer = admin.submit(&disable, "state=disabled").await;
    assert_eq!(
        answer.redirect(),
        (303, format!("{path}?done=disabled").as_str())
    );
    assert_eq!(
        admin.submit(&disable, "state=gone").await.status,
        StatusCode::BAD_REQUEST
    );
    let page = admin.get("/ops/deliveries").await.body;
    assert!(page.contains(">Disabled</span>"), "{page}");
    let answer = admin.submit(&format!("{path}/test"), "").await;
    assert_eq!(
        answer.redirect(),
        (303, format!("{path}?done=is-disabled").as_str())
    );
    admin.submit(&disable, "state=enabled").await;
    let acts: Vec<_> = app.audit().await.into_iter().map(|row| row.act).collect();
    let acts: Vec<_> = acts
        .iter()
        .filter(|act| act.starts_with("endpoint"))
        .collect();
    let meant = [
        "endpoint-added",
        "endpoint-changed",
        "endpoint-secret-rotated",
        "endpoint-disabled",
        "endpoint-enabled",
    ];
    assert_eq!(acts, meant.iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn managing_asks_for_a_fresh_proof_and_a_replay_does_not() {
    let app = app().await;
    let receiver = Receiver::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let path = add(&app, &mut admin, &receiver.url).await;
    app.advance(Duration::from_mins(11));
    for act in ["", "/state", "/secret"] {
        let act = if act.is_empty() {
            "/ops/deliveries".to_owned()
        } else {
            format!("{path}{act}")
        };
        let (status, location) = {
            let answer = admin.submit(&act, "").await;
            (answer.status, answer.header("location").to_owned())
        };
        assert_eq!(status, StatusCode::SEE_OTHER, "{act}");
        assert!(location.starts_with("/ops/prove"), "{act}: {location}");
    }
    let answer = admin.submit(&format!("{path}/test"), "").await;
    assert_eq!(
        answer.redirect(),
        (303, format!("{path}?done=tested").as_str())
    );
}

#[tokio::test]
async fn an_operator_looks_tries_and_sends_once_more() {
    let app = app().await;
    let receiver = Receiver::start().await;
    receiver.answer(Reply::status(500));
    let mut admin = app.staff(Role::Admin).await;
    let path = add(&app, &mut admin, &receiver.url).await;
    let (_, inquiry) = app.link_to(Status::Pending).await;
    settle(&app).await;
    let mut operator = app.staff(Role::Operator).await;
    let page = operator.get(&path).await.body;
    assert!(page.contains("Given up"), "{page}");
    assert!(page.contains("Status 500"), "{page}");
    assert!(page.contains(&inquiry), "{page}");
    assert!(page.contains("This takes the role admin"), "{page}");
    let (_, rest) = page.split_once(&format!("{path}/sent/")).unwrap();
    let delivery = format!("{path}/sent/{}", rest.split_once('"').unwrap().0);
    let page = operator.get(&delivery).await;
    assert_eq!(page.page(), (200, "A link was made"));
    for part in [
        "webhook-id: msg_",
        "link.created",
        &inquiry,
        "Attempts",
        "Status 500",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    receiver.answer(Reply::default());
    let answer = operator.submit(&format!("{delivery}/replay"), "").await;
    assert_eq!(
        answer.redirect(),
        (303, format!("{delivery}?done=replayed").as_str())
    );
    settle(&app).await;
    let page = operator.get(&delivery).await.body;
    assert!(page.contains(">Delivered</span>"), "{page}");
    let failed = format!("{path}/replay");
    let answer = operator.submit(&failed, "hours=24").await;
    assert_eq!(
        answer.redirect(),
        (303, format!("{path}?done=nothing-failed").as_str())
    );
    receiver.answer(Reply::status(500));
    operator.submit(&format!("{path}/test"), "").await;
    settle(&app).await;
    let answer = operator.submit(&failed, "hours=").await;
    assert_eq!(
        answer.redirect(),
        (303, format!("{path}?done=replayed-failed&count=1").as_str())
    );
    assert_eq!(
        operator.submit(&failed, "hours=many").await.status,
        StatusCode::BAD_REQUEST
    );
    let viewer = app.staff(Role::Viewer).await.get("/ops/deliveries").await;
    assert_eq!(viewer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn deliveries_are_filtered_and_paged_from_the_url() {
    let app = app().await;
    let receiver = Receiver::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let path = add(&app, &mut admin, &receiver.url).await;
    let id = path.rsplit('/').next().unwrap();
    for _ in 0..60 {
        let tested = app.state.deliveries.test(&Actor::System, id).await;
        tested.unwrap();
        app.advance(Duration::from_millis(1));
    }
    settle(&app).await;
    receiver.answer(Reply::status(500));
    app.link_to(Status::Pending).await;
    settle(&app).await;
    let rows = |page: &str| page.matches("/sent/").count();
    let page = admin.get(&path).await.body;
    assert_eq!(rows(&page), 50);
    let (_, rest) = page.split_once("?before=").unwrap();
    let older = rest.split_once('"').unwrap().0;
    let page = admin.get(&format!("{path}?before={older}")).await.body;
    assert_eq!(rows(&page), 11);
    assert!(page.contains("Newest") && !page.contains("Older"), "{page}");
    let page = admin.get(&format!("{path}?state=failed")).await.body;
    assert_eq!(rows(&page), 1);
    let page = admin
        .get(&format!("{path}?event=endpoint.tested&state=delivered"))
        .await
        .body;
    assert_eq!(rows(&page), 50);
    assert!(
        page.contains("state=delivered&amp;event=endpoint.tested&amp;before="),
        "{page}"
    );
    let page = admin.get(&format!("{path}?state=waiting")).await.body;
    assert!(page.contains("No delivery matches"), "{page}");
}

#[tokio::test]
async fn an_endpoint_that_leftoff_disabled_is_said_on_the_page() {
    let app = app().await;
    let receiver = Receiver::start().await;
    receiver.answer(Reply::status(410));
    let mut admin = app.staff(Role::Admin).await;
    let path = add(&app, &mut admin, &receiver.url).await;
    admin.submit(&format!("{path}/test"), "").await;
    settle(&app).await;
    for page in ["/ops/deliveries", &path] {
        let page = admin.get(page).await.body;
        assert!(page.contains("role=\"alert\""), "{page}");
        assert!(page.contains("gone for good (410)"), "{page}");
    }
}
