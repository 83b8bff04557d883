//! What sweeps found: the drift between Persona and what webhooks told of.

use leptos::prelude::*;

use crate::{
    model::role::Act,
    ops::{refused::Failed, time::Reader},
    paths,
    staff::Signed,
    state::AppState,
    store::sweeps::{DONE, FAILED, SweepRow},
};

/// Sweeps with findings that the page lists.
const LISTED: i64 = 10;

/// The last sweep, and those that found something.
#[derive(Clone, Debug)]
pub(super) struct Drift {
    latest: Option<SweepRow>,
    found: Vec<SweepRow>,
    may_act: bool,
}

impl Drift {
    pub(super) async fn read(state: &AppState, signed: &Signed) -> Result<Self, Failed> {
        Ok(Self {
            latest: state.store.latest_sweep().await?,
            found: state.store.sweeps_with_drift(LISTED).await?,
            may_act: signed.may(Act::Refresh),
        })
    }

    /// Starts a sweep.
    pub(super) fn button(&self) -> impl IntoView + use<> {
        let is_off = !self.may_act;
        let why = is_off.then_some("This takes the role operator or admin");
        view! {
            <form method="post" action=paths::SWEEP>
                <button type="submit" disabled=is_off title=why>"Look for missed events"</button>
            </form>
        }
    }

    pub(super) fn view(&self, reader: &Reader) -> impl IntoView + use<> {
        let latest = self.latest.as_ref().map(|sweep| latest(sweep, reader));
        let latest = latest.unwrap_or_else(|| view! { <p>"No sweep has run yet."</p> }.into_any());
        view! {
            <h2>"Sweeps"</h2>
            <p>
                "A sweep asks Persona what happened and compares. What no webhook told of is found, applied like any
                other event, and reported here."
            </p>
            {latest}
            {self.table(reader)}
        }
    }

    fn table(&self, reader: &Reader) -> impl IntoView + use<> {
        let rows: Vec<_> = self.found.iter().map(|sweep| row(sweep, reader)).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <div class="scroll" role="region" aria-label="Sweeps that found something" tabindex="0">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">"Started"</th>
                                <th scope="col">"Looked at"</th>
                                <th scope="col">"Events without webhook"</th>
                                <th scope="col">"Moved without event"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
        })
    }
}

fn latest(sweep: &SweepRow, reader: &Reader) -> AnyView {
    let state = match sweep.state.as_str() {
        DONE if sweep.found == 0 && sweep.moved == 0 => "found nothing missing.",
        DONE => "found something, listed below.",
        FAILED => "was stopped by an error. The next one looks at the same time again.",
        _ => "is under way.",
    };
    let error = sweep.error.clone();
    let error = error.map(|error| view! { <p class="alert">{format!("{error}.")}</p> });
    let blind = (sweep.has_events == 0).then(|| {
        view! {
            <p class="alert">
                "Persona does not show events to this API key, so only inquiries are compared. Give the key the
                permission " <code>"event.read"</code> "."
            </p>
        }
    });
    view! {
        <p>"The last sweep, started " {reader.relative(sweep.started_at)} ", " {state}</p>
        {error}
        {blind}
    }
    .into_any()
}

fn row(sweep: &SweepRow, reader: &Reader) -> impl IntoView + use<> {
    let href = format!("{}?sweep={}", paths::EVENTS, sweep.id);
    let found = if sweep.found > 0 {
        view! { <a href=href>{sweep.found}</a> }.into_any()
    } else {
        view! { "0" }.into_any()
    };
    let first = (sweep.is_first == 1).then(|| view! { <small>"the first sweep"</small> });
    view! {
        <tr>
            <th scope="row">{reader.exact(sweep.started_at)} {first}</th>
            <td data-label="Looked at" class="number">{reader.text(sweep.since)} " – " {reader.text(sweep.until)}</td>
            <td data-label="Events without webhook" class="number">{found}</td>
            <td data-label="Moved without event" class="number">{sweep.moved}</td>
        </tr>
    }
}
