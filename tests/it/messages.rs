//! Messages: queued with the act that causes them, sent in the background by real servers, never lost, and kept without
//! whom they go to and what they say.

use std::time::Duration;

use leftoff::{
    links::{NewLink, Why, channel::Channel, factor::Factor},
    model::message::{MessageChannel, MessageKind, MessageState},
    notify::{self, NewMessage},
    store::messages::MessageRow,
    worker::{Pace, Work as _},
};
use persona::InquiryId;
use secrecy::SecretString;
use simulator::{Fault, FaultKind, Seed, Status};

use crate::support::{App, GATEWAY_SECRET, Gateway, MailServer, Trouble};

const ADDRESS: &str = "rita.resumes@example.org";
const NUMBER: &str = "+49 30 9018200";

async fn with_mail(server: &MailServer) -> App {
    let url = SecretString::from(server.url.clone());
    App::start_with(|config| config.mail.smtp_url = Some(url)).await
}

async fn with_gateway(gateway: &Gateway) -> App {
    let url = SecretString::from(gateway.url.clone());
    let app = App::start_with(|config| {
        config.sms.url = Some(url);
        config.sms.secret = Some(GATEWAY_SECRET.into());
    });
    let app = app.await;
    // The gateway's library compares with the machine's clock.
    let now = std::time::UNIX_EPOCH.elapsed().unwrap();
    let here = u64::try_from(app.state.clock.now_ms()).unwrap();
    app.advance(now.saturating_sub(Duration::from_millis(here)));
    app
}

/// An inquiry of somebody who can be reached.
async fn somebody(app: &App, status: Status) -> String {
    reached(
        app,
        status,
        &[("email-address", ADDRESS), ("phone-number", NUMBER)],
    )
    .await
}

async fn reached(app: &App, status: Status, fields: &[(&str, &str)]) -> String {
    let fields = fields
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).into()));
    let inquiry = app.persona.create_inquiry(&Seed {
        status,
        fields: fields.collect(),
        ..Seed::default()
    });
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    inquiry
}

/// Queues a message with its link, as an act does.
async fn queue(
    app: &App,
    inquiry: &str,
    kind: MessageKind,
    channel: MessageChannel,
    locale: Option<&str>,
) -> MessageRow {
    let new = NewLink {
        inquiry_id: inquiry.to_owned(),
        maker: "system".to_owned(),
        reason: "a-test".to_owned(),
        note: None,
        channel: Channel::Policy,
        factor: Factor::None,
        return_url: None,
        locale: locale.map(str::to_owned),
        life: None,
    };
    let link = app.state.links.draft(new, &app.state.tokens).unwrap();
    let message = NewMessage {
        kind,
        channel,
        link: link.row(),
        actor: "system",
        policy: None,
    };
    let message = message.row(app.state.clock.now()).unwrap();
    let row = message.clone();
    let queued = app.state.store.change(move |change| {
        link.add(change)?;
        notify::enqueue(change, &message)
    });
    queued.await.unwrap();
    // IDs of one millisecond are in no order of themselves.
    app.advance(Duration::from_millis(1));
    row
}

async fn mail(app: &App, inquiry: &str) -> MessageRow {
    queue(app, inquiry, MessageKind::Link, MessageChannel::Mail, None).await
}

async fn row(app: &App, id: &str) -> MessageRow {
    app.state.store.message(id).await.unwrap().unwrap()
}

/// Where a message stands, and why.
async fn state(app: &App, id: &str) -> (MessageState, Option<String>) {
    let row = row(app, id).await;
    (row.state(), row.error)
}

/// Steps until nothing is due.
async fn step(app: &App) -> Pace {
    loop {
        let pace = app.state.notifier.step().await.unwrap();
        if pace != Pace::Now {
            return pace;
        }
    }
}

/// Steps until nothing is left, and lets the time pass that it waits for.
async fn finish(app: &App) {
    while let Pace::In(wait) = step(app).await {
        app.advance(wait);
    }
}

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

#[tokio::test]
async fn a_server_that_is_busy_is_asked_again_later_and_later() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let message = mail(&app, &inquiry).await;
    server.trouble(&[Trouble::Refuse(451), Trouble::Refuse(421)]);
    for minutes in [1, 4] {
        assert_eq!(step(&app).await, Pace::In(Duration::from_mins(minutes)));
        let code = if minutes == 1 {
            "refused-451"
        } else {
            "refused-421"
        };
        let failed = (MessageState::Failed, Some(code.to_owned()));
        assert_eq!(state(&app, &message.id).await, failed);
        assert!(server.mails().is_empty());
        app.advance(Duration::from_mins(minutes));
    }
    finish(&app).await;
    assert_eq!(state(&app, &message.id).await, (MessageState::Sent, None));
    assert_eq!(server.mails().len(), 1);
    assert_eq!(row(&app, &message.id).await.tries, 3);
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "message-sent"]);
}

