//! Fifteen mistakes that others made when they resumed Persona inquiries, and that cannot happen here.

use std::{fs, path::Path, time::Duration};

use aws_lc_rs::hmac;
use axum::{Json, Router, http::StatusCode, routing::post};
use jiff::Timestamp;
use leftoff::{budget::Budget, inquiries::Phase, model::role::Role};
use persona::{
    Client, IdempotencyKey, InquiryId, InquiryStatus, Shape,
    webhook::{Verifier, WebhookError},
};
use serde_json::{Value, json};
use simulator::{Fault, FaultKind, Seed, Status};
use tokio::net::TcpListener;

use crate::support::{API_KEY, App, Program};

const SECRET: &str = "wbhsec_of_the_tests";
const OLD_SECRET: &str = "wbhsec_before_the_rotation";
const TOLERANCE: Duration = Duration::from_mins(5);
const SIGNED_AT: i64 = 1_772_366_400;
/// An event as Persona sends it: its own ID is not that of the inquiry.
const EVENT: &str = r#"{"data":{"type":"event","id":"evt_7","attributes":{"name":"inquiry.expired",
  "payload":{"data":{"type":"inquiry","id":"inq_7","attributes":{"status":"expired"}}},"created-at":"2026-03-01T12:00:00.000Z"}}}"#;

fn verifier(secrets: &[&str]) -> Verifier {
    let secrets = secrets.iter().map(|&secret| secret.into()).collect();
    Verifier::new(secrets, TOLERANCE)
}

/// HMAC-SHA256 of another library than the one under test, as hex.
fn mac(secret: &str, message: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hex::encode(hmac::sign(&key, message.as_bytes()))
}

/// A header as Persona makes it.
fn signature(secret: &str, at: i64, body: &str) -> String {
    format!("t={at},v1={}", mac(secret, &format!("{at}.{body}")))
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(SIGNED_AT + seconds).unwrap()
}

fn judge(header: &str, body: &str) -> Result<(), WebhookError> {
    let judged = verifier(&[SECRET]).verify(header, body.as_bytes(), at(1));
    judged.map(drop)
}

/// 1. No authentication on resume: whoever names an inquiry gets in.
#[tokio::test]
async fn nobody_resumes_without_the_link_and_its_device() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let before = app.rows(&inquiry).await;
    let link = app.newest_link(&inquiry).await.id;
    for guess in [inquiry.as_str(), &link, "", "null", &"A".repeat(43)] {
        let answer = app.browser().resume(guess).await;
        assert_eq!(answer.status, 404, "{guess}");
    }
    for path in [
        format!("/r/{token}"),
        format!("/api/resume_inquiry?link={token}"),
        format!("/return/{link}"),
        format!("/ops/inquiries/{inquiry}"),
    ] {
        app.browser().get(&path).await;
    }
    assert_eq!(app.rows(&inquiry).await, before, "a GET changes nothing");
    assert!(app.asked().is_empty(), "and asks Persona nothing");

    let mut owner = app.browser();
    assert!(owner.resume(&token).await.session_token().is_some());
    let refused = app.browser().resume(&token).await.refusal();
    assert_eq!(refused, (403, "other-device".to_owned()));
    let refused = app.browser().report_completion(&token).await.refusal();
    assert_eq!(refused, (403, "other-device".to_owned()));
}

/// 2. Trusting the browser's completion.
#[tokio::test]
async fn what_the_browser_says_of_completion_is_not_believed() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&token).await;
    let claim =
        json!({ "link": token, "status": "approved", "is_verified": true, "inquiry-id": "inq_x" });
    let answer = browser.act("report_completion", claim.clone()).await;
    assert_eq!(answer.json(), json!({ "is-settled": false }));
    assert_eq!(app.receipt(&inquiry).await, None);
    app.persona.set_status(&inquiry, Status::Failed).unwrap();
    browser.act("report_completion", claim).await;
    assert_eq!(app.receipt(&inquiry).await.unwrap().status, "failed");
    let link = app.newest_link(&inquiry).await.id;
    let forged = format!("/return/{link}?inquiry-id={inquiry}&status=approved");
    let answer = browser.get(&forged).await;
    assert_eq!(answer.redirect(), (303, &*format!("/return/{link}")));
    assert_eq!(app.receipt(&inquiry).await.unwrap().status, "failed");
}

