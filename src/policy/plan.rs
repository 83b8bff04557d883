//! What a policy does next with an inquiry: decided from what is known, by nothing else, for real and in a dry run alike.

use crate::{
    model::policy::{Obstacle, PolicyAct},
    quiet::Quiet,
    store::bulk::MOST_SESSIONS,
};

/// How long the messages of a week are counted.
pub(super) const WEEK: i64 = 7 * 24 * 3_600_000;

/// What a policy is told; lengths of time in ms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What it does.
    pub act: PolicyAct,
    /// How long after the last that happened each step is due: at least one, each later than the one before.
    pub offsets: Vec<i64>,
    /// Messages that one person gets in a week at most.
    pub per_week: usize,
    /// Messages that one person gets at all.
    pub in_total: usize,
    /// When nobody is written to.
    pub quiet: Option<Quiet>,
}

/// What is known of an inquiry at some time; times in ms since 1970, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// When the person did something, or somebody else turned to them.
    pub moves: Vec<i64>,
    /// When its time was over, while it is.
    pub expired_at: Option<i64>,
    /// Whether the person is done, or the staff took it away from them.
    pub is_over: bool,
    /// Whether the person never began: then it opens without a session.
    pub is_new: bool,
    /// Sessions that it had.
    pub sessions: i64,
    /// Whether its template was published anew.
    pub is_outdated: bool,
    /// What this policy did with it.
    pub own: Vec<Done>,
    /// When policies wrote to the person.
    pub written: Vec<i64>,
}

/// A step that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// What it was counted from.
    pub anchor: i64,
    /// Which it was.
    pub step: usize,
    /// When it was made.
    pub at: i64,
}

/// A step that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is counted from.
    pub anchor: i64,
    /// Which it is.
    pub step: usize,
    /// How many before it were missed.
    pub missed: usize,
}

/// What a policy does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing, unless something happens.
    Never,
    /// Nothing before this time.
    At(i64),
    /// Something stands against the step that is due.
    Stop(Step, Obstacle),
    /// The step that is due.
    Act(Step),
}

impl Terms {
    /// What it does next with an inquiry. Steps that came due before `since` are let go.
    #[must_use]
    pub fn next(&self, story: &Story, since: i64, now: i64) -> Next {
        let Some(anchor) = self.anchor(story) else {
            return Next::Never;
        };
        let open: Vec<_> = self
            .offsets
            .iter()
            .enumerate()
            .map(|(step, offset)| (step, anchor + offset))
            .filter(|(step, due)| *due >= since && !self.is_made(story, anchor, *step, *due))
            .collect();
        let mut due = open.iter().filter(|(_, due)| *due <= now);
        let missed = due.clone().count().saturating_sub(1);
        match due.next_back() {
            Some((step, _)) => self.due(
                story,
                Step {
                    anchor,
                    step: *step,
                    missed,
                },
                now,
            ),
            None => open.first().map_or(Next::Never, |(_, due)| Next::At(*due)),
        }
    }

    /// What the steps are counted from: an expiry that nobody did anything about, or the last that happened.
    fn anchor(&self, story: &Story) -> Option<i64> {
        if story.is_over {
            return None;
        }
        let last = story.moves.last().copied();
        match self.act {
            PolicyAct::Remind => last,
            PolicyAct::Resume => story
                .expired_at
                .filter(|expired| last.is_none_or(|last| last <= *expired)),
        }
    }

    /// Whether a step was made, or a later one. One that was made shortly before is this one too: what it is counted from
    /// may be known better now than then.
    fn is_made(&self, story: &Story, anchor: i64, step: usize, due: i64) -> bool {
        let tolerance = self.shortest() / 2;
        story
            .own
            .iter()
            .any(|done| (done.anchor == anchor && done.step >= step) || done.at >= due - tolerance)
    }

    /// The shortest time between two steps.
    fn shortest(&self) -> i64 {
        let before = std::iter::once(&0).chain(&self.offsets);
        let between = self
            .offsets
            .iter()
            .zip(before)
            .map(|(one, before)| one - before);
        between.min().unwrap_or_default()
    }

    fn due(&self, story: &Story, step: Step, now: i64) -> Next {
        if let Some(obstacle) = self.obstacle(story) {
            return Next::Stop(step, obstacle);
        }
        let loud = self.quiet.as_ref().map_or(now, |quiet| quiet.after_ms(now));
        if loud > now {
            return Next::At(loud);
        }
        let this_week: Vec<_> = story
            .written
            .iter()
            .filter(|at| **at > now - WEEK)
            .collect();
        match this_week.len().checked_sub(self.per_week) {
            Some(over) => this_week
                .get(over)
                .map_or(Next::Never, |at| Next::At(**at + WEEK)),
            None => Next::Act(step),
        }
    }

