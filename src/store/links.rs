//! The table `links`: URLs of ours that lead a person to one inquiry.

use super::{Change, Record as _, Result, Store, columns, queue::Conditions};

/// A link as it is kept: times in ms since 1970, secrets as their SHA-256.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// How it reaches the person.
    pub channel: String,
    /// The template of its inquiry.
    pub template_id: Option<String>,
    /// When the person first pressed the button, on it or on a hand-off; so with the milestones below.
    pub opened_at: Option<i64>,
    /// When the inquiry was first given to the person.
    pub resumed_at: Option<i64>,
    /// When the flow was first on view.
    pub ready_at: Option<i64>,
    /// When the server verified that the person was done.
    pub finished_at: Option<i64>,
    /// When Persona's decision was first read.
    pub decided_at: Option<i64>,
    /// Persona's decision.
    pub outcome: Option<String>,
}

columns!(LinkRow: id, token_hash, inquiry_id, parent_id, maker, reason, factor, return_url, locale,
    created_at, expires_at, revoked_at, device_hash, bound_at, wrong_factors, channel, template_id, opened_at,
    resumed_at, ready_at, finished_at, decided_at, outcome);

impl Store {
    /// The link whose token has this hash.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn link_by_token(&self, token_hash: &str) -> Result<Option<LinkRow>> {
        self.by("links", "token_hash", &token_hash).await
    }

    /// The link with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn link(&self, id: &str) -> Result<Option<LinkRow>> {
        self.by("links", "id", &id).await
    }

    /// The language of the newest link of an inquiry that was made for one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn language_of(&self, inquiry_id: &str) -> Result<Option<String>> {
        let sql = "select locale from links where inquiry_id = $1 and locale is not null order by id desc limit 1";
        self.one_value(sql, &[&inquiry_id]).await
    }

    /// The newest links, of one inquiry or of all, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn links(&self, inquiry_id: Option<&str>, most: i64) -> Result<Vec<LinkRow>> {
        let columns = LinkRow::COLUMNS;
        let sql = format!(
            "select {columns} from links where $1 is null or inquiry_id = $1 order by id desc limit $2"
        );
        let inquiry_id = inquiry_id.map(str::to_owned);
        self.scan(move |rows| rows.all(&sql, &[&inquiry_id, &most]))
            .await
    }

    /// Links before one, of one inquiry or of all, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn links_before(
        &self,
        inquiry_id: Option<String>,
        id: Option<String>,
        most: usize,
    ) -> Result<Vec<LinkRow>> {
        let mut all = Conditions::default();
        // Behind every ULID.
        all.add("id < ?", [id.unwrap_or_else(|| "~".to_owned()).into()]);
        if let Some(inquiry_id) = inquiry_id {
            all.add("inquiry_id = ?", [inquiry_id.into()]);
        }
        let (columns, conditions) = (LinkRow::COLUMNS, all.sql());
        let sql =
            format!("select {columns} from links where {conditions} order by id desc limit {most}");
        self.scan(move |rows| rows.all(&sql, &all.params())).await
    }
}

/// The link with this ID, as a change sees it.
///
/// # Errors
/// When the database does not answer.
pub fn find(change: &Change<'_>, id: &str) -> Result<Option<LinkRow>> {
    change.by("links", "id", &id)
}

/// Adds a link.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, link: &LinkRow) -> Result<()> {
    change.insert("links", link, "").map(drop)
}

/// Keeps that a link that was to be copied was mailed.
///
/// # Errors
/// When the database cannot write.
pub fn mailed(change: &Change<'_>, id: &str) -> Result<()> {
    let sql = "update links set channel = 'mail' where id = $1 and channel = 'copy'";
    change.execute(sql, &[&id]).map(drop)
}

/// Binds a link to a device, if it is still bound as the caller saw it; false when it moved meanwhile.
/// A link that became this very device's meanwhile, in another tab, did not move.
///
/// A hand-off lives minutes, for its code can be photographed. Once it is a device's that is no danger any more, and from
/// then on it lives as long as the link that it was handed off from.
///
/// # Errors
/// When the database cannot write.
pub fn bind(
    change: &Change<'_>,
    id: &str,
    seen: Option<&str>,
    device_hash: &str,
    at: i64,
) -> Result<bool> {
    let bound = change.execute(
        "update links set device_hash = $1, bound_at = $2, wrong_factors = 0, expires_at = coalesce(
             (select above.expires_at from links above where above.id = links.parent_id), expires_at
         )
         where id = $3 and coalesce(device_hash, '') in ($1, $4)",
        &[&device_hash, &at, &id, &seen.unwrap_or_default()],
    )?;
    Ok(bound == 1)
}

/// Takes one of the attempts at the factor, before the answer is looked at; false when none is left.
///
/// # Errors
/// When the database cannot write.
pub fn take_attempt(change: &Change<'_>, id: &str, most: i64) -> Result<bool> {
    let taken = change.execute(
        "update links set wrong_factors = wrong_factors + 1 where id = $1 and wrong_factors < $2",
        &[&id, &most],
    )?;
    Ok(taken == 1)
}

/// Gives an attempt back that was right, or could not be judged because Persona did not answer.
///
/// # Errors
/// When the database cannot write.
pub fn return_attempt(change: &Change<'_>, id: &str) -> Result<()> {
    let sql =
        "update links set wrong_factors = wrong_factors - 1 where id = $1 and wrong_factors > 0";
    change.execute(sql, &[&id]).map(drop)
}

/// Takes a link and its hand-offs back; false when it was taken back before or does not exist.
///
/// # Errors
/// When the database cannot write.
pub fn revoke(change: &Change<'_>, id: &str, at: i64) -> Result<bool> {
    let revoked = change.execute(
        "update links set revoked_at = $1 where (id = $2 or parent_id = $2) and revoked_at is null",
        &[&at, &id],
    )?;
    Ok(revoked > 0)
}

/// Takes every link of an inquiry back.
///
/// # Errors
/// When the database cannot write.
pub fn revoke_all(change: &Change<'_>, inquiry_id: &str, at: i64) -> Result<()> {
    let sql = "update links set revoked_at = $1 where inquiry_id = $2 and revoked_at is null";
    change.execute(sql, &[&at, &inquiry_id]).map(drop)
}

/// The link of an inquiry through which somebody went on last.
///
/// # Errors
/// When the database does not answer.
pub fn last_resumed(change: &Change<'_>, inquiry_id: &str) -> Result<Option<String>> {
    let sql = "select id from links where inquiry_id = $1 and resumed_at is not null
        order by resumed_at desc, id desc limit 1";
    change.one_value(sql, &[&inquiry_id])
}
