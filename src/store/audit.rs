//! The tables `audit` and `audit_head`: who did what, as a chain in which each row carries the hash of the one before.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Change, Record as _, Result, Rows, Store, columns, queue::Conditions};

/// What the first row of a chain names as the hash before.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Refuses what no part of Leftoff does: changing or removing a row. Whoever owns the file can drop these triggers; then
/// the chain tells. They are SQLite's own form, so they are no migration.
pub(super) const GUARDS: &str = "
    create trigger if not exists audit_is_never_changed before update on audit
        begin select raise(abort, 'the audit is only added to'); end;
    create trigger if not exists audit_is_never_removed before delete on audit
        begin select raise(abort, 'the audit is only added to'); end;
    create trigger if not exists audit_head_is_never_removed before delete on audit_head
        begin select raise(abort, 'the audit keeps its head'); end;
    create trigger if not exists audit_head_goes_forward before update on audit_head when new.seq <> old.seq + 1
        begin select raise(abort, 'the head of the audit goes forward'); end;
";
/// The same in PostgreSQL's form.
pub(super) const POSTGRES_GUARDS: &str = "
    create or replace function refuse_change() returns trigger language plpgsql
        as $$ begin raise exception '%', tg_argv[0]; end $$;
    create or replace trigger audit_is_never_changed before update on audit
        for each row execute function refuse_change('the audit is only added to');
    create or replace trigger audit_is_never_removed before delete on audit
        for each row execute function refuse_change('the audit is only added to');
    create or replace trigger audit_is_never_emptied before truncate on audit
        for each statement execute function refuse_change('the audit is only added to');
    create or replace trigger audit_head_is_never_removed before delete on audit_head
        for each row execute function refuse_change('the audit keeps its head');
    create or replace trigger audit_head_is_never_emptied before truncate on audit_head
        for each statement execute function refuse_change('the audit keeps its head');
    create or replace trigger audit_head_goes_forward before update on audit_head
        for each row when (new.seq <> old.seq + 1)
        execute function refuse_change('the head of the audit goes forward');
";

/// What somebody did; the chain gives it its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// When, in ms since 1970.
    pub at: i64,
    /// Who: `staff:ID`, `key:ID`, `system`, or `cli:NAME`.
    pub actor: String,
    /// What, in the past tense: `link-created`.
    pub act: String,
    /// To what: an ID with its kind in front, as in `inquiry:inq_…`.
    pub object: String,
    /// The code of the reason that was given.
    pub reason: Option<String>,
    /// What was added in words.
    pub note: Option<String>,
    /// How it was before, as JSON.
    pub before: Option<String>,
    /// How it was after, as JSON.
    pub after: Option<String>,
}

/// A deed in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditRow {
    /// Its place: 1, 2, 3 and so on, without a gap.
    pub seq: i64,
    /// When, in ms since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub act: String,
    /// To what.
    pub object: String,
    /// The code of the reason that was given.
    pub reason: Option<String>,
    /// What was added in words.
    pub note: Option<String>,
    /// How it was before, as JSON.
    pub before: Option<String>,
    /// How it was after, as JSON.
    pub after: Option<String>,
    /// The hash of the row before.
    pub previous: String,
    /// The hash of the row at [`Link::skip_seq`].
    pub skip: String,
    /// The hash of [`AuditRow::link`], in lower-case hex.
    pub hash: String,
}

columns!(AuditRow: seq, at, actor, act, object, reason, note, before, after, previous, skip, hash);

/// A row without what it says: enough to follow the chain across it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The row's place.
    pub seq: i64,
    /// SHA-256 of what the row says, in lower-case hex.
    pub content: String,
    /// The hash of the row before.
    pub previous: String,
    /// The hash of the row at [`Link::skip_seq`].
    pub skip: String,
}

/// Where a chain ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The last row's place; 0 for a chain without rows.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// The head as the table keeps it.
struct HeadRow {
    id: i64,
    seq: i64,
    hash: String,
}

columns!(HeadRow: id, seq, hash);

