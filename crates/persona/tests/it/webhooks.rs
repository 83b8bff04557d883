//! Webhooks: which are believed, and what they say.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use persona::InquiryStatus;
use persona::webhook::{Verifier, WebhookError};
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::Sha256;

const SECRET: &str = "wbhsec_example";
const OTHER: &str = "wbhsec_other";
const SIGNED_AT: i64 = 1_767_225_600;
const TOLERANCE: Duration = Duration::from_mins(5);

/// A body and its signature, made by another implementation of HMAC-SHA256.
const BODY: &str = r#"{"data":{"type":"event","id":"evt_1","attributes":{"name":"inquiry.completed","payload":{"data":{"type":"inquiry","id":"inq_1","attributes":{"status":"completed"}}},"created-at":"2026-01-01T00:00:00.100Z"}}}"#;
const SIGNATURE: &str = "1287aa37878bc7e84df8dc096c786134d8bcbb9875668d53e2741623121ffb14";

fn now() -> Timestamp {
    Timestamp::from_second(SIGNED_AT + 2).unwrap()
}

fn later(seconds: i64) -> Timestamp {
    Timestamp::from_second(SIGNED_AT).unwrap() + SignedDuration::from_secs(seconds)
}

fn verifier(secrets: &[&str]) -> Verifier {
    Verifier::new(
        secrets.iter().map(|&secret| secret.into()).collect(),
        TOLERANCE,
    )
}

fn sign(secret: &str, time: &str, body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    let mac = mac.chain_update(time).chain_update(b".").chain_update(body);
    hex::encode(mac.finalize().into_bytes())
}

/// One set of the header, signed right.
fn set(secret: &str, time: i64, body: &str) -> String {
    format!(
        "t={time},v1={}",
        sign(secret, &time.to_string(), body.as_bytes())
    )
}

#[test]
fn a_webhook_signed_elsewhere_is_believed() {
    let header = format!("t={SIGNED_AT},v1={SIGNATURE}");
    let verified = verifier(&[SECRET])
        .verify(&header, BODY.as_bytes(), now())
        .unwrap();
    assert_eq!(verified.signed_at.as_second(), SIGNED_AT);
    assert_eq!(verified.event.id.as_str(), "evt_1");
    assert_eq!(verified.event.name, "inquiry.completed");
    assert_eq!(verified.event.inquiry_id().unwrap().as_str(), "inq_1");
    assert_eq!(
        verified.event.inquiry().unwrap().attributes.status,
        InquiryStatus::Completed
    );
}

#[test]
fn any_set_and_any_signature_of_a_rotation_is_enough() {
    let good = set(SECRET, SIGNED_AT, BODY);
    let foreign = set("wbhsec_unknown", SIGNED_AT + 1, BODY);
    let wrong = "0".repeat(64);
    let headers = [
        format!("{good} {foreign}"),
        format!("{foreign} {good}"),
        format!("  {foreign}   {good}  "),
        format!("t={SIGNED_AT},v1={wrong},v1={SIGNATURE}"),
        format!("t={SIGNED_AT},v1=nothex,v1={SIGNATURE},v2=later"),
        format!("v1={SIGNATURE},t={SIGNED_AT}"),
        format!("garbage {good}"),
        format!("t={SIGNED_AT},v1={}", SIGNATURE.to_uppercase()),
    ];
    for header in headers {
        assert!(
            verifier(&[OTHER, SECRET])
                .verify(&header, BODY.as_bytes(), now())
                .is_ok(),
            "{header}"
        );
    }
}

#[test]
fn each_set_is_checked_with_its_own_time() {
    let mixed = format!(
        "t={},v1={SIGNATURE} t={SIGNED_AT},v1={}",
        SIGNED_AT,
        "0".repeat(64)
    );
    assert!(
        verifier(&[SECRET])
            .verify(&mixed, BODY.as_bytes(), now())
            .is_ok()
    );
    let swapped = format!(
        "t={},v1={SIGNATURE} t={SIGNED_AT},v1={}",
        SIGNED_AT + 1,
        "0".repeat(64)
    );
    let refused = verifier(&[SECRET]).verify(&swapped, BODY.as_bytes(), now());
    assert_eq!(refused.unwrap_err(), WebhookError::Mismatch);
}

