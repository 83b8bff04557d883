//! Policies: a step waits, or ends where it is seen.

use std::time::Duration;

use leftoff::{
    config::Config,
    policy::{Managed, NewPolicy},
    staff::Actor,
};
use simulator::Status;

use super::{finish, go_on};
use crate::{
    faults::{
        Act, RESUME, Scene, Turn,
        persona::Trouble,
        post,
        seen::{Seen, state},
    },
    support::App,
};

/// Somebody whose inquiry expired, under a policy that opens it again.
pub(in crate::faults) struct Expired {
    inquiry: String,
    address: String,
    policy: String,
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

impl Scene for Expired {
    type Plan = ();

    fn settings(config: &mut Config) {
        post::settings(config);
    }

    async fn prepare(app: &App, (): &()) -> Self {
        let policy = policy(app).await;
        app.advance(Duration::from_secs(1));
        let address = post::address();
        Self {
            inquiry: post::somebody_at(app, &address, Status::Expired).await,
            address,
            policy,
        }
    }

    async fn act(&mut self, app: &App, (): &(), turn: Turn) -> Seen {
        go_on(app, &app.state.policies, turn).await;
        finish(app, &app.state.notifier).await;
        let acts = app.state.store.policy_acts(&self.policy, None, 10);
        let acts = acts.await.unwrap();
        let of_it = acts.into_iter().find(|act| act.inquiry_id == self.inquiry);
        state(of_it.map_or("not begun".to_owned(), |act| act.state))
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            trouble if is_hopeless(trouble) => Some(state("failed")),
            _ => Some(state("acting")),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }

    async fn end(&self, _: &App, (): &()) {
        post::one_to(&self.address);
    }
}

/// Whether the step is over for good.
const fn is_hopeless(trouble: Trouble) -> bool {
    matches!(
        trouble,
        Trouble::Missing | Trouble::Conflict | Trouble::Invalid
    )
}

/// The step that opens the inquiry again.
pub(in crate::faults) fn resume() -> Act<Expired> {
    Act {
        notes: |case| {
            if is_hopeless(case.trouble) {
                &["policy-failed", "audit: policy-failed"]
            } else {
                &[]
            }
        },
        is_final: is_hopeless,
        ..Act::new(
            RESUME,
            (),
            state("done"),
            &[
                "policy-resumed",
                "link-created",
                "message-sent",
                "audit: policy-resumed",
                "audit: link-created",
                "audit: message-sent",
            ],
        )
    }
}
