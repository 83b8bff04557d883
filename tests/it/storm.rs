//! Storms of webhooks: whatever comes in which order, the end is that of a quiet day.

use std::{
    collections::BTreeSet,
    net::TcpListener,
    process::Child,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use futures_util::{StreamExt as _, stream};
use leftoff::{
    store::events::{APPLIED, EventQuery, IGNORED, WAITING},
    worker::Work as _,
};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::Value;
use simulator::Status;

use crate::support::{App, Intake, Program, WEBHOOK_SECRET, client, sign};

const OLD: &str = "wbhsec_before_the_rotation";

/// What happens to an inquiry: so many ms after what happened before.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Becomes(Status, u64),
    IsRedacted(u64),
}

/// What becomes of inquiries: each with whether somebody goes on through a link first.
type World = Vec<(bool, Vec<Turn>)>;

/// How the news of it come in.
#[derive(Clone, Debug)]
struct Storm {
    /// Which event comes at which turn; some come twice or more.
    order: Vec<prop::sample::Index>,
    /// Turns at which somebody else's webhook comes too.
    forged: BTreeSet<usize>,
    /// Turns after which what is there is applied.
    applied: BTreeSet<usize>,
    /// The turn from which on the new secret signs as well, and the one from which on it signs alone.
    rotation: (usize, usize),
}

fn worlds() -> impl Strategy<Value = World> {
    // Zero is frequent: events of the same millisecond must not depend on who comes first.
    let later = prop_oneof![Just(0), 1_u64..3, 60_000_u64..120_000];
    let turn = prop_oneof![
        9 => (prop::sample::select(Status::ALL.to_vec()), later.clone()).prop_map(|(status, ms)| Turn::Becomes(status, ms)),
        1 => later.prop_map(Turn::IsRedacted),
    ];
    prop::collection::vec((any::<bool>(), prop::collection::vec(turn, 0..6)), 1..5)
}

fn storms() -> impl Strategy<Value = Storm> {
    const TURNS: usize = 40;
    let some = || prop::collection::btree_set(0..TURNS, 0..8);
    let order = prop::collection::vec(any::<prop::sample::Index>(), TURNS);
    (order, some(), some(), 0..TURNS, 0..TURNS).prop_map(|(order, forged, applied, one, two)| {
        Storm {
            order,
            forged,
            applied,
            rotation: (one.min(two), one.max(two)),
        }
    })
}

/// Lets it happen at Persona; gives the inquiries.
async fn happen(app: &App, world: &World) -> Vec<String> {
    let mut inquiries = Vec::new();
    for (has_link, turns) in world {
        let inquiry = app.inquiry(Status::Pending);
        if *has_link {
            let token = app.link(&inquiry).await;
            assert_eq!(app.browser().resume(&token).await.status, 200);
        }
        for turn in turns {
            let (Turn::Becomes(_, ms) | Turn::IsRedacted(ms)) = turn;
            app.advance(Duration::from_millis(*ms));
            match turn {
                Turn::Becomes(status, _) => app.persona.set_status(&inquiry, *status).unwrap(),
                Turn::IsRedacted(_) => app.persona.redact(&inquiry).unwrap(),
            }
        }
        inquiries.push(inquiry);
    }
    inquiries
}

/// The signature of a turn: one secret, both while they are rotated, then the other.
fn signature(storm: &Storm, turn: usize, now: i64, body: &[u8]) -> String {
    let (old, new) = (sign(OLD, now, body), sign(WEBHOOK_SECRET, now, body));
    match storm.rotation {
        (both, _) if turn < both => old,
        (_, alone) if turn < alone => format!("{new} {old}"),
        _ => new,
    }
}

async fn rage(receiver: &Intake, storm: &Storm, events: &[Value]) {
    for (turn, index) in storm.order.iter().enumerate() {
        let body = index.get(events).to_string();
        let now = receiver.state.clock.now().as_second();
        let header = signature(storm, turn, now, body.as_bytes());
        assert_eq!(receiver.post(Some(&header), body.clone()).await.status, 200);
        if storm.forged.contains(&turn) {
            let forged = body.replace("\"status\":\"", "\"status\":\"approved-");
            assert_eq!(receiver.post(Some(&header), forged).await.status, 401);
        }
        if storm.applied.contains(&turn) {
            receiver.state.webhooks.step().await.unwrap();
        }
    }
    // Persona goes on until each was taken.
    receiver.hear_all(events).await;
}

