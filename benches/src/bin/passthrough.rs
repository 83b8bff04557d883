//! The floor: axum and reqwest, one handler, no duties. It resumes whatever inquiry it is told to.

use std::{env, sync::Arc};

use anyhow::Result;
use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
    serve::ListenerExt as _,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

struct Persona {
    client: reqwest::Client,
    api_url: String,
    api_key: String,
}

#[tokio::main]
async fn main() -> Result<()> {
    let persona = Persona {
        client: reqwest::Client::builder().build()?,
        api_url: env::var("API_URL")?,
        api_key: env::var("API_KEY")?,
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
    Ok(Json(
        json!({ "inquiry-id": inquiry, "session-token": answer["meta"]["session-token"] }),
    ))
}
