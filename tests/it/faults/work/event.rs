//! Events that do not say everything: Persona is asked, or they are parked for somebody to see.

use std::time::Duration;

use serde_json::json;
use simulator::Status;

use super::{go_on, may_pass};
use crate::{
    faults::{
        Act, LOOK, Scene, Turn,
        persona::Trouble,
        seen::{Seen, state},
    },
    support::App,
};

/// An event that came without its inquiry.
pub(in crate::faults) struct Bare {
    inquiry: String,
    event: String,
}

impl Scene for Bare {
    type Plan = ();

    async fn prepare(app: &App, (): &()) -> Self {
        let inquiry = app.inquiry(Status::Pending);
        app.advance(Duration::from_mins(1));
        app.persona.set_status(&inquiry, Status::Declined).unwrap();
        let mut event = app.told().await.pop().unwrap();
        let object = &mut event["data"]["attributes"]["payload"]["data"];
        assert_eq!(object["id"], inquiry);
        object["attributes"] = json!({});
        assert_eq!(app.receiver().tell(&event).await.status, 200);
        Self {
            inquiry,
            event: event["data"]["id"].as_str().unwrap().to_owned(),
        }
    }

    async fn act(&mut self, app: &App, (): &(), turn: Turn) -> Seen {
        let webhooks = &app.state.webhooks;
        if turn == Turn::Again {
            webhooks.replay("cli:a test", &self.event).await.unwrap();
        }
        go_on(app, webhooks, turn).await;
        let row = app.state.store.event(&self.event).await.unwrap().unwrap();
        state(row.state)
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            trouble if may_pass(trouble) => Some(state("waiting")),
            _ => Some(state("parked")),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }
}

/// The event is completed.
pub(in crate::faults) fn complete() -> Act<Bare> {
    Act::new(LOOK, (), state("applied"), &["declined"])
}
