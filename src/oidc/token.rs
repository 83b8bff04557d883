//! The checks of an ID token: <https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation>.

use std::time::Duration;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use openidconnect::core::{
    CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm,
};

use super::{discovery::Provider, error::Flaw, pending::Pending};

/// Algorithms that we take, of those that the provider names. All are by public key: with a shared secret, whoever
/// reads it could sign in as anybody.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// How far the provider's clock may be from ours.
const LEEWAY: Duration = Duration::from_mins(1);

/// The claims of an ID token that can be trusted.
pub(super) fn verify<'t>(
    provider: &Provider,
    id_token: &'t CoreIdToken,
    pending: &Pending,
    now: Timestamp,
) -> Result<&'t CoreIdTokenClaims, Flaw> {
    let claims = id_token.claims(&verifier(provider, now), &pending.nonce)?;
    check_party(provider, claims)?;
    check_times(claims, pending, now)?;
    Ok(claims)
}

fn verifier(provider: &Provider, now: Timestamp) -> CoreIdTokenVerifier<'_> {
    let metadata = &provider.metadata;
    let named = metadata.id_token_signing_alg_values_supported();
    let taken = ALGORITHMS.into_iter().filter(|taken| named.contains(taken));
    // A verifier of a public client knows no shared secret, so none can ever be taken for a key.
    CoreIdTokenVerifier::new_public_client(
        provider.client.client_id().clone(),
        metadata.issuer().clone(),
        metadata.jwks().clone(),
    )
    .set_allowed_algs(taken)
    .set_time_fn(move || to_chrono(now))
}

/// The party that the token was issued to, where it is named; the library leaves this check to its users.
fn check_party(provider: &Provider, claims: &CoreIdTokenClaims) -> Result<(), Flaw> {
    match claims.authorized_party() {
        Some(party) if party != provider.client.client_id() => Err(Flaw::Audience),
        _ => Ok(()),
    }
}

fn check_times(claims: &CoreIdTokenClaims, pending: &Pending, now: Timestamp) -> Result<(), Flaw> {
    let issued_at = from_chrono(claims.issue_time()).ok_or(Flaw::IssuedAt)?;
    if issued_at > now + LEEWAY || issued_at + LEEWAY < pending.began_at {
        return Err(Flaw::IssuedAt);
    }
    let Some(max_age) = pending.max_age.map(Duration::from_secs) else {
        return Ok(());
    };
    let proved_at = claims.auth_time().and_then(from_chrono);
    let proved_at = proved_at.ok_or(Flaw::AuthTime)?;
    // Counted from the beginning, because the person needs time at the provider: a maximum of zero must be possible.
    let too_old = pending.began_at > proved_at + max_age + LEEWAY;
    if too_old || proved_at > now + LEEWAY {
        return Err(Flaw::AuthTime);
    }
    Ok(())
}

/// The instant in the library's type; one that it cannot hold counts as the last one, when everything has expired.
fn to_chrono(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.as_millisecond()).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

pub(super) fn from_chrono(at: DateTime<Utc>) -> Option<Timestamp> {
    Timestamp::from_second(at.timestamp()).ok()
}
