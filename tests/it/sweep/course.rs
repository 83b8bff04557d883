//! How a sweep goes: when it is due, what it waits for, and where it goes on after a restart.

use leftoff::{
    store::{
        events::{APPLIED, EventQuery},
        sweeps::{DONE, FAILED},
    },
    worker::{Pace, Work as _},
};
use simulator::{Fault, FaultKind, Seed, Status};

use super::{DAY, HOUR, MINUTE, person, sweep};
use crate::support::App;

#[tokio::test]
async fn limits_and_failures_are_waited_out_and_nonsense_is_left_to_the_next_sweep() {
    let app = App::start().await;
    let inquiry = person(&app).await;
    app.advance(HOUR);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    app.advance(HOUR);
    for kind in [
        FaultKind::RateLimited { reset_seconds: 0 },
        FaultKind::DropConnection,
    ] {
        app.persona
            .inject(Fault::new(kind).path("/events").times(1));
    }
    let done = sweep(&app).await.unwrap();
    assert_eq!(done.state, DONE);
    assert!(done.found >= 1, "{done:?}");
    app.advance(HOUR);
    app.persona
        .inject(Fault::new(FaultKind::BrokenJson).path("/events").times(1));
    let failed = sweep(&app).await.unwrap();
    assert_eq!(failed.state, FAILED);
    app.persona.clear_faults();
    app.advance(HOUR);
    let next = sweep(&app).await.unwrap();
    assert_eq!((next.state.as_str(), next.since), (DONE, failed.since));
}

#[tokio::test]
async fn a_sweep_goes_on_after_a_restart_and_reads_no_page_twice() {
    let app = App::start().await;
    for _ in 0..300 {
        let _ = app.persona.create_inquiry(&Seed::default());
    }
    app.advance(HOUR);
    app.persona.clear_requests();
    for _ in 0..3 {
        assert_eq!(app.state.sweeps.step().await.unwrap(), Pace::Now);
    }
    let app = app.restart_with(|_| {}).await;
    let done = loop {
        app.state.sweeps.step().await.unwrap();
        let latest = app.state.store.latest_sweep().await.unwrap().unwrap();
        if latest.state == DONE {
            break latest;
        }
    };
    assert_eq!(done.found, 300);
    let pages = app
        .asked()
        .iter()
        .filter(|call| *call == "GET events")
        .count();
    assert_eq!(pages, 3);
    app.receiver().settle().await;
    let query = EventQuery {
        state: Some(APPLIED),
        ..EventQuery::default()
    };
    assert_eq!(
        app.state.store.events(query, 1000).await.unwrap().len(),
        300
    );
}

#[tokio::test]
async fn sweeps_leave_the_last_part_of_the_window_to_the_portal() {
    let limit = |options: &mut simulator::Options| options.rate_limit_per_minute = 20;
    let app = App::start_beside(limit, |_| {}).await;
    for _ in 0..3000 {
        let _ = app.persona.create_inquiry(&Seed::default());
    }
    app.advance(HOUR);
    app.persona.clear_requests();
    while app.state.sweeps.step().await.unwrap() == Pace::Now {}
    assert_eq!(
        app.persona.requests().len(),
        17,
        "15 % of 20 are the portal's"
    );
}

#[tokio::test]
async fn they_are_due_as_the_settings_say() {
    let app = App::start_with(|config| config.sweep.every_minutes = 10).await;
    sweep(&app).await.unwrap();
    assert_eq!(
        app.state.sweeps.step().await.unwrap(),
        Pace::In(MINUTE * 10)
    );
    app.advance(MINUTE * 9);
    assert!(sweep(&app).await.is_none());
    app.advance(MINUTE);
    assert!(sweep(&app).await.is_some());
    let app = app
        .restart_with(|config| config.sweep.every_minutes = 0)
        .await;
    app.advance(DAY);
    assert_eq!(app.state.sweeps.step().await.unwrap(), Pace::Idle);
}