async fn storm_ends_as_quiet(world: World, storm: Storm) {
    let app = App::start_with(|config| {
        config.persona.webhook_secrets = vec![WEBHOOK_SECRET.into(), OLD.into()];
    })
    .await;
    let inquiries = happen(&app, &world).await;
    let events = app.told().await;
    let (quiet, stormy) = (app.twin("quiet").await, app.twin("stormy").await);
    quiet.hear_all(&events).await;
    rage(&stormy, &storm, &events).await;
    let (quiet, stormy) = (
        quiet.picture(&inquiries).await,
        stormy.picture(&inquiries).await,
    );
    assert_eq!(quiet, stormy);
}

#[test]
fn a_storm_of_copies_forgeries_and_any_order_ends_as_a_quiet_day() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases: 24,
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    };
    // Each run of the tests looks at other storms; a failure prints its case.
    let mut runner = TestRunner::new(config);
    let storms = (worlds(), storms());
    let ran = runner.run(&storms, |(world, storm)| {
        runtime.block_on(storm_ends_as_quiet(world, storm));
        Ok(())
    });
    ran.unwrap();
}

#[tokio::test]
async fn a_decision_about_a_redacted_inquiry_counts_whatever_came_first() {
    let app = App::start().await;
    let turns = vec![
        Turn::IsRedacted(0),
        Turn::Becomes(Status::Failed, 1),
        Turn::Becomes(Status::Created, 1),
    ];
    let inquiries = happen(&app, &vec![(true, turns)]).await;
    let events = app.told().await;
    let (quiet, slow) = (app.twin("quiet").await, app.twin("slow").await);
    quiet.hear_all(&events).await;
    for event in &events {
        slow.hear_all(std::slice::from_ref(event)).await;
    }
    let links = slow.state.store.links(Some(&inquiries[0]), 1).await;
    assert_eq!(links.unwrap()[0].outcome.as_deref(), Some("failed"));
    assert_eq!(
        quiet.picture(&inquiries).await,
        slow.picture(&inquiries).await
    );
}

#[tokio::test]
async fn ten_thousand_events_at_once_are_each_answered_in_time_and_end_as_a_quiet_day() {
    const INQUIRIES: usize = 2_000;
    let large = |options: &mut simulator::Options| options.rate_limit_per_minute = 1_000_000;
    let app = App::start_beside(large, |_| {}).await;
    let inquiries: Vec<_> = (0..INQUIRIES)
        .map(|_| app.inquiry(Status::Pending))
        .collect();
    for status in [Status::Expired, Status::Completed, Status::Approved] {
        app.advance(Duration::from_mins(1));
        for inquiry in &inquiries {
            app.persona.set_status(inquiry, status).unwrap();
        }
    }
    let events = app.told().await;
    assert_eq!(events.len(), 5 * INQUIRIES);
    let (quiet, stormy) = (app.twin("quiet").await, app.twin("stormy").await);
    let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let shuffled = Just(events.clone())
        .prop_shuffle()
        .new_tree(&mut runner)
        .unwrap()
        .current();
    let twice = shuffled.iter().step_by(10).chain(&shuffled);
    let (webhooks, stopping) = (&stormy.state.webhooks, &stormy.state.stopping);
    stormy.state.crew.employ(webhooks.clone(), stopping.clone());
    let slowest = stream::iter(twice)
        .map(|event| {
            let receiver = stormy.clone();
            async move {
                let start = Instant::now();
                assert_eq!(receiver.tell(event).await.status, StatusCode::OK);
                start.elapsed()
            }
        })
        .buffer_unordered(64)
        .fold(
            Duration::ZERO,
            |slowest, took| async move { slowest.max(took) },
        )
        .await;
    assert!(
        slowest < Duration::from_secs(5),
        "Persona gives up after 5 s: {slowest:?}"
    );
    stormy.state.crew.leave(Duration::ZERO).await;
    stormy.settle().await;
    quiet.hear_all(&events).await;
    assert_eq!(
        quiet.picture(&inquiries).await,
        stormy.picture(&inquiries).await
    );
    for inquiry in inquiries.iter().step_by(100) {
        let known = stormy.state.store.inquiry(inquiry).await.unwrap().unwrap();
        assert_eq!(known.status, "approved");
    }
}

