//! Links through the API.

use std::time::Duration;

use leftoff::{
    links::Why,
    model::{role::Role, scope::Scope},
};
use serde_json::{Value, json};
use simulator::{Fault, FaultKind, Seed, Status};

use crate::support::{App, why};

const LINKS: &str = "/api/v1/links";
const BOTH: [Scope; 2] = [Scope::LinksRead, Scope::LinksWrite];

fn token(answer: &Value) -> String {
    let url = answer["url"].as_str().unwrap();
    url.strip_prefix("http://localhost:4000/r/")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_link_leads_the_person_back_and_its_url_is_told_once() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    let (id, key) = app.key(&BOTH).await;
    let mut backend = crate::support::Backend::new(&app, Some(&format!("Bearer {key}")));
    let body = json!({ "inquiry_id": inquiry, "reason": "person-asked", "note": "Ticket 7", "locale": "es",
        "factor": "none", "expires_in_seconds": 3600, "return_url": "https://example.com/welcome" });
    let answer = backend.post(LINKS, &body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let made = answer.json();
    let link = &made["link"];
    assert_eq!(link["inquiry_id"], inquiry);
    assert_eq!(
        (&link["state"], &link["channel"]),
        (&json!("open"), &json!("api"))
    );
    assert_eq!(link["maker"], format!("key:{id}"));
    assert_eq!(link["locale"], "es");
    assert_eq!(link["return_url"], "https://example.com/welcome");
    assert_eq!(
        link["created_at"].as_str().unwrap().len(),
        "2026-03-01T12:00:00.001Z".len()
    );

    let resumed = app.browser().resume(&token(&made)).await;
    assert!(resumed.session_token().is_some());

    let path = format!("{LINKS}/{}", link["id"].as_str().unwrap());
    let seen = backend.get(&path).await;
    assert_eq!(seen.json()["state"], "bound");
    assert!(!seen.json()["resumed_at"].is_null());
    let listed = backend.get(LINKS).await;
    assert_eq!(listed.json()["data"][0]["id"], link["id"]);
    for answer in [seen, listed] {
        assert!(!answer.body.contains(&token(&made)));
    }
    assert!(!app.database().await.contains(&token(&made)));
}

#[tokio::test]
async fn what_a_key_does_is_in_the_ledger_and_the_audit() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let (id, key) = app.key(&BOTH).await;
    let mut backend = crate::support::Backend::new(&app, Some(&format!("Bearer {key}")));
    let body = json!({ "inquiry_id": inquiry, "reason": "deadline", "note": "by Friday" });
    let made = backend.post(LINKS, &body).await.json();
    let path = format!("{LINKS}/{}/revoke", made["link"]["id"].as_str().unwrap());
    let revoked = backend.post(&path, &json!({ "reason": "mistake" })).await;
    assert_eq!(revoked.json()["state"], "revoked");
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "link-revoked"]);
    let actor = format!("key:{id}");
    let rows = app.audit().await;
    let done: Vec<_> = rows.iter().filter(|row| row.actor == actor).collect();
    let acts: Vec<_> = done
        .iter()
        .map(|row| (&*row.act, row.reason.as_deref()))
        .collect();
    assert_eq!(
        acts,
        [
            ("link-created", Some("deadline")),
            ("link-revoked", Some("mistake"))
        ]
    );
    assert_eq!(done[0].note.as_deref(), Some("by Friday"));

    let mut auditor = app.staff(Role::Auditor).await;
    let page = auditor.get(&format!("/ops/audit?actor={actor}")).await;
    assert!(page.body.contains("API key A backend"), "{}", page.body);
    let page = auditor.get(&format!("/ops/inquiries/{inquiry}")).await;
    assert!(page.body.contains("API key A backend"));
    let page = auditor.get("/ops/funnel?by=maker").await;
    assert!(page.body.contains("API key A backend"));
}

#[tokio::test]
async fn an_inquiry_that_is_not_known_is_read_from_persona_first() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let mut backend = app.backend(&BOTH).await;
    let body = json!({ "inquiry_id": inquiry });
    assert_eq!(backend.post(LINKS, &body).await.status, 201);
    assert_eq!(app.asked(), ["GET inquiry"]);
    assert_eq!(backend.post(LINKS, &body).await.status, 201);
    assert_eq!(app.asked().len(), 1, "one that is known costs no request");
    let unknown = json!({ "inquiry_id": "inq_nobodymadethisone0000000000" });
    let answer = backend.post(LINKS, &unknown).await;
    assert_eq!(answer.problem(), (422, "invalid-input".to_owned()));
    assert_eq!(answer.wrong_fields(), ["inquiry_id"]);
}

#[tokio::test]
async fn nobody_is_led_back_into_what_is_finished() {
    let app = App::start().await;
    let mut backend = app.backend(&BOTH).await;
    for status in [
        Status::Completed,
        Status::Approved,
        Status::Declined,
        Status::Failed,
    ] {
        let inquiry = app.inquiry(status);
        let answer = backend.post(LINKS, &json!({ "inquiry_id": inquiry })).await;
        assert_eq!(
            answer.problem(),
            (409, "inquiry-settled".to_owned()),
            "{status:?}"
        );
        assert_eq!(app.ledger(&inquiry).await, Vec::<String>::new());
    }
    assert_eq!(backend.get(LINKS).await.json()["data"], json!([]));
}

