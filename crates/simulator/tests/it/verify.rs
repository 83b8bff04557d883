//! The hosted flow, which works without JavaScript.

use reqwest::Method;
use serde_json::json;
use simulator::{Seed, Status};
use url::Url;

use crate::persona::{Answer, Persona, send};

/// Presses a button of the form on a page, as a browser without JavaScript would.
async fn press(persona: &Persona, page: &Answer, action: &str) -> Answer {
    let mut form: Vec<_> = page
        .text
        .split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(hidden)
        .collect();
    form.push(("action".to_owned(), action.to_owned()));
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let request = persona
        .page(Method::POST, "/verify")
        .header("Content-Type", "application/x-www-form-urlencoded");
    send(request.body(body)).await
}

fn hidden(input: &str) -> (String, String) {
    let (name, rest) = input.split_once("\" value=\"").unwrap();
    (
        name.to_owned(),
        rest.split('"').next().unwrap().replace("&amp;", "&"),
    )
}

async fn open(persona: &Persona, inquiry: &str, redirect: &str) -> Answer {
    let token = persona.token(inquiry).await;
    let query = [
        ("inquiry-id", inquiry),
        ("session-token", &token),
        ("redirect-uri", redirect),
    ];
    send(persona.page(Method::GET, "/verify").query(&query)).await
}

#[tokio::test]
async fn finishing_leads_back_with_the_person_in_the_query() {
    let persona = Persona::start().await;
    let seed = Seed {
        status: Status::Expired,
        reference_id: Some("user-1".into()),
        ..Seed::default()
    };
    let inquiry = persona.control.create_inquiry(&seed);
    let page = open(&persona, &inquiry, "https://app.example/return?a=b&c=d").await;
    assert!(page.text.contains(">Finish</button>") && !page.text.contains("<script"));
    let left = press(&persona, &page, "approve").await;
    assert_eq!(left.status, 303);
    let target = Url::parse(left.header("Location")).unwrap();
    let query: Vec<_> = target.query_pairs().collect();
    let value = |name: &str| {
        query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_ref())
    };
    assert_eq!((value("a"), value("c")), (Some("b"), Some("d")));
    assert_eq!(
        (value("inquiry-id"), value("reference-id")),
        (Some(inquiry.as_str()), Some("user-1"))
    );
    assert_eq!(
        (value("status"), value("fields[name-first][value]")),
        (Some("completed"), Some("Alexandra"))
    );
    assert_eq!(persona.status(&inquiry).await, "approved");
}

#[tokio::test]
async fn the_inquirys_own_redirect_serves_when_the_link_names_none() {
    let persona = Persona::start().await;
    let seed = Seed {
        redirect_uri: Some("https://app.example/own".into()),
        ..Seed::default()
    };
    let inquiry = persona.control.create_inquiry(&seed);
    let answer = persona
        .post(
            &format!("inquiries/{inquiry}/generate-one-time-link"),
            json!({}),
        )
        .await;
    let page = send(
        persona
            .http
            .get(answer.at("/meta/one-time-link").as_str().unwrap()),
    )
    .await;
    assert!(page.text.contains("Start verification") && !page.text.contains(">Finish<"));
    let started = press(&persona, &page, "start").await;
    assert_eq!(
        (started.status, persona.status(&inquiry).await.as_str()),
        (200, "pending")
    );
    let left = press(&persona, &started, "fail").await;
    assert!(
        left.header("Location")
            .starts_with("https://app.example/own?inquiry-id=")
    );
    assert!(left.header("Location").contains("status=failed"));
}

#[tokio::test]
async fn cancelling_leaves_the_inquiry_as_it_is() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Expired);
    let page = open(&persona, &inquiry, "https://app.example/return").await;
    let cancelled = press(&persona, &page, "cancel").await;
    assert_eq!(
        (cancelled.status, persona.status(&inquiry).await.as_str()),
        (200, "pending")
    );
    assert_eq!(press(&persona, &page, "lose").await.status, 409);
    assert_eq!(
        press(&persona, &page, "finish").await.status,
        303,
        "the session still works"
    );
}

#[tokio::test]
async fn a_finished_inquiry_without_redirect_ends_on_a_page() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    let page = send(persona.page(Method::GET, &format!("/verify?inquiry-id={inquiry}"))).await;
    let done = press(&persona, &page, "finish").await;
    assert!(done.status == 200 && done.text.contains("Done"));
    assert_eq!(press(&persona, &page, "finish").await.status, 409);
}
