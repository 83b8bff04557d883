//! Sign-in by OpenID Connect: the authorization code flow with PKCE, against one provider.
//!
//! The rules are those of <https://openid.net/specs/openid-connect-core-1_0.html> and of the current practice in
//! <https://www.rfc-editor.org/rfc/rfc9700>.

mod discovery;
mod error;
mod identity;
mod pending;
mod token;
mod transport;

use std::{sync::Arc, time::Duration};

use openidconnect::{
    AuthenticationFlow, AuthorizationCode, CsrfToken, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, Scope, TokenResponse as _,
    core::{CoreAuthPrompt, CoreResponseType, CoreTokenResponse},
};
use url::Url;

pub use error::{Answer, Flaw, OidcError};
pub use identity::Identity;
pub use pending::{Begun, Callback, Pending};
pub use transport::TransportError;

use crate::{clock::Clock, config};
use discovery::{Discovery, Provider};

/// A client of one OpenID provider; cheap to clone. Clones share what they know of the provider.
#[derive(Clone, Debug)]
pub struct Oidc {
    discovery: Arc<Discovery>,
    clock: Clock,
}

impl Oidc {
    /// Makes a client to which the provider answers at `redirect_uri`. Nothing is sent.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(
        settings: &config::Oidc,
        redirect_uri: Url,
        clock: Clock,
    ) -> Result<Self, TransportError> {
        let discovery = Discovery::new(settings, redirect_uri, clock.clone())?;
        Ok(Self {
            discovery: Arc::new(discovery),
            clock,
        })
    }

    /// Begins a sign-in. A person who still is signed in at the provider may not be asked again there.
    ///
    /// # Errors
    /// [`OidcError::Unreachable`] or [`OidcError::BadAnswer`] when the provider is not known yet.
    pub async fn begin(&self) -> Result<Begun, OidcError> {
        self.start(None).await
    }

    /// Begins a sign-in at which the person proves anew who they are, before an act that needs it.
    ///
    /// [`Oidc::finish`] refuses when they last did so longer than `max_age` (whole seconds) before this began. The
    /// browser keeps [`Pending`], so the caller checks [`Identity::auth_time`] against what it knows itself.
    ///
    /// # Errors
    /// Those of [`Oidc::begin`].
    pub async fn begin_again(&self, max_age: Duration) -> Result<Begun, OidcError> {
        self.start(Some(max_age)).await
    }

    /// Ends a sign-in with what the browser brought back.
    ///
    /// # Errors
    /// Every [`OidcError`].
    pub async fn finish(
        &self,
        pending: &Pending,
        callback: &Callback,
    ) -> Result<Identity, OidcError> {
        let now = self.clock.now();
        let code = pending.accept(callback, &self.discovery.issuer, now)?;
        let mut provider = self.discovery.get().await?;
        let tokens = self.redeem(&provider, pending, code).await?;
        let id_token = tokens.id_token().ok_or(Flaw::Missing)?;
        let mut claims = token::verify(&provider, id_token, pending, now);
        if matches!(claims, Err(Flaw::UnknownKey)) {
            // The provider may have changed its keys since we asked.
            provider = self.discovery.refresh().await?;
            claims = token::verify(&provider, id_token, pending, now);
        }
        Identity::read(&self.discovery, &provider, claims?, tokens.access_token()).await
    }

    async fn start(&self, max_age: Option<Duration>) -> Result<Begun, OidcError> {
        let provider = self.discovery.get().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = provider
            .client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge);
        if let Some(max_age) = max_age {
            request = request
                .add_prompt(CoreAuthPrompt::Login)
                .set_max_age(max_age);
        }
        let (url, state, nonce) = request.url();
        let pending = Pending {
            state,
            nonce,
            verifier: verifier.into_secret(),
            began_at: self.clock.now(),
            max_age: max_age.map(|age| age.as_secs()),
        };
        Ok(Begun { url, pending })
    }

    async fn redeem(
        &self,
        provider: &Provider,
        pending: &Pending,
        code: AuthorizationCode,
    ) -> Result<CoreTokenResponse, OidcError> {
        let request = provider.client.exchange_code(code);
        let request = request.map_err(|_| OidcError::BadAnswer(Answer::Discovery))?;
        let verifier = PkceCodeVerifier::new(pending.verifier.clone());
        let answer = request
            .set_pkce_verifier(verifier)
            .request_async(&self.discovery.transport)
            .await;
        answer.map_err(OidcError::token)
    }
}
