//! What the crowd has to do: made before each life, and what a kill cut off comes again in the next.

use std::{
    collections::VecDeque,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use leftoff::model::{role::Role, scope::Scope};
use persona::InquiryId;
use serde_json::Value;
use simulator::{Seed, Status};

use crate::support::App;

/// Inquiries that webhooks tell of; each has half a dozen events.
const TOLD: usize = 150;
/// How many people are ready at the beginning of a life.
const READY: usize = 8;

/// A request of the company's software, with the name under which it is sent again.
#[derive(Clone)]
pub(super) struct Order {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) body: Value,
}

/// Somebody in the middle of the flow.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) inquiry: String,
    pub(super) token: String,
    /// What the first answer brought.
    pub(super) cookie: Option<String>,
}

/// Everything that is still to be done.
pub(super) struct Stock {
    /// Events that no webhook told of yet.
    pub(super) events: Mutex<VecDeque<Value>>,
    /// People with a link.
    pub(super) people: Mutex<VecDeque<Person>>,
    /// People without one: address and inquiry.
    pub(super) lost: Mutex<VecDeque<(String, String)>>,
    /// Requests of the company's software that got no answer.
    pub(super) orders: Mutex<VecDeque<Order>>,
    /// The inquiries that staff and software act on.
    pub(super) inquiries: [String; 2],
    /// The cookie of somebody on the staff.
    pub(super) staff: String,
    /// The key of the company's software.
    pub(super) key: String,
    made: AtomicUsize,
}

impl Stock {
    pub(super) async fn new(app: &App) -> Self {
        let told: Vec<_> = (0..TOLD).map(|_| app.inquiry(Status::Expired)).collect();
        for inquiry in &told {
            for status in [Status::Pending, Status::Completed, Status::Approved] {
                app.persona.set_status(inquiry, status).unwrap();
            }
        }
        let events = app.told().await.into();
        let otto = app.staff(Role::Operator).await;
        let (_, key) = app.key(&[Scope::LinksWrite]).await;
        Self {
            events: Mutex::new(events),
            people: Mutex::default(),
            lost: Mutex::default(),
            orders: Mutex::default(),
            inquiries: [known(app, None).await, known(app, None).await],
            staff: otto.cookie.clone().unwrap(),
            key,
            made: AtomicUsize::new(0),
        }
    }

    /// Makes people, so that nobody runs out of them in a life.
    pub(super) async fn refill(&mut self, app: &App) {
        while self.people.lock().unwrap().len() < READY {
            let inquiry = app.inquiry(Status::Expired);
            let person = Person {
                token: app.lasting_link(&inquiry).await,
                inquiry,
                cookie: None,
            };
            self.people.lock().unwrap().push_back(person);
        }
        while self.lost.lock().unwrap().len() < READY {
            let address = format!("{}@example.org", self.name("person"));
            let inquiry = known(app, Some(&address)).await;
            self.lost.lock().unwrap().push_back((address, inquiry));
        }
    }

    /// A name that nothing else has.
    pub(super) fn name(&self, of: &str) -> String {
        let number = self.made.fetch_add(1, Ordering::SeqCst);
        format!("{of}-{number}")
    }
}

/// An inquiry that we know, of somebody with this address.
async fn known(app: &App, address: Option<&str>) -> String {
    let fields = address.map(|address| ("email-address".to_owned(), address.into()));
    let inquiry = app.persona.create_inquiry(&Seed {
        status: Status::Expired,
        fields: fields.into_iter().collect(),
        ..Seed::default()
    });
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    inquiry
}
