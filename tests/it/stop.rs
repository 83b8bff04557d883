//! Stopping: SIGTERM ends the process, and nobody's request.

use std::sync::Mutex;

use futures_util::{StreamExt as _, future::join_all, stream};
use leftoff::clock::Clock;
use serde_json::Value;
use simulator::{Fault, FaultKind, Status};

use crate::support::{App, Program, Served, Visitor, WEBHOOK_SECRET, client, sign};

/// Waits until Persona was asked to resume so often.
pub(crate) async fn resumes_are_under_way(app: &App, count: usize) {
    let asked = || {
        app.asked()
            .iter()
            .filter(|call| *call == "POST resume")
            .count()
    };
    while asked() < count {
        tokio::task::yield_now().await;
    }
}

/// Opens a page again and again until nobody takes connections any more; gives the statuses of the answers.
async fn knock_until_it_is_closed(visitor: Visitor) -> Vec<u16> {
    let mut statuses = Vec::new();
    loop {
        match visitor.get("/livez").await {
            Ok(answer) => statuses.push(answer.status().as_u16()),
            // A connection that was never taken is no answer.
            Err(error) if error.is_connect() || error.is_request() => return statuses,
            Err(error) => panic!("an answer broke off: {error:?}"),
        }
    }
}

#[tokio::test]
async fn under_load_every_request_that_was_taken_is_answered_and_the_exit_is_clean() {
    const PRESSES: usize = 12;
    let app = App::start().await;
    let mut links = Vec::new();
    for _ in 0..PRESSES {
        let inquiry = app.inquiry(Status::Expired);
        links.push((app.lasting_link(&inquiry).await, inquiry));
    }
    let slow = FaultKind::Delay { ms: 400 };
    app.persona.inject(Fault::new(slow).path("/resume"));
    let served = Program::beside(&app).serve().await;

    let presses: Vec<_> = links
        .iter()
        .map(|(token, _)| {
            let (mut visitor, token) = (served.visitor(), token.clone());
            tokio::spawn(async move { visitor.resume(&token).await })
        })
        .collect();
    let knocks: Vec<_> = (0..4)
        .map(|_| tokio::spawn(knock_until_it_is_closed(served.visitor())))
        .collect();
    resumes_are_under_way(&app, PRESSES).await;
    served.tell("TERM");

    for press in join_all(presses).await {
        let answer = press.unwrap().expect("a press was cut off");
        assert_eq!(answer.status(), 200);
        let opened: Value = answer.json().await.unwrap();
        assert!(opened["session-token"].is_string(), "{opened}");
    }
    for statuses in join_all(knocks).await {
        let statuses = statuses.unwrap();
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    }
    let ended = served.ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("\"stopped\""), "{}", ended.stderr);
    for (_, inquiry) in &links {
        assert_eq!(app.ledger(inquiry).await, ["link-created", "resumed"]);
    }
}

#[tokio::test]
async fn a_webhook_that_is_acknowledged_while_it_stops_is_kept() {
    const BEFORE: usize = 40;
    let app = App::start_live(|_| {}).await;
    for _ in 0..60 {
        let inquiry = app.inquiry(Status::Pending);
        app.persona.set_status(&inquiry, Status::Completed).unwrap();
    }
    let events = app.told().await;
    let program = Program::beside(&app).set("PERSONA__WEBHOOK_SECRETS", WEBHOOK_SECRET);
    let served = program.serve().await;
    let (client, url) = (client(), served.url("/webhooks/persona"));
    let kept = Mutex::new(Vec::new());
    let telling = stream::iter(&events).for_each_concurrent(16, async |event| {
        let (body, now) = (event.to_string(), Clock::system().now().as_second());
        let signature = sign(WEBHOOK_SECRET, now, body.as_bytes());
        let request = client.post(&url).header("persona-signature", signature);
        match request.body(body).send().await {
            Ok(answer) => {
                assert_eq!(answer.status(), 200);
                let id = event["data"]["id"].as_str().unwrap().to_owned();
                let mut kept = kept.lock().unwrap();
                kept.push(id);
                if kept.len() == BEFORE {
                    served.tell("TERM");
                }
            }
            // Persona tells again what nobody took.
            Err(error) => assert!(error.is_connect() || error.is_request(), "{error:?}"),
        }
    });
    telling.await;
    let ended = served.ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let kept = kept.into_inner().unwrap();
    assert!(kept.len() >= BEFORE);
    for id in kept {
        let row = app.state.store.event(&id).await.unwrap();
        assert!(row.is_some(), "{id} was acknowledged and is lost");
    }
}

/// The process after it was told to stop, and said so.
async fn told_to_stop(served: &mut Served) {
    served.tell("TERM");
    served.line("message", "stopping").await;
}

#[tokio::test]
async fn a_balancer_learns_that_it_stops_while_it_still_takes_requests() {
    let app = App::start().await;
    let program = Program::beside(&app).set("SERVER__DRAIN_SECONDS", "2");
    let mut served = program.serve().await;
    let visitor = served.visitor();
    assert_eq!(visitor.get("/readyz").await.unwrap().status(), 200);
    told_to_stop(&mut served).await;
    let answer = visitor.get("/readyz").await.unwrap();
    assert_eq!(answer.status(), 503);
    assert_eq!(answer.text().await.unwrap(), "the process is stopping");
    assert_eq!(visitor.get("/livez").await.unwrap().status(), 200);
    assert_eq!(served.ended().await.code, Some(0));
}

#[tokio::test]
async fn a_request_that_takes_too_long_does_not_hold_the_process() {
    let app = App::start().await;
    let token = app.lasting_link(&app.inquiry(Status::Expired)).await;
    app.persona
        .inject(Fault::new(FaultKind::Hang).path("/resume"));
    let program = Program::beside(&app).set("SERVER__STOP_SECONDS", "1");
    let mut served = program.serve().await;
    let mut visitor = served.visitor();
    let press = tokio::spawn(async move { visitor.resume(&token).await });
    resumes_are_under_way(&app, 1).await;
    told_to_stop(&mut served).await;
    let ended = served.ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("were cut off"), "{}", ended.stderr);
    assert!(press.await.unwrap().is_err());
}

#[tokio::test]
async fn ctrl_c_stops_it_too() {
    let app = App::start().await;
    let served = Program::beside(&app).serve().await;
    served.tell("INT");
    assert_eq!(served.ended().await.code, Some(0));
}
