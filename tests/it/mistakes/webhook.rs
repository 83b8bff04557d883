//! What others believed of a webhook: mistakes 3 to 5, and 10.

use std::{fs, path::Path, time::Duration};

use aws_lc_rs::hmac;
use jiff::Timestamp;
use persona::webhook::{Verifier, WebhookError};
use serde_json::Value;

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