/// 3. Webhook signature missing, optional, or failing open.
#[test]
fn a_webhook_without_a_signature_or_without_a_secret_is_refused() {
    let good = signature(SECRET, SIGNED_AT, EVENT);
    for secrets in [&[][..], &[""], &["", ""]] {
        let judged = verifier(secrets).verify(&good, EVENT.as_bytes(), at(1));
        assert_eq!(judged.unwrap_err(), WebhookError::NoSecret, "{secrets:?}");
        let forged = signature("", SIGNED_AT, EVENT);
        let judged = verifier(secrets).verify(&forged, EVENT.as_bytes(), at(1));
        assert_eq!(judged.unwrap_err(), WebhookError::NoSecret, "{secrets:?}");
    }
    let time = format!("t={SIGNED_AT}");
    for header in [
        "",
        " ",
        SECRET,
        &time,
        "v1=",
        &format!("{time},v1="),
        "t=,v1=00",
        "undefined",
    ] {
        assert!(judge(header, EVENT).is_err(), "{header:?}");
    }
    assert_eq!(judge(&good, EVENT), Ok(()));
}

/// 4. Signature computed wrongly: no `t.`, a body that was parsed before, another header.
#[test]
fn only_the_mac_over_time_and_raw_body_is_a_signature() {
    let parsed: Value = serde_json::from_str(EVENT).unwrap();
    let again = parsed.to_string();
    assert_ne!(again, EVENT);
    let with = |message: &str| format!("t={SIGNED_AT},v1={}", mac(SECRET, message));
    let bare = SECRET.trim_start_matches("wbhsec_");
    for header in [
        with(EVENT),
        with(&format!("{SIGNED_AT}{EVENT}")),
        with(&format!("{SIGNED_AT}.{again}")),
        with(&format!("{SIGNED_AT}.[object Object]")),
        with(&format!("{SIGNED_AT}000.{EVENT}")),
        format!("sha256={}", mac(SECRET, EVENT)),
        mac(SECRET, &format!("{SIGNED_AT}.{EVENT}")),
        signature(bare, SIGNED_AT, EVENT),
    ] {
        assert!(judge(&header, EVENT).is_err(), "{header}");
    }
    let good = signature(SECRET, SIGNED_AT, EVENT);
    assert_eq!(judge(&good, EVENT), Ok(()));
    assert_eq!(
        judge(&good, &again),
        Err(WebhookError::Mismatch),
        "raw bytes count"
    );
}

/// 5. A compare that tells or throws, no age window, no rotation.
#[test]
fn signatures_are_compared_safely_have_an_age_and_survive_a_rotation() {
    let good = mac(SECRET, &format!("{SIGNED_AT}.{EVENT}"));
    for wrong in [
        "00",
        &good[..62],
        &format!("{good}00"),
        "not hex",
        &"f".repeat(64),
        &"ab".repeat(1000),
    ] {
        let header = format!("t={SIGNED_AT},v1={wrong}");
        assert!(judge(&header, EVENT).is_err(), "{wrong}");
    }
    let header = signature(SECRET, SIGNED_AT, EVENT);
    let age = |seconds| verifier(&[SECRET]).verify(&header, EVENT.as_bytes(), at(seconds));
    assert!(age(299).is_ok() && age(-299).is_ok());
    assert!(matches!(age(301), Err(WebhookError::TooOld { .. })));
    assert!(matches!(age(-301), Err(WebhookError::TooNew { .. })));

    let old = signature(OLD_SECRET, SIGNED_AT, EVENT);
    let both = format!("{old} {header}");
    for (secrets, header) in [
        (&[SECRET][..], &both),
        (&[OLD_SECRET], &both),
        (&[SECRET, OLD_SECRET], &old),
        (&[OLD_SECRET, SECRET], &header),
    ] {
        let judged = verifier(secrets).verify(header, EVENT.as_bytes(), at(1));
        assert!(judged.is_ok(), "{secrets:?}");
    }
    // How it compares cannot be seen from outside: the library's own constant-time compare, and no other.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/persona/src");
    let code = fs::read_to_string(root.join("webhook.rs")).unwrap();
    let (_, signed) = code.split_once("fn is_signed").unwrap();
    let (signed, _) = signed.split_once("\n    }\n").unwrap();
    assert!(
        signed.contains(".verify_slice(") && !signed.contains("=="),
        "{signed}"
    );
}

