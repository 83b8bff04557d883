//! The table `inquiries`: what we know of each inquiry.

use std::cmp::Ordering;

use super::{Change, Record as _, Result, Store, columns, milestones, queue::Conditions};
use crate::model::{
    event::position,
    need::{Need, Standing},
};

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
    /// When Persona last changed it, by Persona's clock.
    pub updated_at: Option<i64>,
    /// The event that the state comes from; none when Persona was asked.
    pub event_id: Option<String>,
    /// When we asked Persona for this, or when the event happened.
    pub read_at: i64,
    /// Grows with each change.
    pub version: i64,
}

columns!(InquiryRow: id, status, redacted_at, expires_at, template_id, template_version_id, reference_id, account_id,
    created_at, started_at, expired_at, finished_at, step, sessions, trouble, trouble_at, resumed_at, contacted_at,
    need, since, updated_at, event_id, read_at, version);

/// Which inquiries of a list that goes along their IDs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InquiryQuery {
    /// In this status.
    pub status: Option<String>,
    /// Of the person that the company calls so.
    pub reference_id: Option<String>,
    /// With this need.
    pub need: Option<String>,
}

impl Store {
    /// The inquiry with this ID, if we know it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn inquiry(&self, id: &str) -> Result<Option<InquiryRow>> {
        self.by("inquiries", "id", &id).await
    }

    /// Inquiries behind an ID, in the order of their IDs: whatever moves meanwhile, each is met once.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn inquiries_after(
        &self,
        query: InquiryQuery,
        id: String,
        most: usize,
    ) -> Result<Vec<InquiryRow>> {
        let mut all = Conditions::default();
        all.add("id > ?", [id.into()]);
        let texts = [
            ("status = ?", query.status),
            ("reference_id = ?", query.reference_id),
            ("need = ?", query.need),
        ];
        for (sql, value) in texts {
            if let Some(value) = value {
                all.add(sql, [value.into()]);
            }
        }
        let (columns, conditions) = (InquiryRow::COLUMNS, all.sql());
        let sql =
            format!("select {columns} from inquiries where {conditions} order by id limit {most}");
        self.scan(move |rows| rows.all(&sql, &all.params())).await
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

impl Store {
    /// Inquiries that may still move and were last read before this time, in the order of their IDs, from one on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn stale_inquiries(
        &self,
        after: String,
        read_before: i64,
        most: i64,
    ) -> Result<Vec<InquiryRow>> {
        let columns = InquiryRow::COLUMNS;
        let sql = format!(
            "select {columns} from inquiries where id > $1 and read_at < $2 and redacted_at is null
             and status in ('created', 'pending', 'expired', 'completed', 'needs_review') order by id limit $3"
        );
        self.scan(move |rows| rows.all(&sql, &[&after, &read_before, &most]))
            .await
    }
}

/// Keeps what Persona answered beside what we know ourselves, unless something newer is kept already.
///
/// # Errors
/// When the database cannot write.
pub fn keep(change: &Change<'_>, said: &InquiryRow) -> Result<()> {
    if keep_newer(change, said)? {
        milestones::decide(change, said)?;
    }
    Ok(())
}

/// The same without what it means for the links; false when something newer is kept.
///
/// # Errors
/// When the database cannot write.
pub fn keep_newer(change: &Change<'_>, said: &InquiryRow) -> Result<bool> {
    match change.by::<InquiryRow>("inquiries", "id", &said.id)? {
        Some(known) if said.is_older_than(&known) => return Ok(false),
        Some(known) => write(change, known.told(said), Some(&known), false)?,
        None => write(change, said.clone(), None, false)?,
    }
    Ok(true)
}

/// Keeps what Persona said and changes what we know ourselves, in one writing.
///
/// # Errors
/// When the database cannot write.
pub fn keep_and(
    change: &Change<'_>,
    said: &InquiryRow,
    edit: impl FnOnce(&mut InquiryRow),
) -> Result<()> {
    let known: Option<InquiryRow> = change.by("inquiries", "id", &said.id)?;
    let mut row = match &known {
        Some(known) if said.is_older_than(known) => known.clone(),
        Some(known) => known.told(said),
        None => said.clone(),
    };
    edit(&mut row);
    write(change, row, known.as_ref(), true)?;
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

/// Changes what we know ourselves of an inquiry; nothing happens to one that we do not know. Its version moves whatever is
/// changed: whoever looks at it must learn of the act.
///
/// # Errors
/// When the database cannot write.
pub fn edit(change: &Change<'_>, id: &str, edit: impl FnOnce(&mut InquiryRow)) -> Result<()> {
    let known: Option<InquiryRow> = change.by("inquiries", "id", &id)?;
    known.map_or(Ok(()), |known| {
        let mut row = known.clone();
        edit(&mut row);
        write(change, row, Some(&known), true)
    })
}

/// What was only read again, and is as it was before, keeps its version: nobody who looks at it is disturbed.
fn write(
    change: &Change<'_>,
    mut row: InquiryRow,
    before: Option<&InquiryRow>,
    is_act: bool,
) -> Result<()> {
    let need = Need::of(&row.standing());
    row.need = need.map(|(need, _)| need.code().to_owned());
    row.since = need.map(|(_, since)| since);
    let Some(before) = before else {
        row.version += 1;
        return change.insert("inquiries", &row, "").map(drop);
    };
    let as_before = InquiryRow {
        need: before.need.clone(),
        since: before.since,
        updated_at: before.updated_at,
        event_id: before.event_id.clone(),
        read_at: before.read_at,
        ..row.clone()
    };
    row.version += i64::from(is_act || *before != as_before);
    change.revise("inquiries", "id", (before, &row))
}

impl InquiryRow {
    /// What Persona said, with what only we know.
    fn told(&self, said: &Self) -> Self {
        let mut row = Self {
            trouble: self.trouble.clone(),
            trouble_at: self.trouble_at,
            resumed_at: self.resumed_at,
            contacted_at: self.contacted_at,
            version: self.version,
            ..said.clone()
        };
        if said.event_id.is_some() {
            row.complete(self);
        }
        row
    }

    /// Whether something newer is known. Persona's own clock decides where it can, because ours may be wrong; among
    /// events the caller picked the newest.
    fn is_older_than(&self, known: &Self) -> bool {
        match (&self.event_id, &known.event_id) {
            (Some(_), Some(_)) => false,
            (Some(_), None) => self
                .order(known)
                .then(self.place().cmp(&known.place()))
                .is_lt(),
            (None, _) => self.order(known).is_lt(),
        }
    }

    fn order(&self, known: &Self) -> Ordering {
        let by_persona = match (self.updated_at, known.updated_at) {
            (Some(said), Some(known)) => said.cmp(&known),
            _ => Ordering::Equal,
        };
        by_persona.then(self.read_at.cmp(&known.read_at))
    }

    fn place(&self) -> i64 {
        position(&self.status, self.redacted_at.is_some())
    }

    /// Takes what never changes from what is known: a webhook may be set up to leave it out.
    fn complete(&mut self, known: &Self) {
        let texts = [
            (&mut self.template_id, &known.template_id),
            (&mut self.template_version_id, &known.template_version_id),
            (&mut self.reference_id, &known.reference_id),
            (&mut self.account_id, &known.account_id),
        ];
        for (said, known) in texts {
            if said.is_none() {
                said.clone_from(known);
            }
        }
        self.created_at = self.created_at.or(known.created_at);
        self.sessions = self.sessions.max(known.sessions);
    }

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
