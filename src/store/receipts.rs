//! The table `receipts`: what the server verified, once for each inquiry.

use super::{Change, Record as _, Result, Store, columns};

/// What the server itself read from Persona after the browser said it was done, or what Persona told of the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// The inquiry.
    pub inquiry_id: String,
    /// The link through which the person finished.
    pub link_id: String,
    /// Persona's status at that time.
    pub status: String,
    /// When it was read, in ms since 1970.
    pub verified_at: i64,
    /// The event that told of it, where no browser came back.
    pub event_id: Option<String>,
}

columns!(ReceiptRow: inquiry_id, link_id, status, verified_at, event_id);

impl Store {
    /// The receipt of an inquiry.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn receipt(&self, inquiry_id: &str) -> Result<Option<ReceiptRow>> {
        self.by("receipts", "inquiry_id", &inquiry_id).await
    }

    /// Receipts before a place, newest first: the place is when one was written, and its inquiry.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn receipts_before(
        &self,
        place: Option<(i64, String)>,
        most: usize,
    ) -> Result<Vec<ReceiptRow>> {
        let columns = ReceiptRow::COLUMNS;
        let (at, inquiry_id) = place.unwrap_or((i64::MAX, String::new()));
        let sql = format!(
            "select {columns} from receipts where (verified_at, inquiry_id) < ($1, $2)
             order by verified_at desc, inquiry_id desc limit {most}"
        );
        self.scan(move |rows| rows.all(&sql, &[&at, &inquiry_id]))
            .await
    }
}

/// Writes the receipt; false when the inquiry has one already.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, receipt: &ReceiptRow) -> Result<bool> {
    let once = "on conflict (inquiry_id) do nothing";
    Ok(change.insert("receipts", receipt, once)? == 1)
}

/// Writes the receipt of an event, or writes it over that of a later event; false when a browser came back before.
///
/// # Errors
/// When the database cannot write.
pub fn tell(change: &Change<'_>, receipt: &ReceiptRow) -> Result<bool> {
    let unless_read = "on conflict (inquiry_id) do update set status = excluded.status,
        verified_at = excluded.verified_at, event_id = excluded.event_id where receipts.event_id is not null";
    Ok(change.insert("receipts", receipt, unless_read)? == 1)
}
