//! Why somebody should look at an inquiry.

use super::trouble::Trouble;

/// What the queue lists an inquiry for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// Its time is over.
    Expired,
    /// The person began and does not come back.
    Pending,
    /// The person never began.
    Created,
    /// The flow did not open, or broke.
    FailedToLoad,
    /// The person closed the flow.
    Cancelled,
    /// The person is done and nobody decided.
    Undecided,
}

/// What the need follows from; times in ms since 1970.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing<'a> {
    /// Persona's status.
    pub status: &'a str,
    /// Whether Persona erased its data.
    pub is_redacted: bool,
    /// When it was made.
    pub created_at: Option<i64>,
    /// When the person submitted something first.
    pub started_at: Option<i64>,
    /// When its time was over.
    pub expired_at: Option<i64>,
    /// When the person reached the end.
    pub finished_at: Option<i64>,
    /// When it was last resumed.
    pub resumed_at: Option<i64>,
    /// The last trouble since then.
    pub trouble: Option<(&'a str, i64)>,
    /// When this was read: the best that is known of an inquiry without times.
    pub read_at: i64,
}

impl Need {
    /// Every need, in the order of the queue.
    pub const ALL: [Self; 6] = [
        Self::Expired,
        Self::FailedToLoad,
        Self::Cancelled,
        Self::Pending,
        Self::Created,
        Self::Undecided,
    ];

    /// The name in the database and in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Pending => "pending",
            Self::Created => "created",
            Self::FailedToLoad => "failed-to-load",
            Self::Cancelled => "cancelled",
            Self::Undecided => "undecided",
        }
    }

    /// The need of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.code() == code)
    }

    /// The need that an inquiry has, and since when.
    #[must_use]
    pub fn of(standing: &Standing<'_>) -> Option<(Self, i64)> {
        let latest = |times: [Option<i64>; 3]| times.into_iter().flatten().max();
        let Standing {
            created_at,
            started_at,
            expired_at,
            finished_at,
            resumed_at,
            ..
        } = *standing;
        let (need, since) = match standing.status {
            _ if standing.is_redacted => return None,
            "expired" => (Self::Expired, expired_at),
            "completed" | "needs_review" => (Self::Undecided, finished_at),
            "pending" | "created" => match standing.trouble {
                Some((code, at)) => (Self::of_trouble(code), Some(at)),
                None if standing.status == "pending" => {
                    (Self::Pending, latest([started_at, resumed_at, created_at]))
                }
                None => (Self::Created, latest([created_at, resumed_at, None])),
            },
            _ => return None,
        };
        Some((need, since.unwrap_or(standing.read_at)))
    }

    fn of_trouble(code: &str) -> Self {
        if code == Trouble::Cancelled.code() {
            Self::Cancelled
        } else {
            Self::FailedToLoad
        }
    }
}
