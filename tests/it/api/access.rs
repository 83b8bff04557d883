//! Who gets in: every endpoint with every kind of key.

use std::time::Duration;

use leftoff::{
    api,
    keys::NewKey,
    model::{role::Role, scope::Scope},
    staff::Actor,
};

use crate::support::{Answer, App, Backend};

/// What each endpoint takes, written down a second time and by hand: one without a line here is one that nobody thought about.
const ENDPOINTS: [(&str, &str, Scope); 10] = [
    ("GET", "/api/v1/links", Scope::LinksRead),
    ("POST", "/api/v1/links", Scope::LinksWrite),
    ("GET", "/api/v1/links/{id}", Scope::LinksRead),
    ("POST", "/api/v1/links/{id}/revoke", Scope::LinksWrite),
    ("GET", "/api/v1/inquiries", Scope::InquiriesRead),
    ("GET", "/api/v1/inquiries/{id}", Scope::InquiriesRead),
    (
        "POST",
        "/api/v1/inquiries/{id}/resume",
        Scope::InquiriesResume,
    ),
    ("GET", "/api/v1/receipts", Scope::ReceiptsRead),
    ("GET", "/api/v1/receipts/{inquiry_id}", Scope::ReceiptsRead),
    ("GET", "/api/v1/events", Scope::EventsRead),
];

async fn ask(backend: &mut Backend, method: &str, path: &str) -> Answer {
    // Nothing has this name, so whoever is let in finds nothing.
    let path = path.replace(['{', '}'], "");
    if method == "GET" {
        backend.get(&path).await
    } else {
        backend.post(&path, &serde_json::json!({})).await
    }
}

#[test]
fn every_endpoint_takes_the_scope_that_was_meant() {
    let endpoints = api::endpoints();
    let served = endpoints
        .iter()
        .map(|endpoint| (endpoint.method.as_str(), &*endpoint.path, endpoint.scope));
    assert_eq!(served.collect::<Vec<_>>(), ENDPOINTS);
}

#[test]
fn the_document_tells_of_every_endpoint_and_its_scope() {
    let document = serde_json::to_value(api::document()).unwrap();
    let told = document["paths"].as_object().unwrap().values();
    let told: usize = told.map(|item| item.as_object().unwrap().len()).sum();
    assert_eq!(told, ENDPOINTS.len());
    for (method, path, scope) in ENDPOINTS {
        let operation = &document["paths"][path][method.to_lowercase()];
        let security = serde_json::json!([{ "key": [scope.code()] }]);
        assert_eq!(operation["security"], security, "{method} {path}");
    }
}

#[tokio::test]
async fn nobody_gets_anything_without_a_good_key() {
    let app = App::start().await;
    let (revoked_id, revoked) = app.key(&Scope::ALL).await;
    app.state
        .keys
        .revoke(&Actor::System, &revoked_id)
        .await
        .unwrap();
    let short = NewKey {
        name: "Short".to_owned(),
        scopes: Scope::ALL.to_vec(),
        life: Some(Duration::from_mins(1)),
    };
    let expired = app.state.keys.create(&Actor::System, short).await.unwrap();
    let expired = expired.token.expose();
    app.advance(Duration::from_mins(1));
    let (_, good) = app.key(&Scope::ALL).await;
    let wrong = format!("leftoff_sk_{}", "A".repeat(43));
    let cases = [
        (None, ""),
        (Some(format!("Bearer {wrong}")), "unknown"),
        (Some(format!("Bearer {revoked}")), "revoked"),
        (Some(format!("Bearer {expired}")), "expired"),
        (Some(format!("Basic {good}")), "no key"),
        (Some(good.clone()), "no key"),
        (Some(format!("Bearer {}", &good[11..])), "no key"),
        (Some("Bearer ".to_owned()), "no key"),
        (
            Some("Bearer persona_sandbox_for_tests".to_owned()),
            "no key",
        ),
    ];
    for (method, path, _) in ENDPOINTS {
        for (authorization, word) in &cases {
            let mut backend = Backend::new(&app, authorization.as_deref());
            let answer = ask(&mut backend, method, path).await;
            let what = format!("{method} {path} with {word:?}");
            assert_eq!(
                answer.problem(),
                (401, "unauthenticated".to_owned()),
                "{what}"
            );
            let challenge = answer.header("www-authenticate");
            assert!(challenge.starts_with("Bearer realm=\"leftoff\""), "{what}");
            assert!(challenge.contains(word), "{what}: {challenge}");
            assert_eq!(
                challenge.contains("invalid_token"),
                authorization.is_some(),
                "{what}"
            );
        }
    }
    assert!(app.asked().is_empty());
}

