//! What became of each inquiry of a bulk, filtered by outcome.

use leptos::prelude::*;

use super::{
    number,
    show::{Place, Sheet, short},
};
use crate::{
    model::bulk::{BulkState, RowState, Verdict},
    ops::{refused::Failed, said, time::Reader},
    paths,
    staff::Signed,
    state::AppState,
    store::{
        bulk::{BulkRow, Group},
        bulk_rows::Reported,
    },
};

/// Inquiries on one page.
const ON_A_PAGE: usize = 50;

/// One page of results.
#[derive(Clone, Debug)]
pub(super) struct Results {
    bulk: String,
    groups: Vec<Group>,
    rows: Vec<Reported>,
    has_more: bool,
    place: Place,
    reader: Reader,
}

impl Results {
    pub(super) async fn read(
        state: &AppState,
        signed: &Signed,
        bulk: &BulkRow,
        place: &Place,
    ) -> Result<Self, Failed> {
        let most = i64::try_from(ON_A_PAGE + 1).unwrap_or(i64::MAX);
        let (outcome, after) = (place.outcome(), place.after);
        let items = state.store.bulk_items(&bulk.id, outcome, after, most);
        let mut rows = items.await?;
        let has_more = rows.len() > ON_A_PAGE;
        rows.truncate(ON_A_PAGE);
        Ok(Self {
            bulk: bulk.id.clone(),
            groups: state.store.bulk_states(&bulk.id).await?,
            rows,
            has_more,
            place: place.clone(),
            reader: Reader::of(state, signed),
        })
    }

    pub(super) fn view(&self, sheet: &Sheet) -> impl IntoView + use<> {
        let rows: Vec<_> = self.rows.iter().map(|row| self.row(row)).collect();
        let csv = paths::bulk(paths::BULK_RESULTS, &self.bulk);
        let heading = match sheet.bulk.state() {
            BulkState::Draft | BulkState::WaitingApproval => "Inquiries",
            _ => "Results",
        };
        view! {
            <section>
                <div class="head">
                    <h2>{heading}</h2>
                    <a class="button" href=csv>"Download CSV"</a>
                </div>
                {self.tabs()}
                <div class="scroll" role="region" aria-label=heading tabindex="0">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">"Inquiry"</th>
                                <th scope="col">"Outcome"</th>
                                <th scope="col">"Why"</th>
                                <th scope="col">"Tried"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {self.has_more.then(|| self.next())}
            </section>
        }
    }

    fn tabs(&self) -> impl IntoView + use<> {
        let total: i64 = self.groups.iter().map(|group| group.count).sum();
        let all = std::iter::once((None, total));
        let groups = RowState::ALL.iter().filter_map(|state| {
            let group = self.groups.iter().find(|one| one.code == state.code());
            group.map(|group| (Some(*state), group.count))
        });
        let tabs: Vec<_> = all
            .chain(groups)
            .map(|(state, count)| {
                let current = (self.place.outcome() == state).then_some("page");
                let name = state.map_or("All", RowState::words);
                let count = number(count);
                view! {
                    <li>
                        <a href=self.path(state, 0) aria-current=current>
                            {name} " " <span class="count">{count}</span>
                        </a>
                    </li>
                }
            })
            .collect();
        view! { <nav class="tabs" aria-label="Outcomes"><ul>{tabs}</ul></nav> }
    }

    fn path(&self, state: Option<RowState>, after: i64) -> String {
        let mut path = paths::bulk(paths::BULK, &self.bulk);
        if let Some(state) = state {
            path = format!("{path}?state={}", state.code());
        }
        if after > 0 {
            let separator = if state.is_some() { '&' } else { '?' };
            path = format!("{path}{separator}after={after}");
        }
        path
    }

    fn next(&self) -> impl IntoView + use<> {
        let last = self.rows.last().map_or(0, |row| row.position);
        let href = self.path(self.place.outcome(), last);
        view! { <nav class="pages" aria-label="Pages"><a href=href rel="next">"Next"</a></nav> }
    }

    fn row(&self, row: &Reported) -> impl IntoView + use<> {
        let state = RowState::parse(&row.state).unwrap_or(RowState::Failed);
        let tone = match state {
            RowState::Done => "good",
            RowState::Failed => "bad",
            RowState::Skipped | RowState::LeftOut => "wait",
            RowState::Waiting => "none",
        };
        let tried = row.tried_at.map(|at| self.reader.relative(at));
        view! {
            <tr>
                <th scope="row">
                    <a class="id" href=paths::inquiry(&row.inquiry_id)>{row.inquiry_id.clone()}</a>
                    {row.reference_id.clone().map(|reference| view! { <small>{reference}</small> })}
                </th>
                <td data-label="Outcome"><span class="badge" data-tone=tone>{state.words()}</span></td>
                <td data-label="Why">{said(why(row, state))}</td>
                <td data-label="Tried" class="number">{tried}</td>
            </tr>
        }
    }
}

/// What was done, or why nothing was.
pub(super) fn why(row: &Reported, state: RowState) -> String {
    let verdict = match state {
        RowState::LeftOut => Some(row.verdict.as_str()),
        RowState::Skipped => row.result.as_deref(),
        _ => None,
    };
    if let Some(verdict) = verdict {
        return Verdict::parse(verdict)
            .map_or_else(|| short(verdict), |one| one.words().to_owned());
    }
    let error = row.error.clone();
    match row.result.as_deref() {
        Some("resumed") => "Opened again, and a link made".to_owned(),
        Some("link-made") => "A link made; it was open".to_owned(),
        Some("links-revoked") => "Links revoked".to_owned(),
        Some("expired") => "Expired".to_owned(),
        _ => error.unwrap_or_default(),
    }
}
