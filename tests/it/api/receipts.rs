//! Receipts through the API.

use std::time::Duration;

use leftoff::model::scope::Scope;
use serde_json::json;
use simulator::Status;

use crate::support::App;

const RECEIPTS: &str = "/api/v1/receipts";

/// Somebody goes through the flow to its end; their inquiry.
async fn finish(app: &App) -> String {
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&token).await;
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    assert_eq!(browser.report_completion(&token).await.status, 200);
    app.advance(Duration::from_secs(1));
    inquiry
}

#[tokio::test]
async fn a_receipt_tells_what_the_server_verified() {
    let app = App::start().await;
    let inquiry = finish(&app).await;
    let mut backend = app.backend(&[Scope::ReceiptsRead]).await;
    let receipt = backend.get(&format!("{RECEIPTS}/{inquiry}")).await.json();
    assert_eq!(
        (&receipt["inquiry_id"], &receipt["status"]),
        (&json!(inquiry), &json!("completed"))
    );
    assert_eq!(receipt["link_id"], app.newest_link(&inquiry).await.id);
    let (_, open) = app.link_to(Status::Pending).await;
    assert_eq!(
        backend.get(&format!("{RECEIPTS}/{open}")).await.problem().0,
        404
    );
}

#[tokio::test]
async fn pages_of_receipts_have_no_gaps_and_no_repeats_while_people_finish() {
    let app = App::start().await;
    let mut there = Vec::new();
    for _ in 0..7 {
        there.push(finish(&app).await);
    }
    there.reverse();
    let mut backend = app.backend(&[Scope::ReceiptsRead]).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = backend
            .get(&format!("{RECEIPTS}?limit=2{cursor}"))
            .await
            .json();
        let rows = page["data"].as_array().unwrap().iter();
        seen.extend(rows.map(|row| row["inquiry_id"].as_str().unwrap().to_owned()));
        finish(&app).await;
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, there);
}
