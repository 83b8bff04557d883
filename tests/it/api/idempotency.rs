//! A request that is sent twice under one name is carried out once.

use std::time::Duration;

use leftoff::{
    model::scope::Scope,
    worker::{Pace, Work as _},
};
use serde_json::{Value, json};
use simulator::{Fault, FaultKind, Status};

use crate::support::{Answer, App, Backend};

const LINKS: &str = "/api/v1/links";

fn replayed(answer: &Answer) -> bool {
    answer.header("idempotency-replayed") == "true"
}

async fn links(app: &App, inquiry: &str) -> usize {
    app.state.links.list(Some(inquiry)).await.unwrap().len()
}

async fn backend(app: &App) -> Backend {
    app.backend(&Scope::ALL).await
}

#[tokio::test]
async fn the_same_request_is_answered_the_same_and_makes_no_second_link() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let mut backend = backend(&app).await;
    let first = backend
        .post_as(
            "one",
            LINKS,
            &json!({ "inquiry_id": inquiry, "reason": "deadline" }),
        )
        .await;
    assert_eq!((first.status.as_u16(), replayed(&first)), (201, false));
    app.advance(Duration::from_hours(23));
    // The same JSON laid out otherwise is the same request.
    let request = backend.json(LINKS).header("idempotency-key", "one");
    let body = format!("{{\n  \"reason\": \"deadline\", \"inquiry_id\": \"{inquiry}\" }}");
    let again = backend.send(request, body).await;
    assert_eq!((again.status.as_u16(), replayed(&again)), (201, true));
    assert_eq!(again.body, first.body);
    assert_eq!(links(&app, &inquiry).await, 1);
    assert_eq!(app.ledger(&inquiry).await, ["link-created"]);
}

#[tokio::test]
async fn the_answer_that_is_kept_tells_nothing_to_whoever_reads_the_database() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let mut backend = backend(&app).await;
    let body = json!({ "inquiry_id": inquiry });
    let first = backend
        .post_as("customer-jane@example.com", LINKS, &body)
        .await;
    let url = first.json()["url"].as_str().unwrap().to_owned();
    let token = url.rsplit('/').next().unwrap();
    let key = backend
        .authorization
        .clone()
        .unwrap()
        .replace("Bearer ", "");
    for secret in [token, &key, &key[11..], "jane@example.com"] {
        assert!(!app.database().await.contains(secret), "{secret}");
    }
    let replay = backend
        .post_as("customer-jane@example.com", LINKS, &body)
        .await;
    assert!(replay.body.contains(token));
    // With another secret of the server the answer is lost, and says so.
    let app = app
        .restart_with(|config| {
            config.server.secret = "another secret, of nobody else at all".into();
        })
        .await;
    let mut after = Backend::new(&app, backend.authorization.as_deref());
    let lost = after
        .post_as("customer-jane@example.com", LINKS, &body)
        .await;
    assert_eq!(lost.problem(), (409, "answer-lost".to_owned()));
    assert_eq!(links(&app, &inquiry).await, 1);
}

#[tokio::test]
async fn another_request_under_a_name_is_refused() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let mut backend = backend(&app).await;
    let made = backend
        .post_as("one", LINKS, &json!({ "inquiry_id": inquiry }))
        .await
        .json();
    let other = json!({ "inquiry_id": inquiry, "reason": "deadline" });
    let answer = backend.post_as("one", LINKS, &other).await;
    assert_eq!(answer.problem(), (422, "idempotency-mismatch".to_owned()));
    assert_eq!(links(&app, &inquiry).await, 1);

    let path = |id: &Value| format!("{LINKS}/{}/revoke", id.as_str().unwrap());
    let second = backend
        .post_as("two", LINKS, &json!({ "inquiry_id": inquiry }))
        .await
        .json();
    let first = path(&made["link"]["id"]);
    assert_eq!(
        backend.post_as("one", &first, &json!({})).await.status,
        200,
        "names are of a route"
    );
    let second = path(&second["link"]["id"]);
    let answer = backend.post_as("one", &second, &json!({})).await;
    assert_eq!(
        answer.problem(),
        (422, "idempotency-mismatch".to_owned()),
        "and of its path"
    );
}

#[tokio::test]
async fn names_belong_to_a_key() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let (mut one, mut other) = (backend(&app).await, backend(&app).await);
    let body = json!({ "inquiry_id": inquiry });
    let first = one.post_as("one", LINKS, &body).await;
    let second = other.post_as("one", LINKS, &body).await;
    assert_eq!((second.status.as_u16(), replayed(&second)), (201, false));
    assert_ne!(first.json()["url"], second.json()["url"]);
}

