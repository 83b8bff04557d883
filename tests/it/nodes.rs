//! Several processes on one PostgreSQL: what one does the others see, and what one leaves undone another finishes.

use std::collections::BTreeSet;

use futures_util::future::{join_all, select_all};
use leftoff::{
    audit::check,
    model::{role::Role, scope::Scope, webhook},
    store::audit::{self, Deed},
};
use persona::InquiryId;
use simulator::{Fault, FaultKind, Status};

use crate::{
    bulk::{bulk, confirm, draft_all, each_row_is_right, expired},
    deliveries::{at_home, endpoint, settle},
    live::news,
    stop::resumes_are_under_way,
    support::{App, PASSWORD, Program, Receiver, Served},
};

/// What a process logs when it begins or ends to work in the background.
const TURN: &str = "the work in the background changed hands";

async fn three(app: &App) -> Vec<Served> {
    let program = Program::beside(app)
        .set("DELIVERIES__ALLOW_NETWORKS", "[\"127.0.0.0/8\"]")
        .set("DELIVERIES__TIMEOUT_SECONDS", "1");
    join_all((0..3).map(|_| program.serve())).await
}

/// Takes away the process whose turn it is; the one that waited longest for it when none has it yet.
async fn on_duty(nodes: &mut Vec<Served>) -> Served {
    let turns = nodes
        .iter_mut()
        .map(|node| Box::pin(node.line("message", TURN)));
    let (_, at, _) = select_all(turns).await;
    nodes.remove(at)
}

/// Waits until a commit of whichever process made it so.
async fn until(app: &App, mut is_so: impl AsyncFnMut() -> bool) {
    let mut commits = app.state.store.commits();
    while !is_so().await {
        commits.changed().await.unwrap();
    }
}

