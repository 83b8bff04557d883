//! Providers that change, are down, slow, or talk nonsense.

use std::time::Duration;

use jiff::Timestamp;
use leftoff::{
    clock::Clock,
    oidc::{Answer, Begun, Flaw, OidcError},
};
use serde_json::{Value, json};

use super::pair::{Pair, client, flaw};
use crate::support::{
    Signer,
    provider::{Fault, Provider},
};

const DISCOVERY: &str = "/.well-known/openid-configuration";

#[tokio::test]
async fn new_keys_are_looked_for_once_when_a_key_is_unknown() {
    let pair = Pair::start().await;
    pair.sign_in().await.unwrap();
    assert_eq!(pair.provider.asked("/jwks"), 1);
    pair.provider.rotate(Signer::rsa("second"));
    pair.sign_in().await.unwrap();
    pair.sign_in().await.unwrap();
    assert_eq!(pair.provider.asked("/jwks"), 2);
    pair.provider.behaviour().signer = Signer::ec("never published").into();
    assert_eq!(flaw(pair.sign_in().await), Flaw::UnknownKey);
    assert_eq!(pair.provider.asked("/jwks"), 3);
}

#[tokio::test]
async fn what_the_provider_says_of_itself_is_kept_for_an_hour() {
    let pair = Pair::start().await;
    assert_eq!(
        pair.provider.asked(DISCOVERY),
        0,
        "nothing is sent before it is needed"
    );
    pair.oidc.begin().await.unwrap();
    pair.clock.advance(Duration::from_mins(59));
    pair.oidc.clone().begin().await.unwrap();
    assert_eq!(pair.provider.asked(DISCOVERY), 1);
    pair.clock.advance(Duration::from_mins(1));
    pair.oidc.begin().await.unwrap();
    assert_eq!(pair.provider.asked(DISCOVERY), 2);
}

#[tokio::test]
async fn a_provider_that_is_down_cannot_be_reached() {
    let pair = Pair::start().await;
    let (pending, callback) = pair.visit().await;
    let Pair { provider, oidc, .. } = pair;
    let fresh = client(&provider.issuer, Clock::manual(Timestamp::UNIX_EPOCH).0);
    provider.stop().await;
    let began = fresh.begin().await.map(|_| ());
    assert!(matches!(began, Err(OidcError::Unreachable(_))), "{began:?}");
    let finished = oidc.finish(&pending, &callback).await;
    assert!(
        matches!(finished, Err(OidcError::Unreachable(_))),
        "{finished:?}"
    );
}

#[tokio::test]
async fn a_provider_that_answers_badly_is_told_from_one_that_cannot_answer() {
    let at = [
        (DISCOVERY, Answer::Discovery),
        ("/jwks", Answer::Discovery),
        ("/token", Answer::Token),
        ("/userinfo", Answer::UserInfo),
    ];
    let bad = [Fault::Html, Fault::Huge, Fault::Redirect, Fault::NoJson];
    let away = [Fault::Unavailable, Fault::TooManyRequests];
    for (path, answer) in at {
        for fault in bad.into_iter().chain(away) {
            let pair = Pair::start_with(|behaviour| behaviour.move_claims("ada", true)).await;
            let error = stumble(&pair, path, fault).await;
            match error {
                OidcError::BadAnswer(found) if bad.contains(&fault) => assert_eq!(found, answer),
                OidcError::Unreachable(_) if away.contains(&fault) => {}
                other => panic!("{path} {fault:?}: {other:?}"),
            }
            assert_eq!(pair.provider.asked("/elsewhere"), 0);
        }
    }
}

#[tokio::test]
async fn a_provider_that_hangs_is_given_up() {
    for path in [DISCOVERY, "/token"] {
        let pair = Pair::start().await;
        let error = stumble(&pair, path, Fault::Hang).await;
        assert!(
            matches!(error, OidcError::Unreachable(_)),
            "{path}: {error:?}"
        );
    }
}

/// The error of a sign-in during which a request goes wrong; the next one works.
async fn stumble(pair: &Pair, path: &'static str, fault: Fault) -> OidcError {
    pair.provider.behaviour().fault = Some((path, fault));
    let error = match pair.oidc.begin().await {
        Err(error) => error,
        Ok(Begun { url, pending }) => {
            let callback = pair.provider.visit(&url).await;
            pair.oidc.finish(&pending, &callback).await.unwrap_err()
        }
    };
    pair.provider.behaviour().fault = None;
    pair.sign_in().await.unwrap();
    error
}

#[tokio::test]
async fn a_discovery_document_of_another_issuer_is_refused() {
    let changes: [fn(&mut Value); 2] = [
        |document| document["issuer"] = json!("https://evil.example"),
        |document| document["issuer"] = json!(format!("{}/", document["issuer"].as_str().unwrap())),
    ];
    for change in changes {
        let pair = Pair::start_with(|behaviour| behaviour.discovery = Box::new(change)).await;
        let began = pair.oidc.begin().await.map(|_| ());
        let bad = matches!(began, Err(OidcError::BadAnswer(Answer::Discovery)));
        assert!(bad, "{began:?}");
    }
}

#[tokio::test]
async fn an_endpoint_in_the_clear_elsewhere_is_never_used() {
    for (endpoint, answer) in [
        ("authorization_endpoint", Answer::Discovery),
        ("jwks_uri", Answer::Discovery),
        ("token_endpoint", Answer::Token),
        ("userinfo_endpoint", Answer::UserInfo),
    ] {
        let elsewhere = Provider::start(Clock::system()).await;
        let url = format!("{}/jwks", elsewhere.issuer);
        let pair = Pair::start_with(|behaviour| {
            behaviour.move_claims("ada", true);
            behaviour.discovery = Box::new(move |document| document[endpoint] = json!(url));
        })
        .await;
        let error = match pair.oidc.begin().await {
            Err(error) => error,
            Ok(Begun { url, pending }) => {
                let callback = pair.provider.visit(&url).await;
                pair.oidc.finish(&pending, &callback).await.unwrap_err()
            }
        };
        assert!(
            matches!(error, OidcError::BadAnswer(found) if found == answer),
            "{endpoint}"
        );
        assert_eq!(elsewhere.asked("/jwks"), 0, "{endpoint}");
    }
}
