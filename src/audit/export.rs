//! The audit as a file: JSON lines that can be verified, or CSV for spreadsheets.

use futures_util::{Stream, stream::try_unfold};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::{
    self, Store,
    audit::{AuditQuery, AuditRow, Head},
};

/// Rows that are read at once.
const BATCH: usize = 1000;
/// The name of the format of JSON lines.
const NAME: &str = "leftoff-audit-1";
const COLUMNS: [&str; 12] = [
    "seq", "at", "actor", "act", "object", "reason", "note", "before", "after", "previous", "skip",
    "hash",
];

/// What a file is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, a [`Preamble`] first.
    JsonLines,
    /// A table.
    Csv,
}

/// The first line of JSON lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preamble {
    format: String,
    /// Where the chain ended.
    pub head: Head,
    /// What the rows were picked by; none when all are there.
    pub filter: Option<String>,
}

impl Preamble {
    fn new(head: Head, filter: Option<String>) -> Self {
        Self {
            format: NAME.to_owned(),
            head,
            filter,
        }
    }

    /// Whether the rows that follow are in a format that we know.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.format == NAME
    }
}

impl Format {
    /// The name in URLs and commands, and of files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// The format of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::JsonLines, Self::Csv]
            .into_iter()
            .find(|format| format.code() == code)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::JsonLines => "application/jsonl; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    fn beginning(self, preamble: &Preamble) -> Vec<u8> {
        match self {
            Self::JsonLines => line(preamble),
            Self::Csv => table(&[COLUMNS.map(str::to_owned)]),
        }
    }

    fn rows(self, rows: &[AuditRow]) -> Vec<u8> {
        match self {
            Self::JsonLines => rows.iter().flat_map(line).collect(),
            Self::Csv => table(&rows.iter().map(cells).collect::<Vec<_>>()),
        }
    }
}

/// The rows that match, up to a head, piece by piece. `filter` says in words what the query picks, none for all.
pub fn export(
    store: Store,
    format: Format,
    query: AuditQuery,
    filter: Option<String>,
    head: Head,
) -> impl Stream<Item = store::Result<Vec<u8>>> + Send + 'static {
    let last = head.seq;
    let first = Some(format.beginning(&Preamble::new(head, filter)));
    try_unfold((first, 1), move |(first, seq)| {
        let (store, query) = (store.clone(), query.clone());
        async move {
            if let Some(piece) = first {
                return Ok(Some((piece, (None, seq))));
            }
            let mut rows = store.audit_matching(query, seq, BATCH).await?;
            rows.retain(|row| row.seq <= last);
            let next = rows.last().map(|row| row.seq + 1);
            Ok(next.map(|next| (format.rows(&rows), (None, next))))
        }
    })
}

fn line(value: &impl Serialize) -> Vec<u8> {
    // A struct of texts and numbers has no key that JSON could not hold.
    let mut line = serde_json::to_vec(value).unwrap_or_default();
    line.push(b'\n');
    line
}

fn table(rows: &[[String; COLUMNS.len()]]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        writer
            .write_record(row.iter().map(|cell| harmless(cell)))
            .ok();
    }
    writer.into_inner().unwrap_or_default()
}

fn cells(row: &AuditRow) -> [String; COLUMNS.len()] {
    let at = Timestamp::from_millisecond(row.at).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        row.seq.to_string(),
        at.to_string(),
        row.actor.clone(),
        row.act.clone(),
        row.object.clone(),
        text(&row.reason),
        text(&row.note),
        text(&row.before),
        text(&row.after),
        row.previous.clone(),
        row.skip.clone(),
        row.hash.clone(),
    ]
}

/// A cell that no spreadsheet takes for a formula (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
