//! The token of a link, in an address and in an act.

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use serde_json::json;
use simulator::Status;

use super::{Target, near};
use crate::support::App;

struct World {
    app: App,
    token: String,
    inquiry: String,
    rows: String,
}

async fn world() -> World {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let rows = app.rows(&inquiry).await;
    World {
        app,
        token,
        inquiry,
        rows,
    }
}

async fn check(world: &World, token: String) {
    let mut browser = world.app.browser();
    let is_right = token == world.token;
    let in_path = percent_encode(token.as_bytes(), NON_ALPHANUMERIC).to_string();
    let page = browser.get(&format!("/r/{in_path}")).await;
    let status = page.status.as_u16();
    assert_eq!(status == 200, is_right, "{status}");
    assert!(status < 500, "{status}: {}", page.body);
    if is_right {
        return;
    }
    assert!(!page.body.contains(&world.inquiry));
    for act in ["resume_inquiry", "report_completion", "report_ready"] {
        let answer = browser
            .act(act, json!({ "link": token, "birthdate": null }))
            .await;
        let status = answer.status.as_u16();
        assert!(
            (400..500).contains(&status),
            "{act} {status}: {}",
            answer.body
        );
    }
    let pressed = browser.submit(&format!("/r/{in_path}"), "").await;
    assert!(
        (400..500).contains(&pressed.status.as_u16()),
        "{}",
        pressed.status
    );
    let rows = world.app.rows(&world.inquiry).await;
    assert_eq!(rows, world.rows, "nothing opens, and nothing is counted");
}

#[test]
fn no_link_token_but_the_right_one_opens_anything() {
    let target = Target::new("link token", world);
    let token = target.world.token.clone();
    let wrong = "A".repeat(token.len());
    target.run(&near::text(&[&token, &wrong]), &check);
}