/// Which rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// By this actor; with a colon at its end, by every actor of this kind.
    pub actor: Option<String>,
    /// Of this act.
    pub act: Option<String>,
    /// To this object.
    pub object: Option<String>,
    /// For this reason.
    pub reason: Option<String>,
    /// Not before, in ms since 1970.
    pub from: Option<i64>,
    /// Before, in ms since 1970.
    pub until: Option<i64>,
}

impl Default for Head {
    fn default() -> Self {
        Self {
            seq: 0,
            hash: BEGINNING.to_owned(),
        }
    }
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl Link {
    /// The row further back that a row names: its number without its lowest bit.
    #[must_use]
    pub const fn skip_seq(seq: i64) -> i64 {
        seq & (seq - 1)
    }

    /// The row's hash: SHA-256 of the four in this order, place as eight bytes, hashes as their hex.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.seq.to_be_bytes());
        for part in [&self.content, &self.previous, &self.skip] {
            hash.update(part.as_bytes());
        }
        hex::encode(hash.finalize())
    }
}

impl AuditRow {
    /// The row without what it says.
    #[must_use]
    pub fn link(&self) -> Link {
        Link {
            seq: self.seq,
            content: self.content(),
            previous: self.previous.clone(),
            skip: self.skip.clone(),
        }
    }

    /// SHA-256 of what the row says: each field with its length in front, so that no two rows have the same bytes.
    fn content(&self) -> String {
        let mut hash = Sha256::new();
        let mut add = |field: Option<&[u8]>| match field {
            Some(bytes) => {
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            }
            None => hash.update(u64::MAX.to_be_bytes()),
        };
        add(Some(&self.at.to_be_bytes()));
        let texts = [&self.actor, &self.act, &self.object].map(|text| Some(text.as_str()));
        let optional = [&self.reason, &self.note, &self.before, &self.after].map(Option::as_deref);
        for text in texts.into_iter().chain(optional) {
            add(text.map(str::as_bytes));
        }
        hex::encode(hash.finalize())
    }

    /// Where a chain that ends with this row ends.
    #[must_use]
    pub fn head(&self) -> Head {
        Head {
            seq: self.seq,
            hash: self.hash.clone(),
        }
    }
}

/// Adds a deed to the end of the chain.
///
/// It follows the head, not the last row that is there: after rows were cut off at the end a gap stays for good.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, deed: Deed) -> Result<()> {
    append(change, deed).map(drop)
}

/// The same, giving the row.
///
/// # Errors
/// When the database cannot write.
pub fn append(change: &Change<'_>, deed: Deed) -> Result<AuditRow> {
    let head = head(change)?.unwrap_or_default();
    let seq = head.seq + 1;
    let skip = match Link::skip_seq(seq) {
        0 => BEGINNING.to_owned(),
        further if further == head.seq => head.hash.clone(),
        further => hash_at(change, further)?.unwrap_or_default(),
    };
    let mut row = AuditRow {
        seq,
        at: deed.at,
        actor: deed.actor,
        act: deed.act,
        object: deed.object,
        reason: deed.reason,
        note: deed.note,
        before: deed.before,
        after: deed.after,
        previous: head.hash,
        skip,
        hash: String::new(),
    };
    row.hash = row.link().hash();
    change.insert("audit", &row, "")?;
    let hash = row.hash.clone();
    change.upsert("audit_head", "id", &HeadRow { id: 1, seq, hash })?;
    Ok(row)
}

fn head(rows: &Rows) -> Result<Option<Head>> {
    let row: Option<HeadRow> = rows.by("audit_head", "id", &1)?;
    Ok(row.map(|HeadRow { seq, hash, .. }| Head { seq, hash }))
}

fn hash_at(rows: &Rows, seq: i64) -> Result<Option<String>> {
    rows.one_value("select hash from audit where seq = $1", &[&seq])
}

