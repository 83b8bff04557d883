//! A policy: what it is told, whether it is on, and what it did.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use leptos::prelude::*;

use super::{NOT_ALLOWED, Told, act_name, found, history::History, template_name, way};
use crate::{
    model::{policy::PolicyAct, role::Act},
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
        templates::TemplateRow,
    },
    words::Words,
};

/// What the page is made of.
#[derive(Clone)]
struct View {
    policy: PolicyRow,
    templates: Vec<TemplateRow>,
    switch: SwitchRow,
    history: History,
    reader: Reader,
    may_manage: bool,
    done: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Query(told): Query<Told>,
) -> Result<Response, Failed> {
    let policy = match found(&state, &signed, &id).await? {
        Ok(policy) => policy,
        Err(response) => return Ok(response),
    };
    let reader = Reader::of(&state, &signed);
    let view = View {
        history: History::of(&state, &policy, told.before, reader.clone()).await?,
        templates: state.store.templates().await?,
        switch: state.store.policy_switch().await?,
        reader,
        may_manage: signed.may(Act::ManagePolicies),
        done: told.done,
        policy,
    };
    let page = Page {
        title: view.policy.name.clone(),
        section: paths::POLICIES,
        ..Page::default()
    };
    let body = move || view.view();
    Ok(page::render(&state, Some(&signed), page, body).await)
}

impl View {
    fn view(&self) -> AnyView {
        let path = |route: &str| paths::of_policy(route, &self.policy.id);
        let edit = way(
            "Change",
            &path(paths::POLICY_EDIT),
            "button",
            self.may_manage,
        );
        view! {
            <div class="head">
                <h1>{self.policy.name.clone()}</h1>
                <span class="row">
                    <a class="button" href=path(paths::POLICY_DRY_RUN)>"Dry run"</a>
                    {edit}
                </span>
            </div>
            {self.told()}
            {self.state()}
            {self.facts()}
            <h2>"What it did"</h2>
            {self.history.view()}
            <p><a href=paths::POLICIES>"All policies"</a></p>
        }
        .into_any()
    }

    fn told(&self) -> Option<AnyView> {
        let text = match &*self.done {
            "created" => "The policy is made. It is off: try it in a dry run, then turn it on.",
            "changed" => "The policy is changed.",
            "on" => "The policy is on. It acts on what comes due from now.",
            "off" => "The policy is off. What waited to be sent of it was dropped.",
            "moved" => {
                let text = "Somebody changed the policy meanwhile. Nothing was changed by you.";
                return Some(view! { <p class="alert" role="alert">{text}</p> }.into_any());
            }
            _ => return None,
        };
        Some(view! { <p class="done" role="status">{text}</p> }.into_any())
    }

    fn state(&self) -> impl IntoView + use<> {
        let (badge, words, to, button, class) = if let Some(since) = self.policy.on_since {
            let since = self.reader.relative(since);
            let words = view! { "since " {since} }.into_any();
            (("good", "On"), words, "off", "Turn off", "grave")
        } else {
            let words = view! { "It does nothing." }.into_any();
            (("none", "Off"), words, "on", "Turn on", "main")
        };
        let stopped = (self.switch.is_stopped != 0).then(|| {
            view! {
                <span>
                    "All policies are stopped, so it does nothing. " <a href=paths::POLICIES>"The switch"</a>
                </span>
            }
        });
        let why = (!self.may_manage).then_some(NOT_ALLOWED);
        view! {
            <form
                class="line"
                method="post"
                action=paths::of_policy(paths::POLICY_STATE, &self.policy.id)
            >
                <span class="badge" data-tone=badge.0>{badge.1}</span>
                <span>{words}</span>
                {stopped}
                <input type="hidden" name="to" value=to />
                <button class=class type="submit" disabled=!self.may_manage title=why>{button}</button>
            </form>
        }
    }

    fn facts(&self) -> impl IntoView + use<> {
        let policy = &self.policy;
        let when = match policy.act() {
            PolicyAct::Resume if policy.offsets == "0" => "As soon as it expires".to_owned(),
            PolicyAct::Resume => format!("{} after it expires", schedule(policy)),
            PolicyAct::Remind => format!("{} after the last that happened", schedule(policy)),
        };
        let caps = format!("{} a week, {} in all", policy.per_week, policy.in_total);
        let quiet = policy.quiet.clone().unwrap_or_else(|| "None".to_owned());
        let language = Words::negotiate(Some(&policy.locale), None, None).say("language-name");
        view! {
            <dl class="facts">
                <div><dt>"What it does"</dt><dd>{act_name(policy.act())}</dd></div>
                <div><dt>"For"</dt><dd>{template_name(policy, &self.templates)}</dd></div>
                <div><dt>"When"</dt><dd>{when}</dd></div>
                <div><dt>"Messages go by"</dt><dd>{channel_name(policy.channel())}</dd></div>
                <div><dt>"To one person at most"</dt><dd>{caps}</dd></div>
                <div><dt>"Quiet hours"</dt><dd>{quiet}</dd></div>
                <div><dt>"Language, when not known"</dt><dd>{language}</dd></div>
            </dl>
        }
    }
}
