//! Bulks of many rows through failures, stops and kills: each row ends right.

use std::{collections::BTreeMap, time::Duration};

use leftoff::{
    model::role::Role,
    worker::{Pace, Work as _},
};
use simulator::{Fault, FaultKind};

use super::{bulk, confirm, draft_all, each_row_is_right, expired, resumed, run};
use crate::support::{App, Program};

/// Answers with failures all over a run of this many rows.
fn weather(app: &App, rows: u32) {
    let status = |code| FaultKind::Status {
        code,
        headers: BTreeMap::new(),
        html: false,
    };
    for path in ["7/resume", "k/resume", "Q/resume"] {
        for kind in [
            status(500),
            FaultKind::RateLimited { reset_seconds: 0 },
            FaultKind::DropConnection,
            status(503),
            FaultKind::BrokenJson,
        ] {
            app.persona
                .inject(Fault::new(kind).path(path).times(rows / 500));
        }
    }
}

#[tokio::test]
async fn five_thousand_end_right_through_failures_and_a_stop_in_the_middle() {
    const ROWS: usize = 5_000;
    let large = |options: &mut simulator::Options| options.rate_limit_per_minute = 100_000;
    let calm = |config: &mut leftoff::config::Config| config.ops.bulk_four_eyes = 10_000;
    let app = App::start_beside(large, calm).await;
    let ids = expired(&app, ROWS).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    weather(&app, 5_000);
    let begun = std::time::Instant::now();
    while bulk(&app, &page).await.left() > 2_500 {
        if let Pace::In(wait) = app.state.bulks.step().await.unwrap() {
            app.advance(wait);
        }
    }
    // The step is dropped while its rows are under way, as when the process ends.
    tokio::time::timeout(Duration::from_millis(2), app.state.bulks.step())
        .await
        .ok();
    let app = app.restart_with(|_| {}).await;
    run(&app).await;
    eprintln!("{ROWS} rows in {:?}", begun.elapsed());
    each_row_is_right(&app, &page, &ids).await;
}

#[tokio::test]
async fn a_process_that_is_killed_goes_on_and_resumes_nobody_twice() {
    const ROWS: usize = 400;
    let large = |options: &mut simulator::Options| {
        options.rate_limit_per_minute = 100_000;
        options.frozen_clock = false;
        options.start_time = None;
    };
    // The app of the test stands in for the browser; the program on the same database carries out.
    let app = App::start_beside(large, |_| {}).await;
    let ids = expired(&app, ROWS).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    let config = &app.state.config;
    let program = Program::new()
        .set("PERSONA__API_URL", app.simulator.api_url().as_str())
        .set("PERSONA__FLOW_HOST", &app.simulator.flow_host())
        .set("DATABASE__URL", &config.database.url)
        .served()
        .set("SERVER__ADDR", "127.0.0.1:0")
        .set("LOG__FILTER", "warn");
    let mut lost = 0;
    for until in [350, 300, 250, 200, 150, 100, 50, 0] {
        let mut child = program.start(&["serve"]);
        loop {
            assert!(child.try_wait().unwrap().is_none(), "the program ended");
            let left = bulk(&app, &page).await.left();
            // Persona acted on a row that is not written yet: the worst moment.
            let is_between = answered(&app) > ROWS - usize::try_from(left).unwrap();
            if left <= until && (is_between || left == 0) {
                break;
            }
            tokio::task::yield_now().await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let left = usize::try_from(bulk(&app, &page).await.left()).unwrap();
        lost += answered(&app) - (ROWS - left);
    }
    assert!(
        lost > 0,
        "no kill came between Persona's act and our commit"
    );
    each_row_is_right(&app, &page, &ids).await;
}

/// Resumes that Persona carried out, each counted once by its key.
fn answered(app: &App) -> usize {
    resumed(app).len()
}
