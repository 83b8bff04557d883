//! Messages: Persona is asked for the address when one is sent, and when somebody lost their link.

use leftoff::{
    config::Config,
    links::{NewLink, channel::Channel, factor::Factor},
    model::message::{MessageChannel, MessageKind},
    notify::{self, NewMessage},
};
use simulator::Status;

use super::{finish, try_once};
use crate::{
    faults::{
        Act, Call,
        persona::{Fault, Trouble},
        post,
        seen::{Seen, book, state},
    },
    support::App,
};

/// A message that waits.
pub(in crate::faults) struct Send {
    inquiry: String,
    address: String,
    message: String,
    has_failed: bool,
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

impl Act for Send {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &["message-sent", "audit: message-sent"];

    fn settings(config: &mut Config) {
        post::settings(config);
    }

    async fn prepare(app: &App) -> Self {
        let address = post::address();
        let inquiry = post::somebody_at(app, &address, Status::Expired).await;
        Self {
            message: queue(app, &inquiry).await,
            inquiry,
            address,
            has_failed: false,
        }
    }

    async fn act(&mut self, app: &App) -> Seen {
        let notifier = &app.state.notifier;
        if self.has_failed {
            notifier.retry("cli:a test", &self.message).await.unwrap();
            finish(app, notifier).await;
        } else {
            try_once(notifier).await;
        }
        self.has_failed = true;
        let row = app.state.store.message(&self.message).await.unwrap();
        state(row.unwrap().state)
    }

    fn works() -> Seen {
        state("sent")
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            Trouble::Missing => Some(state("given-up")),
            // Persona's limit is nobody's fault, so it counts as no try.
            Trouble::Limited(_) => Some(state("waiting")),
            _ => Some(state("failed")),
        }
    }

    fn notes(fault: &Fault) -> &'static [&'static str] {
        match fault.trouble(Self::CALL) {
            Trouble::Missing => &["message-given-up", "audit: message-given-up"],
            _ => &[],
        }
    }

    fn amends(trouble: Trouble) -> &'static [&'static str] {
        match trouble {
            Trouble::Missing => &["message-retried", "audit: message-retried"],
            _ => &[],
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.inquiry).await
    }

    async fn end(&self, _: &App) {
        post::one_to(&self.address);
    }
}

/// Somebody who was told that another link is on its way.
pub(in crate::faults) struct Recover {
    inquiry: String,
    address: String,
    has_failed: bool,
}

impl Recover {
    async fn ask(&self, app: &App) {
        let form = format!("reference={}", self.inquiry);
        let answer = app.browser().submit("/recover", &form).await;
        assert_eq!(answer.redirect(), (303, "/recover/sent"));
    }
}

impl Act for Recover {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &[
        "recovery-requested",
        "link-created",
        "message-sent",
        "audit: recovery-requested",
        "audit: link-created",
        "audit: message-sent",
    ];

    fn settings(config: &mut Config) {
        post::settings(config);
        config.recover.an_hour = 10_000;
    }

    async fn prepare(app: &App) -> Self {
        let address = post::address();
        let recover = Self {
            inquiry: post::somebody_at(app, &address, Status::Expired).await,
            address,
            has_failed: false,
        };
        recover.ask(app).await;
        // Requests are put off by chance, by some seconds.
        app.advance(std::time::Duration::from_secs(6));
        recover
    }

    async fn act(&mut self, app: &App) -> Seen {
        let (store, recovery) = (&app.state.store, &app.state.recovery);
        if self.has_failed {
            if store.next_recovery().await.unwrap().is_none() {
                self.ask(app).await;
            }
            finish(app, recovery).await;
        } else {
            try_once(recovery).await;
        }
        self.has_failed = true;
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

    fn works() -> Seen {
        state("sent")
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            // Persona knows nobody to whom a link could go.
            Trouble::Missing => Some(state("nothing")),
            _ => Some(state("waiting")),
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.inquiry).await
    }

    async fn end(&self, _: &App) {
        post::one_to(&self.address);
    }
}
