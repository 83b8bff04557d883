//! The table `inquiries`: what we know of each inquiry.

use super::{Change, Record as _, Result, Store, columns, milestones};
use crate::model::need::{Need, Standing};

/// What we know of an inquiry: times in ms since 1970, and no personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InquiryRow {
    /// Persona's ID of it.
    pub id: String,
    /// Persona's status.
    pub status: String,
    /// When Persona redacted it.
    pub redacted_at: Option<i64>,
    /// When it expires.
    pub expires_at: Option<i64>,
    /// Its template.
    pub template_id: Option<String>,
    /// The version of the template that it is pinned to.
    pub template_version_id: Option<String>,
    /// The company's own name for the person.
    pub reference_id: Option<String>,
    /// Persona's account of the person.
    pub account_id: Option<String>,
    /// When it was made.
    pub created_at: Option<i64>,
    /// When the person submitted something first.
    pub started_at: Option<i64>,
    /// When its time was over.
    pub expired_at: Option<i64>,
    /// When the person reached the end.
    pub finished_at: Option<i64>,
    /// The step at which the person goes on.
    pub step: Option<String>,
    /// Sessions that it had, live or over.
    pub sessions: i64,
    /// The last trouble since it was last resumed.
    pub trouble: Option<String>,
    /// When that was.
    pub trouble_at: Option<i64>,
    /// When it was last resumed here.
    pub resumed_at: Option<i64>,
    /// When somebody last wrote to the person; 0 for never.
    pub contacted_at: i64,
    /// Why somebody should look at it.
    pub need: Option<String>,
    /// Since when.
    pub since: Option<i64>,
    /// When we asked Persona for this.
    pub read_at: i64,
    /// Grows with each change.
    pub version: i64,
}

columns!(InquiryRow: id, status, redacted_at, expires_at, template_id, template_version_id, reference_id, account_id,
    created_at, started_at, expired_at, finished_at, step, sessions, trouble, trouble_at, resumed_at, contacted_at,
    need, since, read_at, version);

impl Store {
    /// The inquiry with this ID, if we know it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn inquiry(&self, id: &str) -> Result<Option<InquiryRow>> {
        self.look_up(|rows| rows.by("inquiries", "id", &id)).await
    }

    /// The inquiries of one of the company's own names, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn inquiries_of(&self, reference_id: &str, most: usize) -> Result<Vec<InquiryRow>> {
        let columns = InquiryRow::COLUMNS;
        let sql = format!(
            "select {columns} from inquiries where reference_id = $1
             order by created_at desc, id desc limit {most}"
        );
        let reference_id = reference_id.to_owned();
        self.scan(move |rows| rows.all(&sql, &[&reference_id]))
            .await
    }
}

/// Keeps what Persona said beside what we know ourselves, unless something that was asked later is kept already.
///
/// # Errors
/// When the database cannot write.
pub fn keep(change: &Change<'_>, said: &InquiryRow) -> Result<()> {
    let known: Option<InquiryRow> = change.by("inquiries", "id", &said.id)?;
    match known {
        Some(known) if known.read_at > said.read_at => return Ok(()),
        Some(known) => {
            let row = InquiryRow {
                trouble: known.trouble.clone(),
                trouble_at: known.trouble_at,
                resumed_at: known.resumed_at,
                contacted_at: known.contacted_at,
                version: known.version,
                ..said.clone()
            };
            write(change, row, Some(&known))?;
        }
        None => write(change, said.clone(), None)?,
    }
    milestones::decide(change, said)
}

/// The inquiry with this ID, as a change sees it.
///
/// # Errors
/// When the database does not answer.
pub fn find(change: &Change<'_>, id: &str) -> Result<Option<InquiryRow>> {
    change.by("inquiries", "id", &id)
}

/// Whether an inquiry still is as somebody saw it.
///
/// # Errors
/// When the database does not answer.
pub fn is_at(change: &Change<'_>, id: &str, version: i64) -> Result<bool> {
    let sql = "select version from inquiries where id = $1";
    Ok(change.one_value(sql, &[&id])? == Some(version))
}

/// Changes what we know ourselves of an inquiry; nothing happens to one that we do not know.
///
/// # Errors
/// When the database cannot write.
pub fn edit(change: &Change<'_>, id: &str, edit: impl FnOnce(&mut InquiryRow)) -> Result<()> {
    let known: Option<InquiryRow> = change.by("inquiries", "id", &id)?;
    known.map_or(Ok(()), |mut row| {
        edit(&mut row);
        write(change, row, None)
    })
}

/// What was only read again, and is as it was before, keeps its version: nobody who looks at it is disturbed.
fn write(change: &Change<'_>, mut row: InquiryRow, before: Option<&InquiryRow>) -> Result<()> {
    let need = Need::of(&row.standing());
    row.need = need.map(|(need, _)| need.code().to_owned());
    row.since = need.map(|(_, since)| since);
    let is_as_before = before.is_some_and(|before| {
        let read_at = before.read_at;
        let (need, since) = (before.need.clone(), before.since);
        *before
            == InquiryRow {
                need,
                since,
                read_at,
                ..row.clone()
            }
    });
    row.version += i64::from(!is_as_before);
    change.upsert("inquiries", "id", &row)
}

impl InquiryRow {
    fn standing(&self) -> Standing<'_> {
        Standing {
            status: &self.status,
            is_redacted: self.redacted_at.is_some(),
            created_at: self.created_at,
            started_at: self.started_at,
            expired_at: self.expired_at.or(self.expires_at),
            finished_at: self.finished_at,
            resumed_at: self.resumed_at,
            trouble: self.trouble.as_deref().zip(self.trouble_at),
            read_at: self.read_at,
        }
    }
}
