//! What came of the links of a time: each journey is handed to whoever counts it, and none is kept.

use super::{Result, Store, columns, sql::Record as _};

/// How far a journey went: each milestone with its time, in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JourneyRow {
    /// When the link was made.
    pub created_at: i64,
    /// When its button was pressed.
    pub opened_at: Option<i64>,
    /// When the inquiry was given to the person.
    pub resumed_at: Option<i64>,
    /// When the flow was on view.
    pub ready_at: Option<i64>,
    /// When the receipt was written.
    pub finished_at: Option<i64>,
    /// When Persona's approval was read.
    pub approved_at: Option<i64>,
    /// What it is grouped by; empty for none.
    pub key: String,
}

columns!(JourneyRow: created_at, opened_at, resumed_at, ready_at, finished_at, approved_at, key);

/// What journeys are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// The day on which the link was made; the reader knows where it begins.
    #[default]
    Day,
    /// How the link reached the person.
    Channel,
    /// The inquiry's template.
    Template,
    /// Who made the link.
    Maker,
}

impl Grouping {
    /// Every grouping.
    pub const ALL: [Self; 4] = [Self::Day, Self::Channel, Self::Template, Self::Maker];

    /// The name in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Channel => "channel",
            Self::Template => "template",
            Self::Maker => "maker",
        }
    }

    /// The grouping of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Day => "''",
            Self::Channel => "channel",
            Self::Template => "coalesce(template_id, '')",
            Self::Maker => "maker",
        }
    }
}

/// Which journeys are asked for.
#[derive(Clone, Debug, Default)]
pub struct FunnelQuery {
    /// Made from this time on, in ms since 1970.
    pub from: i64,
    /// And before this one.
    pub until: i64,
    /// What their keys are.
    pub by: Grouping,
    /// Through this channel only.
    pub channel: Option<String>,
    /// Of this template only.
    pub template_id: Option<String>,
    /// By this maker only.
    pub maker: Option<String>,
}

impl Store {
    /// Counts the journeys that a query asks for, newest first, up to a bound.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn journeys<T: Send + 'static>(
        &self,
        query: FunnelQuery,
        most: i64,
        mut counted: T,
        count: fn(&mut T, &JourneyRow),
    ) -> Result<T> {
        let sql = format!(
            "select created_at, opened_at, resumed_at, ready_at, finished_at,
                case when outcome = 'approved' then decided_at end, {}
            from links
            where parent_id is null and created_at >= $1 and created_at < $2
                and ($3 is null or channel = $3) and ($4 is null or template_id = $4)
                and ($5 is null or maker = $5)
            order by created_at desc limit $6",
            query.by.key()
        );
        self.scan(move |rows| {
            let FunnelQuery {
                from,
                until,
                channel,
                template_id,
                maker,
                ..
            } = query;
            rows.each(
                &sql,
                &[&from, &until, &channel, &template_id, &maker, &most],
                |row| {
                    count(&mut counted, &JourneyRow::read(row)?);
                    Ok(())
                },
            )?;
            Ok(counted)
        })
        .await
    }
}
