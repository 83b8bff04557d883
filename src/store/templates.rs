//! The table `templates`: what inquiries are made from, to tell which are outdated.

use super::{Change, Record as _, Result, Rows, Store, columns, inquiries::InquiryRow};

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
        self.all(&sql, &[]).await
    }

    /// A template of which nothing was read since then, and an inquiry that was made from it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unread_template(&self, since: i64) -> Result<Option<(String, Option<String>)>> {
        let columns = TemplateRow::COLUMNS;
        let sql = format!("select {columns} from templates where read_at < $1 order by id limit 1");
        self.scan(move |rows| {
            let Some(template) = rows.one::<TemplateRow>(&sql, &[&since])? else {
                return Ok(None);
            };
            // No index is kept for this: each template is asked for once in an import, and the first hit ends it.
            let sql =
                "select id from inquiries where template_id = $1 and redacted_at is null limit 1";
            let inquiry = rows.one_value(sql, &[&template.id])?;
            Ok(Some((template.id, inquiry)))
        })
        .await
    }
}

/// Whether an inquiry's template was published anew since it was made, as far as we know.
///
/// # Errors
/// When the database does not answer.
pub fn is_outdated(rows: &Rows, inquiry: &InquiryRow) -> Result<bool> {
    let template: Option<TemplateRow> = rows.by("templates", "id", &inquiry.template_id)?;
    let latest = template.and_then(|template| template.latest_version_id);
    let pinned = inquiry.template_version_id.as_ref();
    Ok(latest
        .zip(pinned)
        .is_some_and(|(latest, pinned)| latest != *pinned))
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

/// Notes that there is a template with this ID, of which nothing is known yet.
///
/// # Errors
/// When the database cannot write.
pub fn note(change: &Change<'_>, id: &str) -> Result<()> {
    let row = TemplateRow {
        id: id.to_owned(),
        ..TemplateRow::default()
    };
    change
        .insert("templates", &row, "on conflict (id) do nothing")
        .map(drop)
}

/// Notes that a template was asked for in vain; what is known of it stays.
///
/// # Errors
/// When the database cannot write.
pub fn touch(change: &Change<'_>, id: &str, read_at: i64) -> Result<()> {
    let sql = "update templates set read_at = $1 where id = $2";
    change.execute(sql, &[&read_at, &id]).map(drop)
}
