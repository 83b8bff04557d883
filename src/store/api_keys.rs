//! The table `api_keys`: keys of the company's own software.

use super::{Change, Record as _, Result, Store, columns};

/// A key as it is kept: times in ms since 1970, the key itself as its SHA-256.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiKeyRow {
    /// A ULID; not a secret.
    pub id: String,
    /// SHA-256 of the key's secret.
    pub token_hash: String,
    /// What it is called.
    pub name: String,
    /// What it may do, with spaces between.
    pub scopes: String,
    /// Who made it, as the audit names them.
    pub created_by: String,
    /// When it was made.
    pub created_at: i64,
    /// When its time is over; none for a key without end.
    pub expires_at: Option<i64>,
    /// When it was last used, to some minutes.
    pub last_used_at: Option<i64>,
    /// When it was taken back.
    pub revoked_at: Option<i64>,
}

columns!(ApiKeyRow: id, token_hash, name, scopes, created_by, created_at, expires_at, last_used_at, revoked_at);

impl Store {
    /// The key whose secret has this hash.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn api_key_by_token(&self, token_hash: &str) -> Result<Option<ApiKeyRow>> {
        self.by("api_keys", "token_hash", &token_hash).await
    }

    /// The key with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn api_key(&self, id: &str) -> Result<Option<ApiKeyRow>> {
        self.by("api_keys", "id", &id).await
    }

    /// Every key, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn api_keys(&self) -> Result<Vec<ApiKeyRow>> {
        let columns = ApiKeyRow::COLUMNS;
        let sql = format!("select {columns} from api_keys order by id desc");
        self.all(&sql, &[]).await
    }
}

/// Adds a key.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &ApiKeyRow) -> Result<()> {
    change.insert("api_keys", row, "").map(drop)
}

/// The key with this ID, as a change sees it.
///
/// # Errors
/// When the database does not answer.
pub fn find(change: &Change<'_>, id: &str) -> Result<Option<ApiKeyRow>> {
    change.by("api_keys", "id", &id)
}

/// Takes a key back; false when it was taken back before or does not exist.
///
/// # Errors
/// When the database cannot write.
pub fn revoke(change: &Change<'_>, id: &str, at: i64) -> Result<bool> {
    let sql = "update api_keys set revoked_at = $1 where id = $2 and revoked_at is null";
    Ok(change.execute(sql, &[&at, &id])? == 1)
}

/// Keeps when a key was last used.
///
/// # Errors
/// When the database cannot write.
pub fn touch(change: &Change<'_>, id: &str, at: i64) -> Result<()> {
    let sql = "update api_keys set last_used_at = $1 where id = $2";
    change.execute(sql, &[&at, &id]).map(drop)
}
