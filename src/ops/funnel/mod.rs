//! The funnel: what came of the links of some days.

mod chart;
mod count;
mod filters;
mod names;
mod parts;
mod tables;
mod tally;

use std::sync::Arc;

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
use crate::{model::role::Act, paths, staff::Signed, state::AppState, store::funnel::Grouping};
use chart::Pair;
use count::Count;
use filters::Filters;
use names::Names;
use parts::{drawing, how, legend, nothing};
use tables::Group;
use tally::{NAMES, STEPS, Sum};

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
    let days = period.days();
    let starts = days.iter().map(|day| reader.start_of(*day)).collect();
    let count = Count::new(starts, filters.by() != Grouping::Day);
    let count = state.store.journeys(query, MOST, count, Count::add).await?;
    let names = Arc::new(Names {
        templates: state.store.templates().await?,
        team: state.store.team().await?,
        keys: state.store.api_keys().await?,
    });
    let funnel = Arc::new(Funnel::new(&count, days));
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
    medians: [Option<i64>; STEPS],
    days: Vec<(Date, Sum)>,
    /// By key, the largest first.
    groups: Vec<(String, Sum)>,
    is_cut: bool,
    bars: Pair,
    lines: Pair,
}

impl Funnel {
    fn new(count: &Count, days: Vec<Date>) -> Self {
        let (total, by_day) = (count.total(), count.days());
        let counts: Vec<_> = by_day.iter().map(|day| day.reached).collect();
        Self {
            bars: chart::bars(&total.reached),
            lines: chart::lines(&days, &counts),
            is_cut: i64::try_from(total.reached[0]).is_ok_and(|made| made >= MOST),
            days: days.into_iter().zip(by_day).collect(),
            medians: count.medians(),
            groups: count.largest(MOST_GROUPS),
            total,
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
                    {tables::steps(&self.total, &self.medians)}
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
