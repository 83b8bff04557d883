//! What we believe of a person.

use std::time::Duration;

use leftoff::oidc::{Answer, Begun, Flaw, OidcError};
use serde_json::{Value, json};

use super::pair::{Pair, START, flaw};
use crate::support::provider::{Behaviour, parameters};

#[tokio::test]
async fn an_address_that_nobody_verified_is_not_taken() {
    let pair = Pair::start().await;
    for verified in [json!(false), json!("false"), Value::Null] {
        pair.provider.behaviour().claims =
            Box::new(move |claims| claims["email_verified"] = verified.clone());
        let identity = pair.sign_in().await.unwrap();
        assert_eq!((identity.subject.as_str(), identity.email), ("ada", None));
    }
}

#[tokio::test]
async fn an_address_is_read_from_userinfo_when_the_token_has_none() {
    for (is_verified, email) in [(true, Some("ada@example.com")), (false, None)] {
        let apart = |behaviour: &mut Behaviour| behaviour.move_claims("ada", is_verified);
        let identity = Pair::start_with(apart).await.sign_in().await.unwrap();
        assert_eq!(identity.email.as_deref(), email);
        assert_eq!(identity.name.as_deref(), Some("Ada Lovelace"));
    }
}

#[tokio::test]
async fn the_address_of_somebody_else_is_refused() {
    let apart = |behaviour: &mut Behaviour| behaviour.move_claims("grace", true);
    let refused = Pair::start_with(apart).await.sign_in().await;
    let bad = matches!(refused, Err(OidcError::BadAnswer(Answer::UserInfo)));
    assert!(bad, "{refused:?}");
}

#[tokio::test]
async fn an_access_token_that_no_header_holds_is_refused() {
    let pair = Pair::start_with(|behaviour| behaviour.move_claims("ada", true)).await;
    pair.provider.behaviour().tokens =
        Box::new(|tokens| tokens["access_token"] = json!("one\r\ntwo"));
    let refused = pair.sign_in().await;
    let bad = matches!(refused, Err(OidcError::BadAnswer(Answer::Token)));
    assert!(bad, "{refused:?}");
    assert_eq!(pair.provider.asked("/userinfo"), 0);
}

#[tokio::test]
async fn who_must_sign_in_anew_is_believed_only_when_they_did() {
    let pair = Pair::start().await;
    for (proved, max_age, flawed) in [
        (Some(0), 0, false),
        (Some(-60), 0, false),
        (Some(-61), 0, true),
        (Some(-360), 300, false),
        (Some(-361), 300, true),
        (Some(61), 300, true),
        (None, 300, true),
    ] {
        let proved = proved.map(|seconds| START + seconds);
        pair.provider.behaviour().claims =
            Box::new(move |claims| claims["auth_time"] = json!(proved));
        let begun = pair.oidc.begin_again(Duration::from_secs(max_age));
        let Begun { url, pending } = begun.await.unwrap();
        let asked = parameters(&url);
        assert_eq!(asked["prompt"], "login");
        assert_eq!(asked["max_age"], max_age.to_string());
        let callback = pair.provider.visit(&url).await;
        let result = pair.oidc.finish(&pending, &callback).await;
        if flawed {
            assert_eq!(flaw(result), Flaw::AuthTime, "{proved:?} {max_age}");
        } else {
            result.unwrap();
        }
    }
}
