//! What a policy did, the newest first.

use leptos::prelude::*;

use crate::{
    model::policy::{Obstacle, StepState},
    ops::{refused::Failed, time::Reader},
    paths,
    state::AppState,
    store::{policies::PolicyRow, policy_acts::PolicyActRow},
};

/// Steps on one page.
const ON_A_PAGE: usize = 50;

/// A page of what a policy did.
#[derive(Clone)]
pub(super) struct History {
    rows: Vec<PolicyActRow>,
    has_more: bool,
    policy: String,
    reader: Reader,
}

impl History {
    /// What a policy did before a step, or up to now.
    pub(super) async fn of(
        state: &AppState,
        policy: &PolicyRow,
        before: Option<String>,
        reader: Reader,
    ) -> Result<Self, Failed> {
        let most = i64::try_from(ON_A_PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = state.store.policy_acts(&policy.id, before, most).await?;
        let has_more = rows.len() > ON_A_PAGE;
        rows.truncate(ON_A_PAGE);
        Ok(Self {
            rows,
            has_more,
            policy: policy.id.clone(),
            reader,
        })
    }

    pub(super) fn view(&self) -> AnyView {
        if self.rows.is_empty() {
            let text = "Nothing yet. Each step that it makes, or that something stands against, is listed here.";
            return view! { <p class="soft">{text}</p> }.into_any();
        }
        let rows: Vec<_> = self.rows.iter().map(|row| self.row(row)).collect();
        let older = self.rows.last().filter(|_| self.has_more);
        let older = older.map(|row| {
            let path = paths::of_policy(paths::POLICY, &self.policy);
            let href = format!("{path}?before={}", row.id);
            view! { <nav class="pages" aria-label="Pages"><a href=href rel="next">"Older"</a></nav> }
        });
        view! {
            <div class="scroll" role="region" aria-label="What it did" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            <th scope="col">"Inquiry"</th>
                            <th scope="col">"Step"</th>
                            <th scope="col">"What came of it"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {older}
        }
        .into_any()
    }

    fn row(&self, row: &PolicyActRow) -> impl IntoView + use<> {
        let (tone, name) = match row.state() {
            StepState::Acting => ("accent", "Under way"),
            StepState::Done => ("good", "Message made"),
            StepState::Stopped => ("wait", "Not done"),
            StepState::Failed => ("bad", "Failed"),
        };
        let missed = (row.missed > 0).then(|| format!("{} missed before", row.missed));
        let inquiry = row.inquiry_id.clone();
        let href = paths::inquiry(&inquiry);
        view! {
            <tr>
                <th scope="row" class="number">{self.reader.relative(row.at)}</th>
                <td data-label="Inquiry"><a class="id" href=href>{inquiry}</a></td>
                <td data-label="Step" class="number">{row.step + 1} " " <small>{missed}</small></td>
                <td data-label="What came of it">
                    <span class="badge" data-tone=tone>{name}</span>
                    " "
                    <small>{row.reason.as_deref().map(reason)}</small>
                </td>
            </tr>
        }
    }
}

/// Why nothing came of a step.
fn reason(reason: &str) -> String {
    let obstacle = Obstacle::parse(reason);
    obstacle.map_or_else(|| reason.to_owned(), |obstacle| obstacle.words().to_owned())
}