#[tokio::test]
async fn whoever_the_server_does_not_know_is_not_tried_again() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let message = mail(&app, &inquiry).await;
    server.trouble(&[Trouble::Refuse(550)]);
    assert_eq!(step(&app).await, Pace::Idle);
    let bounced = (MessageState::GivenUp, Some("refused-550".to_owned()));
    assert_eq!(state(&app, &message.id).await, bounced);
    assert_eq!(row(&app, &message.id).await.tries, 1);
    assert_eq!(
        app.ledger(&inquiry).await,
        ["link-created", "message-bounced"]
    );
    assert_eq!(app.audit().await.last().unwrap().act, "message-bounced");
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.contacted_at, 0);
    app.advance(Duration::from_hours(48));
    assert_eq!(step(&app).await, Pace::Idle);
    assert!(server.mails().is_empty());
    assert!(!app.database().await.contains("rita.resumes"));
}

#[tokio::test]
async fn a_server_that_wants_another_sign_in_says_nothing_of_the_person() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let message = mail(&app, &inquiry).await;
    server.trouble(&[Trouble::Refuse(530)]);
    assert_eq!(step(&app).await, Pace::In(Duration::from_mins(1)));
    let failed = (MessageState::Failed, Some("refused-530".to_owned()));
    assert_eq!(state(&app, &message.id).await, failed);
}

#[tokio::test]
async fn after_a_day_of_silence_a_message_is_given_up() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let message = mail(&app, &inquiry).await;
    let before = app.state.clock.now();
    drop(server);
    tokio::task::yield_now().await;
    finish(&app).await;
    let given_up = (MessageState::GivenUp, Some("unreachable".to_owned()));
    assert_eq!(state(&app, &message.id).await, given_up);
    assert_eq!(row(&app, &message.id).await.tries, 8);
    let took = app.state.clock.now_ms() - before.as_millisecond();
    assert!((17 * 3_600_000..24 * 3_600_000).contains(&took), "{took}");
    assert_eq!(
        app.ledger(&inquiry).await,
        ["link-created", "message-given-up"]
    );
}

#[tokio::test]
async fn a_mail_whose_fate_nobody_knows_is_the_same_mail_the_second_time() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let message = mail(&app, &inquiry).await;
    server.trouble(&[Trouble::TakeInSilence]);
    finish(&app).await;
    let mails = server.mails();
    assert_eq!(mails.len(), 2);
    let id = format!("<{}@example.com>", message.id);
    assert_eq!(mails[0].header("Message-ID"), id);
    assert_eq!(mails[1].header("Message-ID"), id);
    assert_eq!(mails[0].token(), mails[1].token());
}

#[tokio::test]
async fn a_crash_in_the_middle_loses_nothing_and_the_copy_is_known_by_its_id() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let message = mail(&app, &inquiry).await;
    // The mail server never answers; the process ends while it waits.
    let notifier = app.state.notifier.clone();
    app.persona
        .inject(Fault::new(FaultKind::Hang).path(&inquiry).times(1));
    let sending = tokio::spawn(async move { notifier.step().await });
    while state(&app, &message.id).await.0 != MessageState::Sending {
        tokio::task::yield_now().await;
    }
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    let app = app.restart_with(|_| {}).await;
    let Pace::In(wait) = step(&app).await else {
        panic!("it was forgotten, or taken up too early");
    };
    assert!(server.mails().is_empty());
    app.advance(wait);
    finish(&app).await;
    assert_eq!(state(&app, &message.id).await, (MessageState::Sent, None));
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn what_nobody_needs_any_more_is_not_sent() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let revoked = mail(&app, &inquiry).await;
    let why = Why {
        actor: "system".to_owned(),
        reason: "mistake".to_owned(),
        note: None,
    };
    app.state.links.revoke(&revoked.link_id, why).await.unwrap();
    let finished = somebody(&app, Status::Pending).await;
    let finished_message = mail(&app, &finished).await;
    // We were not told that the person is done; Persona knows.
    app.persona
        .set_status(&finished, Status::Completed)
        .unwrap();
    finish(&app).await;
    let dropped = |why: &str| (MessageState::Dropped, Some(why.to_owned()));
    assert_eq!(state(&app, &revoked.id).await, dropped("link-over"));
    assert_eq!(state(&app, &finished_message.id).await, dropped("finished"));
    assert!(server.mails().is_empty());
    assert_eq!(
        app.ledger(&finished).await,
        ["link-created", "message-dropped"]
    );
}

