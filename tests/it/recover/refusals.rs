//! What is not sent: too much, too often, or where nothing can be continued; and what the staff learns of it.

use axum::http::StatusCode;
use simulator::{Seed, Status};

use super::{
    DAY, MINUTE, ask, finish, known, recover, seed, somebody, told, with_mail, with_mail_and,
};
use crate::support::{App, MailServer, why};

#[tokio::test]
async fn an_inquiry_gets_one_link_at_a_time_and_few_a_day() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    for _ in 0..3 {
        ask(&app, &inquiry).await;
    }
    finish(&app).await;
    assert_eq!(server.mails().len(), 1, "three asked at once");
    app.advance(MINUTE * 14);
    recover(&app, &inquiry).await;
    assert_eq!(server.mails().len(), 1, "it is too soon");
    for count in [2, 3, 3, 3] {
        app.advance(MINUTE * 16);
        recover(&app, &inquiry).await;
        assert_eq!(server.mails().len(), count);
    }
    app.advance(DAY);
    recover(&app, &inquiry).await;
    assert_eq!(server.mails().len(), 4, "it is another day");
    let other = somebody(&app).await;
    recover(&app, &other).await;
    assert_eq!(server.mails().len(), 5, "another inquiry has its own");
}

#[tokio::test]
async fn an_address_that_asks_too_often_waits_whatever_it_asks_for() {
    let server = MailServer::start().await;
    let app = with_mail_and(&server, |config| config.recover.an_hour = 2).await;
    let inquiry = somebody(&app).await;
    assert_eq!(ask(&app, "nobody").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ask(&app, "nobody").await.status, StatusCode::SEE_OTHER);
    for text in [&inquiry, "nobody"] {
        let answer = ask(&app, text).await;
        assert_eq!(answer.page(), (429, "One moment, please"));
        assert!(!answer.header("retry-after").is_empty());
    }
    let mut elsewhere = app.browser_at("192.0.2.9:1234");
    let answer = elsewhere
        .submit("/recover", &format!("reference={inquiry}"))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    finish(&app).await;
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn nothing_is_sent_where_nothing_can_be_continued() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    for status in [
        Status::Completed,
        Status::NeedsReview,
        Status::Approved,
        Status::Declined,
        Status::Failed,
    ] {
        let inquiry = known(&app, &seed(status)).await;
        recover(&app, &inquiry).await;
        assert_eq!(told(&app, &inquiry).await, [], "{status:?}");
    }
    let redacted = Seed {
        redacted: true,
        ..seed(Status::Completed)
    };
    recover(&app, &known(&app, &redacted).await).await;
    // Known to Persona and not to us: nobody imported it yet.
    recover(&app, &app.persona.create_inquiry(&seed(Status::Pending))).await;
    assert_eq!(server.mails().len(), 0);
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
}

#[tokio::test]
async fn the_staff_learns_that_somebody_asked_who_could_not_be_sent_a_link() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let unreachable = known(
        &app,
        &Seed {
            status: Status::Expired,
            ..Seed::default()
        },
    )
    .await;
    let withdrawn = somebody(&app).await;
    app.link(&withdrawn).await;
    let link = app.newest_link(&withdrawn).await.id;
    app.state.links.revoke(&link, why()).await.unwrap();
    let used_up = Seed {
        ended_sessions: 25,
        ..seed(Status::Expired)
    };
    let used_up = known(&app, &used_up).await;
    for (inquiry, why) in [
        (&unreachable, "no-contact"),
        (&withdrawn, "link-withdrawn"),
        (&used_up, "no-session-left"),
    ] {
        recover(&app, inquiry).await;
        assert_eq!(told(&app, inquiry).await, [Some(why.to_owned())]);
        let mut operator = app.staff(leftoff::model::role::Role::Operator).await;
        let page = operator
            .get(&format!("/ops/inquiries/{inquiry}"))
            .await
            .body;
        assert!(page.contains("The person asked for a new link"), "{page}");
        assert!(page.contains("so nothing was sent"), "{page}");
    }
    assert_eq!(server.mails().len(), 0);
}

#[tokio::test]
async fn without_a_way_to_send_anything_nobody_is_promised_a_link() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.advance(DAY * 7);
    let mut browser = app.browser();
    for path in [format!("/r/{token}"), "/".to_owned()] {
        let page = browser.get(&path).await;
        assert!(!page.body.contains("Send me a new link"), "{}", page.body);
    }
    let page = browser.get("/recover").await;
    assert!(
        page.body.contains("cannot be ordered here"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("name=\"reference\""), "{}", page.body);
    let page = browser
        .submit("/recover", &format!("reference={inquiry}"))
        .await;
    assert_eq!(page.page(), (200, "Get a new link"));
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
}
