//! The page of the messages that policies sent.

use leftoff::model::role::Role;
use simulator::Status;

use super::{DAY, newest_message, reminders, settle, somebody, turn_on, with_mail};
use crate::support::{MailServer, Trouble};

#[tokio::test]
async fn the_page_of_messages_shows_what_did_not_arrive_and_tries_it_again() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    turn_on(&app, &reminders()).await;
    let mut otto = app.staff(Role::Operator).await;
    assert!(
        otto.get("/ops/messages")
            .await
            .body
            .contains("No message yet")
    );
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    server.trouble(&[Trouble::Refuse(550)]);
    app.advance(DAY);
    settle(&app).await;
    let mut otto = app.staff(Role::Operator).await;
    let page = otto.get("/ops/messages").await;
    assert_eq!(page.page(), (200, "Messages"));
    for text in [
        &*inquiry,
        "The mail server refused it with code 550.",
        "Reminders",
        "Given up",
    ] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    assert!(!page.body.contains("rita@"));
    let narrow = otto.get("/ops/messages?state=sent").await;
    assert!(narrow.body.contains("Nothing matches"));
    let message = newest_message(&app).await;
    let retry = format!("/ops/messages/{}/retry", message.id);
    assert_eq!(
        app.staff(Role::Auditor)
            .await
            .submit(&retry, "")
            .await
            .status,
        403
    );
    let retried = otto.submit(&retry, "").await;
    assert_eq!(retried.redirect(), (303, "/ops/messages?done=retried"));
    settle(&app).await;
    assert_eq!(server.mails().len(), 1);
    let again = otto.submit(&retry, "").await;
    assert_eq!(again.redirect(), (303, "/ops/messages?done=moved"));
    assert_eq!(
        otto.submit("/ops/messages/none/retry", "").await.status,
        404
    );
    let retried = app
        .audit()
        .await
        .into_iter()
        .find(|row| row.act == "message-retried");
    assert!(retried.unwrap().actor.starts_with("staff:"));
}

#[tokio::test]
async fn messages_are_paged_without_gaps() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    turn_on(&app, &reminders()).await;
    for number in 0..120 {
        let _ = somebody(&app, &format!("user{number}"), Status::Pending).await;
    }
    app.advance(DAY);
    settle(&app).await;
    let mut otto = app.staff(Role::Operator).await;
    let mut path = "/ops/messages?state=sent".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    let mut pages = 0;
    loop {
        let page = otto.get(&path).await;
        pages += 1;
        for part in page.body.split("/ops/inquiries/").skip(1) {
            seen.insert(part.split('"').next().unwrap().to_owned());
        }
        let Some((before, _)) = page.body.split_once("\" rel=\"next\"") else {
            break;
        };
        let (_, href) = before.rsplit_once("href=\"").unwrap();
        path = href.replace("&amp;", "&");
    }
    assert_eq!((pages, seen.len()), (3, 120));
}
