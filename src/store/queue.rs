//! Reading `inquiries` as the queue: filters, orders and pages that stay quick however many rows there are.

use super::{Param, Record as _, Result, Rows, Store, Value, columns, inquiries::InquiryRow};
use crate::{config, model::need::Need};

const HOUR: i64 = 3_600_000;

/// Which inquiries, in which order, from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueQuery {
    /// For this need only.
    pub need: Option<Need>,
    /// Of this template only.
    pub template_id: Option<String>,
    /// Only those whose template version is no longer the published one.
    pub is_outdated: bool,
    /// Only those with at least so many sessions.
    pub least_sessions: Option<i64>,
    /// Only those to whom nobody wrote since then, in ms since 1970.
    pub quiet_since: Option<i64>,
    /// From when on a need counts; in ms since 1970, by need.
    pub due: Due,
    /// The order.
    pub order: Order,
    /// From where.
    pub from: Option<Cursor>,
}

/// The latest `since` with which an inquiry counts as waiting: those that need patience first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// For those who began.
    pub pending: i64,
    /// For those who never began.
    pub created: i64,
    /// For those that nobody decided.
    pub undecided: i64,
}

impl Due {
    /// What is due by now.
    #[must_use]
    pub fn at(settings: &config::Ops, now: i64) -> Self {
        let before = |hours: u32| now - i64::from(hours) * HOUR;
        Self {
            pending: before(settings.pending_hours),
            created: before(settings.created_hours),
            undecided: before(settings.undecided_hours),
        }
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Who waits longest comes first.
    #[default]
    Oldest,
    /// Who waits shortest comes first.
    Newest,
    /// Whom nobody wrote to for longest comes first.
    Quietest,
}

/// A place between two rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The value that the list is ordered by.
    pub value: i64,
    /// The row's ID, for those of the same value.
    pub id: String,
    /// Whether the page ends there rather than begins.
    pub is_end: bool,
}

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueuePage {
    /// The rows.
    pub rows: Vec<InquiryRow>,
    /// Where the page before ends.
    pub before: Option<Cursor>,
    /// Where the next page begins.
    pub after: Option<Cursor>,
}

impl Order {
    /// The name in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Quietest => "quietest",
        }
    }

    /// The order of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Oldest, Self::Newest, Self::Quietest]
            .into_iter()
            .find(|order| order.code() == code)
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Oldest | Self::Newest => "since",
            Self::Quietest => "contacted_at",
        }
    }

    const fn is_descending(self) -> bool {
        matches!(self, Self::Newest)
    }

    /// The place of a row in this order.
    #[must_use]
    pub fn cursor(self, row: &InquiryRow, is_end: bool) -> Cursor {
        let value = match self {
            Self::Oldest | Self::Newest => row.since.unwrap_or_default(),
            Self::Quietest => row.contacted_at,
        };
        Cursor {
            value,
            id: row.id.clone(),
            is_end,
        }
    }
}

/// The conditions of a query and their values, side by side.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition; each `?` in it takes the next value.
    pub(super) fn add(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push(sql.to_owned());
        self.values.extend(values);
    }

    /// All of them, after `where`.
    pub(super) fn sql(&self) -> String {
        self.sql.join(" and ")
    }

    /// The condition and its values, for a statement that has others around them.
    pub(super) fn into_parts(self) -> (String, Vec<Value>) {
        (self.sql(), self.values)
    }

    /// The values, and one more.
    pub(super) fn params(&self) -> Vec<Param<'_>> {
        self.values.iter().map(|value| value as Param<'_>).collect()
    }
}

/// How many inquiries match, as far as it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// So many were found.
    pub count: usize,
    /// Whether there are no more.
    pub is_all: bool,
}

/// What a count found among how many rows.
#[derive(Default)]
struct Tally {
    matches: i64,
    looked_at: i64,
}

columns!(Tally: matches, looked_at);

/// From so many sessions on, inquiries have an index of their own.
const BUSY: i64 = 20;

/// Rows that a count looks at when most of them may not match: nobody waits for a million to be looked at.
const LOOKED_AT: usize = 5_000;

impl QueueQuery {
    /// The conditions without the place: which inquiries match.
    pub(super) fn conditions(&self) -> Conditions {
        let mut all = self.waiting();
        let (sql, values) = self.narrow().into_parts();
        if !sql.is_empty() {
            all.add(&sql, values);
        }
        all
    }

    /// The conditions that an index answers.
    fn waiting(&self) -> Conditions {
        let mut all = Conditions::default();
        let Due {
            pending,
            created,
            undecided,
        } = self.due;
        match self.need {
            Some(need) => {
                all.add("need = ?", [need.code().to_owned().into()]);
                let due = match need {
                    Need::Pending => Some(pending),
                    Need::Created => Some(created),
                    Need::Undecided => Some(undecided),
                    _ => None,
                };
                if let Some(due) = due {
                    all.add("since <= ?", [due.into()]);
                }
            }
            None => all.add(
                "need is not null and since <=
                    case need when 'pending' then ? when 'created' then ? when 'undecided' then ?
                    else since end",
                [pending.into(), created.into(), undecided.into()],
            ),
        }
        if let Some(template) = &self.template_id {
            all.add("template_id = ?", [template.clone().into()]);
        }
        all
    }

