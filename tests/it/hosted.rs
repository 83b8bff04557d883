//! Without JavaScript: Persona's hosted flow by a one-time link, and the way back.

use std::{collections::BTreeSet, time::Duration};

use simulator::Status;

use crate::support::{Answer, App, Browser};

/// What Persona appends to the way back: personal data, and claims that may be forged.
const QUERY: &str =
    "inquiry-id=inq_x&status=completed&reference-id=r&fields[birthdate][value]=1990-01-31";

/// Presses the button without JavaScript.
async fn press(browser: &mut Browser, token: &str) -> Answer {
    browser.submit(&format!("/r/{token}"), "").await
}

/// A person who left for the hosted flow: the browser, the path of the way back, the inquiry.
async fn away(app: &App) -> (Browser, String, String) {
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    assert_eq!(press(&mut browser, &token).await.status, 303);
    let back = format!("/return/{}", app.newest_link(&inquiry).await.id);
    app.persona.clear_requests();
    (browser, back, inquiry)
}

#[tokio::test]
async fn the_button_leads_to_a_one_time_link() {
    let app = App::start().await;
    for status in [Status::Created, Status::Pending] {
        let (token, inquiry) = app.link_to(status).await;
        let mut browser = app.browser();
        let answer = press(&mut browser, &token).await;
        let start = format!("http://{}/verify?code=", app.simulator.flow_host());
        let (code, location) = answer.redirect();
        assert_eq!(code, 303);
        assert!(location.starts_with(&start), "{location}");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(browser.cookie.is_some());
        let asked = app.asked();
        assert_eq!(
            asked,
            [
                "GET inquiry",
                "PATCH inquiry",
                "POST generate-one-time-link"
            ]
        );
        let ledger = app.ledger(&inquiry).await;
        assert_eq!(ledger, ["link-created", "one-time-link-opened"]);
    }
}

#[tokio::test]
async fn an_expired_inquiry_is_resumed_before() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let answer = press(&mut app.browser(), &token).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(app.asked().contains(&"POST resume".to_owned()));
    assert_eq!(
        app.persona.inquiry(&inquiry).unwrap().status,
        Status::Pending
    );
    let ledger: BTreeSet<_> = app.ledger(&inquiry).await.into_iter().collect();
    let wanted = ["link-created", "resumed", "one-time-link-opened"].map(str::to_owned);
    assert_eq!(ledger, BTreeSet::from(wanted));
}

#[tokio::test]
async fn the_hosted_flow_comes_back_to_the_link_and_its_query_is_dropped() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    let hosted = press(&mut browser, &token).await;
    let back = finish(hosted.redirect().1).await;
    let site = app.state.config.server.public_url.as_str();
    let path = format!("/return/{}", app.newest_link(&inquiry).await.id);
    let wanted = format!("{}{path}?inquiry-id=", site.trim_end_matches('/'));
    assert!(back.starts_with(&wanted), "{back}");
    let answer = browser
        .get(back.trim_start_matches(site.trim_end_matches('/')))
        .await;
    assert_eq!(answer.redirect(), (303, path.as_str()));
    assert_eq!(browser.get(&path).await.page(), (200, "You are done"));
}

