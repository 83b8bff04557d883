//! What the pages of ops are told as it happens.

use std::{collections::BTreeMap, time::Duration};

use axum::body::BodyDataStream;
use futures_util::StreamExt as _;
use leftoff::{mirror::Scope, model::role::Role, worker::Work as _};
use simulator::{Seed, Status};

use crate::support::App;

/// The next message that names this; none when the stream ended before.
pub(crate) async fn news(stream: &mut BodyDataStream, name: &str) -> Option<String> {
    while let Some(bytes) = stream.next().await {
        let text = String::from_utf8(bytes.unwrap().to_vec()).unwrap();
        let Some(json) = text.trim().strip_prefix("data: ") else {
            continue;
        };
        let mut texts: BTreeMap<String, String> = serde_json::from_str(json).unwrap();
        if let Some(text) = texts.remove(name) {
            return Some(text);
        }
    }
    None
}

#[tokio::test]
async fn counts_follow_what_is_written() {
    let app = App::start().await;
    let viewer = app.staff(Role::Viewer).await;
    let mut stream = viewer.follow("/ops/live").await.into_data_stream();
    assert_eq!(news(&mut stream, "queue-expired").await.unwrap(), "0");
    for _ in 0..3 {
        let _ = app.persona.create_inquiry(&Seed {
            status: Status::Expired,
            ..Seed::default()
        });
    }
    let started = app.state.mirror.start("system", &Scope::default()).await;
    started.unwrap().unwrap();
    assert_eq!(news(&mut stream, "import-state").await.unwrap(), "Reading");
    while app.state.store.running_import().await.unwrap().is_some() {
        app.state.mirror.step().await.unwrap();
    }
    assert_eq!(news(&mut stream, "queue-expired").await.unwrap(), "3");
    let mut late = viewer.follow("/ops/live").await.into_data_stream();
    assert_eq!(news(&mut late, "import-rows").await.unwrap(), "3");
}

#[tokio::test]
async fn a_stream_ends_with_the_session_and_keeps_nobody_signed_in() {
    let app = App::start().await;
    let mut viewer = app.staff(Role::Viewer).await;
    let tab = viewer.clone();
    let mut stream = tab.follow("/ops/live").await.into_data_stream();
    assert!(news(&mut stream, "queue-all").await.is_some());
    viewer.submit("/ops/sign-out", "").await;
    assert_eq!(news(&mut stream, "queue-all").await, None);

    let mut viewer = app.staff(Role::Viewer).await;
    let mut stream = viewer.follow("/ops/live").await.into_data_stream();
    assert!(news(&mut stream, "queue-all").await.is_some());
    for _ in 0..4 {
        app.advance(Duration::from_mins(10));
        app.inquiry(Status::Pending);
        let refreshed = app.state.mirror.start("system", &Scope::default()).await;
        if let Some(import) = refreshed.unwrap() {
            app.state.mirror.cancel("system", &import.id).await.unwrap();
        }
    }
    assert_eq!(news(&mut stream, "queue-nothing").await, None);
    let answer = viewer.get("/ops").await;
    assert_eq!(answer.redirect(), (303, "/ops/sign-in"));
}

#[tokio::test]
async fn a_stream_ends_when_the_process_stops() {
    let app = App::start().await;
    let viewer = app.staff(Role::Viewer).await;
    let mut stream = viewer.follow("/ops/live").await.into_data_stream();
    assert!(news(&mut stream, "queue-all").await.is_some());
    app.state.stopping.cancel();
    assert_eq!(news(&mut stream, "queue-all").await, None);
}
