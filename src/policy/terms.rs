//! What somebody writes into the form of a policy, read and checked.

use std::time::Duration;

use super::plan::Terms;
use crate::{
    model::{message::MessageChannel, policy::PolicyAct},
    quiet::Quiet,
    store::policies::PolicyRow,
    words::Words,
};

const MINUTE: i64 = 60_000;
/// The most steps of a policy.
const MOST_STEPS: usize = 8;
/// Nobody is reminded sooner, or this long after they left.
const SOONEST: Duration = Duration::from_mins(10);
const LATEST: Duration = Duration::from_hours(60 * 24);
/// The most that a cap can be.
const MOST_MESSAGES: i64 = 50;
const LONGEST_NAME: usize = 100;

/// A policy as the form tells it.
#[derive(Clone, Debug, Default)]
pub struct NewPolicy {
    /// What the staff calls it.
    pub name: String,
    /// The act's code.
    pub act: String,
    /// The template's ID; all when empty.
    pub template: String,
    /// The channel's code.
    pub channel: String,
    /// The language's tag.
    pub locale: String,
    /// When the steps are due, as in `1d, 3d, 7d`.
    pub offsets: String,
    /// Messages for one person in a week.
    pub per_week: String,
    /// Messages for one person in all.
    pub in_total: String,
    /// When quiet hours begin; none when both are empty.
    pub quiet_from: String,
    /// When they end.
    pub quiet_until: String,
    /// The zone that they are told in.
    pub zone: String,
}

impl NewPolicy {
    /// The policy that the form tells, written over another; or what is wrong with it, each in a sentence.
    ///
    /// # Errors
    /// The sentences.
    pub fn apply(&self, over: PolicyRow) -> Result<PolicyRow, Vec<String>> {
        let mut wrong = Vec::new();
        let mut note = |problem: Result<(), String>| {
            if let Err(text) = problem {
                wrong.push(text);
            }
        };
        let name = self.name.trim();
        note(sensible(name));
        let act = PolicyAct::parse(&self.act);
        note(act.map(drop).ok_or("Choose what it does.".to_owned()));
        let channel = MessageChannel::parse(&self.channel);
        note(
            channel
                .map(drop)
                .ok_or("Choose how messages go.".to_owned()),
        );
        let speaks = Words::of(&self.locale).is_some();
        note(speaks.then_some(()).ok_or("Choose a language.".to_owned()));
        let offsets = offsets(&self.offsets, act.unwrap_or(PolicyAct::Remind));
        note(offsets.as_ref().map(drop).map_err(Clone::clone));
        let per_week = cap(&self.per_week, "a week");
        note(per_week.as_ref().map(drop).map_err(Clone::clone));
        let in_total = cap(&self.in_total, "in all");
        note(in_total.as_ref().map(drop).map_err(Clone::clone));
        let quiet = self.quiet();
        note(quiet.as_ref().map(drop).map_err(Clone::clone));
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let minutes = offsets.unwrap_or_default().into_iter();
        let minutes: Vec<_> = minutes
            .map(|offset| (offset / MINUTE).to_string())
            .collect();
        Ok(PolicyRow {
            name: name.to_owned(),
            act: self.act.clone(),
            template_id: Some(self.template.clone()).filter(|id| !id.is_empty()),
            channel: self.channel.clone(),
            locale: self.locale.clone(),
            offsets: minutes.join(","),
            per_week: per_week.unwrap_or_default(),
            in_total: in_total.unwrap_or_default(),
            quiet: quiet.unwrap_or_default().map(|quiet| quiet.to_string()),
            ..over
        })
    }

    fn quiet(&self) -> Result<Option<Quiet>, String> {
        let (from, until) = (self.quiet_from.trim(), self.quiet_until.trim());
        if from.is_empty() && until.is_empty() {
            return Ok(None);
        }
        let quiet = Quiet::new(from, until, self.zone.trim());
        quiet
            .map(Some)
            .map_err(|error| format!("Quiet hours: {error}."))
    }

