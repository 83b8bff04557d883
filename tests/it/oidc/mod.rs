//! Sign-in by OpenID Connect against a real provider: what is right gets in, and each way to cheat is refused.

mod id_token;
mod pair;
mod person;
mod staff;
mod trouble;

use std::{error::Error as _, future::Future, time::Duration};

use jiff::Timestamp;
use leftoff::oidc::{Answer, Flaw, OidcError, Pending};
use serde_json::{Value, json};

use crate::support::{
    Signer,
    provider::{ACCESS_TOKEN, CLIENT_SECRET, parameters},
};
use pair::{Pair, START, flaw};

#[tokio::test]
async fn a_person_signs_in_by_every_algorithm_that_we_take() {
    let pair = Pair::start().await;
    for signer in [Signer::rsa("r"), Signer::ec("e"), Signer::ed("d")] {
        let algorithm = signer.algorithm();
        pair.provider.rotate(signer);
        let identity = pair.sign_in().await.unwrap();
        assert_eq!(identity.issuer, pair.provider.issuer, "{algorithm}");
        assert_eq!(identity.subject, "ada");
        assert_eq!(identity.email.as_deref(), Some("ada@example.com"));
        assert_eq!(identity.name.as_deref(), Some("Ada Lovelace"));
        let proved_at = Timestamp::from_second(START - 3).unwrap();
        assert_eq!(identity.auth_time, Some(proved_at));
    }
}

#[tokio::test]
async fn an_algorithm_that_discovery_does_not_name_is_refused() {
    let only_rsa = |document: &mut Value| {
        document["id_token_signing_alg_values_supported"] = json!(["RS256"]);
    };
    let pair = Pair::start_with(|behaviour| behaviour.discovery = Box::new(only_rsa)).await;
    assert_eq!(flaw(pair.sign_in().await), Flaw::Algorithm);
}

#[tokio::test]
async fn every_sign_in_has_its_own_secrets() {
    let pair = Pair::start().await;
    let one = parameters(&pair.oidc.begin().await.unwrap().url);
    let other = parameters(&pair.oidc.begin().await.unwrap().url);
    for key in ["state", "nonce", "code_challenge"] {
        assert!(one[key].len() >= 22, "{key}: 128 bits at least");
        assert_ne!(one[key], other[key], "{key}");
    }
    assert!(!one.contains_key("prompt") && !one.contains_key("max_age"));
}

#[tokio::test]
async fn an_answer_to_another_sign_in_is_refused_before_its_code_is_redeemed() {
    let pair = Pair::start().await;
    let (mine, _) = pair.visit().await;
    let (_, theirs) = pair.visit().await;
    let refused = pair.oidc.finish(&mine, &theirs).await;
    assert!(
        matches!(refused, Err(OidcError::ForeignState)),
        "{refused:?}"
    );
    assert_eq!(pair.provider.asked("/token"), 0);
}

#[tokio::test]
async fn an_answer_of_another_provider_is_refused_before_its_code_is_redeemed() {
    let pair = Pair::start().await;
    let (pending, mut callback) = pair.visit().await;
    callback.iss = Some("https://evil.example".to_owned());
    let refused = pair.oidc.finish(&pending, &callback).await;
    assert!(
        matches!(refused, Err(OidcError::ForeignIssuer)),
        "{refused:?}"
    );
    assert_eq!(pair.provider.asked("/token"), 0);
    callback.iss = None;
    pair.oidc.finish(&pending, &callback).await.unwrap();
}

#[tokio::test]
async fn a_sign_in_that_takes_too_long_is_refused() {
    let pair = Pair::start().await;
    let (pending, callback) = pair.visit().await;
    pair.clock.advance(Pending::LIFE + Duration::from_millis(1));
    let refused = pair.oidc.finish(&pending, &callback).await;
    assert!(matches!(refused, Err(OidcError::Late)), "{refused:?}");
    let (pending, callback) = pair.visit().await;
    pair.clock.advance(Pending::LIFE);
    pair.oidc.finish(&pending, &callback).await.unwrap();
}