    /// The conditions that are looked at row by row.
    fn narrow(&self) -> Conditions {
        let mut all = Conditions::default();
        if self.is_outdated {
            let sql = "exists (select 1 from templates where templates.id = template_id
                and latest_version_id <> template_version_id)";
            all.add(sql, []);
        }
        if let Some(least) = self.least_sessions {
            // Few have so many, and the database uses the index of those few only when it is told in these words.
            let busy = if least >= BUSY {
                "sessions >= 20 and "
            } else {
                ""
            };
            all.add(&format!("{busy}sessions >= ?"), [least.into()]);
        }
        if let Some(quiet) = self.quiet_since {
            all.add("contacted_at <= ?", [quiet.into()]);
        }
        all
    }

    /// Counts to a bound, and with `LOOKED_AT` looks no further than that for what matches.
    fn count(&self, rows: &Rows, most: usize, looks_at: Option<usize>) -> Result<Counted> {
        let (mut waiting, mut narrow) = (self.waiting(), self.narrow());
        let is_bounded = looks_at.is_some() && !narrow.sql().is_empty();
        if !is_bounded {
            (waiting, narrow) = (self.conditions(), Conditions::default());
        }
        let limit = looks_at.filter(|_| is_bounded).unwrap_or(most);
        let matches = if is_bounded {
            narrow.sql()
        } else {
            "true".to_owned()
        };
        let sql = format!(
            "select coalesce(sum(matches), 0), count(*) from
             (select case when {matches} then 1 else 0 end as matches from inquiries where {} limit {limit}) as counted",
            waiting.sql()
        );
        let values: Vec<_> = narrow
            .params()
            .into_iter()
            .chain(waiting.params())
            .collect();
        let Tally { matches, looked_at } = rows.one(&sql, &values)?.unwrap_or_default();
        Ok(Counted {
            count: usize::try_from(matches).unwrap_or_default(),
            is_all: usize::try_from(looked_at).is_ok_and(|seen| seen < limit),
        })
    }

    fn page(&self, rows: &Rows, most: usize) -> Result<QueuePage> {
        let mut conditions = self.conditions();
        let is_backward = self.from.as_ref().is_some_and(|cursor| cursor.is_end);
        let is_descending = self.order.is_descending() != is_backward;
        let (column, direction) = (
            self.order.column(),
            if is_descending { "desc" } else { "asc" },
        );
        if let Some(cursor) = &self.from {
            let side = if is_descending { "<" } else { ">" };
            let values = [cursor.value.into(), cursor.id.clone().into()];
            conditions.add(&format!("({column}, id) {side} (?, ?)"), values);
        }
        let sql = format!(
            "select {} from inquiries where {} order by {column} {direction}, id {direction} limit {}",
            InquiryRow::COLUMNS,
            conditions.sql(),
            most + 1
        );
        let found = rows.all(&sql, &conditions.params())?;
        Ok(self.cut(found, most, is_backward))
    }

    /// One row more than fits was asked for: it tells whether there is another page.
    fn cut(&self, mut rows: Vec<InquiryRow>, most: usize, is_backward: bool) -> QueuePage {
        let has_more = rows.len() > most;
        rows.truncate(most);
        if is_backward {
            rows.reverse();
        }
        let has_before = if is_backward {
            has_more
        } else {
            self.from.is_some()
        };
        let has_after = is_backward || has_more;
        let cursor =
            |row: Option<&InquiryRow>, is_end| row.map(|row| self.order.cursor(row, is_end));
        QueuePage {
            before: has_before.then(|| cursor(rows.first(), true)).flatten(),
            after: has_after.then(|| cursor(rows.last(), false)).flatten(),
            rows,
        }
    }
}

impl Store {
    /// One page of the queue.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn queue(&self, query: QueueQuery, most: usize) -> Result<QueuePage> {
        self.scan(move |rows| query.page(rows, most)).await
    }

    /// How many inquiries match, counted up to a bound.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_queue(&self, query: QueueQuery, most: usize) -> Result<Counted> {
        self.scan(move |rows| query.count(rows, most, None)).await
    }

    /// How many inquiries match each query, for somebody who waits for a page: what matches rarely is not looked for
    /// among a million.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_queues(
        &self,
        queries: Vec<QueueQuery>,
        most: usize,
    ) -> Result<Vec<Counted>> {
        let count = move |rows: &Rows| {
            let counts = queries
                .iter()
                .map(|query| query.count(rows, most, Some(LOOKED_AT)));
            counts.collect()
        };
        self.scan(count).await
    }

    /// Inquiries with this ID or account, or with a reference that begins so.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(&self, text: String, most: usize) -> Result<Vec<InquiryRow>> {
        if text.is_empty() {
            return Ok(Vec::new());
        }
        // One query for each index: an `or` would use none of them.
        let sql = ["id = $1", "account_id = $1", "reference_id >= $1 and reference_id < $2"]
            .map(|condition| {
                let columns = InquiryRow::COLUMNS;
                format!("select * from (select {columns} from inquiries where {condition} limit {most}) as found")
            })
            .join(" union ");
        let sql = format!("{sql} order by reference_id, id limit {most}");
        let beyond = format!("{text}\u{10ffff}");
        self.scan(move |rows| rows.all(&sql, &[&text, &beyond]))
            .await
    }
}
