//! What is in a message, and that it stands nowhere else.

use leftoff::model::message::{MessageChannel, MessageKind, MessageState};
use simulator::Status;

use super::{ADDRESS, finish, mail, queue, somebody, state, with_mail};
use crate::support::MailServer;

#[tokio::test]
async fn a_message_is_written_in_the_persons_language_as_text_and_as_html() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    for (locale, direction, subject) in [
        ("en", "ltr", "Continue your verification with Example Bank"),
        ("es", "ltr", "Contin"),
        ("ar", "rtl", ""),
    ] {
        let inquiry = somebody(&app, Status::Expired).await;
        let message = queue(
            &app,
            &inquiry,
            MessageKind::Link,
            MessageChannel::Mail,
            Some(locale),
        );
        let message = message.await;
        finish(&app).await;
        let mail = server.mails().pop().unwrap();
        assert_eq!(mail.header("Content-Language"), locale);
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert!(mail.header("Date").starts_with("Sun, 01 Mar 2026 12:00"));
        assert_eq!(
            mail.header("Message-ID"),
            format!("<{}@example.com>", message.id)
        );
        assert!(mail.header("Subject").contains(subject) || locale != "en");
        assert!(
            mail.header("Content-Type")
                .starts_with("multipart/alternative")
        );
        let plain = mail.data.replace("=\n", "").replace("=3D", "=");
        assert!(plain.contains("Content-Type: text/plain; charset=utf-8"));
        let html = format!("<html lang=\"{locale}\" dir=\"{direction}\">");
        assert!(plain.contains(&html), "{plain}");
        // Nothing is fetched by looking at it.
        for tag in ["<img", "<link", "<script", "url(", "@import"] {
            assert!(!plain.contains(tag), "{tag}: {plain}");
        }
        // Once in the text, which is base64 for a language of other letters, and three times in the HTML.
        let link = format!("/r/{}", mail.token());
        let is_readable = locale != "ar";
        assert_eq!(plain.matches(&link).count(), 3 + usize::from(is_readable));
        let resumed = app.browser().resume(&mail.token()).await;
        assert!(resumed.session_token().is_some());
    }
}

#[tokio::test]
async fn each_kind_has_its_own_words() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Pending).await;
    for kind in MessageKind::ALL {
        queue(&app, &inquiry, kind, MessageChannel::Mail, Some("en")).await;
    }
    finish(&app).await;
    let mut subjects: Vec<_> = server
        .mails()
        .iter()
        .map(|mail| mail.header("Subject").to_owned())
        .collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 3, "{subjects:?}");
}

#[tokio::test]
async fn what_is_sent_stands_in_ledger_and_audit_and_nobodys_address_anywhere() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Pending).await;
    let message = mail(&app, &inquiry).await;
    assert_eq!(state(&app, &message.id).await.0, MessageState::Waiting);
    assert!(server.mails().is_empty());
    finish(&app).await;
    assert_eq!(state(&app, &message.id).await, (MessageState::Sent, None));
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "message-sent"]);
    let audit = app.audit().await;
    let last = audit.last().unwrap();
    assert_eq!((&*last.act, &*last.actor), ("message-sent", "system"));
    assert_eq!(last.object, format!("link:{}", message.link_id));
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.contacted_at, app.state.clock.now_ms());
    let mail = server.mails().remove(0);
    assert!(mail.to.contains(ADDRESS));
    let database = app.database().await;
    for secret in [
        "rita.resumes",
        "9018200",
        &mail.token(),
        "/r/",
        "Continue your",
    ] {
        assert!(!database.contains(secret), "{secret}");
    }
}