#[tokio::test]
async fn what_is_wrong_is_said_of_every_field_at_once() {
    let app = App::start().await;
    let mut backend = app.backend(&BOTH).await;
    let body = json!({ "inquiry_id": "not/one", "reason": "Called by Jane Doe", "note": "x".repeat(501),
        "expires_in_seconds": 59, "return_url": "https://evil.example/", "locale": "xx" });
    let answer = backend.post(LINKS, &body).await;
    assert_eq!(answer.problem(), (422, "invalid-input".to_owned()));
    assert_eq!(
        answer.wrong_fields(),
        [
            "inquiry_id",
            "reason",
            "note",
            "expires_in_seconds",
            "return_url",
            "locale"
        ]
    );
    for url in [
        "http://example.com/",
        "https://example.com.evil/",
        "javascript:1",
        "x",
    ] {
        let body = json!({ "inquiry_id": app.inquiry(Status::Pending), "return_url": url });
        let answer = backend.post(LINKS, &body).await;
        assert_eq!(answer.wrong_fields(), ["return_url"], "{url}");
    }
    let longer =
        json!({ "inquiry_id": app.inquiry(Status::Pending), "expires_in_seconds": 2_592_001 });
    assert_eq!(
        backend.post(LINKS, &longer).await.wrong_fields(),
        ["expires_in_seconds"]
    );
    assert!(
        app.asked().is_empty(),
        "Persona is not asked for what cannot be"
    );
}

#[tokio::test]
async fn a_revoked_link_stays_revoked_and_leads_nowhere() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let id = app.newest_link(&inquiry).await.id;
    let mut backend = app.backend(&BOTH).await;
    let path = format!("{LINKS}/{id}/revoke");
    let request = backend.request(axum::http::Method::POST, &path);
    let first = backend.send(request, String::new()).await;
    assert_eq!(
        (first.status.as_u16(), &first.json()["state"]),
        (200, &json!("revoked"))
    );
    let again = backend.post(&path, &json!({})).await;
    assert_eq!(again.json()["revoked_at"], first.json()["revoked_at"]);
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "link-revoked"]);
    assert_eq!(app.browser().resume(&token).await.refusal().0, 410);
    let unknown = format!("{LINKS}/01ARZ3NDEKTSV4RRFFQ69G5FAV/revoke");
    assert_eq!(backend.post(&unknown, &json!({})).await.problem().0, 404);
}

#[tokio::test]
async fn pages_of_links_have_no_gaps_and_no_repeats_while_links_are_made() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let mut there = Vec::new();
    for _ in 0..25 {
        app.link(&inquiry).await;
        app.advance(Duration::from_millis(1));
        there.push(app.newest_link(&inquiry).await.id);
    }
    there.reverse();
    let mut backend = app.backend(&BOTH).await;
    for filter in ["", &format!("&inquiry_id={inquiry}")] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = backend
                .get(&format!("{LINKS}?limit=4{filter}{cursor}"))
                .await
                .json();
            let ids = page["data"].as_array().unwrap().iter();
            seen.extend(ids.map(|link| link["id"].as_str().unwrap().to_owned()));
            app.link(&inquiry).await;
            let Some(next) = page["next_cursor"].as_str() else {
                assert_eq!(page["has_more"], false);
                break;
            };
            cursor = format!("&cursor={next}");
        }
        let old: Vec<_> = seen.into_iter().filter(|id| there.contains(id)).collect();
        assert_eq!(old, there);
    }
    let other = app.inquiry(Status::Pending);
    let page = backend
        .get(&format!("{LINKS}?inquiry_id={other}"))
        .await
        .json();
    assert_eq!(
        page,
        json!({ "data": [], "has_more": false, "next_cursor": null })
    );
}

#[tokio::test]
async fn links_of_others_are_seen_as_they_are() {
    let app = App::start().await;
    let (_, inquiry) = app.link_to(Status::Pending).await;
    let id = app.newest_link(&inquiry).await.id;
    app.state.links.revoke(&id, Why { ..why() }).await.unwrap();
    let mut backend = app.backend(&BOTH).await;
    let seen = backend.get(&format!("{LINKS}/{id}")).await.json();
    assert_eq!(
        (&seen["channel"], &seen["state"]),
        (&json!("copy"), &json!("revoked"))
    );
    assert_eq!(backend.get(&format!("{LINKS}/none")).await.problem().0, 404);
}

#[tokio::test]
async fn persona_that_fails_is_told_and_nothing_is_made() {
    let app = App::start().await;
    let mut backend = app.backend(&BOTH).await;
    let status = |code| FaultKind::Status {
        code,
        headers: std::collections::BTreeMap::new(),
        html: false,
    };
    for (kind, problem, wait) in [
        (
            FaultKind::RateLimited { reset_seconds: 7 },
            (503, "persona-unavailable"),
            "7",
        ),
        (
            FaultKind::DropConnection,
            (503, "persona-unavailable"),
            "30",
        ),
        (status(500), (502, "persona-failed"), "30"),
        (status(401), (502, "persona-failed"), "30"),
        (FaultKind::BrokenJson, (502, "persona-failed"), "30"),
    ] {
        let inquiry = app.persona.create_inquiry(&Seed::default());
        app.persona.inject(Fault::new(kind.clone()).times(1));
        let body = json!({ "inquiry_id": inquiry });
        let answer = backend.post_as("one", LINKS, &body).await;
        assert_eq!(
            answer.problem(),
            (problem.0, problem.1.to_owned()),
            "{kind:?}"
        );
        assert_eq!(answer.header("retry-after"), wait, "{kind:?}");
        app.persona.clear_faults();
    }
    assert_eq!(backend.get(LINKS).await.json()["data"], json!([]));
    let inquiry = app.inquiry(Status::Pending);
    let again = backend
        .post_as("one", LINKS, &json!({ "inquiry_id": inquiry }))
        .await;
    assert_eq!(again.status, 201, "what failed uses no name up");
}
