//! Counting: how many journeys reached each step, and how long that took.

use crate::store::funnel::JourneyRow;

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
    /// The median time of each step from the step before, in ms.
    pub(super) medians: [Option<i64>; STEPS],
    /// The median time from the making of the link to the receipt, in ms.
    pub(super) whole: Option<i64>,
}

/// What is counted while journeys are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    reached: [usize; STEPS],
    /// For each step, how long it took from the step before, in ms; nothing for the first.
    waits: [Vec<i64>; STEPS],
    /// How long it took from the first step to the finish.
    whole: Vec<i64>,
}

impl Tally {
    /// Counts a journey.
    ///
    /// Whoever reached a step passed those before, seen or not: without JavaScript nobody reports that the flow is
    /// ready. How long a step took is known only when both of its ends were seen.
    pub(super) fn add(&mut self, row: &JourneyRow) {
        let times = times(row);
        let last = times.iter().rposition(Option::is_some).unwrap_or_default();
        for count in &mut self.reached[..=last] {
            *count += 1;
        }
        for (step, pair) in times.windows(2).enumerate() {
            self.waits[step + 1].extend(wait(pair[0], pair[1]));
        }
        self.whole.extend(wait(times[0], row.finished_at));
    }

    /// The sum of what was counted.
    pub(super) fn sum(self) -> Sum {
        Sum {
            reached: self.reached,
            medians: self.waits.map(median),
            whole: median(self.whole),
        }
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

/// What was noticed too late, such as a receipt after the decision, took no time that we know.
fn wait(from: Option<i64>, to: Option<i64>) -> Option<i64> {
    let wait = to? - from?;
    (wait >= 0).then_some(wait)
}

/// The middle one, or the mean of the two in the middle.
fn median(mut times: Vec<i64>) -> Option<i64> {
    let middle = times.len() / 2;
    if times.is_empty() {
        return None;
    }
    let is_odd = times.len() % 2 == 1;
    let (below, upper, _) = times.select_nth_unstable(middle);
    let upper = *upper;
    match below.iter().max() {
        Some(lower) if !is_odd => Some(lower.midpoint(upper)),
        _ => Some(upper),
    }
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

    #[test]
    fn a_median_is_the_middle_one() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![7]), Some(7));
        assert_eq!(median(vec![9, 1]), Some(5));
        assert_eq!(median(vec![100, 1, 3]), Some(3));
        assert_eq!(median(vec![8, 2, 100, 4]), Some(6));
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
        assert_eq!(sum.medians, [None, Some(20), Some(10), None, None, None]);
        assert_eq!(sum.whole, Some(80));
    }
}
