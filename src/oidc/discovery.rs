//! What is known of the provider: asked for when it is needed, and kept for an hour.

use std::{fmt, time::Duration};

use jiff::Timestamp;
use openidconnect::{
    AuthType, ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl,
    RedirectUrl,
    core::{CoreClient, CoreClientAuthMethod, CoreProviderMetadata},
};
use secrecy::ExposeSecret as _;
use std::sync::Arc;
use tokio::sync::RwLock;
use url::Url;

use super::{
    error::{Answer, OidcError},
    transport::{Transport, TransportError},
};
use crate::{clock::Clock, config};

/// How long an answer is used before it is asked for again.
const FRESH: Duration = Duration::from_hours(1);

/// A client whose endpoints came from discovery.
pub(super) type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What the provider says of itself, and the client made of it.
pub(super) struct Provider {
    pub(super) metadata: CoreProviderMetadata,
    pub(super) client: Client,
    known_at: Timestamp,
}

/// Knows the provider, or asks.
pub(super) struct Discovery {
    pub(super) transport: Transport,
    pub(super) issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: ClientSecret,
    redirect_uri: RedirectUrl,
    clock: Clock,
    known: RwLock<Option<Arc<Provider>>>,
}

impl Discovery {
    pub(super) fn new(
        settings: &config::Oidc,
        redirect_uri: Url,
        clock: Clock,
    ) -> Result<Self, TransportError> {
        Ok(Self {
            transport: Transport::new(settings.issuer.url(), settings.timeout())?,
            issuer: settings.issuer.clone(),
            client_id: ClientId::new(settings.client_id.clone()),
            client_secret: ClientSecret::new(settings.client_secret.expose_secret().to_owned()),
            redirect_uri: RedirectUrl::from_url(redirect_uri),
            clock,
            known: RwLock::default(),
        })
    }

    /// The provider as last asked, at most an hour ago.
    pub(super) async fn get(&self) -> Result<Arc<Provider>, OidcError> {
        let known = self.known.read().await.clone();
        let now = self.clock.now();
        match known.filter(|provider| now < provider.known_at + FRESH) {
            Some(provider) => Ok(provider),
            None => self.refresh().await,
        }
    }

    /// Asks the provider again. The lock is not held meanwhile: a slow provider delays nobody twice.
    pub(super) async fn refresh(&self) -> Result<Arc<Provider>, OidcError> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.transport);
        let metadata = found.await.map_err(OidcError::discovery)?;
        if !self
            .transport
            .admits(metadata.authorization_endpoint().url())
        {
            return Err(OidcError::BadAnswer(Answer::Discovery));
        }
        let provider = Arc::new(Provider {
            client: self.client(&metadata),
            metadata,
            known_at: self.clock.now(),
        });
        *self.known.write().await = Some(Arc::clone(&provider));
        Ok(provider)
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Client {
        let secret = Some(self.client_secret.clone());
        Client::from_provider_metadata(metadata.clone(), self.client_id.clone(), secret)
            .set_redirect_uri(self.redirect_uri.clone())
            .set_auth_type(auth_type(metadata))
    }
}

/// How the provider wants the secret: by HTTP Basic unless it takes it in the body only
/// (<https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata>).
fn auth_type(metadata: &CoreProviderMetadata) -> AuthType {
    let methods = metadata.token_endpoint_auth_methods_supported();
    let takes = |method| methods.is_some_and(|methods| methods.contains(&method));
    let body_only = takes(CoreClientAuthMethod::ClientSecretPost)
        && !takes(CoreClientAuthMethod::ClientSecretBasic);
    if body_only {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}

impl fmt::Debug for Discovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Discovery({})", self.issuer.as_str())
    }
}
