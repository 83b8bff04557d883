//! What must not be seen: keys, tokens, links and personal data in debug output.

use std::time::Duration;

use crate::support::{KEY, Reply, Server, inquiry};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use persona::webhook::Verifier;
use persona::{IdempotencyKey, InquiryId, InquiryPatch, NewInquiry, SessionToken, Shape};
use serde_json::json;

#[tokio::test]
async fn debug_output_of_everything_hides_what_is_secret_or_personal() {
    let meta = json!({ "session-token": "secret-token", "one-time-link": "https://persona.example/secret-link" });
    let reply = || Reply::json(200, &json!({ "data": inquiry(), "meta": meta }));
    let server = Server::start(vec![reply(), reply(), reply()]).await;
    let client = server.client();
    let (id, key) = (InquiryId::parse("inq_1").unwrap(), IdempotencyKey::new("k"));
    let fields = json!({ "name-first": "Jane" }).as_object().unwrap().clone();
    let new = NewInquiry {
        fields: fields.clone(),
        note: Some("about Jane".to_owned()),
        ..NewInquiry::default()
    };
    let patch = InquiryPatch {
        fields: Some(fields),
        note: Some("Jane".to_owned()),
        ..InquiryPatch::default()
    };

    let seen = format!(
        "{:?} {:?} {:?} {:?} {:?} {new:?} {patch:?} {client:?} {:?}",
        client
            .resume_inquiry(&id, &key, &Shape::default())
            .await
            .unwrap(),
        client.create_inquiry(&new, &key).await.unwrap(),
        client
            .generate_one_time_link(&id, None, &key)
            .await
            .unwrap(),
        server.builder(),
        Verifier::new(vec!["wbhsec_secret".into()], Duration::from_secs(1)),
        SessionToken::new("secret-token".into()),
    );
    for secret in [KEY, "secret-", "wbhsec", "Jane", "staff@example.com"] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
}

#[test]
fn a_token_hints_at_its_end_only_when_it_says_so() {
    let token = |claims: &str| {
        let payload = URL_SAFE_NO_PAD.encode(claims);
        SessionToken::new(format!("eyJhbGciOiJIUzI1NiJ9.{payload}.c2ln").into())
    };
    let hint = token(r#"{"sub":"iqse_1","exp":1767225600}"#)
        .expires_hint()
        .unwrap();
    assert_eq!(hint.to_string(), "2026-01-01T00:00:00Z");
    for claims in [
        "{}",
        "[]",
        "not json",
        r#"{"exp":"soon"}"#,
        r#"{"exp":9223372036854775807}"#,
    ] {
        assert_eq!(token(claims).expires_hint(), None, "{claims}");
    }
    for opaque in ["", "opaque", "a.b", "a.%.c"] {
        assert_eq!(
            SessionToken::new(opaque.into()).expires_hint(),
            None,
            "{opaque}"
        );
    }
}
