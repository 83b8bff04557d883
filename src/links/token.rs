//! Tokens that follow from `server.secret` and a link's ID: the database holds their hash alone, and the URL can still be
//! made later, when a message leaves or a bulk is handed out.

use secrecy::SecretString;

use crate::{
    seal::{Seal, SealError},
    secret::{Secret, same},
    store::links::LinkRow,
};

/// What tokens are derived for; with another text the links that wait to be sent or handed out would be lost.
const PURPOSE: &str = "token of a link of a bulk";

/// Makes such tokens; cheap to clone.
#[derive(Clone, Debug)]
pub struct Tokens(Seal);

impl Tokens {
    /// Tokens of this secret.
    #[must_use]
    pub const fn new(secret: SecretString) -> Self {
        Self(Seal::new(secret))
    }

    /// The token of a new link with this ID.
    ///
    /// # Errors
    /// Never for an ID of ours.
    pub fn of(&self, link_id: &str) -> Result<Secret, SealError> {
        self.0.derive(PURPOSE, link_id).map(Secret::of_bytes)
    }

    /// The token of a link that is kept; none when its token was random, or `server.secret` is another now.
    #[must_use]
    pub fn again(&self, link: &LinkRow) -> Option<Secret> {
        self.known(&link.id, &link.token_hash)
    }

    /// The token of the link with this ID, if it has this hash.
    #[must_use]
    pub fn known(&self, link_id: &str, token_hash: &str) -> Option<Secret> {
        let token = self.of(link_id).ok()?;
        same(&token.hash(), token_hash).then_some(token)
    }
}
