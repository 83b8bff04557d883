//! The tables `deliveries` and `attempts`: what goes to which endpoint, and what came of it.
//!
//! A delivery is written in the change that writes the ledger's entry: either both are there or neither.

use super::{
    Change, Record as _, Result, Store, columns, endpoints, ledger::LedgerRow, queue::Conditions,
};
use crate::model::webhook;

/// The state of a delivery that is still to be sent.
pub const WAITING: &str = "waiting";
/// The state of a delivery that the endpoint took.
pub const DELIVERED: &str = "delivered";
/// The state of a delivery that was tried as often as the schedule says.
pub const FAILED: &str = "failed";

/// One event on its way to one endpoint: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryRow {
    /// The endpoint.
    pub endpoint_id: String,
    /// The entry of the ledger, or the test's own ULID.
    pub event_id: String,
    /// The type of the webhook.
    pub event: String,
    /// The inquiry that it is about.
    pub inquiry_id: Option<String>,
    /// `waiting`, `delivered` or `failed`.
    pub state: String,
    /// When it was made.
    pub created_at: i64,
    /// When it is sent next; while it is sent, until when nobody else sends it.
    pub due_at: i64,
    /// How often it was sent.
    pub attempts: i64,
    /// How often since it was made or replayed.
    pub tries: i64,
    /// The status of the last answer.
    pub status: Option<i64>,
    /// Why the last attempt failed, by code.
    pub cause: Option<String>,
    /// When it was delivered or given up.
    pub settled_at: Option<i64>,
}

columns!(DeliveryRow: endpoint_id, event_id, event, inquiry_id, state, created_at, due_at, attempts, tries, status,
    cause, settled_at);

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    /// The endpoint.
    pub endpoint_id: String,
    /// The entry of the ledger, or the test.
    pub event_id: String,
    /// The first is 1.
    pub number: i64,
    /// When it began.
    pub at: i64,
    /// How long it took, in ms.
    pub took: i64,
    /// The status of the answer.
    pub status: Option<i64>,
    /// Why it failed, by code; none when it did not.
    pub cause: Option<String>,
}

columns!(AttemptRow: endpoint_id, event_id, number, at, took, status, cause);

/// Which delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The endpoint.
    pub endpoint_id: String,
    /// The entry of the ledger, or the test.
    pub event_id: String,
}

columns!(Due: endpoint_id, event_id);

/// Which deliveries of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryQuery {
    /// The endpoint.
    pub endpoint_id: String,
    /// In this state only.
    pub state: Option<String>,
    /// Of this type only.
    pub event: Option<String>,
    /// Only those before this one, newest first.
    pub before: Option<String>,
}

/// Writes a delivery of a ledger's entry for each endpoint that is told of it.
///
/// # Errors
/// When the database cannot write.
pub(super) fn enqueue(change: &Change<'_>, entry: &LedgerRow) -> Result<()> {
    let Some(kind) = webhook::of(&entry.event) else {
        return Ok(());
    };
    for endpoint_id in endpoints::subscribed(change, kind.code)? {
        let row = DeliveryRow {
            endpoint_id,
            event_id: entry.id.clone(),
            event: kind.code.to_owned(),
            inquiry_id: Some(entry.inquiry_id.clone()),
            created_at: entry.at,
            due_at: entry.at,
            state: WAITING.to_owned(),
            ..DeliveryRow::default()
        };
        add(change, &row)?;
    }
    Ok(())
}

/// Adds a delivery.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &DeliveryRow) -> Result<()> {
    change.insert("deliveries", row, "").map(drop)
}

/// Takes deliveries whose turn has come, so that nobody else sends them before the lease is over; those that somebody
/// took meanwhile are not among them.
///
/// # Errors
/// When the database cannot write.
pub fn claim(change: &Change<'_>, due: &[Due], now: i64, lease: i64) -> Result<Vec<DeliveryRow>> {
    let columns = DeliveryRow::COLUMNS;
    let sql = format!(
        "update deliveries set due_at = $1, attempts = attempts + 1, tries = tries + 1
         where endpoint_id = $2 and event_id = $3 and state = 'waiting' and due_at <= $4
             and exists (select 1 from endpoints where endpoints.id = $2 and disabled_at is null)
         returning {columns}"
    );
    let mut claimed = Vec::new();
    for one in due {
        let row = change.one(&sql, &[&lease, &one.endpoint_id, &one.event_id, &now])?;
        claimed.extend(row);
    }
    Ok(claimed)
}

/// Writes what became of a delivery, unless it was replayed or taken by somebody else since it was claimed.
///
/// # Errors
/// When the database cannot write.
pub fn settle(change: &Change<'_>, claimed: &DeliveryRow, now: &DeliveryRow) -> Result<()> {
    let settled = change.execute(
        "update deliveries set state = $1, due_at = $2, status = $3, cause = $4, settled_at = $5
         where endpoint_id = $6 and event_id = $7 and state = 'waiting' and due_at = $8 and attempts = $9",
        &[
            &now.state,
            &now.due_at,
            &now.status,
            &now.cause,
            &now.settled_at,
            &claimed.endpoint_id,
            &claimed.event_id,
            &claimed.due_at,
            &claimed.attempts,
        ],
    );
    settled.map(drop)
}

