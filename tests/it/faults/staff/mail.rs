//! Mailing a link by hand: Persona is asked for the address.

use leftoff::config::Config;
use simulator::Status;

use super::{Desk, usual};
use crate::{
    faults::{
        Act, Call,
        persona::Trouble,
        post,
        seen::{Seen, book, of_page, seen},
    },
    support::{Answer, App},
};

/// A link that was made, with the form that asks for its mail.
struct Made {
    desk: Desk,
    link: String,
    token: String,
}

impl Made {
    async fn new(app: &App) -> Self {
        let desk = Desk::with(app, Status::Expired).await;
        let fields = "reason=person-asked&note=Called+us";
        let answer = desk.submit(app, "/links", fields).await;
        let (_, rest) = answer.body.split_once("name=\"token\" value=\"").unwrap();
        let token = rest.split('"').next().unwrap().to_owned();
        let link = app.newest_link(&desk.inquiry).await.id;
        Self { desk, link, token }
    }

    async fn submit(&self, app: &App, act: &str) -> Answer {
        let version = self.desk.version(app).await;
        let form = format!("token={}&version={version}", self.token);
        let path = format!("/ops/links/{}/{act}", self.link);
        self.desk.browser(app).submit(&path, &form).await
    }
}

/// "Preview the mail".
pub(in crate::faults) struct Preview(Made);

impl Act for Preview {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &[];

    fn settings(config: &mut Config) {
        post::settings(config);
    }

    async fn prepare(app: &App) -> Self {
        Self(Made::new(app).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        of_page(&self.0.submit(app, "preview").await)
    }

    fn works() -> Seen {
        seen(200, "The link is made", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        usual(trouble)
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.desk.inquiry).await
    }
}

/// "Send the mail".
pub(in crate::faults) struct Post(Made);

impl Act for Post {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &["mailed", "audit: link-mailed"];

    fn settings(config: &mut Config) {
        post::settings(config);
    }

    async fn prepare(app: &App) -> Self {
        Self(Made::new(app).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        of_page(&self.0.submit(app, "mail").await)
    }

    fn works() -> Seen {
        seen(303, "on the way", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        usual(trouble)
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.desk.inquiry).await
    }

    async fn end(&self, _: &App) {
        post::one_to(&self.0.desk.address);
    }
}
