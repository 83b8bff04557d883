//! Counting: how many journeys reached each step, and how long that took.

use hdrhistogram::Histogram;

use crate::store::funnel::JourneyRow;

/// Digits of a time of waiting that are kept.
const DIGITS: u8 = 2;

/// Steps of a journey.
pub(super) const STEPS: usize = 6;

/// The steps in their order: the name on pages, and the code in the style sheet.
pub(super) const NAMES: [(&str, &str); STEPS] = [
    ("Made", "made"),
    ("Opened", "opened"),
    ("Resumed", "resumed"),
    ("Flow ready", "ready"),
    ("Finished", "finished"),
    ("Approved", "approved"),
];

/// What came of some journeys.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    /// Journeys that reached each step.
    pub(super) reached: [usize; STEPS],
    /// The median time from the making of the link to the receipt, in ms.
    pub(super) whole: Option<i64>,
}

/// What is counted of some journeys while they are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    reached: [usize; STEPS],
    whole: Waits,
}

impl Tally {
    /// Counts a journey.
    ///
    /// Whoever reached a step passed those before, seen or not: without JavaScript nobody reports that the flow is
    /// ready.
    pub(super) fn add(&mut self, row: &JourneyRow) {
        let last = times(row).iter().rposition(Option::is_some);
        for count in &mut self.reached[..=last.unwrap_or_default()] {
            *count += 1;
        }
        self.whole.add(Some(row.created_at), row.finished_at);
    }

    /// The sum of what was counted.
    pub(super) fn sum(&self) -> Sum {
        Sum {
            reached: self.reached,
            whole: self.whole.median(),
        }
    }
}

/// How long each step took from the step before; nothing for the first. It is known only when both ends were seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Paces([Waits; STEPS]);

impl Paces {
    /// Counts a journey.
    pub(super) fn add(&mut self, row: &JourneyRow) {
        for (step, pair) in times(row).windows(2).enumerate() {
            self.0[step + 1].add(pair[0], pair[1]);
        }
    }

    /// The median of each step, in ms.
    pub(super) fn medians(&self) -> [Option<i64>; STEPS] {
        self.0.each_ref().map(Waits::median)
    }
}

/// Times of waiting in a room that does not grow with their number: each is known to one percent.
#[derive(Clone, Debug, Default)]
struct Waits(Option<Histogram<u32>>);

impl Waits {
    /// What was noticed too late, such as a receipt after the decision, took no time that we know.
    fn add(&mut self, from: Option<i64>, to: Option<i64>) {
        let wait = from.zip(to).map(|(from, to)| u64::try_from(to - from));
        let Some(Ok(wait)) = wait else { return };
        if self.0.is_none() {
            self.0 = Histogram::new(DIGITS).ok();
        }
        // It grows to whatever it is given.
        if let Some(histogram) = &mut self.0 {
            histogram.record(wait).ok();
        }
    }

    /// The time that half of them did not exceed, in ms.
    fn median(&self) -> Option<i64> {
        let histogram = self.0.as_ref()?;
        i64::try_from(histogram.value_at_quantile(0.5)).ok()
    }
}

fn times(row: &JourneyRow) -> [Option<i64>; STEPS] {
    [
        Some(row.created_at),
        row.opened_at,
        row.resumed_at,
        row.ready_at,
        row.finished_at,
        row.approved_at,
    ]
}

/// A part as percent of a whole; rounded, but never to nothing or to everything that it is not.
pub(super) fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    match (part * 200 + whole) / (whole * 2) {
        0 if part > 0 => "<1 %".to_owned(),
        100 if part < whole => ">99 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

/// A length of time in its largest unit, down to seconds.
pub(super) fn length(ms: Option<i64>) -> String {
    match ms {
        None => "–".to_owned(),
        Some(..1000) => "<1 s".to_owned(),
        Some(ms @ 1000..60_000) => format!("{} s", ms / 1000),
        Some(ms) => crate::ops::time::brief(ms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(times: impl IntoIterator<Item = i64>) -> Waits {
        let mut waits = Waits::default();
        for time in times {
            waits.add(Some(0), Some(time));
        }
        waits
    }

    #[test]
    fn half_of_the_times_are_not_above_the_median() {
        assert_eq!(waits([]).median(), None);
        assert_eq!(waits([-1]).median(), None);
        assert_eq!(waits([7]).median(), Some(7));
        assert_eq!(waits([9, 1]).median(), Some(1));
        assert_eq!(waits([100, 1, 3]).median(), Some(3));
        assert_eq!(waits([8, 2, 100, 4]).median(), Some(4));
    }

    #[test]
    fn a_median_is_right_to_one_percent_from_a_moment_to_years() {
        for time in (0..36).map(|power| 1_i64 << power) {
            let median = waits([time, 0, i64::MAX]).median();
            let is_right = |median| (time..=time + time / 100).contains(&median);
            assert!(median.is_some_and(is_right), "{time}: {median:?}");
        }
    }

    #[test]
    fn a_share_never_hides_a_few() {
        assert_eq!(share(0, 0), "–");
        assert_eq!(share(0, 9), "0 %");
        assert_eq!(share(1, 1000), "<1 %");
        assert_eq!(share(999, 1000), ">99 %");
        assert_eq!(share(1, 3), "33 %");
        assert_eq!(share(2, 3), "67 %");
        assert_eq!(share(9, 9), "100 %");
    }

    #[test]
    fn whoever_reached_a_step_passed_those_before() {
        let mut tally = Tally::default();
        tally.add(&JourneyRow {
            created_at: 10,
            opened_at: Some(30),
            resumed_at: Some(40),
            finished_at: Some(90),
            ..JourneyRow::default()
        });
        let sum = tally.sum();
        assert_eq!(sum.reached, [1, 1, 1, 1, 1, 0]);
        assert_eq!(sum.whole, Some(80));
    }
}
