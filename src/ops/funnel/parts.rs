//! What stands around the numbers of the funnel: drawings, their colours, and words.

use leptos::prelude::*;

use super::{
    chart::Pair,
    filters::Filters,
    tally::{NAMES, STEPS},
};
use crate::paths;

/// A chart for both widths, with what it says in words.
pub(super) fn drawing(pair: &Pair, words: &str) -> AnyView {
    let [wide, narrow] = pair.clone();
    view! {
        <div class="chart" role="img" aria-label=words.to_owned()>
            <div class="wide" inner_html=wide></div>
            <div class="narrow" inner_html=narrow></div>
        </div>
    }
    .into_any()
}

/// Which colour is which step.
pub(super) fn legend() -> impl IntoView {
    let steps: [_; STEPS] = NAMES.map(|(name, code)| {
        view! { <li class="step" data-step=code>{name}</li> }
    });
    view! { <ul class="legend" aria-label="Colours">{Vec::from(steps)}</ul> }
}

/// What the numbers mean.
pub(super) fn how() -> impl IntoView {
    view! {
        <details class="how">
            <summary>"How this is counted"</summary>
            <p>
                "A link counts on the day when it was made, with all that came of it until now. A link that the person
                took to another device is one journey with it. Opened means that the button was pressed: mail scanners,
                which only look, are not counted. Resumed means that Persona gave the flow, Flow ready that the browser
                showed it, Finished that Leftoff read from Persona that the person was done, Approved that it read the
                approval later."
            </p>
            <p>
                "Whoever reached a step is counted at each step before it, because without JavaScript nobody says that
                the flow is ready. The median time is that from the step before, over the links for which both times are
                known: half of them took no longer, to within one percent."
            </p>
        </details>
    }
}

/// An empty funnel says why it is empty and what fills it.
pub(super) fn nothing(filters: &Filters) -> impl IntoView + use<> {
    let is_narrow = filters.is_narrow();
    let text = if is_narrow {
        view! {
            <p>"None of the links of these days is what the filters ask for."</p>
            <p><a href=filters.without_filters()>"Clear the filters"</a></p>
        }
        .into_any()
    } else {
        view! {
            <p>
                "Links that are made on these days are counted here: how many were opened, how many people went on
                and finished, and how long each step took. Make the first one from an inquiry in the queue, or by "
                <code>"leftoff link create"</code> "."
            </p>
            <p><a href=paths::OPS>"Go to the queue"</a></p>
        }
        .into_any()
    };
    view! {
        <section class="empty">
            <h2>{if is_narrow { "Nothing matches" } else { "No links were made on these days" }}</h2>
            {text}
        </section>
    }
}
