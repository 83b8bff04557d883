//! What is wrong with a chain.

/// The first fault of a chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A row says something else than when it was written, or was written for another place.
    #[error("row {0} was changed: its hash is not that of what it says")]
    Changed(i64),
    /// A row was put there later, or the one before was replaced together with its hash.
    #[error(
        "row {0} does not carry the hashes of the rows before it: it, or a row that it names, was replaced"
    )]
    Unlinked(i64),
    /// Rows are gone.
    #[error("{} missing", rows(*.0, *.1))]
    Missing(i64, i64),
    /// A row is there again.
    #[error("row {0} is there twice")]
    Twice(i64),
    /// A row stands behind later ones.
    #[error("row {0} is not in its place")]
    Misplaced(i64),
    /// Rows are gone from the end.
    #[error("{} missing at the end", rows(*.0, *.1))]
    CutOff(i64, i64),
    /// A row came in without moving the head.
    #[error("row {0} is beyond the head of the chain")]
    Beyond(i64),
    /// The last row is not the one that the head names.
    #[error("row {0} is not the one that the head of the chain names")]
    Head(i64),
    /// The chain is not the one whose head was noted.
    #[error("row {0} is not the one that was noted: the chain was written anew")]
    Noted(i64),
    /// The file cannot be read from a row on.
    #[error("what follows row {0} cannot be read")]
    Unreadable(i64),
}

impl Fault {
    /// Its name for scripts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Changed(_) => "changed",
            Self::Unlinked(_) => "unlinked",
            Self::Missing(..) => "missing",
            Self::Twice(_) => "twice",
            Self::Misplaced(_) => "misplaced",
            Self::CutOff(..) => "cut-off",
            Self::Beyond(_) => "beyond",
            Self::Head(_) => "head",
            Self::Noted(_) => "noted",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// The place of the first row that is concerned.
    #[must_use]
    pub const fn seq(&self) -> i64 {
        match self {
            Self::Changed(seq)
            | Self::Unlinked(seq)
            | Self::Missing(seq, _)
            | Self::Twice(seq)
            | Self::Misplaced(seq)
            | Self::CutOff(seq, _)
            | Self::Beyond(seq)
            | Self::Head(seq)
            | Self::Noted(seq)
            | Self::Unreadable(seq) => *seq,
        }
    }
}

fn rows(first: i64, last: i64) -> String {
    if first == last {
        format!("row {first} is")
    } else {
        format!("rows {first} to {last} are")
    }
}
