//! The dry run: what a policy would have done in the last week, told from what is stored. Nothing is written and nobody asked.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use super::{
    Policies,
    plan::{Done, Next, Terms, WEEK},
    story::Known,
};
use crate::{
    failure::Failure,
    model::policy::Obstacle,
    store::{self, Rows, inquiries::InquiryRow, policies::PolicyRow, policy_acts, policy_marks},
};

/// What a policy would have done with an inquiry at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsed {
    /// When, in ms since 1970.
    pub at: i64,
    /// The inquiry.
    pub inquiry_id: String,
    /// The company's own name for the person.
    pub reference_id: Option<String>,
    /// Which step, from 0.
    pub step: usize,
    /// What would have stood against it.
    pub obstacle: Option<Obstacle>,
}

/// A dry run.
#[derive(Clone, Debug, Default)]
pub struct Rehearsal {
    /// From when, in ms since 1970.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// Inquiries that it looked at.
    pub inquiries: usize,
    /// What it would have done, in order.
    pub rows: Vec<Rehearsed>,
}

impl Rehearsal {
    /// How many steps would have been made.
    #[must_use]
    pub fn made(&self) -> usize {
        self.count(None)
    }

    /// How many would have been stopped by this obstacle, or by none.
    #[must_use]
    pub fn count(&self, obstacle: Option<Obstacle>) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| row.obstacle == obstacle).count()
    }
}

impl Policies {
    /// What a policy would have done in the last week, had it been on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rehearse(&self, policy: PolicyRow) -> Result<Rehearsal, Failure> {
        let until = self.clock.now_ms();
        let from = until - WEEK;
        let rehearsed = self.store.scan(move |rows| {
            let people = people(rows, &policy, from)?;
            Ok(Play::new(&policy, people, from, until).run())
        });
        Ok(rehearsed.await?)
    }
}

/// An inquiry of the play.
struct Part {
    inquiry: InquiryRow,
    known: Known,
    /// What makes two inquiries those of one person.
    person: String,
    own: Vec<Done>,
}

/// Everybody who could have been written to, and when other policies wrote to them.
type People = (Vec<Part>, BTreeMap<String, Vec<i64>>);

fn people(rows: &Rows, policy: &PolicyRow, from: i64) -> store::Result<People> {
    let (mut parts, mut written) = (Vec::new(), BTreeMap::new());
    for inquiry in policy_marks::open_since(rows, policy.template_id.as_deref(), from)? {
        let person = [&inquiry.reference_id, &inquiry.account_id];
        let person = person.into_iter().flatten().next().unwrap_or(&inquiry.id);
        let person = person.clone();
        if !written.contains_key(&person) {
            let others = policy_acts::written_to(rows, &inquiry)?.into_iter();
            let others = others.filter(|written| written.policy_id != policy.id);
            written.insert(person.clone(), others.map(|written| written.at).collect());
        }
        parts.push(Part {
            known: Known::read(rows, policy, &inquiry)?,
            inquiry,
            person,
            own: Vec::new(),
        });
    }
    Ok((parts, written))
}

/// The week played again: whoever is next, from one time to the next at which something could be due.
struct Play {
    terms: Terms,
    parts: Vec<Part>,
    written: BTreeMap<String, Vec<i64>>,
    from: i64,
    until: i64,
    turns: BinaryHeap<Reverse<(i64, usize)>>,
}

impl Play {
    fn new(policy: &PolicyRow, (parts, written): People, from: i64, until: i64) -> Self {
        Self {
            terms: Terms::of(policy),
            turns: (0..parts.len()).map(|part| Reverse((from, part))).collect(),
            parts,
            written,
            from,
            until,
        }
    }

    fn run(mut self) -> Rehearsal {
        let mut rows = Vec::new();
        while let Some(Reverse((at, part))) = self.turns.pop() {
            rows.extend(self.turn(at, part));
        }
        Rehearsal {
            from: self.from,
            until: self.until,
            inquiries: self.parts.len(),
            rows,
        }
    }

    /// One look at an inquiry at some time.
    fn turn(&mut self, at: i64, number: usize) -> Option<Rehearsed> {
        let part = self.parts.get_mut(number)?;
        let written = self.written.entry(part.person.clone()).or_default();
        let so_far: Vec<_> = written.iter().copied().filter(|when| *when <= at).collect();
        let story = part.known.at(at, &part.own, &so_far);
        let (step, obstacle) = match self.terms.next(&story, self.from, at) {
            Next::Act(step) => (step, None),
            Next::Stop(step, obstacle) => (step, Some(obstacle)),
            Next::Never => return self.again(None, at, number),
            Next::At(next) => return self.again(Some(next), at, number),
        };
        part.own.push(Done {
            anchor: step.anchor,
            step: step.step,
            at,
        });
        if obstacle.is_none() {
            written.push(at);
        }
        let row = Rehearsed {
            at,
            inquiry_id: part.inquiry.id.clone(),
            reference_id: part.inquiry.reference_id.clone(),
            step: step.step,
            obstacle,
        };
        self.turns.push(Reverse((at, number)));
        Some(row)
    }

    /// Comes back when something is due or happens, if that is in the week.
    fn again(&mut self, due: Option<i64>, at: i64, number: usize) -> Option<Rehearsed> {
        let change = self.parts.get(number)?.known.next_change(at);
        let next = due.into_iter().chain(change).min()?;
        if next <= self.until {
            self.turns.push(Reverse((next, number)));
        }
        None
    }
}