#[tokio::test]
async fn a_key_does_what_its_scopes_say_and_nothing_else() {
    let app = App::start().await;
    for (method, path, scope) in ENDPOINTS {
        let others: Vec<_> = Scope::ALL.into_iter().filter(|one| *one != scope).collect();
        let mut without = app.backend(&others).await;
        let answer = ask(&mut without, method, path).await;
        let what = format!("{method} {path}");
        assert_eq!(
            answer.problem(),
            (403, "missing-scope".to_owned()),
            "{what}"
        );
        assert!(
            answer.json()["detail"]
                .as_str()
                .unwrap()
                .contains(scope.code())
        );
        let challenge = answer.header("www-authenticate");
        assert!(challenge.contains("insufficient_scope"), "{challenge}");
        assert!(challenge.contains(scope.code()), "{challenge}");
        let mut with = app.backend(&[scope]).await;
        let status = ask(&mut with, method, path).await.status.as_u16();
        assert!([200, 404, 422].contains(&status), "{what}: {status}");
    }
    let asked = app.asked();
    assert!(
        asked.iter().all(|call| call.starts_with("GET")),
        "{asked:?}"
    );
}

#[tokio::test]
async fn the_cookie_of_staff_is_no_key() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let path = "/api/v1/inquiries";
    assert_eq!(admin.get(path).await.problem().0, 401);
    let ours = admin.request(axum::http::Method::POST, "/api/v1/links");
    let ours = ours.header("sec-fetch-site", "same-origin");
    let answer = admin.send(ours.body("{}".into()).unwrap()).await;
    assert_eq!(answer.problem().0, 401);
}

#[tokio::test]
async fn a_key_is_asked_for_whatever_the_origin() {
    let app = App::start().await;
    let mut backend = app.backend(&[Scope::LinksWrite]).await;
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("origin", "null"),
    ] {
        let request = backend.json("/api/v1/links").header(name, value);
        let answer = backend.send(request, "{}".to_owned()).await;
        assert_eq!(answer.problem(), (422, "invalid-input".to_owned()));
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn the_scheme_may_be_written_in_any_case() {
    let app = App::start().await;
    let (_, key) = app.key(&[Scope::LinksRead]).await;
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let mut backend = Backend::new(&app, Some(&format!("{scheme} {key}")));
        assert_eq!(backend.get("/api/v1/links").await.status, 200, "{scheme}");
    }
}

#[tokio::test]
async fn what_is_no_endpoint_is_a_problem_too() {
    let app = App::start().await;
    let mut backend = app.backend(&Scope::ALL).await;
    for path in ["/api/v1", "/api/v1/", "/api/v1/none", "/api/v1/links/a/b/c"] {
        assert_eq!(
            backend.get(path).await.problem(),
            (404, "not-found".to_owned()),
            "{path}"
        );
    }
    for (method, path, allow) in [
        ("DELETE", "/api/v1/links", "GET"),
        ("PUT", "/api/v1/links/x", "GET"),
        ("GET", "/api/v1/links/x/revoke", "POST"),
        ("OPTIONS", "/api/v1/events", "GET"),
    ] {
        let request = backend.request(method.parse().unwrap(), path);
        let answer = backend.send(request, String::new()).await;
        assert_eq!(
            answer.problem(),
            (405, "method-not-allowed".to_owned()),
            "{method} {path}"
        );
        assert!(
            answer.header("allow").contains(allow),
            "{method} {path}: {answer:?}"
        );
    }
}