#[tokio::test]
async fn without_an_address_it_is_given_up_and_without_a_server_it_waits() {
    let server = MailServer::start().await;
    let app = App::start().await;
    let inquiry = reached(&app, Status::Expired, &[]).await;
    let message = mail(&app, &inquiry).await;
    assert_eq!(step(&app).await, Pace::Idle);
    assert_eq!(state(&app, &message.id).await.0, MessageState::Waiting);
    let url = SecretString::from(server.url.clone());
    let app = app
        .restart_with(|config| config.mail.smtp_url = Some(url))
        .await;
    finish(&app).await;
    let given_up = (MessageState::GivenUp, Some("no-address".to_owned()));
    assert_eq!(state(&app, &message.id).await, given_up);
}

#[tokio::test]
async fn with_another_secret_of_the_server_no_link_is_made_up() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let message = mail(&app, &inquiry).await;
    let other = |config: &mut leftoff::config::Config| {
        config.server.secret = "another secret, as long as it must be".into();
    };
    let app = app.restart_with(other).await;
    finish(&app).await;
    let given_up = (MessageState::GivenUp, Some("secret-changed".to_owned()));
    assert_eq!(state(&app, &message.id).await, given_up);
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn when_persona_limits_us_the_try_does_not_count() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let message = mail(&app, &inquiry).await;
    app.persona
        .inject(Fault::new(FaultKind::RateLimited { reset_seconds: 0 }).times(1));
    let Pace::In(wait) = step(&app).await else {
        panic!("it went on");
    };
    let waiting = (MessageState::Waiting, None);
    assert_eq!(state(&app, &message.id).await, waiting);
    assert_eq!(row(&app, &message.id).await.tries, 0);
    app.advance(wait);
    finish(&app).await;
    assert_eq!(row(&app, &message.id).await.tries, 1);
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn a_short_message_goes_to_the_gateway_signed_and_is_known_by_its_id() {
    let gateway = Gateway::start().await;
    let app = with_gateway(&gateway).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let kind = MessageKind::Reminder;
    let message = queue(&app, &inquiry, kind, MessageChannel::Sms, Some("es")).await;
    gateway.answer(&[503, 302]);
    finish(&app).await;
    assert_eq!(state(&app, &message.id).await, (MessageState::Sent, None));
    assert_eq!(row(&app, &message.id).await.tries, 3);
    let (id, body) = gateway.taken().remove(0);
    assert_eq!(id, format!("msg_{}", message.id));
    assert_eq!(body["id"], message.id);
    assert_eq!(body["kind"], "reminder");
    assert_eq!(body["to"], "+49309018200");
    assert_eq!(body["language"], "es");
    let text = body["text"].as_str().unwrap();
    assert!(text.starts_with("Example Bank: "), "{text}");
    let (_, token) = text.split_once("/r/").unwrap();
    assert!(app.browser().resume(token).await.session_token().is_some());
    let database = app.database().await;
    assert!(!database.contains("9018200") && !database.contains(token));
    assert!(!database.contains("of-the-gateway"));
    assert_eq!(
        app.ledger(&inquiry).await,
        ["link-created", "message-sent", "resumed"]
    );
}

#[tokio::test]
async fn a_number_that_the_gateway_refuses_is_not_tried_again() {
    let gateway = Gateway::start().await;
    let app = with_gateway(&gateway).await;
    let unknown = somebody(&app, Status::Expired).await;
    let without = reached(&app, Status::Expired, &[("phone-number", "030 9018200")]).await;
    gateway.answer(&[422]);
    for (inquiry, error, event) in [
        (unknown, "gateway-422", "message-bounced"),
        (without, "no-number", "message-given-up"),
    ] {
        let kind = MessageKind::Link;
        let message = queue(&app, &inquiry, kind, MessageChannel::Sms, None).await;
        assert_eq!(step(&app).await, Pace::Idle);
        let given_up = (MessageState::GivenUp, Some(error.to_owned()));
        assert_eq!(state(&app, &message.id).await, given_up);
        assert_eq!(app.ledger(&inquiry).await, ["link-created", event]);
    }
    assert!(gateway.taken().is_empty());
}