/// The program, which is started again at the same address each time.
fn serve(program: &Program) -> Child {
    program.start(&["serve"])
}

/// Tells of one event until it is acknowledged; true when it was.
async fn tell(client: &reqwest::Client, url: &str, event: &Value) -> bool {
    let body = event.to_string();
    let now = leftoff::clock::Clock::system().now().as_second();
    let request = client
        .post(url)
        .header(
            "Persona-Signature",
            sign(WEBHOOK_SECRET, now, body.as_bytes()),
        )
        .body(body);
    request
        .send()
        .await
        .is_ok_and(|answer| answer.status() == 200)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_amid_webhooks_loses_none_that_it_acknowledged() {
    const KILLS: usize = 6;
    let large = |options: &mut simulator::Options| {
        options.rate_limit_per_minute = 1_000_000;
        options.frozen_clock = false;
        options.start_time = None;
    };
    let app = App::start_beside(large, |_| {}).await;
    let inquiries: Vec<_> = (0..200).map(|_| app.inquiry(Status::Pending)).collect();
    for status in [Status::Completed, Status::Approved] {
        for inquiry in &inquiries {
            app.persona.set_status(inquiry, status).unwrap();
        }
    }
    let events = app.told().await;
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = format!("http://127.0.0.1:{port}/webhooks/persona");
    let program = Program::new()
        .set("PERSONA__API_URL", app.simulator.api_url().as_str())
        .set("PERSONA__FLOW_HOST", &app.simulator.flow_host())
        .set("PERSONA__WEBHOOK_SECRETS", WEBHOOK_SECRET)
        .set("DATABASE__URL", &app.state.config.database.url)
        .served()
        .set("SERVER__ADDR", &format!("127.0.0.1:{port}"))
        .set("LOG__FILTER", "warn");
    let acknowledged = Arc::<Mutex<BTreeSet<String>>>::default();
    let client = client();
    let mut child = serve(&program);
    for kill in 1..=KILLS {
        let left: Vec<_> = events
            .iter()
            .filter(|event| !acknowledged.lock().unwrap().contains(id(event)))
            .cloned()
            .collect();
        let until = events.len() * kill / KILLS;
        let telling = stream::iter(left).for_each_concurrent(16, |event| {
            let (client, url, acknowledged) = (&client, &url, Arc::clone(&acknowledged));
            async move {
                // Once the process is gone nobody answers any more; what was not acknowledged is told again later.
                while acknowledged.lock().unwrap().len() < until {
                    if tell(client, url, &event).await {
                        acknowledged.lock().unwrap().insert(id(&event).to_owned());
                        break;
                    }
                    tokio::task::yield_now().await;
                }
            }
        });
        telling.await;
        child.kill().unwrap();
        child.wait().unwrap();
        let promised = acknowledged.lock().unwrap().clone();
        for id in promised {
            let row = app.state.store.event(&id).await.unwrap();
            assert!(row.is_some(), "{id} was acknowledged and is lost");
        }
        child = serve(&program);
    }
    assert_eq!(acknowledged.lock().unwrap().len(), events.len());
    while waiting(&app).await > 0 {
        assert!(child.try_wait().unwrap().is_none(), "the program ended");
        tokio::task::yield_now().await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for inquiry in &inquiries {
        let known = app.state.store.inquiry(inquiry).await.unwrap().unwrap();
        assert_eq!(known.status, "approved");
        let mut ledger = app.ledger(inquiry).await;
        ledger.sort();
        assert_eq!(
            ledger,
            ["approved", "completed", "created", "started"],
            "each once"
        );
    }
    for event in &events {
        let row = app.state.store.event(id(event)).await.unwrap().unwrap();
        assert!([APPLIED, IGNORED].contains(&&*row.state), "{row:?}");
    }
}

async fn waiting(app: &App) -> usize {
    let query = EventQuery {
        state: Some(WAITING),
        ..EventQuery::default()
    };
    app.state.store.events(query, 1).await.unwrap().len()
}

fn id(event: &Value) -> &str {
    event["data"]["id"].as_str().unwrap()
}
