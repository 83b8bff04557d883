//! What happened to an inquiry, as policies look at it: the person moved it, or somebody turned to them.

use super::plan::{Done, Story};
use crate::{
    inquiries::Phase,
    model::policy::StepState,
    store::{
        self, Rows,
        inquiries::InquiryRow,
        ledger::{self, LedgerRow},
        policies::PolicyRow,
        policy_acts::{self, PolicyActRow},
        templates,
    },
};

/// What is known of an inquiry, with all its times.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// When it moved.
    moves: Vec<i64>,
    /// When the staff took it away from the person.
    taken_away: Option<i64>,
    /// When its time was over last.
    expired_at: Option<i64>,
    /// When the person was done; also for one that is done at an unknown time.
    finished_at: Option<i64>,
    /// Everything that does not change with time, and what this policy did.
    base: Story,
    is_expired: bool,
}

/// Acts by which somebody turns to the person.
const TURNED_TO: [&str; 4] = ["link-created", "mailed", "message-sent", "resumed-by-staff"];
/// What Leftoff writes of the person in its own name.
const OF_THE_PERSON: [&str; 2] = ["handed-off", "recovery-requested"];
/// Acts by which the staff takes it away from the person; a policy does not undo them.
const TAKEN_AWAY: [&str; 2] = ["inquiry-expired", "link-revoked"];
const SYSTEM: &str = "system";

impl Known {
    /// What is known of an inquiry, for a policy.
    pub(super) fn read(
        rows: &Rows,
        policy: &PolicyRow,
        inquiry: &InquiryRow,
    ) -> store::Result<Self> {
        let ledger = ledger::of_inquiry(rows, &inquiry.id)?;
        let acts = policy_acts::of_inquiry(rows, &inquiry.id)?;
        let written = policy_acts::written_to(rows, inquiry)?;
        let is_own = |act: &&PolicyActRow| act.policy_id == policy.id;
        let phase = inquiry.phase();
        Ok(Self {
            moves: moves(inquiry, &ledger, &acts, policy),
            taken_away: last_at(&ledger, is_taken_away),
            expired_at: inquiry.expired_at.or(inquiry.expires_at),
            finished_at: phase
                .is_settled()
                .then(|| inquiry.finished_at.unwrap_or(i64::MIN)),
            base: Story {
                is_new: phase == Phase::Created,
                sessions: inquiry.sessions,
                is_outdated: templates::is_outdated(rows, inquiry)?,
                own: acts.iter().filter(is_own).map(done).collect(),
                written: written.iter().map(|written| written.at).collect(),
                ..Story::default()
            },
            is_expired: phase == Phase::Expired,
        })
    }

    /// What is known of it now.
    pub(super) fn now(&self) -> Story {
        let expired_at = self.expired_at.filter(|_| self.is_expired);
        Story {
            moves: self.moves.clone(),
            expired_at,
            is_over: self.finished_at.is_some() || self.is_taken_away(i64::MAX),
            ..self.base.clone()
        }
    }

    /// What was known of it at a time, without what the policy itself did.
    pub(super) fn at(&self, at: i64, own: &[Done], written: &[i64]) -> Story {
        let moves: Vec<_> = self
            .moves
            .iter()
            .copied()
            .filter(|move_at| *move_at <= at)
            .collect();
        let last = moves.last().copied().unwrap_or(i64::MAX);
        Story {
            expired_at: self.expired_at.filter(|expired| *expired <= at),
            is_over: last > at
                || self.finished_at.is_some_and(|finished| finished <= at)
                || self.is_taken_away(at),
            moves,
            own: own.to_vec(),
            written: written.to_vec(),
            ..self.base.clone()
        }
    }

    /// The first time after another at which it may look different.
    pub(super) fn next_change(&self, after: i64) -> Option<i64> {
        let others = [self.expired_at, self.finished_at, self.taken_away];
        let times = self
            .moves
            .iter()
            .copied()
            .chain(others.into_iter().flatten());
        times.filter(|at| *at > after).min()
    }

    fn is_taken_away(&self, at: i64) -> bool {
        let moved = |since: i64| {
            self.moves
                .iter()
                .any(|move_at| *move_at > since && *move_at <= at)
        };
        self.taken_away
            .is_some_and(|taken| taken <= at && !moved(taken))
    }
}

fn moves(
    inquiry: &InquiryRow,
    ledger: &[LedgerRow],
    acts: &[PolicyActRow],
    policy: &PolicyRow,
) -> Vec<i64> {
    let beginnings = [
        Some(inquiry.created_at.unwrap_or(inquiry.read_at)),
        inquiry.started_at,
        inquiry.trouble_at,
    ];
    let others = acts
        .iter()
        .filter(|act| act.policy_id != policy.id && act.state() == StepState::Done);
    let mut moves: Vec<_> = beginnings
        .into_iter()
        .flatten()
        .chain(ledger.iter().filter(|row| is_move(row)).map(|row| row.at))
        .chain(others.map(|act| act.at))
        .collect();
    moves.sort_unstable();
    moves
}

/// Whether somebody moved it: the person, who is nobody's actor, or one who turned to them. What policies cause is no move
/// by itself; their steps are counted.
fn is_move(row: &LedgerRow) -> bool {
    match row.actor.as_deref() {
        None => true,
        Some(SYSTEM) => OF_THE_PERSON.contains(&&*row.event),
        Some(actor) => is_somebody(actor) && TURNED_TO.contains(&&*row.event),
    }
}

fn is_taken_away(row: &LedgerRow) -> bool {
    row.actor.as_deref().is_some_and(is_somebody) && TAKEN_AWAY.contains(&&*row.event)
}

/// Whoever has an ID is no part of Leftoff, nor Persona.
fn is_somebody(actor: &str) -> bool {
    actor.contains(':')
}

fn last_at(ledger: &[LedgerRow], holds: impl Fn(&LedgerRow) -> bool) -> Option<i64> {
    ledger
        .iter()
        .filter(|row| holds(row))
        .map(|row| row.at)
        .max()
}

fn done(act: &PolicyActRow) -> Done {
    Done {
        anchor: act.anchor,
        step: usize::try_from(act.step).unwrap_or_default(),
        at: act.at,
    }
}
