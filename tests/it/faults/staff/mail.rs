//! Mailing a link by hand: Persona is asked for the address.

use leftoff::config::Config;
use simulator::Status;

use super::{Desk, LINK};
use crate::{
    faults::{
        Act, LOOK, Scene, Turn,
        persona::Trouble,
        post,
        seen::{Seen, of_page, seen},
    },
    support::App,
};

/// A link that was made, with the form that asks for its mail.
pub(in crate::faults) struct Made {
    desk: Desk,
    link: String,
    token: String,
}

/// A button of that form.
#[derive(PartialEq, Eq)]
pub(in crate::faults) enum Button {
    /// "Preview the mail".
    Preview,
    /// "Send the mail".
    Send,
}

impl Scene for Made {
    type Plan = Button;

    fn settings(config: &mut Config) {
        post::settings(config);
    }

    async fn prepare(app: &App, _: &Button) -> Self {
        let desk = Desk::with(app, Status::Expired).await;
        let answer = desk.submit(app, "/links", LINK).await;
        let (_, rest) = answer.body.split_once("name=\"token\" value=\"").unwrap();
        let token = rest.split('"').next().unwrap().to_owned();
        let link = app.newest_link(&desk.inquiry).await.id;
        Self { desk, link, token }
    }

    async fn act(&mut self, app: &App, button: &Button, _: Turn) -> Seen {
        let version = self.desk.version(app).await;
        let form = format!("token={}&version={version}", self.token);
        let act = match button {
            Button::Preview => "preview",
            Button::Send => "mail",
        };
        let path = format!("/ops/links/{}/{act}", self.link);
        of_page(&self.desk.browser(app).submit(&path, &form).await)
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        Desk::usual(trouble)
    }

    fn inquiry(&self) -> &str {
        &self.desk.inquiry
    }

    async fn end(&self, _: &App, button: &Button) {
        if *button == Button::Send {
            post::one_to(&self.desk.address);
        }
    }
}

/// "Preview the mail".
pub(in crate::faults) fn preview() -> Act<Made> {
    let works = seen(200, "The link is made", None);
    Act::new(LOOK, Button::Preview, works, &[])
}

/// "Send the mail".
pub(in crate::faults) fn send() -> Act<Made> {
    let works = seen(303, "on the way", None);
    Act::new(LOOK, Button::Send, works, &["mailed", "audit: link-mailed"])
}
