//! A database that another process holds locked for longer than anybody waits.

use leftoff::clock::Clock;
use reqwest::{Response, StatusCode};
use rusqlite::Connection;
use serde_json::Value;
use simulator::Status;

use crate::support::{App, Program, Served, WEBHOOK_SECRET, client, sign};

/// Presses the button of a link.
pub(super) async fn press(served: &Served, token: &str) -> Response {
    served.visitor().resume(token).await.unwrap()
}

/// Tells of an event as Persona does; its ID, and the answer's status.
pub(super) async fn post_event(served: &Served, event: &Value) -> (String, StatusCode) {
    let body = event.to_string();
    let now = Clock::system().now().as_second();
    let request = client().post(served.url("/webhooks/persona"));
    let signature = sign(WEBHOOK_SECRET, now, body.as_bytes());
    let request = request.header("persona-signature", signature).body(body);
    let id = event["data"]["id"].as_str().unwrap().to_owned();
    (id, request.send().await.unwrap().status())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_another_process_holds_the_database_nothing_is_acknowledged_and_later_all_is() {
    let app = App::start_live(|_| {}).await;
    let inquiry = app.inquiry(Status::Expired);
    let token = app.lasting_link(&inquiry).await;
    let event = app.told().await.pop().unwrap();
    let program = Program::beside(&app).set("PERSONA__WEBHOOK_SECRETS", WEBHOOK_SECRET);
    let served = program.serve().await;
    let file = app.state.config.database.url.replace("sqlite://", "");
    let other = Connection::open(file).unwrap();
    other.execute_batch("begin immediate").unwrap();

    let visitor = served.visitor();
    let (pressed, told, ready, page) = tokio::join!(
        press(&served, &token),
        post_event(&served, &event),
        visitor.get("/readyz"),
        visitor.get("/r/unknown"),
    );
    let (status, words) = (pressed.status().as_u16(), pressed.text().await.unwrap());
    if status != 500 {
        served.tell("KILL");
        panic!("{status} {words}: {}", served.ended().await.stderr);
    }
    assert!(words.contains("\"internal\""), "{words}");
    assert_eq!(
        told.1,
        StatusCode::SERVICE_UNAVAILABLE,
        "Persona tells it again"
    );
    let ready = ready.unwrap();
    assert_eq!(ready.status(), 503);
    let words = ready.text().await.unwrap();
    assert_eq!(words, "the database does not answer");
    assert_eq!(page.unwrap().status(), 404, "what is only read is answered");
    assert_eq!(app.ledger(&inquiry).await, ["link-created"]);

    other.execute_batch("rollback").unwrap();
    assert_eq!(press(&served, &token).await.status(), 200);
    assert_eq!(post_event(&served, &event).await.1, StatusCode::OK);
    assert_eq!(visitor.get("/readyz").await.unwrap().status(), 200);
    let ledger = app.ledger(&inquiry).await;
    let resumed = ledger.iter().filter(|event| *event == "resumed").count();
    assert_eq!(resumed, 1, "{ledger:?}");
}
