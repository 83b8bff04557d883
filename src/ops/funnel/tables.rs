//! The tables of the funnel: what the charts are drawn from.

use leptos::prelude::*;

use super::tally::{NAMES, STEPS, Sum, length, share};
use crate::ops::number::number;

/// The steps of all journeys.
pub(super) fn steps(sum: &Sum, medians: &[Option<i64>; STEPS]) -> AnyView {
    let rows: Vec<_> = NAMES
        .iter()
        .enumerate()
        .map(|(step, (name, code))| {
            let reached = sum.reached[step];
            let before = step.checked_sub(1).map(|before| sum.reached[before]);
            let of_before = before.map_or_else(|| "–".to_owned(), |before| share(reached, before));
            view! {
                <tr>
                    <th scope="row"><span class="step" data-step=*code>{*name}</span></th>
                    <td data-label="Links" class="number">{number(reached)}</td>
                    <td data-label="Of made" class="number">{share(reached, sum.reached[0])}</td>
                    <td data-label="Of previous" class="number">{of_before}</td>
                    <td data-label="Median time" class="number">{length(medians[step])}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="scroll" role="region" aria-label="Steps" tabindex="0">
            <table class="numbers">
                <thead>
                    <tr>
                        <th scope="col">"Step"</th>
                        <th scope="col">"Links"</th>
                        <th scope="col">"Of made"</th>
                        <th scope="col">"Of previous"</th>
                        <th scope="col">"Median time"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A group of journeys.
pub(super) struct Group {
    /// What it is called.
    pub(super) name: String,
    /// Where it is looked at alone.
    pub(super) path: Option<String>,
    /// What came of it.
    pub(super) sum: Sum,
}

/// The steps of each group.
pub(super) fn groups(title: &'static str, groups: &[Group]) -> AnyView {
    let steps: Vec<_> = NAMES
        .iter()
        .map(|(name, _)| view! { <th scope="col">{*name}</th> })
        .collect();
    let rows: Vec<_> = groups.iter().map(row).collect();
    view! {
        <div class="scroll" role="region" aria-label=format!("By {}", title.to_lowercase()) tabindex="0">
            <table class="numbers">
                <thead>
                    <tr>
                        <th scope="col">{title}</th>
                        {steps}
                        <th scope="col">"Median to finish"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(group: &Group) -> impl IntoView + use<> {
    let reached = group.sum.reached;
    let cells: Vec<_> = (0..STEPS)
        .map(|step| {
            let share = (step > 0 && reached[0] > 0).then(|| {
                view! { " " <small>{share(reached[step], reached[0])}</small> }
            });
            view! { <td data-label=NAMES[step].0 class="number">{number(reached[step])} {share}</td> }
        })
        .collect();
    let name = match group.path.clone() {
        Some(path) => view! { <a href=path>{group.name.clone()}</a> }.into_any(),
        None => group.name.clone().into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells}
            <td data-label="Median to finish" class="number">{length(group.sum.whole)}</td>
        </tr>
    }
}