/// A Persona that puts the token where it does not belong.
async fn misplaced_token() -> Client {
    let body = json!({ "data": { "type": "inquiry", "id": "inq_7",
        "attributes": { "status": "pending", "session-token": "misplaced", "sessionToken": "misplaced" } },
        "session-token": "misplaced", "meta": {} });
    let router = Router::new().fallback(post(async move || (StatusCode::OK, Json(body.clone()))));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let builder = Client::builder(API_KEY.into()).api_url(url.parse().unwrap());
    builder.max_retries(0).build().unwrap()
}

/// 6. The token read from the wrong place.
#[tokio::test]
async fn the_session_token_comes_from_meta_and_its_absence_is_an_error() {
    let client = misplaced_token().await;
    let id = InquiryId::parse("inq_7").unwrap();
    let resumed = client
        .resume_inquiry(&id, &IdempotencyKey::new("a"), &Shape::state())
        .await;
    let missing = resumed.map(drop).unwrap_err();
    assert!(
        matches!(missing, persona::Error::MissingSessionToken { .. }),
        "{missing}"
    );

    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    app.persona
        .inject(Fault::new(FaultKind::MissingToken).times(1));
    let mut browser = app.browser();
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (503, "persona-unavailable".to_owned()));
    let given = browser.resume(&token).await.session_token().unwrap();
    assert_eq!(
        given.split('.').count(),
        3,
        "a token, not a word such as undefined"
    );
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "resumed"]);
}

/// 7. A one-time link for an expired inquiry.
#[tokio::test]
async fn an_expired_inquiry_is_resumed_before_a_one_time_link_is_asked_for() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let answer = app.browser().submit(&format!("/r/{token}"), "").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let asked = app.asked();
    let place = |call: &str| asked.iter().position(|asked| asked == call).expect(call);
    assert!(
        place("POST resume") < place("POST generate-one-time-link"),
        "{asked:?}"
    );
    let seen = app.persona.requests();
    assert!(seen.iter().all(|seen| seen.status == Some(200)), "{seen:?}");
    let ledger = app.ledger(&inquiry).await;
    for event in ["resumed", "one-time-link-opened"] {
        assert!(ledger.iter().any(|known| known == event), "{ledger:?}");
    }
}

/// 8. Returning users sent without a token.
#[tokio::test]
async fn whoever_returns_to_a_check_that_was_begun_gets_a_token() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Created).await;
    let mut browser = app.browser();
    assert_eq!(
        browser.resume(&token).await.session_token(),
        None,
        "opens by its ID"
    );
    app.persona.set_status(&inquiry, Status::Pending).unwrap();
    assert!(
        browser.resume(&token).await.session_token().is_some(),
        "it was begun"
    );
    app.advance(Duration::from_hours(25));
    assert_eq!(
        app.persona.inquiry(&inquiry).unwrap().status,
        Status::Expired
    );
    assert!(
        browser.resume(&token).await.session_token().is_some(),
        "it expired"
    );
}

/// 9. `completed` taken for `approved`.
#[tokio::test]
async fn completed_is_not_approved() {
    let phase = |status| Phase::of(&status, false);
    assert_ne!(
        phase(InquiryStatus::Completed),
        phase(InquiryStatus::Approved)
    );
    assert!(phase(InquiryStatus::Completed).is_waiting());
    let app = App::start().await;
    let mut headings = Vec::new();
    for status in [
        Status::Completed,
        Status::Approved,
        Status::Declined,
        Status::NeedsReview,
    ] {
        let (token, inquiry) = app.link_to(Status::Pending).await;
        let mut browser = app.browser();
        browser.resume(&token).await;
        app.persona.set_status(&inquiry, status).unwrap();
        browser.report_completion(&token).await;
        let receipt = app.receipt(&inquiry).await.unwrap();
        assert_eq!(
            receipt.status,
            app.state
                .store
                .inquiry(&inquiry)
                .await
                .unwrap()
                .unwrap()
                .status
        );
        let page = browser.get(&format!("/r/{token}")).await;
        headings.push(page.page().1.to_owned());
    }
    assert_eq!(headings[1], "You are verified");
    assert!(
        !headings[0].contains("verified") && headings[0] != headings[1],
        "{headings:?}"
    );
    assert!(
        headings
            .iter()
            .filter(|heading| **heading == headings[1])
            .count()
            == 1
    );
}