    fn obstacle(&self, story: &Story) -> Option<Obstacle> {
        // The person needs a session; so does opening an expired inquiry for them.
        let needed = match self.act {
            _ if story.is_new => 0,
            PolicyAct::Remind => 1,
            PolicyAct::Resume => 2,
        };
        if story.is_outdated {
            Some(Obstacle::Outdated)
        } else if story.sessions + needed > MOST_SESSIONS && needed > 0 {
            Some(Obstacle::SessionCap)
        } else {
            (story.written.len() >= self.in_total).then_some(Obstacle::CapTotal)
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    const DAY: i64 = 24 * 3_600_000;

    fn reminders() -> Terms {
        Terms {
            act: PolicyAct::Remind,
            offsets: vec![DAY, 3 * DAY, 7 * DAY],
            per_week: 9,
            in_total: 9,
            quiet: None,
        }
    }

    fn left_at(at: i64) -> Story {
        Story {
            moves: vec![at],
            ..Story::default()
        }
    }

    /// Runs a policy day by day, and gives when it acted and how many steps were missed.
    fn run(terms: &Terms, mut story: Story, times: impl Iterator<Item = i64>) -> Vec<(i64, usize)> {
        let mut acted = Vec::new();
        for now in times {
            while let Next::Act(Step {
                anchor,
                step,
                missed,
            }) = terms.next(&story, 0, now)
            {
                story.own.push(Done {
                    anchor,
                    step,
                    at: now,
                });
                story.written.push(now);
                acted.push((now, missed));
            }
        }
        acted
    }

    #[test]
    fn each_step_is_made_once_and_missed_ones_become_one() {
        let daily = run(&reminders(), left_at(0), (0..30).map(|day| day * DAY));
        assert_eq!(daily, [(DAY, 0), (3 * DAY, 0), (7 * DAY, 0)]);
        let asleep = run(
            &reminders(),
            left_at(0),
            [5 * DAY, 6 * DAY, 9 * DAY].into_iter(),
        );
        assert_eq!(asleep, [(5 * DAY, 1), (9 * DAY, 0)]);
        let all_missed = run(&reminders(), left_at(0), [20 * DAY, 21 * DAY].into_iter());
        assert_eq!(all_missed, [(20 * DAY, 2)]);
    }

    #[test]
    fn what_came_due_before_the_policy_was_on_is_let_go() {
        let next = |since| reminders().next(&left_at(0), since, 8 * DAY);
        assert_eq!(next(8 * DAY), Next::Never);
        assert!(matches!(
            next(7 * DAY),
            Next::Act(Step {
                step: 2,
                missed: 0,
                ..
            })
        ));
    }

    #[test]
    fn progress_begins_anew_and_the_end_ends() {
        let mut story = left_at(0);
        story.own.push(Done {
            anchor: 0,
            step: 0,
            at: DAY,
        });
        story.moves.push(2 * DAY);
        assert_eq!(reminders().next(&story, 0, 2 * DAY), Next::At(3 * DAY));
        story.is_over = true;
        assert_eq!(reminders().next(&story, 0, 9 * DAY), Next::Never);
    }

    #[test]
    fn a_beginning_that_is_learned_late_reminds_nobody_twice() {
        let mut story = left_at(0);
        story.own.push(Done {
            anchor: 0,
            step: 0,
            at: DAY,
        });
        story.moves.push(600_000);
        let next = reminders().next(&story, 0, DAY + 600_000);
        assert_eq!(next, Next::At(3 * DAY + 600_000));
    }

    #[test]
    fn caps_put_off_and_end() {
        let terms = Terms {
            per_week: 1,
            in_total: 2,
            ..reminders()
        };
        let mut story = left_at(0);
        story.written.push(DAY - 1);
        assert_eq!(terms.next(&story, 0, DAY), Next::At(DAY - 1 + WEEK));
        story.written = vec![-20 * DAY, -10 * DAY];
        let next = terms.next(&story, 0, DAY);
        assert!(
            matches!(next, Next::Stop(_, Obstacle::CapTotal)),
            "{next:?}"
        );
    }

    #[test]
    fn quiet_hours_put_off() {
        let quiet = Quiet::new("22:00", "08:00", "UTC").unwrap();
        let terms = Terms {
            quiet: Some(quiet),
            ..reminders()
        };
        let eight = 8 * 3_600_000;
        assert_eq!(terms.next(&left_at(0), 0, DAY), Next::At(DAY + eight));
        let next = terms.next(&left_at(0), 0, DAY + eight);
        assert!(matches!(next, Next::Act(_)), "{next:?}");
    }

    #[test]
    fn an_expiry_that_somebody_did_something_about_is_left_alone() {
        let terms = Terms {
            act: PolicyAct::Resume,
            offsets: vec![0],
            ..reminders()
        };
        let mut story = Story {
            expired_at: Some(DAY),
            ..left_at(0)
        };
        assert!(matches!(terms.next(&story, 0, DAY), Next::Act(_)));
        story.moves.push(DAY + 1);
        assert_eq!(terms.next(&story, 0, 2 * DAY), Next::Never);
        story.moves.pop();
        story.sessions = 24;
        let next = terms.next(&story, 0, DAY);
        assert!(
            matches!(next, Next::Stop(_, Obstacle::SessionCap)),
            "{next:?}"
        );
        story.is_new = true;
        assert!(matches!(terms.next(&story, 0, DAY), Next::Act(_)));
    }
}
