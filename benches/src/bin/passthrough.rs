//! The floor: axum and reqwest, one handler, no duties. It resumes whatever inquiry it is told to. With `DATABASE` it has
//! one duty, the least that survives a crash: a row of each resume is on the disk before the answer.

use std::{env, sync::Arc, thread};

use anyhow::Result;
use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
    serve::ListenerExt as _,
};
use rusqlite::Connection;
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
};

/// Resumes that wait for the disk at most.
const WAITING: usize = 1024;

struct Persona {
    client: reqwest::Client,
    api_url: String,
    api_key: String,
    notes: Option<mpsc::Sender<Note>>,
}

/// A resume that is to be written down, and who waits for it.
struct Note {
    inquiry: String,
    kept: oneshot::Sender<()>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let persona = Persona {
        client: reqwest::Client::builder().build()?,
        api_url: env::var("API_URL")?,
        api_key: env::var("API_KEY")?,
        notes: match env::var("DATABASE") {
            Ok(file) => Some(keep(Connection::open(file)?)?),
            Err(_) => None,
        },
    };
    let router = Router::new()
        .route("/livez", get(|| async { "ok" }))
        .route("/resume/{inquiry}", post(resume))
        .with_state(Arc::new(persona));
    let listener = TcpListener::bind(env::var("ADDR")?)
        .await?
        .tap_io(|stream| {
            stream.set_nodelay(true).ok();
        });
    axum::serve(listener, router).await?;
    Ok(())
}

async fn resume(
    State(persona): State<Arc<Persona>>,
    Path(inquiry): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let answer = persona
        .client
        .post(format!("{}/inquiries/{inquiry}/resume", persona.api_url))
        .bearer_auth(&persona.api_key)
        .send()
        .await
        .map_err(|_| StatusCode::BAD_GATEWAY)?;
    let answer: Value = answer.json().await.map_err(|_| StatusCode::BAD_GATEWAY)?;
    if let Some(notes) = &persona.notes {
        note(notes, inquiry.clone())
            .await
            .ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
    }
    Ok(Json(
        json!({ "inquiry-id": inquiry, "session-token": answer["meta"]["session-token"] }),
    ))
}

/// Has a resume written down; nothing when it could not be.
async fn note(notes: &mpsc::Sender<Note>, inquiry: String) -> Option<()> {
    let (kept, is_kept) = oneshot::channel();
    notes.send(Note { inquiry, kept }).await.ok()?;
    is_kept.await.ok()
}

/// A thread that commits whatever waits at once, as Leftoff's does. Whoever waits is told by the end of the channel when
/// a commit fails.
fn keep(database: Connection) -> Result<mpsc::Sender<Note>> {
    database.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full;
         create table resumes (id integer primary key, inquiry text not null)",
    )?;
    let (sender, mut notes) = mpsc::channel(WAITING);
    thread::spawn(move || {
        let mut waiting = Vec::new();
        while notes.blocking_recv_many(&mut waiting, WAITING) > 0 {
            match commit(&database, &waiting) {
                Ok(()) => {
                    for note in waiting.drain(..) {
                        note.kept.send(()).ok();
                    }
                }
                Err(_) => waiting.clear(),
            }
        }
    });
    Ok(sender)
}

fn commit(database: &Connection, notes: &[Note]) -> rusqlite::Result<()> {
    let transaction = database.unchecked_transaction()?;
    {
        let mut insert = database.prepare_cached("insert into resumes (inquiry) values ($1)")?;
        for note in notes {
            insert.execute([&note.inquiry])?;
        }
    }
    transaction.commit()
}
