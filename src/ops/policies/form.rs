//! The form of a policy: made new, or changed.

use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{act_name, found, to};
use crate::{
    failure::Failure,
    model::{message::MessageChannel, policy::PolicyAct, refusal::Refusal},
    ops::{
        messages::channel_name,
        page::{self, Page},
        refused::Failed,
        time::Reader,
    },
    paths,
    policy::{Managed, NewPolicy},
    staff::Signed,
    state::AppState,
    store::templates::TemplateRow,
    words::Words,
};

/// A policy as somebody filled it in; what is missing is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Draft {
    version: i64,
    name: String,
    act: String,
    template: String,
    channel: String,
    locale: String,
    offsets: String,
    per_week: String,
    in_total: String,
    quiet_from: String,
    quiet_until: String,
    zone: String,
}

impl Draft {
    /// What most companies want: a few reminders, none at night.
    fn usual(zone: &str) -> Self {
        let text = str::to_owned;
        Self {
            act: PolicyAct::Remind.code().to_owned(),
            channel: MessageChannel::Mail.code().to_owned(),
            locale: text("en"),
            offsets: text("1d, 3d, 7d"),
            per_week: text("2"),
            in_total: text("5"),
            quiet_from: text("20:00"),
            quiet_until: text("08:00"),
            zone: text(zone),
            ..Self::default()
        }
    }

    fn of(policy: NewPolicy, version: i64) -> Self {
        Self {
            version,
            name: policy.name,
            act: policy.act,
            template: policy.template,
            channel: policy.channel,
            locale: policy.locale,
            offsets: policy.offsets,
            per_week: policy.per_week,
            in_total: policy.in_total,
            quiet_from: policy.quiet_from,
            quiet_until: policy.quiet_until,
            zone: policy.zone,
        }
    }

    fn policy(&self) -> NewPolicy {
        let draft = self.clone();
        NewPolicy {
            name: draft.name,
            act: draft.act,
            template: draft.template,
            channel: draft.channel,
            locale: draft.locale,
            offsets: draft.offsets,
            per_week: draft.per_week,
            in_total: draft.in_total,
            quiet_from: draft.quiet_from,
            quiet_until: draft.quiet_until,
            zone: draft.zone,
        }
    }
}

/// Where a form goes, and what stands above it.
#[derive(Clone)]
struct Frame {
    title: String,
    action: String,
    button: &'static str,
    wrong: Vec<String>,
}

type Sent = Result<Form<Draft>, FormRejection>;

fn draft(sent: Sent) -> Result<Draft, Failed> {
    let form = sent.map_err(|_| Failure::from(Refusal::BadRequest))?;
    Ok(form.0)
}

fn new_frame(wrong: Vec<String>) -> Frame {
    Frame {
        title: "New policy".to_owned(),
        action: paths::POLICY_NEW.to_owned(),
        button: "Make the policy",
        wrong,
    }
}

fn edit_frame(id: &str, wrong: Vec<String>) -> Frame {
    Frame {
        title: "Change the policy".to_owned(),
        action: paths::of_policy(paths::POLICY_EDIT, id),
        button: "Save",
        wrong,
    }
}

pub(super) async fn new(State(state): State<AppState>, signed: Signed) -> Result<Response, Failed> {
    let draft = Draft::usual(Reader::of(&state, &signed).zone());
    form(&state, &signed, new_frame(Vec::new()), draft).await
}

pub(super) async fn create(
    State(state): State<AppState>,
    signed: Signed,
    sent: Sent,
) -> Result<Response, Failed> {
    let draft = draft(sent)?;
    match state
        .policies
        .create(&signed.actor(), &draft.policy())
        .await?
    {
        Managed::Done(policy) => Ok(to(&policy, "created")),
        Managed::Wrong(wrong) => form(&state, &signed, new_frame(wrong), draft).await,
        Managed::Moved => Err(Failure::from(Refusal::Internal).into()),
    }
}

pub(super) async fn edit(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    match found(&state, &signed, &id).await? {
        Ok(policy) => {
            let draft = Draft::of(NewPolicy::of(&policy), policy.version);
            form(&state, &signed, edit_frame(&id, Vec::new()), draft).await
        }
        Err(response) => Ok(response),
    }
}

pub(super) async fn change(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failed> {
    let draft = draft(sent)?;
    let policy = match found(&state, &signed, &id).await? {
        Ok(policy) => policy,
        Err(response) => return Ok(response),
    };
    let actor = signed.actor();
    let wished = draft.policy();
    let managed = state.policies.edit(&actor, &id, draft.version, &wished);
    match managed.await? {
        Managed::Done(policy) => Ok(to(&policy, "changed")),
        Managed::Wrong(wrong) => form(&state, &signed, edit_frame(&id, wrong), draft).await,
        Managed::Moved => {
            let text = "Somebody changed this policy meanwhile. Look at yours once more, then save it again.";
            let draft = Draft {
                version: policy.version,
                ..draft
            };
            form(
                &state,
                &signed,
                edit_frame(&id, vec![text.to_owned()]),
                draft,
            )
            .await
        }
    }
}

async fn form(
    state: &AppState,
    signed: &Signed,
    frame: Frame,
    draft: Draft,
) -> Result<Response, Failed> {
    let templates = state.store.templates().await?;
    let page = Page {
        title: frame.title.clone(),
        status: if frame.wrong.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        },
        section: paths::POLICIES,
        ..Page::default()
    };
    let body = move || view(&frame, &draft, &templates);
    Ok(page::render(state, Some(signed), page, body).await)
}

