//! Links to inquiries, and how they are kept.

use std::time::Duration;

use leftoff::{
    links::{NewLink, channel::Channel, factor::Factor},
    store::links::LinkRow,
};
use persona::InquiryId;
use simulator::Status;

use super::App;

impl App {
    /// The token of a new link to an inquiry.
    pub(crate) async fn link(&self, inquiry: &str) -> String {
        self.link_with(inquiry, |_| {}).await
    }

    /// The token of a new link with something special.
    pub(crate) async fn link_with(
        &self,
        inquiry: &str,
        change: impl FnOnce(&mut NewLink),
    ) -> String {
        let id = InquiryId::parse(inquiry).unwrap();
        self.state.inquiries.refresh(&id).await.unwrap();
        self.persona.clear_requests();
        let mut new = NewLink {
            inquiry_id: inquiry.to_owned(),
            maker: "a test".to_owned(),
            reason: "a-test".to_owned(),
            note: None,
            channel: Channel::Copy,
            factor: Factor::None,
            return_url: None,
            locale: None,
            life: None,
        };
        change(&mut new);
        let made = self.state.links.create(new).await.unwrap();
        made.token.expose().to_owned()
    }

    /// The token of a link that lives on, whatever the clock of another process shows.
    pub(crate) async fn lasting_link(&self, inquiry: &str) -> String {
        let life = Some(Duration::from_hours(20 * 365 * 24));
        self.link_with(inquiry, |new| new.life = life).await
    }

    /// The newest link to an inquiry, as it is kept.
    pub(crate) async fn newest_link(&self, inquiry: &str) -> LinkRow {
        let mut links = self.state.links.list(Some(inquiry)).await.unwrap();
        links.remove(0)
    }

    /// A link to a new inquiry in this status; its token, then the inquiry.
    pub(crate) async fn link_to(&self, status: Status) -> (String, String) {
        let inquiry = self.inquiry(status);
        (self.link(&inquiry).await, inquiry)
    }

    /// A link that asks for the date of birth; its token, then the inquiry.
    pub(crate) async fn guarded_link(&self) -> (String, String) {
        let inquiry = self.inquiry(Status::Pending);
        let ask = |new: &mut NewLink| new.factor = Factor::Birthdate;
        (self.link_with(&inquiry, ask).await, inquiry)
    }
}