    /// The form of a policy that there is.
    #[must_use]
    pub fn of(row: &PolicyRow) -> Self {
        let quiet = row.quiet.clone().unwrap_or_default();
        let (hours, zone) = quiet.split_once(' ').unwrap_or(("", ""));
        let (from, until) = hours.split_once('-').unwrap_or(("", ""));
        Self {
            name: row.name.clone(),
            act: row.act.clone(),
            template: row.template_id.clone().unwrap_or_default(),
            channel: row.channel.clone(),
            locale: row.locale.clone(),
            offsets: schedule(row),
            per_week: row.per_week.to_string(),
            in_total: row.in_total.to_string(),
            quiet_from: from.to_owned(),
            quiet_until: until.to_owned(),
            zone: zone.to_owned(),
        }
    }
}

fn sensible(name: &str) -> Result<(), String> {
    match name.chars().count() {
        0 => Err("Give it a name.".to_owned()),
        1..=LONGEST_NAME => Ok(()),
        _ => Err("The name is too long.".to_owned()),
    }
}

fn cap(text: &str, of: &str) -> Result<i64, String> {
    let number = text.trim().parse().ok();
    let number = number.filter(|number| (1..=MOST_MESSAGES).contains(number));
    number
        .ok_or_else(|| format!("Messages for one person {of}: a number from 1 to {MOST_MESSAGES}."))
}

/// Reads `1d, 3d, 7d`; to open an inquiry again has one step, which may be due at once.
fn offsets(text: &str, act: PolicyAct) -> Result<Vec<i64>, String> {
    let steps: Result<Vec<_>, _> = text.split(',').map(offset).collect();
    let steps = steps.map_err(|_| "When: write times as in 1d, 3d, 7d or 90min.".to_owned())?;
    let is_rising = steps.windows(2).all(|two| two[0] < two[1]);
    let most = match act {
        PolicyAct::Resume => 1,
        PolicyAct::Remind => MOST_STEPS,
    };
    let ends = steps.first().zip(steps.last());
    let has_sense = ends.is_some_and(|(first, last)| {
        let is_late_enough = act == PolicyAct::Resume || *first >= SOONEST;
        is_late_enough && *last <= LATEST
    });
    if steps.len() > most {
        return Err(format!("When: {most} at most."));
    }
    if !is_rising {
        return Err("When: each time must be later than the one before.".to_owned());
    }
    if !has_sense {
        return Err(
            "When: reminders between 10 minutes and 60 days after the person left.".to_owned(),
        );
    }
    Ok(steps.into_iter().map(ms).collect())
}

fn offset(text: &str) -> Result<Duration, humantime::DurationError> {
    match text.trim() {
        "0" => Ok(Duration::ZERO),
        text => humantime::parse_duration(text),
    }
}

fn ms(offset: Duration) -> i64 {
    i64::try_from(offset.as_millis()).unwrap_or(i64::MAX) / MINUTE * MINUTE
}

/// When the steps of a policy are due, as somebody would write it.
#[must_use]
pub fn schedule(row: &PolicyRow) -> String {
    let steps = minutes(row);
    let steps: Vec<_> = steps.map(in_words).collect();
    steps.join(", ")
}

/// A number of minutes in the largest unit that it is whole in.
fn in_words(minutes: i64) -> String {
    match minutes {
        0 => "0".to_owned(),
        minutes if minutes % 1440 == 0 => format!("{}d", minutes / 1440),
        minutes if minutes % 60 == 0 => format!("{}h", minutes / 60),
        minutes => format!("{minutes}min"),
    }
}

fn minutes(row: &PolicyRow) -> impl Iterator<Item = i64> + use<'_> {
    row.offsets
        .split(',')
        .filter_map(|minutes| minutes.parse().ok())
}

impl Terms {
    /// What a policy is told.
    #[must_use]
    pub fn of(row: &PolicyRow) -> Self {
        Self {
            act: row.act(),
            offsets: minutes(row).map(|minutes| minutes * MINUTE).collect(),
            per_week: usize::try_from(row.per_week).unwrap_or_default(),
            in_total: usize::try_from(row.in_total).unwrap_or_default(),
            quiet: row.quiet.as_deref().and_then(Quiet::parse),
        }
    }
}
