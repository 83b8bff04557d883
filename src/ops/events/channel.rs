//! How the webhooks do, and how they are set up at Persona.

use leptos::prelude::*;

use super::banner;
use crate::{
    model::{event, role::Act},
    ops::{refused::Failed, time::Reader},
    paths,
    staff::Signed,
    state::AppState,
    store::channel::{Alarm, ChannelRow, Why},
    webhooks::Counts,
};

/// What is known of the webhooks.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    row: ChannelRow,
    counts: Counts,
    secrets: usize,
    address: String,
    may_see_settings: bool,
}

impl Channel {
    pub(super) async fn read(state: &AppState, signed: &Signed) -> Result<Self, Failed> {
        let base = state.config.server.public_url.as_str();
        Ok(Self {
            row: state.store.channel().await?,
            counts: state.webhooks.counts(),
            secrets: state.webhooks.secrets(),
            address: format!("{}{}", base.trim_end_matches('/'), paths::WEBHOOK),
            may_see_settings: signed.may(Act::SeeSettings),
        })
    }

    /// Alarm and facts.
    pub(super) fn view(&self, reader: &Reader) -> impl IntoView + use<> {
        let alarm = self.row.alarm();
        let heard = self.row.heard_at.map(|at| reader.relative(at).into_any());
        let heard = heard.unwrap_or_else(|| view! { "never" }.into_any());
        let refused_at = self
            .counts
            .refused_at
            .map(|at| view! { ", last " {reader.relative(at)} });
        let secret = match self.secrets {
            0 => "not set: nothing is taken".to_owned(),
            1 => "set".to_owned(),
            more => format!("{more} set, as during a rotation"),
        };
        view! {
            {banner(alarm.as_ref(), reader)}
            <section class="channel" aria-label="Webhooks">
                <dl class="facts">
                    <div><dt>"Last webhook"</dt><dd>{heard}</dd></div>
                    <div>
                        <dt>"Refused since the start"</dt>
                        <dd class="number">{self.counts.refused.to_string()} {refused_at}</dd>
                    </div>
                    <div><dt>"Secret"</dt><dd>{secret}</dd></div>
                    <div><dt>"Address"</dt><dd><code>{self.address.clone()}</code></dd></div>
                </dl>
            </section>
        }
    }

    /// The empty list teaches how it fills.
    pub(super) fn set_up(&self) -> impl IntoView + use<> {
        view! {
            <section class="empty">
                <h2>"Persona told nothing yet"</h2>
                <p>
                    "With webhooks, Leftoff learns within seconds who finished, expired or was decided, also when
                    the person never comes back to a page of yours."
                </p>
                {self.steps()}
            </section>
        }
    }

    /// The same for whoever has some already.
    pub(super) fn how_to(&self) -> impl IntoView + use<> {
        view! {
            <details class="more">
                <summary>"How the webhook is set up at Persona"</summary>
                {self.steps()}
            </details>
        }
    }

    fn steps(&self) -> impl IntoView + use<> {
        let names: Vec<_> = event::states()
            .map(|name| view! { <li><code>{name}</code></li> })
            .collect();
        let settings = self
            .may_see_settings
            .then(|| view! { " The page " <a href=paths::SETTINGS>"Settings"</a> " shows whether it is set." });
        view! {
            <ol class="steps">
                <li>
                    "In Persona's dashboard open Webhooks, add one, and give it this address: "
                    <code>{self.address.clone()}</code>
                </li>
                <li>
                    "Choose these events, or all of them; what moves no inquiry is kept and ignored:"
                    <ul class="names">{names}</ul>
                </li>
                <li>
                    "Copy its secret, which begins with " <code>"wbhsec_"</code> ", into "
                    <code>"LEFTOFF_PERSONA__WEBHOOK_SECRETS"</code>
                    " and restart. While you rotate it, give both with a comma between."
                    {settings}
                </li>
                <li>"Enable the webhook. Block the attributes that hold personal data if you like: Leftoff drops them."</li>
            </ol>
        }
    }
}

/// An alarm in words.
pub(super) const fn words(alarm: &Alarm) -> &'static str {
    match alarm.why {
        Why::Silent => "No webhook of Persona has come for long.",
        Why::Missed => "Things happened at Persona that no webhook told of.",
    }
}
