//! The acts beside the story: what the reader may do, and why they may not do the rest.

use leptos::prelude::*;

use super::{
    draft::{note_field, reason_field, seen},
    resume,
    show::Shown,
};
use crate::{
    inquiries::Phase,
    model::{reason::TO_END, role::Act},
    paths,
};

/// What stands beside the heading: the way to the acts, reading anew, and the evidence, to whoever may.
pub(super) fn beside(shown: &Shown) -> AnyView {
    let id = &shown.inquiry.id;
    let evidence = shown.signed.may(Act::ExportAudit).then(|| {
        view! { <a class="button" href=paths::evidence(id)>"Evidence"</a> }
    });
    let refresh = shown.signed.may(Act::Refresh).then(|| {
        let action = paths::of_inquiry(paths::REFRESH, id);
        let is_open = !shown.inquiry.phase().is_settled();
        let jump = is_open.then(|| view! { <a class="button main jump" href="#acts">"Resume"</a> });
        view! {
            {jump}
            <form method="post" action=action>
                <button type="submit">"Refresh"</button>
            </form>
        }
    });
    view! { <div class="row">{refresh} {evidence}</div> }.into_any()
}

/// The acts.
pub(super) fn view(shown: &Shown) -> AnyView {
    if !shown.signed.may(Act::Resume) {
        let roles: Vec<_> = Act::Resume.roles().iter().map(|role| role.code()).collect();
        let text = format!(
            "Your role is {}. Acting on an inquiry takes the role {}.",
            shown.signed.role.code(),
            roles.join(" or ")
        );
        return view! { <aside class="panel" aria-label="Acts"><p class="soft">{text}</p></aside> }
            .into_any();
    }
    if shown.inquiry.phase().is_settled() {
        let text = "The person is done, so there is nothing to resume or to end.";
        return view! { <aside class="panel" aria-label="Acts"><p class="soft">{text}</p></aside> }
            .into_any();
    }
    // An expired inquiry has no live session left, and nothing to expire.
    let ending = (shown.inquiry.phase() != Phase::Expired).then(|| {
        let href = paths::of_inquiry(paths::EXPIRE_INQUIRY, &shown.inquiry.id);
        view! {
            {sessions(shown)}
            <p><a class="button grave" href=href>"Expire the inquiry…"</a></p>
        }
    });
    view! {
        <aside class="panel" id="acts" aria-label="Acts">
            {resume::form(shown)}
            {ending}
        </aside>
    }
    .into_any()
}

fn sessions(shown: &Shown) -> AnyView {
    let action = paths::of_inquiry(paths::EXPIRE_SESSIONS, &shown.inquiry.id);
    view! {
        <details class="inline">
            <summary>"End live sessions…"</summary>
            <form method="post" action=action>
                <p>"Whoever has the flow open is out at once. Links still work and start a new session."</p>
                {seen(&shown.inquiry, shown.now)}
                {reason_field("reason-sessions".to_owned(), &TO_END, "")}
                {note_field("note-sessions".to_owned(), String::new(), false)}
                <button class="grave" type="submit">"End the sessions"</button>
            </form>
        </details>
    }
    .into_any()
}
