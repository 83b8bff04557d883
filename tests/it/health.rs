//! Whether the process runs, and whether it can work.

use leftoff::{
    failure::Failure,
    worker::{Bell, Pace, Work},
};
use tokio_util::sync::CancellationToken;

use crate::support::App;

#[tokio::test]
async fn a_process_that_can_work_is_ready() {
    let app = App::start().await;
    let answer = app.browser().get("/readyz").await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, "ok"));
}

#[tokio::test]
async fn a_process_that_is_stopping_lives_and_is_not_ready() {
    let app = App::start().await;
    app.state.stopping.cancel();
    let answer = app.browser().get("/readyz").await;
    let said = (answer.status.as_u16(), answer.body.as_str());
    assert_eq!(said, (503, "the process is stopping"));
    let answer = app.browser().get("/livez").await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, "ok"));
}

#[tokio::test]
async fn a_database_that_does_not_write_is_a_reason() {
    let app = App::start().await;
    app.state.store.close().await;
    let answer = app.browser().get("/readyz").await;
    let said = (answer.status.as_u16(), answer.body.as_str());
    assert_eq!(said, (503, "the database does not write"));
}

/// Work that comes to a bad end.
struct Doomed(Bell);

impl Work for Doomed {
    const NAME: &'static str = "doomed";

    async fn step(&self) -> Result<Pace, Failure> {
        panic!("as it must in this test")
    }

    fn bell(&self) -> &Bell {
        &self.0
    }
}

#[tokio::test]
async fn a_worker_that_is_gone_is_a_reason() {
    let app = App::start().await;
    let crew = &app.state.crew;
    crew.employ(Doomed(Bell::default()), CancellationToken::new());
    while crew.missing().is_empty() {
        tokio::task::yield_now().await;
    }
    let answer = app.browser().get("/readyz").await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("doomed"), "{}", answer.body);
    assert_eq!(crew.alive(), 0);
}

#[tokio::test]
async fn asking_whether_it_is_ready_writes_nothing() {
    let app = App::start().await;
    let commits = app.state.store.commits();
    for _ in 0..3 {
        assert_eq!(app.browser().get("/readyz").await.status, 200);
    }
    assert!(!commits.has_changed().unwrap());
}
