//! The filters of messages: all of them in the URL, and nothing else.

use leptos::prelude::*;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::channel_name;
use crate::{
    model::message::{MessageChannel, MessageState},
    paths,
    store::messages::MessageQuery,
};

/// What the URL says. A value that it cannot have is no filter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    state: String,
    channel: String,
    before: String,
    done: String,
}

/// What a state is called, and its tone.
pub(super) const fn state_name(state: MessageState) -> (&'static str, &'static str) {
    match state {
        MessageState::Waiting => ("Waiting", "wait"),
        MessageState::Sending => ("Being sent", "accent"),
        MessageState::Sent => ("Sent", "good"),
        MessageState::Failed => ("Tried again later", "wait"),
        MessageState::GivenUp => ("Given up", "bad"),
        MessageState::Dropped => ("Not needed", "wait"),
    }
}

impl Filters {
    /// What the store is asked for.
    pub(super) fn query(&self) -> MessageQuery {
        MessageQuery {
            state: MessageState::parse(&self.state),
            channel: MessageChannel::parse(&self.channel),
            before: Some(self.before.clone()).filter(|before| !before.is_empty()),
        }
    }

    /// Whether anything is asked for.
    pub(super) fn is_narrow(&self) -> bool {
        let query = self.query();
        query.state.is_some() || query.channel.is_some()
    }

    /// The same list before a message.
    pub(super) fn before(&self, id: &str) -> String {
        let pairs = [
            ("state", &*self.state),
            ("channel", &self.channel),
            ("before", id),
        ];
        let set = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let query = Serializer::new(String::new()).extend_pairs(set).finish();
        format!("{}?{query}", paths::MESSAGES)
    }

    /// What an act before this page did.
    pub(super) fn told(&self) -> Option<AnyView> {
        match &*self.done {
            "retried" => Some(
                view! { <p class="done" role="status">"The message is in the queue again."</p> }
                    .into_any(),
            ),
            "moved" => Some(
                view! {
                    <p class="alert" role="alert">"The message is not given up any more. Nothing was changed."</p>
                }
                .into_any(),
            ),
            _ => None,
        }
    }

    /// The form that narrows the list.
    pub(super) fn form(&self) -> impl IntoView + use<> {
        let states: Vec<_> = MessageState::ALL
            .into_iter()
            .map(|state| option(state.code(), state_name(state).0, &self.state))
            .collect();
        let channels: Vec<_> = MessageChannel::ALL
            .into_iter()
            .map(|channel| option(channel.code(), channel_name(channel), &self.channel))
            .collect();
        let clear = self
            .is_narrow()
            .then(|| view! { <a class="plain" href=paths::MESSAGES>"Clear"</a> });
        view! {
            <form class="filters" action=paths::MESSAGES aria-label="Filters">
                <label>
                    "State"
                    <select name="state" data-submit="">{option("", "Any", &self.state)} {states}</select>
                </label>
                <label>
                    "Channel"
                    <select name="channel" data-submit="">{option("", "Any", &self.channel)} {channels}</select>
                </label>
                <button type="submit">"Apply"</button>
                {clear}
            </form>
        }
    }
}

fn option(value: &str, name: &str, chosen: &str) -> impl IntoView + use<> {
    view! { <option value=value.to_owned() selected=value == chosen>{name.to_owned()}</option> }
}
