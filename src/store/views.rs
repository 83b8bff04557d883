//! The table `views`: filters that somebody saved.

use super::{Change, Record as _, Result, Store, columns};

/// A saved view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewRow {
    /// A ULID.
    pub id: String,
    /// Whose it is.
    pub staff_id: String,
    /// What it is called.
    pub name: String,
    /// The filters, as the query of a URL.
    pub query: String,
    /// 1 when everybody sees it.
    pub is_shared: i64,
    /// When it was saved, in ms since 1970.
    pub created_at: i64,
}

columns!(ViewRow: id, staff_id, name, query, is_shared, created_at);

impl Store {
    /// The views that somebody sees: their own and those of everybody.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn views(&self, staff_id: &str) -> Result<Vec<ViewRow>> {
        let columns = ViewRow::COLUMNS;
        let sql = format!(
            "select {columns} from views where staff_id = $1 or is_shared = 1 order by name, id limit 100"
        );
        self.all(&sql, &[&staff_id]).await
    }
}

/// Saves a view.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &ViewRow) -> Result<()> {
    change.insert("views", row, "").map(drop)
}

/// Forgets a view of somebody; false when they have none of this ID.
///
/// # Errors
/// When the database cannot write.
pub fn remove(change: &Change<'_>, staff_id: &str, id: &str) -> Result<bool> {
    let sql = "delete from views where id = $1 and staff_id = $2";
    Ok(change.execute(sql, &[&id, &staff_id])? == 1)
}
