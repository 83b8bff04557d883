//! Figures as a table: medians, and how far they spread.

use crate::load::Round;

/// The middle of some figures, and their ends.
#[must_use]
pub fn spread(mut figures: Vec<f64>) -> String {
    figures.sort_by(f64::total_cmp);
    match (
        figures.first(),
        figures.get(figures.len() / 2),
        figures.last(),
    ) {
        (Some(least), Some(middle), Some(most)) => format!("{middle:.2} ({least:.2}–{most:.2})"),
        _ => "–".to_owned(),
    }
}

/// One row: a name, and each figure's median and range over the rounds.
#[must_use]
pub fn row(name: &str, rounds: &[Round]) -> String {
    let of = |figure: fn(&Round) -> f64| spread(rounds.iter().map(figure).collect());
    format!(
        "| {name} | {} | {} | {} | {} |",
        of(|round| round.per_cpu_second),
        of(|round| round.per_second),
        of(|round| round.p50.as_secs_f64() * 1000.0),
        of(|round| round.p99.as_secs_f64() * 1000.0),
    )
}

/// The heading of [`row`]s.
pub const HEADING: &str = "| server | requests per CPU second | requests per second | p50 ms | p99 ms |\n\
    |---|---|---|---|---|";
