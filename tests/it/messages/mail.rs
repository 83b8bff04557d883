//! Mail servers that are busy, silent or refuse, and a process that ends in between.

use std::time::Duration;

use leftoff::{
    model::message::MessageState,
    worker::{Pace, Work as _},
};
use simulator::{Fault, FaultKind, Status};

use super::{finish, mail, row, somebody, state, step, with_mail};
use crate::support::{MailServer, Trouble};

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
