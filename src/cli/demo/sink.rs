//! Where the demo's short messages go: no telephone, but a page that shows what people would read.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::words::Words;

/// Texts that the page shows.
const SHOWN: usize = 50;
/// The number that the sink knows nothing of, so that the demo has a message that was refused for good.
pub(super) const NOT_IN_SERVICE: &str = "+12025550199";

/// A text as the gateway is told it.
#[derive(Deserialize)]
struct Short {
    to: String,
    kind: String,
    text: String,
    language: String,
}

type Texts = Arc<Mutex<VecDeque<Short>>>;

/// Listens on a free port of loopback, and gives where.
pub(super) async fn open() -> anyhow::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let router = Router::new()
        .route("/", get(show))
        .route("/", post(take))
        .with_state(Texts::default());
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

async fn take(State(texts): State<Texts>, Json(text): Json<Short>) -> StatusCode {
    if text.to == NOT_IN_SERVICE {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
    texts.push_front(text);
    texts.truncate(SHOWN);
    StatusCode::ACCEPTED
}

async fn show(State(texts): State<Texts>) -> Markup {
    let texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Short messages of the demo" }
            }
            body style="max-width:40rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif" {
                h1 { "Short messages of the demo" }
                p { "None of them left this machine, and the numbers belong to nobody. The newest come first." }
                @for text in &*texts { (line(text)) }
            }
        }
    }
}

fn line(text: &Short) -> Markup {
    let words = Words::negotiate(Some(&text.language), None, None);
    let (before, url) = text.text.rsplit_once(' ').unwrap_or((&text.text, ""));
    html! {
        article {
            h2 style="margin-bottom:0;font-size:1rem" { (text.to) " · " (text.kind) }
            p lang=(words.tag()) dir=(words.direction()) style="margin-top:0" {
                (before) " " a href=(url) { (url) }
            }
        }
    }
}
