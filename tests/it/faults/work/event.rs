//! Events that do not say everything: Persona is asked, or they are parked for somebody to see.

use std::time::Duration;

use serde_json::json;
use simulator::Status;

use super::{finish, may_pass, try_once};
use crate::{
    faults::{
        Act, Call,
        persona::Trouble,
        seen::{Seen, book, state},
    },
    support::App,
};

/// An event that came without its inquiry.
pub(in crate::faults) struct Bare {
    inquiry: String,
    event: String,
    has_failed: bool,
}

impl Act for Bare {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &["declined"];

    async fn prepare(app: &App) -> Self {
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
            has_failed: false,
        }
    }

    async fn act(&mut self, app: &App) -> Seen {
        let webhooks = &app.state.webhooks;
        if self.has_failed {
            webhooks.replay("cli:a test", &self.event).await.unwrap();
            finish(app, webhooks).await;
        } else {
            try_once(webhooks).await;
        }
        self.has_failed = true;
        let row = app.state.store.event(&self.event).await.unwrap().unwrap();
        state(row.state)
    }

    fn works() -> Seen {
        state("applied")
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            trouble if may_pass(trouble) => Some(state("waiting")),
            _ => Some(state("parked")),
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.inquiry).await
    }
}
