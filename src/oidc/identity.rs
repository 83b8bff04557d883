//! Who signed in, as the provider vouches for it.

use std::fmt;

use jiff::Timestamp;
use openidconnect::{
    AccessToken, EndUserEmail, EndUserName, LocalizedClaim,
    core::{CoreIdTokenClaims, CoreUserInfoClaims},
};

use super::{
    discovery::{Discovery, Provider},
    error::{Answer, OidcError},
    token::from_chrono,
};

/// Who signed in. Issuer and subject together name a person for good; an e-mail address may change hands.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The person's name at the provider; it never changes and is never given to another.
    pub subject: String,
    /// The e-mail address, when the provider verified it.
    pub email: Option<String>,
    /// The name to show.
    pub name: Option<String>,
    /// When the person last proved who they are, when the provider says so.
    pub auth_time: Option<Timestamp>,
}

impl Identity {
    /// Reads the claims of the ID token. Of one without an e-mail address, address and name are asked for at the
    /// userinfo endpoint, where the standard puts them
    /// (<https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims>).
    pub(super) async fn read(
        discovery: &Discovery,
        provider: &Provider,
        claims: &CoreIdTokenClaims,
        access_token: &AccessToken,
    ) -> Result<Self, OidcError> {
        let mut identity = Self {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email: verified(claims.email(), claims.email_verified()),
            name: name(claims.name()),
            auth_time: claims.auth_time().and_then(from_chrono),
        };
        if claims.email().is_none() && provider.metadata.userinfo_endpoint().is_some() {
            let info = user_info(discovery, provider, claims, access_token).await?;
            identity.email = verified(info.email(), info.email_verified());
            identity.name = identity.name.or_else(|| name(info.name()));
        }
        Ok(identity)
    }
}

/// Asks for the claims of this very person.
async fn user_info(
    discovery: &Discovery,
    provider: &Provider,
    claims: &CoreIdTokenClaims,
    access_token: &AccessToken,
) -> Result<CoreUserInfoClaims, OidcError> {
    let bad = OidcError::BadAnswer(Answer::Token);
    // The library panics over a token that no header can hold.
    if !access_token
        .secret()
        .bytes()
        .all(|byte| byte.is_ascii_graphic())
    {
        return Err(bad);
    }
    let subject = Some(claims.subject().clone());
    let request = provider.client.user_info(access_token.clone(), subject);
    let request = request.map_err(|_| OidcError::BadAnswer(Answer::Discovery))?;
    let answer = request.request_async(&discovery.transport).await;
    answer.map_err(OidcError::user_info)
}

fn verified(email: Option<&EndUserEmail>, is_verified: Option<bool>) -> Option<String> {
    let email = email.filter(|_| is_verified == Some(true));
    email.map(|email| email.to_string())
}

/// The name in no language in particular, or in any.
fn name(names: Option<&LocalizedClaim<EndUserName>>) -> Option<String> {
    let names = names?;
    let any = || names.iter().next().map(|(_, name)| name);
    names.get(None).or_else(any).map(|name| name.to_string())
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity(of {})", self.issuer)
    }
}