fn view(frame: &Frame, draft: &Draft, templates: &[TemplateRow]) -> AnyView {
    let wrong: Vec<_> = frame
        .wrong
        .iter()
        .map(|text| view! { <li>{text.clone()}</li> })
        .collect();
    let alert = (!wrong.is_empty()).then(|| {
        view! {
            <div class="alert" role="alert">"Nothing was saved." <ul>{wrong}</ul></div>
        }
    });
    view! {
        <div class="head"><h1>{frame.title.clone()}</h1></div>
        {alert}
        <form class="narrow policy" method="post" action=frame.action.clone()>
            <input type="hidden" name="version" value=draft.version />
            {text("name", "Name", &draft.name, None)}
            {what(draft)}
            {select("template", "For inquiries of", &draft.template, template_options(templates), None)}
            {text("offsets", "When", &draft.offsets, Some(
                "Reminders: each time after the last that the person or the staff did, as in 1d, 3d, 7d. To open again: one time \
                after the expiry, 0 for at once."))}
            {select("channel", "Messages go by", &draft.channel, channel_options(), None)}
            {select("locale", "Language", &draft.locale, language_options(), Some(
                "For people whose language no earlier link tells."))}
            {caps(draft)}
            {quiet(draft)}
            <p class="row">
                <button class="main" type="submit">{frame.button}</button>
                <a class="plain" href=paths::POLICIES>"Leave it"</a>
            </p>
        </form>
    }
    .into_any()
}

fn what(draft: &Draft) -> impl IntoView + use<> {
    let options: Vec<_> = PolicyAct::ALL
        .into_iter()
        .map(|act| {
            let is_chosen = draft.act == act.code();
            view! {
                <label class="check">
                    <input type="radio" name="act" value=act.code() checked=is_chosen />
                    {act_name(act)}
                </label>
            }
        })
        .collect();
    view! { <fieldset><legend>"What it does"</legend>{options}</fieldset> }
}

fn caps(draft: &Draft) -> impl IntoView + use<> {
    view! {
        <fieldset>
            <legend>"Messages of all policies that one person gets at most"</legend>
            {text("per_week", "In seven days", &draft.per_week, None)}
            {text("in_total", "In all", &draft.in_total, None)}
        </fieldset>
    }
}

fn quiet(draft: &Draft) -> impl IntoView + use<> {
    view! {
        <fieldset>
            <legend>"Quiet hours, in which nothing is sent"</legend>
            {text("quiet_from", "From", &draft.quiet_from, Some("As in 20:00. Leave both times empty for none."))}
            {text("quiet_until", "Until", &draft.quiet_until, None)}
            {text("zone", "Time zone", &draft.zone, Some("Its name, as in Europe/Berlin."))}
        </fieldset>
    }
}

fn text(
    name: &'static str,
    label: &'static str,
    value: &str,
    hint: Option<&'static str>,
) -> impl IntoView + use<> {
    let described = hint.map(|_| format!("{name}-hint"));
    let hint = hint.map(|hint| view! { <small id=described.clone()>{hint}</small> });
    view! {
        <p class="field">
            <label for=name>{label}</label>
            <input id=name name=name value=value.to_owned() maxlength="100" autocomplete="off" aria-describedby=described />
            {hint}
        </p>
    }
}

fn select(
    name: &'static str,
    label: &'static str,
    chosen: &str,
    options: Vec<(String, String)>,
    hint: Option<&'static str>,
) -> impl IntoView + use<> {
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, text)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{text}</option> }
        })
        .collect();
    let described = hint.map(|_| format!("{name}-hint"));
    let hint = hint.map(|hint| view! { <small id=described.clone()>{hint}</small> });
    view! {
        <p class="field">
            <label for=name>{label}</label>
            <select id=name name=name aria-describedby=described>{options}</select>
            {hint}
        </p>
    }
}

fn template_options(templates: &[TemplateRow]) -> Vec<(String, String)> {
    let all = (String::new(), "Every template".to_owned());
    let known = templates.iter().map(|template| {
        let name = template.name.as_ref().unwrap_or(&template.id);
        (template.id.clone(), name.clone())
    });
    std::iter::once(all).chain(known).collect()
}

fn channel_options() -> Vec<(String, String)> {
    let option =
        |channel: MessageChannel| (channel.code().to_owned(), channel_name(channel).to_owned());
    MessageChannel::ALL.into_iter().map(option).collect()
}

fn language_options() -> Vec<(String, String)> {
    let option = |words: Words| (words.tag(), words.say("language-name"));
    Words::all().into_iter().map(option).collect()
}
