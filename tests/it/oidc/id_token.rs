//! ID tokens: each thing that can be wrong with one.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use leftoff::oidc::Flaw;
use serde_json::{Value, json};

use super::pair::{Pair, START, flaw};
use crate::support::{
    Signer,
    provider::{CLIENT_ID, CLIENT_SECRET},
};

#[tokio::test]
async fn an_id_token_of_another_sign_in_is_refused() {
    let pair = Pair::start().await;
    let wrong = pair.flaw(|claims| claims["nonce"] = json!("another")).await;
    let none = pair.flaw(|claims| claims["nonce"] = Value::Null).await;
    assert_eq!((wrong, none), (Flaw::Nonce, Flaw::Nonce));
}

#[tokio::test]
async fn an_id_token_of_another_issuer_is_refused() {
    let pair = Pair::start().await;
    for issuer in [
        "https://evil.example",
        &format!("{}/", pair.provider.issuer),
    ] {
        let issuer = json!(issuer);
        let flaw = pair
            .flaw(move |claims| claims["iss"] = issuer.clone())
            .await;
        assert_eq!(flaw, Flaw::Issuer);
    }
}

#[tokio::test]
async fn an_id_token_for_another_client_is_refused() {
    let pair = Pair::start().await;
    for audience in [
        json!("another"),
        json!([]),
        json!(["another"]),
        json!([CLIENT_ID, "another"]),
    ] {
        let flaw = pair.flaw(move |claims| claims["aud"] = audience.clone());
        assert_eq!(flaw.await, Flaw::Audience);
    }
    let flaw = pair.flaw(|claims| claims["azp"] = json!("another"));
    assert_eq!(flaw.await, Flaw::Audience);
    pair.provider.behaviour().claims = Box::new(|claims| claims["azp"] = json!(CLIENT_ID));
    pair.sign_in().await.unwrap();
}

#[tokio::test]
async fn an_id_token_counts_from_its_issue_to_its_end_by_our_clock() {
    let pair = Pair::start().await;
    let expired = pair.flaw(|claims| claims["exp"] = json!(START)).await;
    assert_eq!(expired, Flaw::Expired);
    for seconds in [-61, 61] {
        let issued_at = json!(START + seconds);
        let flaw = pair.flaw(move |claims| claims["iat"] = issued_at.clone());
        assert_eq!(flaw.await, Flaw::IssuedAt, "{seconds}");
    }
    for (seconds, end) in [(-60, 1), (60, 300)] {
        pair.provider.behaviour().claims = Box::new(move |claims| {
            claims["iat"] = json!(START + seconds);
            claims["exp"] = json!(START + end);
        });
        pair.sign_in().await.unwrap();
    }
}

#[tokio::test]
async fn an_id_token_signed_by_another_key_is_refused() {
    let pair = Pair::start().await;
    let own = pair.provider.behaviour().signer.kid.clone();
    for signer in [Signer::ec(&own), Signer::rsa(&own), Signer::ed("unknown")] {
        let expected = if signer.algorithm() == "ES256" {
            Flaw::Signature
        } else {
            Flaw::UnknownKey
        };
        pair.provider.behaviour().signer = signer.into();
        assert_eq!(flaw(pair.sign_in().await), expected);
    }
}

#[tokio::test]
async fn an_id_token_without_a_signature_is_refused() {
    let pair = Pair::start().await;
    pair.provider.behaviour().signer = Signer::none("first").into();
    assert_eq!(flaw(pair.sign_in().await), Flaw::Algorithm);
}

#[tokio::test]
async fn an_id_token_signed_by_a_shared_secret_is_refused() {
    let pair = Pair::start().await;
    let rsa = Signer::rsa("public");
    let jwk = rsa.jwk();
    pair.provider.rotate(rsa);
    let modulus = jwk["n"].as_str().unwrap();
    let decoded = base64_url(modulus);
    for secret in [
        modulus.as_bytes(),
        &decoded,
        jwk.to_string().as_bytes(),
        CLIENT_SECRET.as_bytes(),
    ] {
        pair.provider.behaviour().signer = Signer::shared("public", secret).into();
        assert_eq!(flaw(pair.sign_in().await), Flaw::Algorithm);
    }
}

fn base64_url(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

#[tokio::test]
async fn an_answer_without_an_id_token_is_refused() {
    let pair = Pair::start().await;
    let drop_it = |tokens: &mut Value| {
        tokens.as_object_mut().unwrap().remove("id_token");
    };
    pair.provider.behaviour().tokens = Box::new(drop_it);
    assert_eq!(flaw(pair.sign_in().await), Flaw::Missing);
}

#[tokio::test]
async fn an_id_token_that_was_altered_is_refused() {
    let pair = Pair::start().await;
    let alter = |tokens: &mut Value| {
        let token = tokens["id_token"].as_str().unwrap().to_owned();
        let parts: Vec<&str> = token.split('.').collect();
        let claims: Value = serde_json::from_slice(&base64_url(parts[1])).unwrap();
        let mut claims = claims;
        claims["sub"] = json!("admin");
        let forged = Signer::none("first").token(&claims);
        let payload = forged.split('.').nth(1).unwrap();
        tokens["id_token"] = json!(format!("{}.{payload}.{}", parts[0], parts[2]));
    };
    pair.provider.behaviour().tokens = Box::new(alter);
    assert_eq!(flaw(pair.sign_in().await), Flaw::Signature);
}
