//! The funnel: what came of the links of some days.

mod chart;
mod filters;
mod names;
mod parts;
mod tables;
mod tally;

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{Query, State},
    response::Response,
};
use jiff::civil::Date;
use leptos::prelude::*;

use super::{
    page::{self, Page},
    refused::Failed,
    route::Route,
    time::Reader,
};
use crate::{
    model::role::Act,
    paths,
    staff::Signed,
    state::AppState,
    store::{
        Error,
        funnel::{Grouping, JourneyRow},
    },
};
use chart::Pair;
use filters::Filters;
use names::Names;
use parts::{drawing, how, legend, nothing};
use tables::Group;
use tally::{NAMES, Sum, Tally};

/// Journeys that are read at most; the page says when there were more.
const MOST: i64 = 200_000;
/// Groups that are shown at most.
const MOST_GROUPS: usize = 100;

/// The page.
pub(super) fn routes() -> Vec<Route> {
    vec![Route::page(paths::FUNNEL, Act::SeeFunnel, show)]
}

async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(filters): Query<Filters>,
) -> Result<Response, Failed> {
    let reader = Reader::of(&state, &signed);
    let today = reader.today();
    let period = filters.period(today);
    let query = filters.query(period, &reader);
    let rows = state.store.journeys(query, MOST).await?;
    let names = Arc::new(Names {
        templates: state.store.templates().await?,
        team: state.store.team().await?,
        keys: state.store.api_keys().await?,
    });
    // Counting many takes milliseconds, and the threads that answer requests have other things to do.
    let counting = (filters.clone(), period.days());
    let counted = tokio::task::spawn_blocking(move || {
        let (filters, days) = counting;
        Funnel::count(&rows, days, &reader, filters.by() != Grouping::Day)
    });
    let funnel = Arc::new(counted.await.map_err(|_| Error::Interrupted)?);
    let page = Page {
        title: "Funnel".to_owned(),
        section: paths::FUNNEL,
        ..Page::default()
    };
    let body = move || {
        let sight = if funnel.total.reached[0] == 0 {
            nothing(&filters).into_any()
        } else {
            funnel.view(&filters, &names).into_any()
        };
        view! {
            <div class="head"><h1>"Funnel"</h1></div>
            {filters.presets(period, today)}
            {filters.form(period, today, &names)}
            {sight}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

/// What came of the links of some days.
struct Funnel {
    total: Sum,
    days: Vec<(Date, Sum)>,
    /// By key, the largest first.
    groups: Vec<(String, Sum)>,
    is_cut: bool,
    bars: Pair,
    lines: Pair,
}

impl Funnel {
    /// Counts journeys that come newest first.
    fn count(rows: &[JourneyRow], days: Vec<Date>, reader: &Reader, has_groups: bool) -> Self {
        let mut total = Tally::default();
        let mut groups: HashMap<String, Tally> = HashMap::new();
        let starts: Vec<_> = days.iter().map(|day| reader.start_of(*day)).collect();
        let mut by_day = vec![Tally::default(); days.len()];
        for row in rows {
            total.add(row);
            let day = starts.partition_point(|start| *start <= row.created_at);
            if let Some(day) = day.checked_sub(1).and_then(|day| by_day.get_mut(day)) {
                day.add(row);
            }
            if has_groups {
                match groups.get_mut(&row.key) {
                    Some(group) => group.add(row),
                    None => groups.entry(row.key.clone()).or_default().add(row),
                }
            }
        }
        let total = total.sum();
        let by_day: Vec<_> = by_day.into_iter().map(Tally::sum).collect();
        let counts: Vec<_> = by_day.iter().map(|day| day.reached).collect();
        Self {
            bars: chart::bars(&total.reached),
            lines: chart::lines(&days, &counts),
            is_cut: i64::try_from(rows.len()).unwrap_or(i64::MAX) >= MOST,
            days: days.into_iter().zip(by_day).collect(),
            total,
            groups: largest(groups),
        }
    }

    fn view(&self, filters: &Filters, names: &Names) -> impl IntoView + use<> {
        let cut = self.is_cut.then(|| {
            let text = format!(
                "Only the newest {MOST} links of these days are counted. Ask for fewer days."
            );
            view! { <p class="alert">{text}</p> }
        });
        view! {
            {cut}
            <div class="funnel">
                <section aria-labelledby="whole">
                    <h2 id="whole">"From the link to the approval"</h2>
                    {drawing(&self.bars, &self.in_words())}
                    {tables::steps(&self.total)}
                    {how()}
                </section>
                <section aria-labelledby="by-day">
                    <h2 id="by-day">"By the day on which the link was made"</h2>
                    {legend()}
                    {drawing(&self.lines, &self.days_in_words())}
                    {self.day_table(filters)}
                </section>
            </div>
            {self.group_table(filters, names)}
        }
    }

    /// The days as a table: open when they are what the reader groups by.
    fn day_table(&self, filters: &Filters) -> AnyView {
        let name = |day: &Date| day.strftime("%a, %-d %b %Y").to_string();
        let days: Vec<_> = self
            .days
            .iter()
            .rev()
            .filter(|(_, sum)| sum.reached[0] > 0)
            .map(|(day, sum)| Group {
                name: name(day),
                path: None,
                sum: sum.clone(),
            })
            .collect();
        view! {
            <details class="numbers" open=filters.by() == Grouping::Day>
                <summary>"The days as a table"</summary>
                {tables::groups("Day", &days)}
            </details>
        }
        .into_any()
    }

    fn group_table(&self, filters: &Filters, names: &Names) -> impl IntoView + use<> {
        let by = filters.by();
        let groups = self.groups.iter();
        let groups: Vec<_> = groups
            .map(|(key, sum)| Group {
                name: names.of(by, key),
                path: filters.with_key(key),
                sum: sum.clone(),
            })
            .collect();
        let title = filters::grouping(by);
        (by != Grouping::Day).then(|| {
            view! {
                <section>
                    <h2>{format!("By {}", title.to_lowercase())}</h2>
                    {tables::groups(title, &groups)}
                </section>
            }
        })
    }

    fn in_words(&self) -> String {
        let steps = NAMES.iter().zip(self.total.reached);
        let steps: Vec<_> = steps
            .map(|((name, _), reached)| format!("{} {reached}", name.to_lowercase()))
            .collect();
        format!(
            "Bars of how many links reached each step: {}.",
            steps.join(", ")
        )
    }

    fn days_in_words(&self) -> String {
        let busiest = self.days.iter().max_by_key(|(_, sum)| sum.reached[0]);
        let busiest = busiest.map(|(day, sum)| {
            format!(
                " Most were made on {}: {}.",
                day.strftime("%-d %b %Y"),
                sum.reached[0]
            )
        });
        format!(
            "Lines of how many links reached each step, over {} days.{}",
            self.days.len(),
            busiest.unwrap_or_default()
        )
    }
}

/// The largest groups, as many as are shown.
fn largest(groups: HashMap<String, Tally>) -> Vec<(String, Sum)> {
    let groups = groups.into_iter().map(|(key, tally)| (key, tally.sum()));
    let mut groups: Vec<_> = groups.collect();
    groups.sort_by(|one, two| {
        let (larger, smaller) = (two.1.reached, one.1.reached);
        larger.cmp(&smaller).then_with(|| one.0.cmp(&two.0))
    });
    groups.truncate(MOST_GROUPS);
    groups
}
