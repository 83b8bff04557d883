//! A provider and our client of it, whose clocks agree.

use jiff::Timestamp;
use leftoff::{
    clock::{Clock, ManualClock},
    config,
    oidc::{Begun, Callback, Flaw, Identity, Oidc, OidcError, Pending},
};
use openidconnect::IssuerUrl;
use serde_json::Value;

use crate::support::provider::{Behaviour, CLIENT_ID, CLIENT_SECRET, Provider, REDIRECT_URI};

/// When the clocks start, in seconds since 1970.
pub(super) const START: i64 = 1_800_000_000;

/// A provider, and our client of it.
pub(super) struct Pair {
    pub(super) provider: Provider,
    pub(super) oidc: Oidc,
    pub(super) clock: ManualClock,
}

impl Pair {
    pub(super) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(super) async fn start_with(change: impl FnOnce(&mut Behaviour)) -> Self {
        let (clock, handle) = Clock::manual(Timestamp::from_second(START).unwrap());
        let provider = Provider::start(clock.clone()).await;
        change(&mut provider.behaviour());
        Self {
            oidc: client(&provider.issuer, clock),
            provider,
            clock: handle,
        }
    }

    /// Begins, goes to the provider, and comes back.
    pub(super) async fn visit(&self) -> (Pending, Callback) {
        let Begun { url, pending } = self.oidc.begin().await.unwrap();
        let callback = self.provider.visit(&url).await;
        (pending, callback)
    }

    pub(super) async fn sign_in(&self) -> Result<Identity, OidcError> {
        let (pending, callback) = self.visit().await;
        self.oidc.finish(&pending, &callback).await
    }

    /// What is said of ID tokens whose claims were changed.
    pub(super) async fn flaw(&self, change: impl Fn(&mut Value) + Send + 'static) -> Flaw {
        self.provider.behaviour().claims = Box::new(change);
        flaw(self.sign_in().await)
    }
}

pub(super) fn client(issuer: &str, clock: Clock) -> Oidc {
    let settings = config::Oidc {
        issuer: IssuerUrl::new(issuer.to_owned()).unwrap(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: CLIENT_SECRET.into(),
        name: "Example login".to_owned(),
        timeout_seconds: 1,
    };
    Oidc::new(&settings, REDIRECT_URI.parse().unwrap(), clock).unwrap()
}

#[track_caller]
pub(super) fn flaw(result: Result<Identity, OidcError>) -> Flaw {
    match result {
        Err(OidcError::IdToken(flaw)) => flaw,
        other => panic!("{other:?}"),
    }
}
