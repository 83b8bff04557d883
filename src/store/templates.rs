//! The table `templates`: what inquiries are made from, to tell which are outdated.

use super::{Change, Record as _, Result, Store, columns};

/// A template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateRow {
    /// Persona's ID of it.
    pub id: String,
    /// What the company calls it.
    pub name: Option<String>,
    /// Its newest published version.
    pub latest_version_id: Option<String>,
    /// When we asked Persona for this, in ms since 1970.
    pub read_at: i64,
}

columns!(TemplateRow: id, name, latest_version_id, read_at);

impl Store {
    /// Every template, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn templates(&self) -> Result<Vec<TemplateRow>> {
        let columns = TemplateRow::COLUMNS;
        let sql = format!("select {columns} from templates order by coalesce(name, id), id");
        self.look_up(|rows| rows.all(&sql, &[])).await
    }
}

/// Keeps which version of a template is the newest, and its name if it is not known yet.
///
/// # Errors
/// When the database cannot write.
pub fn keep_latest(change: &Change<'_>, said: TemplateRow) -> Result<()> {
    let known: Option<TemplateRow> = change.by("templates", "id", &said.id)?;
    if known
        .as_ref()
        .is_some_and(|known| known.read_at > said.read_at)
    {
        return Ok(());
    }
    let name = said.name.or_else(|| known.and_then(|known| known.name));
    keep(change, &TemplateRow { name, ..said })
}

/// Keeps what Persona said of a template.
///
/// # Errors
/// When the database cannot write.
pub fn keep(change: &Change<'_>, row: &TemplateRow) -> Result<()> {
    change.upsert("templates", "id", row)
}
