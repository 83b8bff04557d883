//! Keys of the company's own software: made, shown once, recognised, taken back.

mod quota;
mod token;

use std::time::Duration;

use serde_json::json;

pub use quota::{Allowance, Quota};
pub use token::Token;

use crate::{
    clock::Clock,
    failure::Failure,
    id::new_id,
    model::scope::Scope,
    staff::Actor,
    store::{
        Store,
        api_keys::{self, ApiKeyRow},
        audit::{self, Deed},
    },
};

/// How old the time of a key's last use may be, in ms.
const COARSE: i64 = 10 * 60_000;

/// Longest name of a key, in characters.
pub const LONGEST_NAME: usize = 100;

/// A key that is to be made.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// How long it is good; for ever when absent.
    pub life: Option<Duration>,
}

/// A key that was just made. The token is nowhere else.
#[derive(Clone, Debug)]
pub struct MadeKey {
    /// The key as it is kept.
    pub row: ApiKeyRow,
    /// What its owner sends along.
    pub token: Token,
}

/// Why a key is not made.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Nobody could tell it from others.
    #[error("a key needs a name of at most 100 characters")]
    Name,
    /// It could do nothing.
    #[error("a key needs at least one scope")]
    Scopes,
    /// It is not the asker's fault.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// Whoever sent a key along that is good.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The key's ID.
    pub key_id: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
}

/// Why a key is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Nobody has this key.
    Unknown,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// It is good.
    Active,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// The keys in the store; cheap to clone.
#[derive(Clone, Debug)]
pub struct Keys {
    store: Store,
    clock: Clock,
}

impl Keys {
    /// Keys in this store.
    #[must_use]
    pub const fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Makes a key.
    ///
    /// # Errors
    /// [`KeyError`].
    pub async fn create(&self, actor: &Actor, new: NewKey) -> Result<MadeKey, KeyError> {
        let name = new.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(KeyError::Name);
        }
        if new.scopes.is_empty() {
            return Err(KeyError::Scopes);
        }
        let now = self.clock.now();
        let at = now.as_millisecond();
        let token = Token::random().map_err(Failure::from)?;
        let row = ApiKeyRow {
            id: new_id(now).map_err(Failure::from)?,
            token_hash: token.hash(),
            name,
            scopes: Scope::join(&new.scopes),
            created_by: actor.to_string(),
            created_at: at,
            expires_at: new.life.map(|life| after(at, life)),
            ..ApiKeyRow::default()
        };
        let deed = Deed {
            after: Some(state(&row)),
            ..deed(actor, &row.id, "key-created", at)
        };
        let made = self.store.change(move |change| {
            api_keys::add(change, &row)?;
            audit::add(change, deed)?;
            Ok(MadeKey { row, token })
        });
        Ok(made.await.map_err(Failure::from)?)
    }

    /// Takes a key back for good; false when there was nothing to take back.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn revoke(&self, actor: &Actor, id: &str) -> Result<bool, Failure> {
        let (id, at) = (id.to_owned(), self.clock.now_ms());
        let deed = deed(actor, &id, "key-revoked", at);
        let revoked = self.store.change(move |change| {
            let before = api_keys::find(change, &id)?.as_ref().map(state);
            let is_revoked = api_keys::revoke(change, &id, at)?;
            if is_revoked {
                audit::add(change, Deed { before, ..deed })?;
            }
            Ok(is_revoked)
        });
        Ok(revoked.await?)
    }

    /// Every key, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(&self) -> Result<Vec<ApiKeyRow>, Failure> {
        Ok(self.store.api_keys().await?)
    }

    /// Whose key this is, if it is good. Its last use is kept, but not at each request.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recognise(&self, token: &Token) -> Result<Result<Caller, Denied>, Failure> {
        let Some(row) = self.store.api_key_by_token(&token.hash()).await? else {
            return Ok(Err(Denied::Unknown));
        };
        let now = self.clock.now_ms();
        match row.state(now) {
            KeyState::Active => {}
            KeyState::Expired => return Ok(Err(Denied::Expired)),
            KeyState::Revoked => return Ok(Err(Denied::Revoked)),
        }
        let is_stale = row.last_used_at.is_none_or(|used| now - used >= COARSE);
        if is_stale {
            let id = row.id.clone();
            let touched = self
                .store
                .change(move |change| api_keys::touch(change, &id, now));
            touched.await?;
        }
        Ok(Ok(Caller {
            scopes: Scope::parse_all(&row.scopes),
            key_id: row.id,
        }))
    }
}

impl Caller {
    /// Who acts, as the audit names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Key(self.key_id.clone())
    }

    /// Whether the key was made for this.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

impl ApiKeyRow {
    /// Where the key stands at a time, in ms since 1970.
    #[must_use]
    pub const fn state(&self, now: i64) -> KeyState {
        match (self.revoked_at, self.expires_at) {
            (Some(_), _) => KeyState::Revoked,
            (None, Some(end)) if end <= now => KeyState::Expired,
            (None, _) => KeyState::Active,
        }
    }
}

impl KeyState {
    /// The name in commands and on pages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

/// A key as the audit shows it.
fn state(row: &ApiKeyRow) -> String {
    json!({ "name": row.name, "scopes": row.scopes, "expires_at": row.expires_at }).to_string()
}

fn deed(actor: &Actor, id: &str, act: &str, at: i64) -> Deed {
    Deed {
        at,
        actor: actor.to_string(),
        act: act.to_owned(),
        object: format!("key:{id}"),
        ..Deed::default()
    }
}

fn after(at: i64, life: Duration) -> i64 {
    let life = i64::try_from(life.as_millis()).unwrap_or(i64::MAX);
    at.saturating_add(life)
}
