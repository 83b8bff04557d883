//! The acts beside the story: what the reader may do, and why they may not do the rest.

use leptos::prelude::*;

use super::{
    draft::{note_field, reason_field, seen},
    resume,
    show::Shown,
};
use crate::{
    model::{reason::TO_END, role::Act},
    paths,
};

/// The button that reads the inquiry from Persona again.
pub(super) fn refresh(shown: &Shown) -> Option<AnyView> {
    shown.signed.may(Act::Refresh).then(|| {
        let action = paths::of_inquiry(paths::REFRESH, &shown.inquiry.id);
        view! {
            <form method="post" action=action>
                <button type="submit">"Refresh"</button>
            </form>
        }
        .into_any()
    })
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
    view! {
        <aside class="panel" aria-label="Acts">
            {resume::form(shown)}
            {sessions(shown)}
            <p>
                <a class="button grave" href=paths::of_inquiry(paths::EXPIRE_INQUIRY, &shown.inquiry.id)>
                    "Expire the inquiry…"
                </a>
            </p>
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
