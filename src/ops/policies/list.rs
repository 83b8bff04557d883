//! All policies, and the switch that stops them.

use axum::{
    extract::{Query, State},
    response::Response,
};
use leptos::prelude::*;

use super::{NOT_ALLOWED, Told, act_name, template_name, way};
use crate::{
    model::role::Act,
    ops::{
        messages::channel_name,
        page::{self, Page},
        refused::Failed,
        time::Reader,
    },
    paths,
    policy::schedule,
    staff::Signed,
    state::AppState,
    store::{
        policies::{PolicyRow, SwitchRow},
        policy_acts::PolicyActRow,
        templates::TemplateRow,
    },
};

/// What the page is made of.
#[derive(Clone)]
struct View {
    policies: Vec<(PolicyRow, Option<PolicyActRow>)>,
    templates: Vec<TemplateRow>,
    switch: SwitchRow,
    reader: Reader,
    may_manage: bool,
    done: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(told): Query<Told>,
) -> Result<Response, Failed> {
    let mut policies = Vec::new();
    for policy in state.store.policies().await? {
        let latest = state.store.policy_latest(&policy.id).await?;
        policies.push((policy, latest));
    }
    let view = View {
        policies,
        templates: state.store.templates().await?,
        switch: state.store.policy_switch().await?,
        reader: Reader::of(&state, &signed),
        may_manage: signed.may(Act::ManagePolicies),
        done: told.done,
    };
    let page = Page {
        title: "Policies".to_owned(),
        section: paths::POLICIES,
        ..Page::default()
    };
    let body = move || view.view();
    Ok(page::render(&state, Some(&signed), page, body).await)
}

impl View {
    fn view(&self) -> AnyView {
        let new = way(
            "New policy",
            paths::POLICY_NEW,
            "button main",
            self.may_manage,
        );
        view! {
            <div class="head">
                <h1>"Policies"</h1>
                {new}
            </div>
            {self.told()}
            <p>
                "What Leftoff does by itself for people who left something unfinished. A policy is off when it is new: try it in
                a dry run first."
            </p>
            {self.table()}
            {self.switch()}
        }
        .into_any()
    }

    fn told(&self) -> Option<AnyView> {
        let text = match &*self.done {
            "stopped" => "All policies are stopped. What waited to be sent of them was dropped.",
            "released" => "Policies that are on act again.",
            _ => return None,
        };
        Some(view! { <p class="done" role="status">{text}</p> }.into_any())
    }

    /// Nothing is there to be stopped while there is no policy.
    fn switch(&self) -> Option<AnyView> {
        let is_needed = !self.policies.is_empty() || self.switch.is_stopped != 0;
        is_needed.then(|| self.turn())
    }

    fn turn(&self) -> AnyView {
        let (is_off, why) = (!self.may_manage, (!self.may_manage).then_some(NOT_ALLOWED));
        let since = self.reader.relative(self.switch.since);
        if self.switch.is_stopped == 0 {
            return view! {
                <section class="switch" aria-label="Stop everything">
                    <h2>"Stop everything"</h2>
                    <p>
                        "Stops all policies at once. What waits to be sent of them is dropped and never sent later; whatever
                        somebody asked for goes on."
                    </p>
                    <form method="post" action=paths::POLICY_SWITCH>
                        <input type="hidden" name="to" value="stop" />
                        <button class="grave" type="submit" disabled=is_off title=why>"Stop all policies"</button>
                    </form>
                </section>
            }
            .into_any();
        }
        view! {
            <section class="switch" data-stopped="" aria-label="Stopped">
                <h2>"All policies are stopped"</h2>
                <p>
                    "Since " {since} ". Nothing happens by itself. What comes due meanwhile is not made up for."
                </p>
                <form method="post" action=paths::POLICY_SWITCH>
                    <input type="hidden" name="to" value="release" />
                    <button class="main" type="submit" disabled=is_off title=why>"Let policies act again"</button>
                </form>
            </section>
        }
        .into_any()
    }

    fn table(&self) -> AnyView {
        if self.policies.is_empty() {
            return view! {
                <section class="empty">
                    <h2>"No policy yet"</h2>
                    <p>
                        "Two kinds are there: one opens an inquiry again when its time is over and sends the person a link; the
                        other reminds people who stopped halfway, a few times and never at night."
                    </p>
                </section>
            }
            .into_any();
        }
        let rows: Vec<_> = self
            .policies
            .iter()
            .map(|(policy, latest)| self.row(policy, latest.as_ref()))
            .collect();
        view! {
            <div class="scroll" role="region" aria-label="Policies" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Policy"</th>
                            <th scope="col">"What it does"</th>
                            <th scope="col">"For"</th>
                            <th scope="col">"When"</th>
                            <th scope="col">"By"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Acted last"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }

    fn row(&self, policy: &PolicyRow, latest: Option<&PolicyActRow>) -> impl IntoView + use<> {
        let href = paths::of_policy(paths::POLICY, &policy.id);
        let (tone, state) = match (policy.on_since, self.switch.is_stopped) {
            (None, _) => ("none", "Off"),
            (Some(_), 0) => ("good", "On"),
            (Some(_), _) => ("bad", "Stopped"),
        };
        let latest = match latest {
            Some(act) => self.reader.relative(act.at).into_any(),
            None => view! { <span class="soft">"Never"</span> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row"><a href=href>{policy.name.clone()}</a></th>
                <td data-label="What it does">{act_name(policy.act())}</td>
                <td data-label="For">{template_name(policy, &self.templates)}</td>
                <td data-label="When" class="as-is">{schedule(policy)}</td>
                <td data-label="By">{channel_name(policy.channel())}</td>
                <td data-label="State"><span class="badge" data-tone=tone>{state}</span></td>
                <td data-label="Acted last" class="number">{latest}</td>
            </tr>
        }
    }
}
