//! Messages that go to nobody: what is over, what has no address, what cannot be made up.

use leftoff::{links::Why, model::message::MessageState, worker::Pace};
use secrecy::SecretString;
use simulator::Status;

use super::{finish, mail, reached, somebody, state, step, with_mail};
use crate::support::{App, MailServer};

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
