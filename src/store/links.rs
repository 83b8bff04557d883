//! The table `links`: URLs of ours that lead a person to one inquiry.

use sqlx::FromRow;

use super::{Connection, Store};

const COLUMNS: &str = "id, token_hash, inquiry_id, parent_id, maker, reason, factor, return_url, locale, \
    created_at, expires_at, revoked_at, device_hash, bound_at, wrong_factors";

/// A link as it is kept: times in ms since 1970, secrets as their SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LinkRow {
    /// A ULID; not a secret.
    pub id: String,
    /// SHA-256 of the token in the URL.
    pub token_hash: String,
    /// The inquiry that it leads to.
    pub inquiry_id: String,
    /// The link that this one was handed off from.
    pub parent_id: Option<String>,
    /// Who made it.
    pub maker: String,
    /// Why.
    pub reason: String,
    /// What a new device must prove: `none` or `birthdate`.
    pub factor: String,
    /// Where the person goes at the end.
    pub return_url: Option<String>,
    /// The language the link was made for.
    pub locale: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When its time is over.
    pub expires_at: i64,
    /// When it was taken back.
    pub revoked_at: Option<i64>,
    /// SHA-256 of the cookie of the device that it belongs to.
    pub device_hash: Option<String>,
    /// When it was bound to that device.
    pub bound_at: Option<i64>,
    /// Wrong answers to the factor since it was last bound.
    pub wrong_factors: i64,
}

impl Store {
    /// The link whose token has this hash.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn link_by_token(&self, token_hash: &str) -> sqlx::Result<Option<LinkRow>> {
        self.one_link("token_hash", token_hash).await
    }

    /// The link with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn link(&self, id: &str) -> sqlx::Result<Option<LinkRow>> {
        self.one_link("id", id).await
    }

    async fn one_link(&self, column: &'static str, value: &str) -> sqlx::Result<Option<LinkRow>> {
        let sql = format!("select {COLUMNS} from links where {column} = $1");
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(value)
            .fetch_optional(self.pool())
            .await
    }

    /// The newest links, of one inquiry or of all, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn links(&self, inquiry_id: Option<&str>, most: i64) -> sqlx::Result<Vec<LinkRow>> {
        let sql = format!(
            "select {COLUMNS} from links where $1 is null or inquiry_id = $1 order by id desc limit $2"
        );
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(inquiry_id)
            .bind(most)
            .fetch_all(self.pool())
            .await
    }
}

/// Adds a link.
///
/// # Errors
/// When the database cannot write.
pub async fn add(connection: &mut Connection, link: &LinkRow) -> sqlx::Result<()> {
    let sql = format!(
        "insert into links ({COLUMNS})
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(&link.id)
        .bind(&link.token_hash)
        .bind(&link.inquiry_id)
        .bind(&link.parent_id)
        .bind(&link.maker)
        .bind(&link.reason)
        .bind(&link.factor)
        .bind(&link.return_url)
        .bind(&link.locale)
        .bind(link.created_at)
        .bind(link.expires_at)
        .bind(link.revoked_at)
        .bind(&link.device_hash)
        .bind(link.bound_at)
        .bind(link.wrong_factors)
        .execute(connection)
        .await
        .map(drop)
}

/// Binds a link to a device, if it is still bound as the caller saw it; false when it moved meanwhile.
/// A link that became this very device's meanwhile, in another tab, did not move.
///
/// # Errors
/// When the database cannot write.
pub async fn bind(
    connection: &mut Connection,
    id: &str,
    seen: Option<&str>,
    device_hash: &str,
    at: i64,
) -> sqlx::Result<bool> {
    let result = sqlx::query(
        "update links set device_hash = $1, bound_at = $2, wrong_factors = 0
         where id = $3 and coalesce(device_hash, '') in ($1, $4)",
    )
    .bind(device_hash)
    .bind(at)
    .bind(id)
    .bind(seen.unwrap_or_default())
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Takes one of the attempts at the factor, before the answer is looked at; false when none is left.
///
/// # Errors
/// When the database cannot write.
pub async fn take_attempt(connection: &mut Connection, id: &str, most: i64) -> sqlx::Result<bool> {
    let result = sqlx::query(
        "update links set wrong_factors = wrong_factors + 1 where id = $1 and wrong_factors < $2",
    )
    .bind(id)
    .bind(most)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Gives an attempt back that was right, or could not be judged because Persona did not answer.
///
/// # Errors
/// When the database cannot write.
pub async fn return_attempt(connection: &mut Connection, id: &str) -> sqlx::Result<()> {
    sqlx::query(
        "update links set wrong_factors = wrong_factors - 1 where id = $1 and wrong_factors > 0",
    )
    .bind(id)
    .execute(connection)
    .await
    .map(drop)
}

/// Takes a link and its hand-offs back; false when it was taken back before or does not exist.
///
/// # Errors
/// When the database cannot write.
pub async fn revoke(connection: &mut Connection, id: &str, at: i64) -> sqlx::Result<bool> {
    let result = sqlx::query(
        "update links set revoked_at = $1 where (id = $2 or parent_id = $2) and revoked_at is null",
    )
    .bind(at)
    .bind(id)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() > 0)
}