/// Keeps what came of an attempt.
///
/// # Errors
/// When the database cannot write.
pub fn log(change: &Change<'_>, row: &AttemptRow) -> Result<()> {
    let once = "on conflict (endpoint_id, event_id, number) do nothing";
    change.insert("attempts", row, once).map(drop)
}

/// Lets a delivery be sent once more, at once; false when there is none.
///
/// # Errors
/// When the database cannot write.
pub fn replay(change: &Change<'_>, endpoint_id: &str, event_id: &str, now: i64) -> Result<bool> {
    let sql = "update deliveries set state = 'waiting', due_at = $1, tries = 0, settled_at = null
        where endpoint_id = $2 and event_id = $3";
    Ok(change.execute(sql, &[&now, &endpoint_id, &event_id])? == 1)
}

/// Lets every delivery that failed and was made since then be sent once more; gives how many.
///
/// # Errors
/// When the database cannot write.
pub fn replay_failed(
    change: &Change<'_>,
    endpoint_id: &str,
    since: i64,
    now: i64,
) -> Result<usize> {
    let sql = "update deliveries set state = 'waiting', due_at = $1, tries = 0, settled_at = null
        where endpoint_id = $2 and state = 'failed' and created_at >= $3";
    change.execute(sql, &[&now, &endpoint_id, &since])
}

impl Store {
    /// Deliveries of an endpoint whose turn has come, those that wait longest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn deliveries_due(&self, endpoint_id: &str, now: i64, most: i64) -> Result<Vec<Due>> {
        let sql = "select endpoint_id, event_id from deliveries
            where endpoint_id = $1 and state = 'waiting' and due_at <= $2
            order by due_at, event_id limit $3";
        self.all(sql, &[&endpoint_id, &now, &most]).await
    }

    /// When the next turn of an endpoint that is sent to comes.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn deliveries_next(&self) -> Result<Option<i64>> {
        let sql = "select min(due) from (
                select (
                    select min(due_at) from deliveries where endpoint_id = endpoints.id and state = 'waiting'
                ) as due
                from endpoints where disabled_at is null
            ) as next";
        let next: Option<Option<i64>> = self.one_value(sql, &[]).await?;
        Ok(next.flatten())
    }

    /// A delivery.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn delivery(&self, endpoint_id: &str, event_id: &str) -> Result<Option<DeliveryRow>> {
        let columns = DeliveryRow::COLUMNS;
        let sql =
            format!("select {columns} from deliveries where endpoint_id = $1 and event_id = $2");
        self.one(&sql, &[&endpoint_id, &event_id]).await
    }

    /// A page of an endpoint's deliveries, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn deliveries(&self, query: DeliveryQuery, most: usize) -> Result<Vec<DeliveryRow>> {
        self.scan(move |rows| {
            let conditions = query.conditions();
            let sql = format!(
                "select {} from deliveries where {} order by event_id desc limit {most}",
                DeliveryRow::COLUMNS,
                conditions.sql()
            );
            rows.all(&sql, &conditions.params())
        })
        .await
    }

    /// How many deliveries of an endpoint are in a state, counted up to a bound.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_deliveries(
        &self,
        endpoint_id: &str,
        state: &'static str,
        most: i64,
    ) -> Result<i64> {
        let sql = "select count(*) from (
                select 1 from deliveries where endpoint_id = $1 and state = $2 limit $3
            ) as counted";
        let endpoint_id = endpoint_id.to_owned();
        let count = self.scan(move |rows| rows.one_value(sql, &[&endpoint_id, &state, &most]));
        Ok(count.await?.unwrap_or_default())
    }

    /// The attempts of a delivery, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn attempts(
        &self,
        endpoint_id: &str,
        event_id: &str,
        most: i64,
    ) -> Result<Vec<AttemptRow>> {
        let columns = AttemptRow::COLUMNS;
        let sql = format!(
            "select {columns} from attempts where endpoint_id = $1 and event_id = $2
             order by number desc limit $3"
        );
        self.all(&sql, &[&endpoint_id, &event_id, &most]).await
    }
}

impl DeliveryQuery {
    fn conditions(&self) -> Conditions {
        let mut all = Conditions::default();
        all.add("endpoint_id = ?", [self.endpoint_id.clone().into()]);
        let narrow = [
            ("state = ?", &self.state),
            ("event = ?", &self.event),
            ("event_id < ?", &self.before),
        ];
        for (sql, value) in narrow {
            if let Some(value) = value {
                all.add(sql, [value.clone().into()]);
            }
        }
        all
    }
}