/// 10. The event's ID taken for the inquiry's.
#[test]
fn an_event_knows_its_own_id_from_that_of_its_inquiry() {
    let header = signature(SECRET, SIGNED_AT, EVENT);
    let verified = verifier(&[SECRET]).verify(&header, EVENT.as_bytes(), at(1));
    let event = verified.unwrap().event;
    assert_eq!(event.id.as_str(), "evt_7");
    assert_eq!(event.inquiry_id().unwrap().as_str(), "inq_7");
    let session = EVENT.replace(r#""type":"inquiry","id":"inq_7""#,
        r#""type":"inquiry-session","id":"iqse_7","relationships":{"inquiry":{"data":{"type":"inquiry","id":"inq_7"}}}"#);
    let header = signature(SECRET, SIGNED_AT, &session);
    let verified = verifier(&[SECRET]).verify(&header, session.as_bytes(), at(1));
    assert_eq!(
        verified.unwrap().event.inquiry_id().unwrap().as_str(),
        "inq_7"
    );
}

/// 11. No idempotency key on create, resume or link.
#[tokio::test]
async fn every_act_at_persona_has_a_key_of_its_own_that_a_retry_uses_again() {
    let app = App::start().await;
    for status in [Status::Pending, Status::Expired] {
        let (token, _) = app.link_to(status).await;
        let mut browser = app.browser();
        browser.resume(&token).await;
        browser.submit(&format!("/r/{token}"), "").await;
        let posts: Vec<_> = app
            .persona
            .requests()
            .into_iter()
            .filter(|seen| seen.method == "POST")
            .collect();
        assert!(posts.len() >= 2, "{posts:?}");
        let mut keys: Vec<_> = posts
            .iter()
            .map(|seen| seen.idempotency_key.clone().expect(&seen.path))
            .collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), posts.len(), "each act has its own");
        assert!(keys.iter().all(|key| key.len() >= 32));
    }
    let client = Client::builder(API_KEY.into()).api_url(app.simulator.api_url());
    let client = client
        .retry_delay(Duration::from_millis(1))
        .build()
        .unwrap();
    let id = InquiryId::parse(app.inquiry(Status::Expired)).unwrap();
    app.persona.clear_requests();
    app.persona.inject(
        Fault::new(FaultKind::DropConnection)
            .path("/resume")
            .times(1),
    );
    let key = IdempotencyKey::new("the-act");
    client
        .resume_inquiry(&id, &key, &Shape::state())
        .await
        .unwrap();
    let keys: Vec<_> = app
        .persona
        .requests()
        .into_iter()
        .map(|seen| seen.idempotency_key)
        .collect();
    assert_eq!(
        keys,
        [Some("the-act".to_owned()), Some("the-act".to_owned())]
    );
    assert_eq!(app.persona.inquiry(id.as_str()).unwrap().sessions.len(), 1);
}

/// 12. No handling of 429.
#[tokio::test]
async fn the_rate_limit_is_heeded_and_its_wait_is_passed_on() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Expired).await;
    let limited = FaultKind::RateLimited { reset_seconds: 42 };
    app.persona.inject(Fault::new(limited).path("/resume"));
    let mut browser = app.browser();
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (503, "persona-unavailable".to_owned()));
    assert_eq!(answer.header("retry-after"), "42");
    assert_eq!(app.asked(), ["POST resume"], "nobody hammers at it");

    let client = Client::builder(API_KEY.into())
        .api_url(app.simulator.api_url())
        .build()
        .unwrap();
    let budget = Budget::new(client.clone());
    assert_eq!(budget.wait(), None);
    let id = InquiryId::parse(app.inquiry(Status::Expired)).unwrap();
    let refused = client
        .resume_inquiry(&id, &IdempotencyKey::new("a"), &Shape::state())
        .await;
    let wait = match refused.map(drop).unwrap_err() {
        persona::Error::RateLimited { retry_after, .. } => retry_after,
        other => panic!("{other}"),
    };
    assert_eq!(wait, Some(Duration::from_secs(42)));
    let rest = budget.wait().expect("work in the background rests");
    assert!(rest > Duration::from_secs(30), "{rest:?}");
}