#[test]
fn the_time_is_signed_in_the_very_digits_of_the_header() {
    let digits = format!("0{SIGNED_AT}");
    let header = format!("t={digits},v1={}", sign(SECRET, &digits, BODY.as_bytes()));
    assert!(
        verifier(&[SECRET])
            .verify(&header, BODY.as_bytes(), now())
            .is_ok()
    );
    let header = format!("t={digits},v1={SIGNATURE}");
    assert!(
        verifier(&[SECRET])
            .verify(&header, BODY.as_bytes(), now())
            .is_err()
    );
}

#[test]
fn a_changed_body_a_foreign_secret_and_a_cut_signature_do_not_fit() {
    let header = set(SECRET, SIGNED_AT, BODY);
    let refuse = |secret, header: &str, body: &str| {
        verifier(&[secret])
            .verify(header, body.as_bytes(), now())
            .unwrap_err()
    };
    assert_eq!(
        refuse(SECRET, &header, &BODY.replace("inq_1", "inq_2")),
        WebhookError::Mismatch
    );
    assert_eq!(
        refuse(SECRET, &header, &format!("{BODY} ")),
        WebhookError::Mismatch
    );
    assert_eq!(refuse(OTHER, &header, BODY), WebhookError::Mismatch);
    assert_eq!(
        refuse(SECRET, &header[..header.len() - 2], BODY),
        WebhookError::Mismatch
    );
    assert_eq!(
        refuse(SECRET, &format!("t={SIGNED_AT},v1="), BODY),
        WebhookError::Mismatch
    );
}

#[test]
fn the_age_is_bounded_in_both_directions_and_to_the_second() {
    let verify = |seconds| {
        verifier(&[SECRET]).verify(
            &set(SECRET, SIGNED_AT, BODY),
            BODY.as_bytes(),
            later(seconds),
        )
    };
    assert!(verify(300).is_ok() && verify(-300).is_ok());
    assert_eq!(
        verify(301).unwrap_err(),
        WebhookError::TooOld {
            age: Duration::from_secs(301)
        }
    );
    assert_eq!(
        verify(-301).unwrap_err(),
        WebhookError::TooNew {
            ahead: Duration::from_secs(301)
        }
    );

    let replayed_beside_recent = format!(
        "{} {}",
        set(SECRET, SIGNED_AT - 900, BODY),
        set(OTHER, SIGNED_AT, BODY)
    );
    assert!(
        verifier(&[SECRET, OTHER])
            .verify(&replayed_beside_recent, BODY.as_bytes(), now())
            .is_ok()
    );
}

#[test]
fn a_header_that_cannot_be_read_is_told_apart_from_a_forgery() {
    let many = [set(SECRET, SIGNED_AT, BODY).as_str(); 9].join(" ");
    let long = format!("t={SIGNED_AT},v1={}", "00".repeat(3000));
    let two_times = format!("t=1,t={SIGNED_AT},v1={SIGNATURE}");
    let headers = [
        "",
        "   ",
        "t=1",
        "v1=00",
        "t=,v1=00",
        "t=-5,v1=00",
        "t=+5,v1=00",
        "t=1.5,v1=00",
        "t=99999999999999999999,v1=00",
        "t 1 v1 00",
        &many,
        &long,
        &two_times,
    ];
    for header in headers {
        let refused = verifier(&[SECRET])
            .verify(header, BODY.as_bytes(), now())
            .unwrap_err();
        assert_eq!(refused, WebhookError::MalformedHeader, "{header}");
    }
}

#[test]
fn an_empty_secret_lets_nobody_in() {
    let header = set("", SIGNED_AT, BODY);
    let refused = |secrets: &[&str]| {
        verifier(secrets)
            .verify(&header, BODY.as_bytes(), now())
            .unwrap_err()
    };
    assert_eq!(refused(&[]), WebhookError::NoSecret);
    assert_eq!(refused(&[""]), WebhookError::NoSecret);
    assert_eq!(refused(&["", SECRET]), WebhookError::Mismatch);
}

#[test]
fn a_signed_body_that_is_no_event_is_refused_without_quoting_it() {
    let event = |attributes: Value| json!({ "data": { "type": "event", "id": "evt_1", "attributes": attributes } });
    let payload = json!({ "data": { "type": "inquiry", "id": "inq_1" } });
    let bodies = [
        json!("Jane"),
        json!({ "data": { "type": "inquiry", "id": "inq_1", "attributes": { "name": "Jane" } } }),
        event(json!({ "name": "Jane", "payload": payload })),
        event(json!({ "name": "x", "created-at": "Jane", "payload": payload })),
        event(
            json!({ "name": "x", "created-at": "2026-01-01T00:00:00Z", "payload": { "data": { "type": "Jane" } } }),
        ),
        event(json!({ "name": "x", "created-at": "2026-01-01T00:00:00Z" })),
    ];
    for body in bodies {
        let body = body.to_string();
        let header = set(SECRET, SIGNED_AT, &body);
        let refused = verifier(&[SECRET])
            .verify(&header, body.as_bytes(), now())
            .unwrap_err();
        assert!(
            matches!(refused, WebhookError::MalformedBody { .. }),
            "{body}"
        );
        assert!(
            !format!("{refused} {refused:?}").contains("Jane"),
            "{refused:?}"
        );
    }
}

