//! The head of the page: what the inquiry is and where it stands.

use leptos::prelude::*;

use super::{
    advice::{Advice, MOST_SESSIONS},
    time::Reader,
};
use crate::{
    inquiries::Phase,
    model::need::Need,
    paths,
    store::{inquiries::InquiryRow, templates::TemplateRow},
};

/// ID, status and need.
pub(super) fn head(inquiry: &InquiryRow, beside: AnyView) -> AnyView {
    let (tone, status) = state(inquiry);
    let need = inquiry.need.as_deref().and_then(Need::parse);
    // The status says it already.
    let need = need.filter(|need| need.code() != inquiry.status);
    let need = need
        .map(|need| view! { <span class="badge" data-need=need.code()>{need_words(need)}</span> });
    view! {
        <div class="head">
            <div class="title">
                <h1 class="id" id="inquiry-id">{inquiry.id.clone()}</h1>
                <button class="plain" type="button" data-copy="inquiry-id" data-copied="Copied">
                    "Copy"
                </button>
                <span class="badge" data-tone=tone>{status}</span>
                {need}
            </div>
            {beside}
        </div>
    }
    .into_any()
}

/// The status in words and its tone.
fn state(inquiry: &InquiryRow) -> (&'static str, String) {
    let tone = match inquiry.phase() {
        Phase::Approved => "good",
        Phase::Expired | Phase::Declined | Phase::Failed => "bad",
        Phase::Completed | Phase::InReview => "wait",
        Phase::Pending => "accent",
        _ => "",
    };
    let words = match inquiry.phase() {
        Phase::Redacted => "Redacted".to_owned(),
        _ => sentence(&inquiry.status),
    };
    (tone, words)
}

const fn need_words(need: Need) -> &'static str {
    match need {
        Need::Expired => "Time over",
        Need::Pending => "Stopped halfway",
        Need::Created => "Never started",
        Need::FailedToLoad => "Failed to load",
        Need::Cancelled => "Cancelled",
        Need::Undecided => "Not decided",
    }
}

/// Everything that is known, as a list of facts.
pub(super) fn facts(
    inquiry: &InquiryRow,
    template: Option<&TemplateRow>,
    reader: &Reader,
    now: i64,
) -> AnyView {
    let time = |name: &'static str, at: Option<i64>| {
        at.map(|at| fact(name, reader.relative(at).into_any()))
    };
    let text = |name: &'static str, text: Option<String>| {
        text.map(|text| fact(name, view! { <span>{text}</span> }.into_any()))
    };
    let is_open = !inquiry.phase().is_settled();
    let name = template.and_then(|template| template.name.clone());
    let sessions = format!("{} of {MOST_SESSIONS}", inquiry.sessions);
    view! {
        <dl class="facts">
            {looked_up("Reference", inquiry.reference_id.as_deref())}
            {looked_up("Account", inquiry.account_id.as_deref())}
            {text("Template", name.or_else(|| inquiry.template_id.clone()))}
            {time("Created", inquiry.created_at)}
            {time("Started", inquiry.started_at)}
            {clock(inquiry, reader, now).filter(|_| is_open)}
            {time("Finished", inquiry.finished_at)}
            {time("Redacted", inquiry.redacted_at)}
            {text("Last step", inquiry.step.as_deref().map(sentence))}
            {text("Sessions used", Some(sessions))}
            {contact(inquiry, reader)}
            {time("Read from Persona", Some(inquiry.read_at))}
        </dl>
        {Advice::of(inquiry, template).view()}
    }
    .into_any()
}

fn fact(name: &'static str, value: AnyView) -> impl IntoView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
}

/// An identifier that leads to the other inquiries of the same person.
fn looked_up(name: &'static str, id: Option<&str>) -> Option<impl IntoView + use<>> {
    let id = id?.to_owned();
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", &id)
        .finish();
    let href = format!("{}?{query}", paths::SEARCH);
    Some(fact(
        name,
        view! { <a class="id" href=href>{id}</a> }.into_any(),
    ))
}

fn contact(inquiry: &InquiryRow, reader: &Reader) -> impl IntoView + use<> {
    let value = if inquiry.contacted_at == 0 {
        view! { <span class="soft">"Never"</span> }.into_any()
    } else {
        reader.relative(inquiry.contacted_at).into_any()
    };
    fact("Last contact", value)
}

/// When the time of an open inquiry is over, counted down.
fn clock(inquiry: &InquiryRow, reader: &Reader, now: i64) -> Option<impl IntoView + use<>> {
    let over = inquiry.phase() == Phase::Expired;
    let at = if over {
        inquiry.expired_at.or(inquiry.expires_at)?
    } else {
        inquiry.expires_at?
    };
    let name = if at <= now { "Expired" } else { "Expires" };
    Some(fact(name, countdown(at, reader, now).into_any()))
}

/// How long until a time, or since it.
pub(super) fn countdown(at: i64, reader: &Reader, now: i64) -> impl IntoView + use<> {
    let words = if at <= now {
        format!("{} ago", span(now - at))
    } else {
        format!("in {}", span(at - now))
    };
    let is_soon = (at > now && at - now < 3_600_000).then_some("");
    view! { <span class="clock" data-soon=is_soon title=reader.text(at)>{words}</span> }
}

/// A length of time in its two largest units.
fn span(ms: i64) -> String {
    let minutes = ms / 60_000;
    let parts = [
        (minutes / 1440, "d"),
        (minutes / 60 % 24, "h"),
        (minutes % 60, "min"),
    ];
    let shown: Vec<_> = parts
        .iter()
        .skip_while(|(number, _)| *number == 0)
        .take(2)
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number} {unit}"))
        .collect();
    if shown.is_empty() {
        "less than a minute".to_owned()
    } else {
        shown.join(" ")
    }
}

/// A code as the beginning of a sentence.
pub(super) fn sentence(code: &str) -> String {
    let words = code.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countdown_has_two_units_at_most() {
        let minute = 60_000;
        assert_eq!(span(59_999), "less than a minute");
        assert_eq!(span(59 * minute), "59 min");
        assert_eq!(span(192 * minute), "3 h 12 min");
        assert_eq!(span(1440 * minute + minute), "1 d");
        assert_eq!(span(3000 * minute), "2 d 2 h");
    }
}