/// Presses "Finish" on Persona's hosted page and says where it leads.
async fn finish(url: &str) -> String {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let page = client.get(url).send().await.unwrap().text().await.unwrap();
    let field = |name: &str| {
        let (_, rest) = page
            .split_once(&format!("name=\"{name}\" value=\""))
            .expect(&page);
        rest.split_once('"').unwrap().0.to_owned()
    };
    let form = format!(
        "action=finish&inquiry-id={}&session-token={}",
        field("inquiry-id"),
        field("session-token")
    );
    let action = url::Url::parse(url).unwrap().join("/verify").unwrap();
    let sent = client.post(action).body(form);
    let sent = sent.header("content-type", "application/x-www-form-urlencoded");
    let answer = sent.send().await.unwrap();
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_way_back_reads_persona_and_nothing_of_the_query() {
    let app = App::start().await;
    let (mut browser, back, inquiry) = away(&app).await;
    let answer = browser.get(&format!("{back}?{QUERY}")).await;
    assert_eq!(answer.redirect(), (303, back.as_str()));
    let page = browser.get(&back).await;
    assert_eq!(page.page(), (200, "Your verification is not finished yet"));
    let before = app.rows(&inquiry).await;
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    let page = browser.get(&back).await;
    assert_eq!(page.page(), (200, "You are verified"));
    assert_eq!(app.rows(&inquiry).await, before, "a GET changes nothing");
}

#[tokio::test]
async fn the_receipt_is_written_once_by_the_button_on_the_way_back() {
    let app = App::start().await;
    let (mut browser, back, inquiry) = away(&app).await;
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    assert!(browser.get(&back).await.body.contains("Continue"));
    for _ in 0..3 {
        assert_eq!(
            browser.submit(&back, "").await.redirect(),
            (303, back.as_str())
        );
    }
    assert_eq!(app.receipt(&inquiry).await.unwrap().status, "completed");
    let ledger = app.ledger(&inquiry).await;
    assert_eq!(ledger, ["link-created", "one-time-link-opened", "verified"]);
    assert_eq!(browser.get(&back).await.page(), (200, "You are done"));
}

#[tokio::test]
async fn an_unfinished_check_goes_on_from_the_way_back() {
    let app = App::start().await;
    let (mut browser, back, inquiry) = away(&app).await;
    let answer = browser.submit(&back, "").await;
    assert_eq!(answer.status, 303);
    assert!(answer.redirect().1.contains("/verify?code="));
    assert_eq!(app.receipt(&inquiry).await, None);
}

#[tokio::test]
async fn the_way_back_of_another_device_is_refused_before_persona_is_asked() {
    let app = App::start().await;
    let (_, back, inquiry) = away(&app).await;
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    let mut stranger = app.browser();
    let heading = "This link belongs to another device";
    assert_eq!(stranger.get(&back).await.page(), (403, heading));
    assert_eq!(stranger.submit(&back, "").await.page(), (403, heading));
    assert!(app.asked().is_empty());
    assert_eq!(app.receipt(&inquiry).await, None);
    let unknown = stranger.get("/return/01ARZ3NDEKTSV4RRFFQ69G5FAV").await;
    assert_eq!(unknown.page(), (404, "This page does not exist"));
}

#[tokio::test]
async fn a_finished_check_is_not_opened_again() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    let mut browser = app.browser();
    let page = press(&mut browser, &token).await;
    assert_eq!(page.page().1, "You are done");
    assert_eq!(page.header("location"), "");
}

#[tokio::test]
async fn a_one_time_link_to_a_foreign_host_is_not_followed() {
    for (foreign, status) in [
        ("https://evil.example", 500),
        ("http://localhost", 500),
        ("http://acme.withpersona.com", 500),
        ("https://withpersona.com.evil.example", 500),
        ("javascript:alert(1)", 503),
    ] {
        let app = App::start_beside(
            |persona| persona.public_url = Some(foreign.parse().unwrap()),
            |config| {
                let more = "*.withpersona.com".to_owned();
                config.persona.link_hosts.push(more);
            },
        )
        .await;
        let (token, inquiry) = app.link_to(Status::Pending).await;
        let answer = press(&mut app.browser(), &token).await;
        assert_eq!(answer.page().0, status, "{foreign}");
        assert_eq!(answer.header("location"), "");
        assert!(!answer.body.contains("evil"), "{}", answer.body);
        assert_eq!(app.ledger(&inquiry).await, ["link-created"]);
    }
}

#[tokio::test]
async fn a_one_time_link_to_a_host_of_the_settings_is_followed() {
    let app = App::start_beside(
        |persona| persona.public_url = Some("https://acme.withpersona.com".parse().unwrap()),
        |config| config.persona.link_hosts = vec!["*.withpersona.com".to_owned()],
    )
    .await;
    let (token, _) = app.link_to(Status::Pending).await;
    let answer = press(&mut app.browser(), &token).await;
    assert!(
        answer
            .redirect()
            .1
            .starts_with("https://acme.withpersona.com/"),
        "{answer:?}"
    );
}