#[tokio::test]
async fn nodes_that_are_killed_in_a_bulk_and_its_deliveries_lose_nothing_and_do_nothing_twice() {
    const ROWS: usize = 200;
    let app = App::start_shared(at_home).await;
    let receiver = Receiver::start().await;
    endpoint(&app, &receiver.url).await;
    let ids = expired(&app, ROWS).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    let mut nodes = three(&app).await;
    confirm(&mut browser, &page).await;
    for left in [150, 70] {
        let node = on_duty(&mut nodes).await;
        until(&app, async || bulk(&app, &page).await.left() <= left).await;
        assert!(bulk(&app, &page).await.left() > 0, "it was killed too late");
        // Dropping it kills it.
        drop(node);
    }
    until(&app, async || bulk(&app, &page).await.left() == 0).await;
    each_row_is_right(&app, &page, &ids).await;

    let mut meant = BTreeSet::new();
    for id in &ids {
        let rows = app.state.store.ledger(id).await.unwrap();
        let told = rows
            .into_iter()
            .filter(|row| webhook::of(&row.event).is_some());
        meant.extend(told.map(|row| format!("msg_{}", row.id)));
    }
    assert_eq!(meant.len(), 2 * ROWS);
    // What was under way at a kill is leased for a while, by a clock that only the application of the test can move.
    drop(nodes);
    while let Some(wait) = settle(&app).await {
        app.advance(wait);
    }
    let came: BTreeSet<_> = receiver
        .hooks()
        .iter()
        .map(|hook| hook.id().to_owned())
        .collect();
    assert_eq!(came, meant);
    check(&app.state.store, None).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_node_that_is_killed_while_it_resumes_leaves_a_link_that_works_at_another() {
    let app = App::start_shared(|_| {}).await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut nodes = three(&app).await;
    let first = nodes.remove(0);
    let mut person = first.visitor();
    assert_eq!(person.resume(&token).await.unwrap().status(), 200);
    app.persona.set_status(&inquiry, Status::Expired).unwrap();
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    app.persona.clear_requests();
    app.persona
        .inject(Fault::new(FaultKind::Hang).path("/resume").times(1));
    let mut again = person.at(&first);
    let token_of_second = token.clone();
    let under_way = tokio::spawn(async move { again.resume(&token_of_second).await });
    resumes_are_under_way(&app, 1).await;
    drop(first);
    assert!(under_way.await.unwrap().is_err(), "it was answered");

    let mut person = person.at(&nodes[0]);
    assert_eq!(person.resume(&token).await.unwrap().status(), 200);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    let answers = join_all(nodes.iter().map(|node| {
        let mut person = person.at(node);
        let token = &token;
        async move { person.report_completion(token).await.unwrap().status() }
    }));
    assert_eq!(answers.await, [200, 200]);
    assert_eq!(app.receipt(&inquiry).await.unwrap().status, "approved");
    let finished = app.ledger(&inquiry).await;
    assert_eq!(
        finished.iter().filter(|event| *event == "verified").count(),
        1,
        "{finished:?}"
    );
}

#[tokio::test]
async fn a_node_that_stops_gives_its_turn_to_another() {
    let app = App::start_shared(|_| {}).await;
    let program = Program::beside(&app);
    let mut first = program.serve().await;
    first.line("message", TURN).await;
    let mut second = program.serve().await;
    first.tell("TERM");
    assert_eq!(first.ended().await.code, Some(0));
    assert_eq!(second.line("message", TURN).await["is_on"], true);
}

#[tokio::test]
async fn a_node_that_stood_still_for_long_finds_that_its_turn_is_over() {
    let app = App::start_shared(|_| {}).await;
    let program = Program::beside(&app);
    let mut frozen = program.serve().await;
    frozen.line("message", TURN).await;
    frozen.tell("STOP");
    let mut other = program.serve().await;
    assert_eq!(other.line("message", TURN).await["is_on"], true);
    frozen.tell("CONT");
    assert_eq!(frozen.next_line("message", TURN).await["is_on"], false);
}

#[tokio::test]
async fn whoever_signed_in_at_one_node_is_signed_in_and_out_at_all() {
    let app = App::start_shared(|_| {}).await;
    let node = app.node().await;
    let mut here = app.staff(Role::Viewer).await;
    let mut there = app.browser_at_node(&node);
    there.cookie.clone_from(&here.cookie);
    assert_eq!(there.get("/ops").await.status, 200);
    there.submit("/ops/sign-out", "").await;
    assert_eq!(here.get("/ops").await.redirect(), (303, "/ops/sign-in"));
}

#[tokio::test]
async fn attempts_to_sign_in_are_counted_at_all_nodes_together() {
    let app = App::start_shared(|config| config.ops.sign_in_attempts = 4).await;
    let node = app.node().await;
    app.staff(Role::Viewer).await;
    let email = app.person(Role::Viewer).await.email;
    for _ in 0..3 {
        let answer = app.browser_at_node(&node).sign_in(&email, "wrong").await;
        assert_eq!(answer.status, 401);
    }
    for mut browser in [app.browser(), app.browser_at_node(&node)] {
        assert_eq!(browser.sign_in(&email, PASSWORD).await.status, 429);
    }
}

#[tokio::test]
async fn what_a_key_asks_for_is_counted_at_all_nodes_together() {
    let app = App::start_shared(|config| config.limits.api = 60).await;
    let node = app.node().await;
    let here = app.backend(&[Scope::LinksRead]).await;
    let mut backends = [here.at_node(&app, &node), here];
    for turn in 0..60 {
        let answer = backends[turn % 2].get("/api/v1/links").await;
        assert_eq!(answer.status, 200, "{turn}");
    }
    for backend in &mut backends {
        assert_eq!(backend.get("/api/v1/links").await.status, 429);
    }
}

#[tokio::test]
async fn pages_of_one_node_follow_what_another_writes() {
    let app = App::start_shared(|_| {}).await;
    let node = app.node().await;
    let mut there = app.browser_at_node(&node);
    there.cookie = app.staff(Role::Viewer).await.cookie;
    let mut stream = there.follow("/ops/live").await.into_data_stream();
    assert_eq!(news(&mut stream, "queue-expired").await.unwrap(), "0");
    app.link_to(Status::Expired).await;
    assert_eq!(news(&mut stream, "queue-expired").await.unwrap(), "1");
}

#[tokio::test]
async fn nodes_that_write_together_keep_one_chain() {
    let app = App::start_shared(|_| {}).await;
    let nodes = [app.state.clone(), app.node().await, app.node().await];
    let deeds = (0..150).map(|number| {
        let deed = Deed {
            at: number,
            actor: "system".to_owned(),
            act: "tested".to_owned(),
            object: format!("number:{number}"),
            ..Deed::default()
        };
        let store = &nodes[usize::try_from(number).unwrap() % 3].store;
        store.change(move |change| audit::add(change, deed))
    });
    for written in join_all(deeds).await {
        written.unwrap();
    }
    let head = check(&nodes[1].store, None).await.unwrap().unwrap();
    assert_eq!(head.seq, 150);
    let rows = app.audit().await;
    let objects: BTreeSet<_> = rows.iter().map(|row| &row.object).collect();
    assert_eq!(objects.len(), 150);
}