/// 13. A session token in a URL: in history, logs and referrers.
#[tokio::test]
async fn no_url_or_header_of_ours_holds_a_session_token() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let mut browser = app.browser();
    let opened = browser.resume(&token).await;
    let session = opened.session_token().unwrap();
    assert_eq!(opened.header("cache-control"), "no-store");
    assert_eq!(opened.header("referrer-policy"), "no-referrer");
    let headers = format!("{:?}", opened.headers);
    assert!(!headers.contains(&session), "it is in the body alone");
    let path = format!("/r/{token}");
    let hosted = browser.submit(&path, "").await;
    let (code, location) = hosted.redirect();
    assert_eq!(code, 303);
    assert!(
        !location.contains("session-token") && !location.contains(&session),
        "{location}"
    );
    let link = app.newest_link(&inquiry).await.id;
    for path in [path, format!("/return/{link}")] {
        let page = browser.get(&path).await;
        let whole = format!("{:?}{}", page.headers, page.body);
        assert!(
            !whole.contains(&session) && !whole.contains("session-token="),
            "{path}"
        );
    }
    assert!(!app.database().await.contains(&session));
}

/// 14. The API key or a token in the front end or in a log.
#[tokio::test]
async fn neither_key_nor_token_is_in_a_page_a_log_or_the_database() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    let token = app.lasting_link(&inquiry).await;
    let program = Program::beside(&app)
        .unset("LOG__FILTER")
        .set("LOG__FILTER", "trace");
    let served = program.serve().await;
    let mut visitor = served.visitor();
    let opened: Value = visitor.resume(&token).await.unwrap().json().await.unwrap();
    let session = opened["session-token"].as_str().unwrap().to_owned();
    let mut front = opened.to_string().replace(&session, "");
    for path in [
        "/",
        &format!("/r/{token}"),
        "/ops/sign-in",
        "/ops.js",
        "/none",
    ] {
        front += &visitor.get(path).await.unwrap().text().await.unwrap();
    }
    served.tell("TERM");
    let ended = served.ended().await;
    assert!(ended.stderr.contains("TRACE") && ended.stderr.contains("/r/{token}"));
    for secret in [API_KEY, &session] {
        assert!(!front.contains(secret), "in a page");
        assert!(!app.database().await.contains(secret), "in the database");
        assert!(!ended.stderr.contains(secret), "in the log");
    }
    assert!(!ended.stderr.contains(&token), "a link in the log");
    assert!(
        !app.database().await.contains(&token),
        "a link in the database"
    );
}

/// 15. No look at the session cap, none at the template's version.
#[tokio::test]
async fn the_session_cap_and_a_changed_template_are_seen() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    for _ in 0..30 {
        assert!(browser.resume(&token).await.session_token().is_some());
    }
    let sessions = app.persona.inquiry(&inquiry).unwrap().sessions.len();
    assert_eq!(sessions, 1, "thirty presses cost one of 25 sessions");

    let full = app.persona.create_inquiry(&Seed {
        status: Status::Pending,
        ended_sessions: 25,
        ..Seed::default()
    });
    let token = app.link(&full).await;
    let refused = app.browser().resume(&token).await;
    assert_eq!(refused.refusal(), (409, "not-resumable".to_owned()));
    assert_eq!(app.ledger(&full).await, ["link-created", "resume-refused"]);

    let template = app
        .state
        .store
        .inquiry(&inquiry)
        .await
        .unwrap()
        .unwrap()
        .template_id
        .unwrap();
    let mut staff = app.staff(Role::Operator).await;
    let _ = app.persona.publish_new_template_version(&template);
    let page = format!("/ops/inquiries/{inquiry}");
    let refreshed = staff.submit(&format!("{page}/refresh"), "").await;
    assert_eq!(refreshed.status, 303);
    let page = staff.get(&page).await;
    assert!(
        page.body.contains("The template was published anew"),
        "{}",
        page.body
    );
}