#[tokio::test]
async fn a_refusal_of_the_provider_is_told_by_its_code() {
    let pair = Pair::start().await;
    for (said, code) in [
        ("access_denied", "access_denied"),
        ("login_required", "login_required"),
        ("<script>alert(1)</script>", "unknown"),
        ("", "unknown"),
    ] {
        pair.provider.behaviour().refusal = Some(said);
        match pair.sign_in().await {
            Err(OidcError::Refused(refusal)) => assert_eq!(refusal, code),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn an_answer_without_a_code_is_refused() {
    let pair = Pair::start().await;
    let (pending, mut callback) = pair.visit().await;
    for code in [None, Some(String::new())] {
        callback.code = code;
        let refused = pair.oidc.finish(&pending, &callback).await;
        let bad = matches!(refused, Err(OidcError::BadAnswer(Answer::Callback)));
        assert!(bad, "{refused:?}");
    }
}

#[tokio::test]
async fn a_code_works_once() {
    let pair = Pair::start().await;
    let (pending, callback) = pair.visit().await;
    pair.oidc.finish(&pending, &callback).await.unwrap();
    let again = pair.oidc.finish(&pending, &callback).await;
    assert!(matches!(&again, Err(OidcError::Refused(code)) if code == "invalid_grant"));
}

#[tokio::test]
async fn a_stolen_code_is_worth_nothing_without_its_verifier() {
    let pair = Pair::start().await;
    let (pending, callback) = pair.visit().await;
    let mut kept = serde_json::to_value(&pending).unwrap();
    let other = pair.oidc.begin().await.unwrap().pending;
    kept["verifier"] = serde_json::to_value(&other).unwrap()["verifier"].clone();
    let pending: Pending = serde_json::from_value(kept).unwrap();
    let refused = pair.oidc.finish(&pending, &callback).await;
    assert!(matches!(&refused, Err(OidcError::Refused(code)) if code == "invalid_grant"));
}

#[tokio::test]
async fn what_the_browser_keeps_reads_back() {
    let pair = Pair::start().await;
    let (pending, callback) = pair.visit().await;
    let kept = serde_json::to_string(&pending).unwrap();
    let pending: Pending = serde_json::from_str(&kept).unwrap();
    pair.oidc.finish(&pending, &callback).await.unwrap();
}

#[tokio::test]
async fn the_secret_goes_into_the_body_when_the_provider_wants_it_there() {
    let pair = Pair::start_with(|behaviour| behaviour.secret_in_body = true).await;
    pair.sign_in().await.unwrap();
}

#[tokio::test]
async fn no_text_of_ours_holds_a_secret() {
    let pair = Pair::start().await;
    let (pending, callback) = pair.visit().await;
    let identity = pair.oidc.finish(&pending, &callback).await.unwrap();
    let again = pair.oidc.finish(&pending, &callback).await.unwrap_err();
    pair.provider.behaviour().tokens = Box::new(|tokens| tokens["id_token"] = json!(ACCESS_TOKEN));
    let malformed = pair.sign_in().await.unwrap_err();
    pair.provider.behaviour().tokens = Box::new(|tokens| tokens["token_type"] = json!(7));
    let unreadable = pair.sign_in().await.unwrap_err();
    let texts = format!(
        "{pending:?} {callback:?} {identity:?} {:?} {} {} {}",
        pair.oidc,
        whole(&again),
        whole(&malformed),
        whole(&unreadable)
    );
    let kept = serde_json::to_value(&pending).unwrap();
    let kept = ["state", "nonce", "verifier"].map(|key| kept[key].as_str().unwrap().to_owned());
    let code = callback.code.unwrap();
    let others = [&code, CLIENT_SECRET, ACCESS_TOKEN, "ada@example.com", "Ada"];
    for secret in kept.iter().map(String::as_str).chain(others) {
        assert!(!texts.contains(secret), "{secret} in {texts}");
    }
}

/// An error with all its causes, as a log could have them.
fn whole(error: &OidcError) -> String {
    let cause = error.source().map(|cause| format!("{cause} {cause:?}"));
    format!("{error} {error:?} {cause:?}")
}

#[tokio::test]
async fn a_handler_can_wait_for_every_answer() {
    fn sent<T: Send>(future: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send {
        future
    }
    let pair = Pair::start().await;
    let begun = sent(pair.oidc.begin()).await.unwrap();
    let callback = pair.provider.visit(&begun.url).await;
    sent(pair.oidc.finish(&begun.pending, &callback))
        .await
        .unwrap();
}
