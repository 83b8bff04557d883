//! Counting journeys while they are read: all of them, each day's, each group's.

use std::collections::HashMap;

use super::tally::{Paces, STEPS, Sum, Tally};
use crate::store::funnel::JourneyRow;

/// What was counted so far.
pub(super) struct Count {
    /// When each day begins, the oldest first, in ms since 1970.
    starts: Vec<i64>,
    total: Tally,
    paces: Paces,
    days: Vec<Tally>,
    /// By key, when groups are asked for.
    groups: Option<HashMap<String, Tally>>,
}

impl Count {
    /// Nothing so far, for days that begin at these times.
    pub(super) fn new(starts: Vec<i64>, has_groups: bool) -> Self {
        Self {
            total: Tally::default(),
            paces: Paces::default(),
            days: vec![Tally::default(); starts.len()],
            groups: has_groups.then(HashMap::new),
            starts,
        }
    }

    /// Counts a journey.
    pub(super) fn add(&mut self, row: &JourneyRow) {
        self.total.add(row);
        self.paces.add(row);
        let day = self
            .starts
            .partition_point(|start| *start <= row.created_at);
        if let Some(day) = day.checked_sub(1).and_then(|day| self.days.get_mut(day)) {
            day.add(row);
        }
        if let Some(groups) = &mut self.groups {
            match groups.get_mut(&row.key) {
                Some(group) => group.add(row),
                None => groups.entry(row.key.clone()).or_default().add(row),
            }
        }
    }

    /// What came of all.
    pub(super) fn total(&self) -> Sum {
        self.total.sum()
    }

    /// The median time of each step from the step before, in ms.
    pub(super) fn medians(&self) -> [Option<i64>; STEPS] {
        self.paces.medians()
    }

    /// What came of each day's.
    pub(super) fn days(&self) -> Vec<Sum> {
        self.days.iter().map(Tally::sum).collect()
    }

    /// The groups by key, the largest first, up to a number.
    pub(super) fn largest(&self, most: usize) -> Vec<(String, Sum)> {
        let groups = self.groups.iter().flatten();
        let mut groups: Vec<_> = groups
            .map(|(key, tally)| (key.clone(), tally.sum()))
            .collect();
        groups.sort_by(|one, two| {
            let (larger, smaller) = (two.1.reached, one.1.reached);
            larger.cmp(&smaller).then_with(|| one.0.cmp(&two.0))
        });
        groups.truncate(most);
        groups
    }
}