impl AuditQuery {
    fn conditions(&self) -> Conditions {
        let mut all = Conditions::default();
        match &self.actor {
            Some(kind) if kind.ends_with(':') => {
                let beyond = format!("{kind}\u{10ffff}");
                all.add(
                    "actor >= ? and actor < ?",
                    [kind.clone().into(), beyond.into()],
                );
            }
            Some(actor) => all.add("actor = ?", [actor.clone().into()]),
            None => {}
        }
        let texts = [
            ("act = ?", &self.act),
            ("object = ?", &self.object),
            ("reason = ?", &self.reason),
        ];
        for (sql, value) in texts {
            if let Some(value) = value {
                all.add(sql, [value.clone().into()]);
            }
        }
        for (sql, value) in [("at >= ?", self.from), ("at < ?", self.until)] {
            if let Some(value) = value {
                all.add(sql, [value.into()]);
            }
        }
        all
    }

    fn rows(
        &self,
        rows: &Rows,
        place: &str,
        seq: i64,
        order: &str,
        most: usize,
    ) -> Result<Vec<AuditRow>> {
        let mut conditions = self.conditions();
        conditions.add(place, [seq.into()]);
        let (columns, conditions_sql) = (AuditRow::COLUMNS, conditions.sql());
        let sql = format!(
            "select {columns} from audit where {conditions_sql} order by seq {order} limit {most}"
        );
        rows.all(&sql, &conditions.params())
    }
}

impl Store {
    /// Rows of the chain from a place on, in order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_from(&self, seq: i64, most: i64) -> Result<Vec<AuditRow>> {
        let most = usize::try_from(most).unwrap_or_default();
        self.audit_matching(AuditQuery::default(), seq, most).await
    }

    /// Rows that match from a place on, in order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_matching(
        &self,
        query: AuditQuery,
        seq: i64,
        most: usize,
    ) -> Result<Vec<AuditRow>> {
        self.scan(move |rows| query.rows(rows, "seq >= ?", seq, "asc", most))
            .await
    }

    /// Rows that match before a place, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_before(
        &self,
        query: AuditQuery,
        seq: i64,
        most: usize,
    ) -> Result<Vec<AuditRow>> {
        self.scan(move |rows| query.rows(rows, "seq < ?", seq, "desc", most))
            .await
    }

    /// Rows about one of these objects up to a place, in order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_of(&self, objects: Vec<String>, until: i64) -> Result<Vec<AuditRow>> {
        self.scan(move |rows| {
            let columns = AuditRow::COLUMNS;
            let sql = format!("select {columns} from audit where object = $1 and seq <= $2");
            let mut found: Vec<AuditRow> = Vec::new();
            for object in &objects {
                found.extend(rows.all::<AuditRow>(&sql, &[object, &until])?);
            }
            found.sort_by_key(|row| row.seq);
            Ok(found)
        })
        .await
    }

    /// The rows at these places, as far as they are there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_at(&self, places: Vec<i64>) -> Result<Vec<AuditRow>> {
        self.scan(move |rows| {
            let found = places.iter().map(|seq| rows.by("audit", "seq", seq));
            Ok(found
                .collect::<Result<Vec<_>>>()?
                .into_iter()
                .flatten()
                .collect())
        })
        .await
    }

    /// The latest row of an act.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest_of(&self, act: &'static str) -> Result<Option<AuditRow>> {
        let columns = AuditRow::COLUMNS;
        let sql = format!("select {columns} from audit where act = $1 order by seq desc limit 1");
        self.one(&sql, &[&act]).await
    }

    /// Where the chain ends; none when nobody did anything yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_head(&self) -> Result<Option<Head>> {
        self.look_up(head).await
    }

    /// Every act that was ever done, by name. It jumps from one to the next along the index.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn acts(&self) -> Result<Vec<String>> {
        let next = "select min(act) from audit where act > $1";
        self.scan(move |rows| {
            let mut acts: Vec<String> = Vec::new();
            let mut last = String::new();
            while let Some(act) = rows.one_value::<Option<String>>(next, &[&last])?.flatten() {
                last.clone_from(&act);
                acts.push(act);
            }
            Ok(acts)
        })
        .await
    }
}
