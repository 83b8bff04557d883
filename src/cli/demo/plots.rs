//! What happens to the people of the demo, as plots that many of them share.

use simulator::Status;

use crate::model::trouble::Trouble;

/// One thing that happens.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// The person reaches the end.
    Finish,
    /// It is put up for a human decision.
    Review,
    /// It is decided well.
    Approve,
    /// It is decided badly.
    Decline,
    /// The staff makes a link.
    Link,
    /// The person is written to.
    Write,
    /// The person opens the link and goes on.
    Open,
    /// Something stands in the way.
    Meet(Trouble),
    /// The staff takes the link back.
    Revoke,
}

/// What happens to some.
pub(super) struct Plot {
    /// How many of [`ROUND`] people it happens to.
    pub(super) share: usize,
    /// Where the inquiry stands at first.
    pub(super) begins: Status,
    /// Whether it is of the template whose inquiries live for two weeks.
    pub(super) is_patient: bool,
    /// What happens then, each so many minutes after the beginning.
    pub(super) steps: &'static [(u64, Step)],
}

const fn plot(share: usize, begins: Status, steps: &'static [(u64, Step)]) -> Plot {
    Plot {
        share,
        begins,
        is_patient: false,
        steps,
    }
}

const fn patient(share: usize, begins: Status, steps: &'static [(u64, Step)]) -> Plot {
    Plot {
        is_patient: true,
        ..plot(share, begins, steps)
    }
}

const HOUR: u64 = 60;

/// All plots. Whoever stops halfway, or never begins, expires a day later.
pub(super) const PLOTS: [Plot; 15] = [
    plot(
        7,
        Status::Pending,
        &[(9, Step::Finish), (40, Step::Approve)],
    ),
    plot(
        1,
        Status::Pending,
        &[(12, Step::Finish), (5 * HOUR, Step::Decline)],
    ),
    plot(3, Status::Created, &[]),
    patient(1, Status::Created, &[]),
    plot(4, Status::Pending, &[]),
    patient(1, Status::Pending, &[]),
    plot(
        3,
        Status::Pending,
        &[
            (30 * HOUR, Step::Link),
            (30 * HOUR + 1, Step::Write),
            (33 * HOUR, Step::Open),
            (33 * HOUR + 11, Step::Finish),
            (34 * HOUR, Step::Approve),
        ],
    ),
    plot(
        2,
        Status::Pending,
        &[(28 * HOUR, Step::Link), (28 * HOUR + 2, Step::Write)],
    ),
    plot(
        1,
        Status::Pending,
        &[(26 * HOUR, Step::Link), (27 * HOUR, Step::Revoke)],
    ),
    patient(
        1,
        Status::Pending,
        &[
            (2 * HOUR, Step::Link),
            (5 * HOUR, Step::Open),
            (5 * HOUR + 6, Step::Meet(Trouble::Cancelled)),
        ],
    ),
    patient(
        1,
        Status::Pending,
        &[
            (3 * HOUR, Step::Link),
            (3 * HOUR + 2, Step::Write),
            (9 * HOUR, Step::Open),
            (9 * HOUR + 2, Step::Meet(Trouble::CameraDenied)),
        ],
    ),
    patient(
        1,
        Status::Pending,
        &[
            (4 * HOUR, Step::Link),
            (6 * HOUR, Step::Open),
            (6 * HOUR + 1, Step::Meet(Trouble::FrameStalled)),
        ],
    ),
    plot(
        1,
        Status::Pending,
        &[
            (25 * HOUR, Step::Link),
            (29 * HOUR, Step::Open),
            (29 * HOUR + 8, Step::Finish),
        ],
    ),
    plot(1, Status::Pending, &[(14, Step::Finish)]),
    plot(
        1,
        Status::Pending,
        &[(10, Step::Finish), (HOUR, Step::Review)],
    ),
];

/// People after whom the plots begin anew.
pub(super) const ROUND: usize = {
    let (mut sum, mut at) = (0, 0);
    while at < PLOTS.len() {
        sum += PLOTS[at].share;
        at += 1;
    }
    sum
};

/// What happens to the person with this number: neighbours have different plots.
pub(super) fn plot_of(number: usize) -> &'static Plot {
    // 11 has no divisor in common with the length of a round, so that each place of it is taken once.
    let mut place = number * 11 % ROUND;
    for plot in &PLOTS {
        if place < plot.share {
            return plot;
        }
        place -= plot.share;
    }
    &PLOTS[0]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_place_of_a_round_is_taken() {
        let places: BTreeSet<_> = (0..ROUND).map(|number| number * 11 % ROUND).collect();
        assert_eq!(places.len(), ROUND);
    }
}
