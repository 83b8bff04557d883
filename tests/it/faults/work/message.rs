//! Messages: Persona is asked for the address when one is sent, and when somebody lost their link.

use std::time::Duration;

use leftoff::{
    config::Config,
    links::{NewLink, channel::Channel, factor::Factor},
    model::message::{MessageChannel, MessageKind},
    notify::{self, NewMessage},
};
use simulator::Status;

use super::{finish, go_on};
use crate::{
    faults::{
        Act, LOOK, Scene, Turn,
        persona::Trouble,
        post,
        seen::{Seen, state},
    },
    support::App,
};

/// A message that waits.
pub(in crate::faults) struct Waiting {
    inquiry: String,
    address: String,
    message: String,
}

async fn queue(app: &App, inquiry: &str) -> String {
    let new = NewLink {
        inquiry_id: inquiry.to_owned(),
        maker: "system".to_owned(),
        reason: "a-test".to_owned(),
        note: None,
        channel: Channel::Policy,
        factor: Factor::None,
        return_url: None,
        locale: None,
        life: None,
    };
    let link = app.state.links.draft(new, &app.state.tokens).unwrap();
    let message = NewMessage {
        kind: MessageKind::Link,
        channel: MessageChannel::Mail,
        link: link.row(),
        actor: "system",
        policy: None,
    };
    let message = message.row(app.state.clock.now()).unwrap();
    let id = message.id.clone();
    let queued = app.state.store.change(move |change| {
        link.add(change)?;
        notify::enqueue(change, &message)
    });
    queued.await.unwrap();
    id
}

impl Scene for Waiting {
    type Plan = ();

    fn settings(config: &mut Config) {
        post::settings(config);
    }

    async fn prepare(app: &App, (): &()) -> Self {
        let address = post::address();
        let inquiry = post::somebody_at(app, &address, Status::Expired).await;
        Self {
            message: queue(app, &inquiry).await,
            inquiry,
            address,
        }
    }

    async fn act(&mut self, app: &App, (): &(), turn: Turn) -> Seen {
        let notifier = &app.state.notifier;
        if turn == Turn::Again {
            notifier.retry("cli:a test", &self.message).await.unwrap();
        }
        go_on(app, notifier, turn).await;
        let row = app.state.store.message(&self.message).await.unwrap();
        state(row.unwrap().state)
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            Trouble::Missing => Some(state("given-up")),
            // Persona's limit is nobody's fault, so it counts as no try.
            Trouble::Limited(_) => Some(state("waiting")),
            _ => Some(state("failed")),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }

    async fn end(&self, _: &App, (): &()) {
        post::one_to(&self.address);
    }
}

/// The message is sent.
pub(in crate::faults) fn send() -> Act<Waiting> {
    Act {
        notes: |case| match case.trouble {
            Trouble::Missing => &["message-given-up", "audit: message-given-up"],
            _ => &[],
        },
        amends: |case| match case.trouble {
            Trouble::Missing => &["message-retried", "audit: message-retried"],
            _ => &[],
        },
        ..Act::new(
            LOOK,
            (),
            state("sent"),
            &["message-sent", "audit: message-sent"],
        )
    }
}

/// Somebody who was told that another link is on its way.
pub(in crate::faults) struct Lost {
    inquiry: String,
    address: String,
}

impl Lost {
    async fn ask(&self, app: &App) {
        let form = format!("reference={}", self.inquiry);
        let answer = app.browser().submit("/recover", &form).await;
        assert_eq!(answer.redirect(), (303, "/recover/sent"));
    }
}

impl Scene for Lost {
    type Plan = ();

    fn settings(config: &mut Config) {
        post::settings(config);
        config.recover.an_hour = 10_000;
    }

    async fn prepare(app: &App, (): &()) -> Self {
        let address = post::address();
        let lost = Self {
            inquiry: post::somebody_at(app, &address, Status::Expired).await,
            address,
        };
        lost.ask(app).await;
        // Requests are put off by chance, by some seconds.
        app.advance(Duration::from_secs(6));
        lost
    }

    async fn act(&mut self, app: &App, (): &(), turn: Turn) -> Seen {
        let store = &app.state.store;
        if turn == Turn::Again && store.next_recovery().await.unwrap().is_none() {
            self.ask(app).await;
        }
        go_on(app, &app.state.recovery, turn).await;
        finish(app, &app.state.notifier).await;
        let is_sent = app
            .ledger(&self.inquiry)
            .await
            .contains(&"message-sent".to_owned());
        let is_waiting = store.next_recovery().await.unwrap().is_some();
        state(match (is_waiting, is_sent) {
            (false, true) => "sent",
            (true, false) => "waiting",
            _ => "nothing",
        })
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            // Persona knows nobody to whom a link could go.
            Trouble::Missing => Some(state("nothing")),
            _ => Some(state("waiting")),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }

    async fn end(&self, _: &App, (): &()) {
        post::one_to(&self.address);
    }
}

/// Another link is sent.
pub(in crate::faults) fn recover() -> Act<Lost> {
    Act::new(
        LOOK,
        (),
        state("sent"),
        &[
            "recovery-requested",
            "link-created",
            "message-sent",
            "audit: recovery-requested",
            "audit: link-created",
            "audit: message-sent",
        ],
    )
}
