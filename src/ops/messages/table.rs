//! Messages as a table, the newest first.

use leptos::prelude::*;

use super::{
    channel_name,
    filters::{Filters, state_name},
};
use crate::{
    model::message::{MessageKind, MessageState},
    ops::time::Reader,
    paths,
    store::{messages::MessageRow, policies::PolicyRow},
    words::Words,
};

/// What the table is made of.
#[derive(Clone)]
pub(super) struct Table {
    pub(super) rows: Vec<MessageRow>,
    pub(super) has_more: bool,
    pub(super) policies: Vec<PolicyRow>,
    pub(super) reader: Reader,
    pub(super) may_retry: bool,
    pub(super) filters: Filters,
}

impl Table {
    pub(super) fn view(&self) -> AnyView {
        if self.rows.is_empty() {
            return self.nothing();
        }
        let rows: Vec<_> = self.rows.iter().map(|row| self.row(row)).collect();
        let older = self.rows.last().filter(|_| self.has_more);
        let older = older.map(|row| {
            let href = self.filters.before(&row.id);
            view! { <nav class="pages" aria-label="Pages"><a href=href rel="next">"Older"</a></nav> }
        });
        view! {
            <div class="scroll" role="region" aria-label="Messages" tabindex="0">
                <table class="messages">
                    <thead>
                        <tr>
                            <th scope="col">"Inquiry"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"By"</th>
                            <th scope="col">"Channel"</th>
                            <th scope="col">"Language"</th>
                            <th scope="col">"Made"</th>
                            <th scope="col">"Tries"</th>
                            <th scope="col"><span class="unseen">"Act"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {older}
        }
        .into_any()
    }

    fn row(&self, row: &MessageRow) -> impl IntoView + use<> {
        let inquiry = row.inquiry_id.clone();
        let href = paths::inquiry(&inquiry);
        let words = Words::negotiate(None, row.locale.as_deref(), None);
        view! {
            <tr>
                <th scope="row"><a class="id" href=href>{inquiry}</a></th>
                <td data-label="State">{self.state(row)}</td>
                <td data-label="What">{kind_name(row.kind())}</td>
                <td data-label="By">{self.maker(row)}</td>
                <td data-label="Channel">{channel_name(row.channel())}</td>
                <td data-label="Language" lang=words.tag()>{words.say("language-name")}</td>
                <td data-label="Made" class="number">{self.reader.relative(row.created_at)}</td>
                <td data-label="Tries" class="number">{row.tries}</td>
                <td>{self.retry(row)}</td>
            </tr>
        }
    }

    /// The policy that made it, or whoever asked for it.
    fn maker(&self, row: &MessageRow) -> AnyView {
        let policy = row.policy_id.as_deref();
        let policy = policy.and_then(|id| self.policies.iter().find(|policy| policy.id == id));
        match policy {
            Some(policy) => {
                let href = paths::of_policy(paths::POLICY, &policy.id);
                view! { <a href=href>{policy.name.clone()}</a> }.into_any()
            }
            None => view! { <span class="soft">"Asked for"</span> }.into_any(),
        }
    }

    fn state(&self, row: &MessageRow) -> impl IntoView + use<> {
        let (name, tone) = state_name(row.state());
        let when = match row.state() {
            MessageState::Waiting | MessageState::Failed => Some(row.due_at),
            _ => row.settled_at,
        };
        let when = when.map(|at| self.reader.relative(at));
        let why = row
            .error
            .as_deref()
            .map(|error| view! { <small>{in_words(error)}</small> });
        view! { <span class="badge" data-tone=tone>{name}</span> " " {when} {why} }
    }

    fn retry(&self, row: &MessageRow) -> AnyView {
        if row.state() != MessageState::GivenUp {
            return ().into_any();
        }
        let action = paths::of_message(paths::RETRY_MESSAGE, &row.id);
        let why = (!self.may_retry).then_some("This takes the role operator or admin");
        let label = format!("Try again, inquiry {}", row.inquiry_id);
        view! {
            <form method="post" action=action>
                <button type="submit" disabled=!self.may_retry title=why aria-label=label>"Try again"</button>
            </form>
        }
        .into_any()
    }

    /// An empty list says why it is empty and what fills it.
    fn nothing(&self) -> AnyView {
        if self.filters.is_narrow() {
            return view! {
                <section class="empty">
                    <h2>"Nothing matches"</h2>
                    <p>"No message has all that these filters ask for."</p>
                    <p><a href=paths::MESSAGES>"Clear the filters"</a></p>
                </section>
            }
            .into_any();
        }
        view! {
            <section class="empty">
                <h2>"No message yet"</h2>
                <p>
                    "Policies write to people who left something unfinished, and people ask for a new link themselves. Each
                    message is listed here with what became of it."
                </p>
                <p><a href=paths::POLICIES>"Go to the policies"</a></p>
            </section>
        }
        .into_any()
    }
}

const fn kind_name(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Link => "Link",
        MessageKind::Reminder => "Reminder",
        MessageKind::Recovery => "New link, asked for",
    }
}

/// Why a message was not sent, and what helps.
fn in_words(error: &str) -> String {
    if let Some(code) = error.strip_prefix("refused-") {
        return format!("The mail server refused it with code {code}.");
    }
    if let Some(code) = error.strip_prefix("gateway-") {
        return format!("The gateway answered {code}.");
    }
    match error {
        "unreachable" => "The server does not answer.",
        "unusable" => "It cannot be sent as it is.",
        "no-address" => "Persona holds no e-mail address for this person.",
        "no-number" => "Persona holds no telephone number with its country for this person.",
        "unknown-inquiry" => "Persona does not know this inquiry any more.",
        "secret-changed" => "server.secret was changed, so that its link cannot be made any more.",
        "persona" => "Persona did not answer.",
        "link-over" => "Its link is over or was taken back.",
        "finished" => "The person was done already.",
        "stopped" => "Its policy was turned off.",
        other => other,
    }
    .to_owned()
}
