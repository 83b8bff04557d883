//! The table `endpoints`: where webhooks go.

use super::{Change, Record as _, Result, Store, columns};

/// An endpoint as it is kept: times in ms since 1970, secrets sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointRow {
    /// A ULID.
    pub id: String,
    /// Where its webhooks go.
    pub url: String,
    /// What it is, in the admin's words.
    pub description: String,
    /// The types that it is told, separated by commas; all when empty.
    pub events: String,
    /// What its webhooks are signed with.
    pub secret: String,
    /// What they are signed with too, after a rotation.
    pub old_secret: Option<String>,
    /// Until when.
    pub old_secret_ends_at: Option<i64>,
    /// When it was added.
    pub created_at: i64,
    /// By whom, as the audit names them.
    pub created_by: String,
    /// The first failure since the last success.
    pub failing_since: Option<i64>,
    /// Failures since the last success.
    pub failures: i64,
    /// Since when nothing is sent.
    pub disabled_at: Option<i64>,
    /// Who disabled it, as the audit names them.
    pub disabled_by: Option<String>,
    /// Why Leftoff disabled it, by code.
    pub disabled_why: Option<String>,
}

columns!(EndpointRow: id, url, description, events, secret, old_secret, old_secret_ends_at, created_at, created_by,
    failing_since, failures, disabled_at, disabled_by, disabled_why);

/// What an endpoint that is sent to wants to be told.
struct Subscription {
    id: String,
    events: String,
}

columns!(Subscription: id, events);

impl EndpointRow {
    /// Whether it is sent to.
    #[must_use]
    pub const fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }

    /// Whether it is told events of this type.
    #[must_use]
    pub fn wants(&self, event: &str) -> bool {
        wants(&self.events, event)
    }
}

fn wants(events: &str, event: &str) -> bool {
    events.is_empty() || events.split(',').any(|wanted| wanted == event)
}

impl Store {
    /// Every endpoint, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn endpoints(&self) -> Result<Vec<EndpointRow>> {
        let sql = format!("select {} from endpoints order by id", EndpointRow::COLUMNS);
        self.all(&sql, &[]).await
    }

    /// The endpoint with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn endpoint(&self, id: &str) -> Result<Option<EndpointRow>> {
        self.by("endpoints", "id", &id).await
    }
}

/// Adds an endpoint.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &EndpointRow) -> Result<()> {
    change.insert("endpoints", row, "").map(drop)
}

/// The endpoint with this ID, as a change sees it.
///
/// # Errors
/// When the database does not answer.
pub fn find(change: &Change<'_>, id: &str) -> Result<Option<EndpointRow>> {
    change.by("endpoints", "id", &id)
}

/// Writes what an endpoint is now.
///
/// # Errors
/// When the database cannot write.
pub fn write(change: &Change<'_>, row: &EndpointRow) -> Result<()> {
    change.upsert("endpoints", "id", row)
}

/// The endpoints that are told events of this type.
///
/// # Errors
/// When the database does not answer.
pub(super) fn subscribed(change: &Change<'_>, event: &str) -> Result<Vec<String>> {
    let sql = "select id, events from endpoints where disabled_at is null";
    let found: Vec<Subscription> = change.all(sql, &[])?;
    let wanting = found.into_iter().filter(|one| wants(&one.events, event));
    Ok(wanting.map(|one| one.id).collect())
}

/// Keeps that an endpoint took something.
///
/// # Errors
/// When the database cannot write.
pub fn succeeded(change: &Change<'_>, id: &str) -> Result<()> {
    let sql = "update endpoints set failing_since = null, failures = 0
        where id = $1 and failing_since is not null";
    change.execute(sql, &[&id]).map(drop)
}

/// Keeps that an endpoint failed, and gives what it is now; none when it is disabled already.
///
/// # Errors
/// When the database cannot write.
pub fn failed(change: &Change<'_>, id: &str, at: i64) -> Result<Option<EndpointRow>> {
    let columns = EndpointRow::COLUMNS;
    let sql = format!(
        "update endpoints set failing_since = coalesce(failing_since, $1), failures = failures + 1
         where id = $2 and disabled_at is null returning {columns}"
    );
    change.one(&sql, &[&at, &id])
}