#[test]
fn a_webhook_reads_the_same_in_every_inflection() {
    let body = |at: &str, template: &str, expires: &str, redacted: &str| {
        json!({ "data": { "type": "event", "id": "evt_1", "attributes": { "name": "inquiry.expired",
            at: "2026-01-01T00:00:00Z", "payload": { "data": { "type": "inquiry", "id": "inq_1",
                "attributes": { "status": "expired", expires: "2026-01-02T00:00:00Z", redacted: null,
                    "fields": { "name_first": { "type": "string", "value": "Jane" } } },
                "relationships": { template: { "data": { "type": "inquiry-template", "id": "itmpl_1" } } } } } } } })
    };
    let bodies = [
        body(
            "created-at",
            "inquiry-template",
            "expires-at",
            "redacted-at",
        ),
        body(
            "created_at",
            "inquiry_template",
            "expires_at",
            "redacted_at",
        ),
        body("createdAt", "inquiryTemplate", "expiresAt", "redactedAt"),
    ];
    for body in bodies {
        let body = body.to_string();
        let header = set(SECRET, SIGNED_AT, &body);
        let event = verifier(&[SECRET])
            .verify(&header, body.as_bytes(), now())
            .unwrap()
            .event;
        let inquiry = event.inquiry().unwrap();
        assert!(
            inquiry.attributes.expires_at.is_some() && !inquiry.is_redacted(),
            "{body}"
        );
        assert_eq!(inquiry.template_id.unwrap().as_str(), "itmpl_1");
        assert!(
            inquiry.attributes.fields.contains_key("name_first"),
            "{body}"
        );
        assert!(!format!("{event:?}").contains("Jane"));
    }
}

#[test]
fn an_event_of_a_session_names_the_inquiry_that_it_belongs_to() {
    let body = json!({ "data": { "type": "event", "id": "evt_1", "attributes": { "name": "inquiry-session.started",
        "created-at": "2026-01-01T00:00:00Z", "payload": { "data": { "type": "inquiry-session", "id": "iqse_1",
            "attributes": {}, "relationships": { "inquiry": { "data": { "type": "inquiry", "id": "inq_7" } } } } } } } });
    let body = body.to_string();
    let header = set(SECRET, SIGNED_AT, &body);
    let event = verifier(&[SECRET])
        .verify(&header, body.as_bytes(), now())
        .unwrap()
        .event;
    assert_eq!(
        (event.object_kind.as_str(), event.object_id.as_str()),
        ("inquiry-session", "iqse_1")
    );
    assert_eq!(event.inquiry_id().unwrap().as_str(), "inq_7");
    assert!(event.inquiry().is_none());
}

proptest! {
    #[test]
    fn no_header_and_no_body_bring_the_verifier_down(header in ".{0,200}", body in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(verifier(&[SECRET]).verify(&header, &body, now()).is_err());
    }

    #[test]
    fn no_header_of_the_right_form_is_believed_unsigned(time in SIGNED_AT - 600..SIGNED_AT + 600, hex in "([0-9a-f]{2}){0,40}", sets in 1_usize..9) {
        let header = vec![format!("t={time},v1={hex}"); sets].join(" ");
        let refused = verifier(&[SECRET]).verify(&header, BODY.as_bytes(), now());
        prop_assert!(matches!(refused, Err(WebhookError::Mismatch | WebhookError::MalformedHeader)));
    }

    #[test]
    fn a_signed_body_of_any_bytes_passes_the_signature(body in proptest::collection::vec(any::<u8>(), 0..200), age in -300_i64..=300) {
        let time = SIGNED_AT - age;
        let header = format!("t={time},v1={}", sign(SECRET, &time.to_string(), &body));
        let refused = verifier(&[SECRET]).verify(&header, &body, later(0)).unwrap_err();
        let is_about_the_body = matches!(refused, WebhookError::MalformedBody { .. });
        prop_assert!(is_about_the_body, "{refused:?}");
    }
}