#[tokio::test]
async fn the_same_request_at_the_same_time_is_carried_out_once() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    let first = backend(&app).await;
    let path = format!("/api/v1/inquiries/{inquiry}/resume");
    let tries = (0..20).map(|_| {
        let (mut backend, path) = (first.clone(), path.clone());
        tokio::spawn(async move { backend.post_as("one", &path, &json!({})).await })
    });
    let mut bodies = Vec::new();
    for answer in futures_util::future::join_all(tries).await {
        let answer = answer.unwrap();
        if answer.status == 409 {
            assert_eq!(answer.problem().1, "request-under-way");
        } else {
            assert_eq!(answer.status, 201, "{}", answer.body);
            bodies.push(answer.body);
        }
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
    assert_eq!(links(&app, &inquiry).await, 1);
    let resumes = app
        .asked()
        .iter()
        .filter(|call| *call == "POST resume")
        .count();
    assert_eq!(resumes, 1);
}

#[tokio::test]
async fn a_request_that_hangs_keeps_its_name_and_gives_it_back_when_it_is_dropped() {
    let app = App::start_with(|config| config.persona.timeout_seconds = 3600).await;
    let inquiry = app.inquiry(Status::Pending);
    let mut one = backend(&app).await;
    let mut other = one.clone();
    let body = json!({ "inquiry_id": inquiry });
    app.persona.inject(Fault::new(FaultKind::Hang).times(1));
    tokio::select! {
        biased;
        _ = one.post_as("one", LINKS, &body) => panic!("Persona hangs"),
        answer = async {
            // It hangs as soon as Persona was asked.
            while app.asked().is_empty() {
                tokio::task::yield_now().await;
            }
            other.post_as("one", LINKS, &body).await
        } => assert_eq!(answer.problem(), (409, "request-under-way".to_owned())),
    }
    let answer = other.post_as("one", LINKS, &body).await;
    assert_eq!(answer.status, 201, "the sender went away: {}", answer.body);
    assert_eq!(links(&app, &inquiry).await, 1);
}

#[tokio::test]
async fn after_a_day_an_answer_is_forgotten_and_swept() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let mut backend = backend(&app).await;
    let body = json!({ "inquiry_id": inquiry });
    backend.post_as("one", LINKS, &body).await;
    backend.post_as("two", LINKS, &body).await;
    app.advance(Duration::from_secs(24 * 3600 + 1));
    let again = backend.post_as("one", LINKS, &body).await;
    assert_eq!((again.status.as_u16(), replayed(&again)), (201, false));
    assert_eq!(links(&app, &inquiry).await, 3);
    let pace = app.state.replays.step().await.unwrap();
    assert!(matches!(pace, Pace::In(_)));
    assert!(
        replayed(&backend.post_as("one", LINKS, &body).await),
        "what is young stays"
    );
    assert_eq!(rows(&app).await, 1);
}

/// Answers that are kept.
async fn rows(app: &App) -> usize {
    let swept = app
        .state
        .store
        .change(|change| leftoff::store::idempotency::sweep(change, i64::MAX, 100));
    swept.await.unwrap()
}

#[tokio::test]
async fn names_are_visible_ascii_of_a_sane_length() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let mut backend = backend(&app).await;
    let body = json!({ "inquiry_id": inquiry });
    for name in ["", "a b", "\u{e9}", &"x".repeat(256)] {
        let answer = backend.post_as(name, LINKS, &body).await;
        assert_eq!(
            answer.problem(),
            (400, "invalid-parameter".to_owned()),
            "{name}"
        );
        assert_eq!(answer.wrong_fields(), ["Idempotency-Key"]);
    }
    let request = backend
        .json(LINKS)
        .header("idempotency-key", "a")
        .header("idempotency-key", "b");
    assert_eq!(
        backend.send(request, body.to_string()).await.problem().0,
        400
    );
    assert_eq!(
        backend.post_as(&"x".repeat(255), LINKS, &body).await.status,
        201
    );
}

#[tokio::test]
async fn without_a_name_each_request_is_carried_out() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let mut backend = backend(&app).await;
    for _ in 0..2 {
        let answer = backend.post(LINKS, &json!({ "inquiry_id": inquiry })).await;
        assert!(!replayed(&answer));
    }
    assert_eq!(links(&app, &inquiry).await, 2);
}
