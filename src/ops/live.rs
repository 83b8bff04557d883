//! What pages are told as it happens: texts by name, as server-sent events. Without them a reload shows the same.

use std::{convert::Infallible, future::Future, pin::Pin, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::{sync::watch, time::Instant};

use super::{bulk, cookie, import, queue, refused::Failed, route::Route};
use crate::{model::role::Act, news::Texts, paths, secret::Secret, staff::Signed, state::AppState};

/// What changes without a commit, such as the end of a session, is seen within this.
const LOOK: Duration = Duration::from_secs(30);
/// Proxies cut connections on which nothing is said for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// nginx holds back what it is not told to pass on.
const UNBUFFERED: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-accel-buffering"),
    HeaderValue::from_static("no"),
);

/// Where texts come from.
type Source =
    for<'a> fn(&'a AppState) -> Pin<Box<dyn Future<Output = Result<Texts, Failed>> + Send + 'a>>;

/// Everything that pages can follow.
const SOURCES: &[Source] = &[
    |state| Box::pin(queue::texts(state)),
    |state| Box::pin(import::texts(state)),
    |state| Box::pin(bulk::texts(state)),
];

/// The stream.
pub(super) fn routes() -> Vec<Route> {
    vec![Route::page(paths::LIVE, Act::SeeQueue, follow)]
}

/// Somebody who follows.
struct Listener {
    state: AppState,
    cookie: Secret,
    commits: watch::Receiver<()>,
    /// What they were told; none before the first time.
    told: Option<Texts>,
}

async fn follow(State(state): State<AppState>, _: Signed, headers: HeaderMap) -> Response {
    let listener = cookie::read(&headers).map(|cookie| Listener {
        commits: state.store.commits(),
        state,
        cookie,
        told: None,
    });
    let news = stream::unfold(listener, |listener| async {
        let (texts, listener) = listener?.next().await?;
        let event = Event::default().json_data(texts).ok()?;
        Some((Ok::<_, Infallible>(event), Some(listener)))
    });
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    ([UNBUFFERED], Sse::new(news).keep_alive(keep_alive)).into_response()
}

impl Listener {
    /// Waits for texts that changed; none when the stream is over.
    async fn next(mut self) -> Option<(Texts, Self)> {
        loop {
            if self.told.is_some() {
                self.wait().await?;
            }
            let texts = self.read().await?;
            let told = self.told.take().unwrap_or_default();
            let changed: Texts = texts
                .iter()
                .filter(|(name, text)| told.get(*name) != Some(*text))
                .map(|(name, text)| (name.clone(), text.clone()))
                .collect();
            self.told = Some(texts);
            if !changed.is_empty() {
                return Some((changed, self));
            }
        }
    }

    /// Waits until something may have changed; none when we stop.
    async fn wait(&mut self) -> Option<()> {
        tokio::select! {
            () = self.state.stopping.cancelled() => None,
            committed = self.commits.changed() => committed.ok(),
            () = tokio::time::sleep(LOOK) => Some(()),
        }
    }

    /// Reads all texts; none when the listener is not signed in any more, or the database does not answer.
    async fn read(&mut self) -> Option<Texts> {
        let signed = self.state.staff.peek(&self.cookie).await;
        let signed = signed.map_err(|failure| failure.report("live")).ok()??;
        if !signed.may(Act::SeeQueue) {
            return None;
        }
        self.commits.mark_unchanged();
        let read = self
            .state
            .news
            .since(Instant::now(), || collect(&self.state));
        let texts = read.await.map_err(|Failed(failure)| failure.report("live"));
        Some(texts.ok()?.as_ref().clone())
    }
}

async fn collect(state: &AppState) -> Result<Texts, Failed> {
    let mut texts = Texts::new();
    for source in SOURCES {
        texts.extend(source(state).await?);
    }
    Ok(texts)
}
