//! The embedded flow's page and the endpoint behind its buttons. What its script does is seen in browser tests.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::{Fault, FaultKind, Seed, Status};

use crate::persona::{Answer, Persona, send};

async fn widget(persona: &Persona, inquiry: &str, token: Option<&str>) -> Answer {
    let mut query = vec![
        ("client-version", "5.9.0"),
        ("container-id", "persona-widget-0123456789abcdef"),
        ("flow-type", "embedded"),
        ("iframe-origin", "https://app.example"),
        ("inquiry-id", inquiry),
    ];
    query.extend(token.map(|token| ("session-token", token)));
    send(persona.page(Method::GET, "/widget").query(&query)).await
}

async fn press(persona: &Persona, action: &str, inquiry: &str, token: Option<&str>) -> Answer {
    let body = json!({ "inquiry-id": inquiry, "session-token": token });
    send(
        persona
            .page(Method::POST, &format!("/flow/{action}"))
            .json(&body),
    )
    .await
}

fn sessions(persona: &Persona, inquiry: &str) -> Vec<&'static str> {
    persona
        .control
        .inquiry(inquiry)
        .unwrap()
        .sessions
        .iter()
        .map(|session| session.status)
        .collect()
}

#[tokio::test]
async fn a_created_inquiry_opens_by_its_id_and_stays_created_until_it_is_started() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    let page = widget(&persona, &inquiry, None).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<h1>Simulated identity check</h1>"));
    assert!(
        page.text
            .contains("data-container-id=\"persona-widget-0123456789abcdef\"")
    );
    assert_eq!(
        (
            persona.status(&inquiry).await.as_str(),
            sessions(&persona, &inquiry)
        ),
        ("created", vec!["active"])
    );
    assert_eq!(
        press(&persona, "start", &inquiry, None).await.at("/status"),
        "pending"
    );
    assert_eq!(persona.status(&inquiry).await, "pending");
    assert_eq!(
        widget(&persona, &inquiry, None).await.status,
        409,
        "the ID alone no longer opens it"
    );
}

#[tokio::test]
async fn a_pending_inquiry_opens_for_a_live_token_of_its_own_alone() {
    let persona = Persona::start().await;
    let (inquiry, other) = (persona.seed(Status::Expired), persona.seed(Status::Expired));
    let (token, foreign) = (persona.token(&inquiry).await, persona.token(&other).await);
    assert_eq!(widget(&persona, &inquiry, Some(&token)).await.status, 200);
    assert_eq!(
        widget(&persona, &inquiry, Some(&token)).await.status,
        200,
        "a token opens it again"
    );
    for wrong in [
        None,
        Some(foreign.as_str()),
        Some("eyJhbGciOiJub25lIn0.e30."),
        Some(&token[..token.len() - 4]),
    ] {
        let page = widget(&persona, &inquiry, wrong).await;
        assert_eq!(page.status, 409, "{wrong:?}");
        assert!(
            page.text.contains("Session expired")
                && page.text.contains("data-error-code=\"unauthenticated\"")
        );
    }
}

#[tokio::test]
async fn nobody_enters_what_is_expired_finished_or_redacted() {
    let persona = Persona::start().await;
    for status in [
        Status::Expired,
        Status::Completed,
        Status::Approved,
        Status::Declined,
        Status::NeedsReview,
    ] {
        let inquiry = persona.seed(status);
        assert_eq!(
            widget(&persona, &inquiry, None).await.status,
            409,
            "{status:?}"
        );
    }
    let redacted = persona.control.create_inquiry(&Seed {
        redacted: true,
        ..Seed::default()
    });
    assert_eq!(widget(&persona, &redacted, None).await.status, 409);
    assert_eq!(widget(&persona, "inq_unknown", None).await.status, 409);
}

#[tokio::test]
async fn the_buttons_finish_the_inquiry_and_tell_the_browser_a_status_that_may_be_stale() {
    let persona = Persona::start().await;
    for (button, told, real) in [
        ("finish", "completed", "completed"),
        ("approve", "completed", "approved"),
        ("review", "completed", "needs_review"),
        ("fail", "failed", "failed"),
    ] {
        let inquiry = persona.seed(Status::Expired);
        let token = persona.token(&inquiry).await;
        let pressed = press(&persona, button, &inquiry, Some(&token)).await;
        assert_eq!(pressed.at("/status"), told, "{button}");
        assert_eq!(persona.status(&inquiry).await, real, "{button}");
        assert_eq!(
            press(&persona, button, &inquiry, Some(&token)).await.status,
            409,
            "{button} twice"
        );
    }
}

#[tokio::test]
async fn the_buttons_obey_the_clock_and_the_token() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Expired);
    let token = persona.token(&inquiry).await;
    assert_eq!(press(&persona, "finish", &inquiry, None).await.status, 409);
    persona.hours(25);
    assert_eq!(
        press(&persona, "finish", &inquiry, Some(&token))
            .await
            .status,
        409
    );
    assert_eq!(persona.status(&inquiry).await, "expired");
}

#[tokio::test]
async fn finishing_invents_a_person_and_keeps_what_was_known() {
    let persona = Persona::start().await;
    let fields = json!({ "birthdate": "1975-05-05" })
        .as_object()
        .unwrap()
        .clone();
    let inquiry = persona.control.create_inquiry(&Seed {
        fields,
        ..Seed::default()
    });
    let fields: Value = press(&persona, "finish", &inquiry, None)
        .await
        .at("/fields");
    assert_eq!(fields["birthdate"]["value"], "1975-05-05");
    assert!(fields["name-first"]["value"].is_string());
}

#[tokio::test]
async fn only_the_embedding_page_and_its_ancestors_may_frame_it() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    let page = widget(&persona, &inquiry, None).await;
    let csp = page.header("Content-Security-Policy");
    assert!(
        csp.ends_with("frame-ancestors https://app.example"),
        "{csp}"
    );
    assert!(!csp.contains("unsafe"), "{csp}");
    assert_eq!(page.header("Cache-Control"), "no-store");
    assert_eq!(
        (
            page.header("Cross-Origin-Embedder-Policy"),
            page.header("X-Frame-Options")
        ),
        ("", "")
    );
    let query = [
        ("inquiry-id", inquiry.as_str()),
        ("iframe-origin", "javascript:alert(1)"),
    ];
    let page = send(persona.page(Method::GET, "/widget").query(&query)).await;
    assert!(
        page.header("Content-Security-Policy")
            .ends_with("frame-ancestors 'none'")
    );
    persona
        .control
        .inject(Fault::new(FaultKind::FrameDenied).path("/widget"));
    let denied = widget(&persona, &inquiry, None).await;
    assert_eq!(denied.header("X-Frame-Options"), "DENY");
    assert_eq!(denied.header("Content-Security-Policy"), "");
}

#[tokio::test]
async fn what_the_embedding_page_says_is_escaped() {
    let persona = Persona::start().await;
    let query = [
        ("container-id", "\"><script>alert(1)</script>"),
        ("inquiry-id", "inq_x"),
    ];
    let page = send(persona.page(Method::GET, "/widget").query(&query)).await;
    assert!(!page.text.contains("<script>alert"));
}

#[tokio::test]
async fn preload_and_assets_are_there() {
    let persona = Persona::start().await;
    assert_eq!(
        send(persona.page(Method::GET, "/preload")).await.status,
        200
    );
    let script = send(persona.page(Method::GET, "/assets/flow.js")).await;
    assert_eq!(
        script.header("Content-Type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(
        send(persona.page(Method::GET, "/assets/flow.css"))
            .await
            .status,
        200
    );
}
