//! Which inquiries a bulk takes, and what decides over each: conditions and expressions of SQL.

use crate::{
    model::bulk::{BulkAct, Verdict},
    store::{Value, queue::QueueQuery},
};

/// Sessions that Persona allows for one inquiry by default
/// (<https://docs.withpersona.com/ensuring-user-access-to-inquiries>).
pub const MOST_SESSIONS: i64 = 25;

/// Which inquiries a bulk takes.
#[derive(Clone, Debug)]
pub enum Source {
    /// All that match a view.
    Query(QueueQuery),
    /// Those that were ticked.
    Ticked(Vec<String>),
    /// Those that failed in another bulk.
    FailedOf(String),
}

impl Source {
    /// The condition on `inquiries`, and its values.
    pub(super) fn condition(&self) -> (String, Vec<Value>) {
        match self {
            Self::Query(query) => query.conditions().into_parts(),
            Self::Ticked(ids) => {
                let places = vec!["?"; ids.len()].join(", ");
                let values = ids.iter().map(|id| id.clone().into()).collect();
                (format!("id in ({places})"), values)
            }
            Self::FailedOf(bulk) => {
                let sql = "id in (select inquiry_id from bulk_rows where bulk_id = ? and state = 'failed')";
                (sql.to_owned(), vec![bulk.clone().into()])
            }
        }
    }
}

/// What decides over each inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What is done.
    pub act: BulkAct,
    /// Whether outdated templates are no reason to leave an inquiry out.
    pub with_outdated: bool,
    /// Whether a contact since then is a reason, in ms since 1970.
    pub contacted_since: Option<i64>,
    /// Now.
    pub now: i64,
}

impl Terms {
    /// The verdict over a row of `inquiries`, as an expression. What it holds are our own numbers and names.
    pub(super) fn sql(&self) -> String {
        let mut cases = vec![
            ("redacted_at is not null".to_owned(), Verdict::Redacted),
            (
                "status in ('completed', 'failed', 'approved', 'declined', 'needs_review')"
                    .to_owned(),
                Verdict::Finished,
            ),
        ];
        match self.act {
            BulkAct::Resume => self.against_resume(&mut cases),
            BulkAct::RevokeLinks => {
                let open = format!(
                    "not exists (select 1 from links where links.inquiry_id = inquiries.id
                     and revoked_at is null and links.expires_at > {})",
                    self.now
                );
                // A link can be taken back whatever became of the inquiry.
                cases = vec![(open, Verdict::NoLinks)];
            }
            BulkAct::Expire => cases.push(("status = 'expired'".to_owned(), Verdict::Expired)),
        }
        let cases: Vec<_> = cases
            .into_iter()
            .map(|(condition, verdict)| format!("when {condition} then '{}'", verdict.code()))
            .collect();
        format!("case {} else 'included' end", cases.join(" "))
    }

    fn against_resume(&self, cases: &mut Vec<(String, Verdict)>) {
        cases.push((format!("sessions >= {MOST_SESSIONS}"), Verdict::SessionCap));
        if !self.with_outdated {
            let outdated =
                "exists (select 1 from templates where templates.id = inquiries.template_id
                and latest_version_id <> inquiries.template_version_id)";
            cases.push((outdated.to_owned(), Verdict::Outdated));
        }
        if let Some(since) = self.contacted_since {
            cases.push((format!("contacted_at > {since}"), Verdict::Contacted));
        }
    }
}
