//! Persona's answers: whatever comes instead, the client says that it cannot be used and repeats nothing of it.

use std::{
    fmt::{Debug, Display},
    sync::{Arc, Mutex},
};

use axum::{Router, extract::State, http::header::CONTENT_TYPE, response::IntoResponse};
use persona::{
    Client, EventFilter, IdempotencyKey, InquiryFilter, InquiryId, InquiryPatch, PageRequest, Shape,
};
use serde_json::Value;
use simulator::{Seed, Status};
use tokio::net::TcpListener;

use super::{Target, near};
use crate::support::{API_KEY, App, client};

/// Something personal that stands in every good answer.
const NAME: &str = "Zebulon";

type Next = Arc<Mutex<Vec<u8>>>;

struct World {
    client: Client,
    next: Next,
    good: Vec<Vec<u8>>,
    id: InquiryId,
}

/// What the simulated Persona answers to each call.
async fn answers(app: &App, inquiry: &str) -> Vec<Vec<u8>> {
    let paths = [
        format!("inquiries/{inquiry}?include=inquiry-template"),
        "inquiries?page[size]=3".to_owned(),
        format!("inquiry-sessions?filter[inquiry-id]={inquiry}"),
        "events?page[size]=3".to_owned(),
        "rate-limits".to_owned(),
    ];
    let mut answers = Vec::new();
    for path in paths {
        let url = format!("{}/{path}", app.simulator.api_url());
        let answer = client().get(url).bearer_auth(API_KEY).send().await.unwrap();
        answers.push(answer.bytes().await.unwrap().to_vec());
    }
    for act in ["resume", "generate-one-time-link"] {
        let url = format!("{}/inquiries/{inquiry}/{act}", app.simulator.api_url());
        let answer = client()
            .post(url)
            .bearer_auth(API_KEY)
            .send()
            .await
            .unwrap();
        answers.push(answer.bytes().await.unwrap().to_vec());
    }
    answers
}

async fn answer(State(next): State<Next>) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "application/json")],
        next.lock().unwrap().clone(),
    )
}

async fn world() -> World {
    let app = App::start().await;
    let fields = [("name-first".to_owned(), Value::from(NAME))];
    let inquiry = app.persona.create_inquiry(&Seed {
        status: Status::Pending,
        fields: fields.into_iter().collect(),
        reference_id: Some(NAME.to_owned()),
        ..Seed::default()
    });
    let good = answers(&app, &inquiry).await;
    let next = Next::default();
    let router = Router::new().fallback(answer).with_state(Arc::clone(&next));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let client = Client::builder(API_KEY.into())
        .api_url(url.parse().unwrap())
        .max_retries(0)
        .build()
        .unwrap();
    World {
        client,
        next,
        good,
        id: InquiryId::parse(&inquiry).unwrap(),
    }
}

/// An error must not repeat what it could not read.
fn quiet<T, E: Debug + Display>(read: Result<T, E>) {
    if let Err(error) = read {
        let text = format!("{error} {error:?}");
        assert!(!text.contains(NAME), "{text}");
    }
}

async fn check(world: &World, body: Vec<u8>) {
    world.next.lock().unwrap().clone_from(&body);
    let World { client, id, .. } = world;
    let key = IdempotencyKey::new("one");
    let page = PageRequest::of(10);
    quiet(client.retrieve_inquiry(id, &Shape::state()).await);
    quiet(client.resume_inquiry(id, &key, &Shape::state()).await);
    quiet(client.generate_one_time_link(id, None, &key).await);
    quiet(client.update_inquiry(id, &InquiryPatch::default()).await);
    quiet(
        client
            .list_inquiries(&InquiryFilter::default(), &page)
            .await,
    );
    quiet(client.list_events(&EventFilter::default(), &page).await);
    quiet(client.list_sessions(id).await);
    quiet(client.list_templates(&page).await);
    quiet(client.probe().await);
}

#[test]
fn no_answer_of_persona_breaks_the_client_or_is_repeated_in_an_error() {
    let target = Target::new("Persona JSON", world);
    let good = target.world.good.clone();
    assert!(
        good.iter()
            .any(|body| String::from_utf8_lossy(body).contains(NAME))
    );
    target.run(&near::bytes(good), &check);
}
