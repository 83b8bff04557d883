//! The client against a Persona with a memory, which shares no type with it.

use std::time::Duration;

use persona::{Client, IdempotencyKey, InquiryId, NewInquiry, TemplateId};
use simulator::{Control, DEFAULT_TEMPLATE, Options, Seed, Simulator, Status};

mod failures;
mod life;
mod lookup;

pub(crate) async fn start() -> (Simulator, Client) {
    start_with(Options::default()).await
}

pub(crate) async fn start_with(options: Options) -> (Simulator, Client) {
    let key = options.api_key.clone();
    let simulator = Simulator::start(options).await.unwrap();
    let builder = Client::builder(key.into()).api_url(simulator.api_url());
    let client = builder
        .retry_delay(Duration::from_millis(1))
        .timeout(Duration::from_secs(5));
    (simulator, client.build().unwrap())
}

pub(crate) fn seed(control: &Control, status: Status) -> InquiryId {
    let seed = Seed {
        status,
        ..Seed::default()
    };
    InquiryId::parse(control.create_inquiry(&seed)).unwrap()
}

pub(crate) fn key(name: &str) -> IdempotencyKey {
    IdempotencyKey::new(name)
}

pub(crate) fn template() -> NewInquiry {
    NewInquiry::from_template(TemplateId::parse(DEFAULT_TEMPLATE).unwrap())
}
