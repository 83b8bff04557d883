//! Policies: a step waits, or ends where it is seen.

use leftoff::{
    config::Config,
    policy::{Managed, NewPolicy},
    staff::Actor,
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

/// Somebody whose inquiry expired, under a policy that opens it again.
pub(in crate::faults) struct Resume {
    inquiry: String,
    address: String,
    policy: String,
    has_failed: bool,
}

/// A policy that opens expired inquiries again at once; the others are turned off.
async fn policy(app: &App) -> String {
    let policies = &app.state.policies;
    for old in app.state.store.policies().await.unwrap() {
        policies
            .set_on(&Actor::System, &old.id, false)
            .await
            .unwrap();
    }
    let new = NewPolicy {
        name: format!("Second chance of {}", post::address()),
        act: "resume".to_owned(),
        channel: "mail".to_owned(),
        locale: "en".to_owned(),
        offsets: "0".to_owned(),
        per_week: "9".to_owned(),
        in_total: "9".to_owned(),
        zone: "UTC".to_owned(),
        ..NewPolicy::default()
    };
    let made = policies.create(&Actor::System, &new).await.unwrap();
    let Managed::Done(made) = made else {
        panic!("{made:?}");
    };
    policies
        .set_on(&Actor::System, &made.id, true)
        .await
        .unwrap();
    made.id
}

impl Act for Resume {
    const CALL: Call = ("POST", "/resume");
    const DONE: &'static [&'static str] = &[
        "policy-resumed",
        "link-created",
        "message-sent",
        "audit: policy-resumed",
        "audit: link-created",
        "audit: message-sent",
    ];

    fn settings(config: &mut Config) {
        post::settings(config);
    }

    async fn prepare(app: &App) -> Self {
        let policy = policy(app).await;
        app.advance(std::time::Duration::from_secs(1));
        let address = post::address();
        Self {
            inquiry: post::somebody_at(app, &address, Status::Expired).await,
            address,
            policy,
            has_failed: false,
        }
    }

    async fn act(&mut self, app: &App) -> Seen {
        let policies = &app.state.policies;
        if self.has_failed {
            finish(app, policies).await;
        } else {
            try_once(policies).await;
        }
        self.has_failed = true;
        finish(app, &app.state.notifier).await;
        let acts = app.state.store.policy_acts(&self.policy, None, 10);
        let acts = acts.await.unwrap();
        let of_it = acts.into_iter().find(|act| act.inquiry_id == self.inquiry);
        state(of_it.map_or("not begun".to_owned(), |act| act.state))
    }

    fn works() -> Seen {
        state("done")
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            Trouble::Missing | Trouble::Conflict | Trouble::Invalid => Some(state("failed")),
            _ => Some(state("acting")),
        }
    }

    fn notes(fault: &Fault) -> &'static [&'static str] {
        match fault.trouble(Self::CALL) {
            Trouble::Missing | Trouble::Conflict | Trouble::Invalid => {
                &["policy-failed", "audit: policy-failed"]
            }
            _ => &[],
        }
    }

    fn is_final(trouble: Trouble) -> bool {
        matches!(
            trouble,
            Trouble::Missing | Trouble::Conflict | Trouble::Invalid
        )
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.inquiry).await
    }

    async fn end(&self, _: &App) {
        post::one_to(&self.address);
    }
}
