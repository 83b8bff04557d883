//! Mail: a link goes to the address that Persona holds, by a real mail server, and the address stays nowhere.

use leftoff::model::role::Role;
use persona::InquiryId;
use secrecy::SecretString;
use simulator::{Fault, FaultKind, Seed, Status};

use crate::support::{Answer, App, Browser, MailServer};

const ADDRESS: &str = "rita.resumes@example.org";

/// An application with a mail server, an inquiry of somebody with or without an address, and an operator.
async fn with_mail(server: &MailServer, address: Option<&str>) -> (App, String, Browser) {
    let url = SecretString::from(server.url.clone());
    let app = App::start_with(|config| config.mail.smtp_url = Some(url)).await;
    let fields = address.map(|address| ("email-address".to_owned(), address.into()));
    let inquiry = app.persona.create_inquiry(&Seed {
        status: Status::Expired,
        fields: fields.into_iter().collect(),
        ..Seed::default()
    });
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    let otto = app.staff(Role::Operator).await;
    (app, inquiry, otto)
}

/// Makes a link; gives the page, the link's ID and the form that asks for its mail.
async fn make(app: &App, inquiry: &str, otto: &mut Browser, more: &str) -> (String, String) {
    let version = app
        .state
        .store
        .inquiry(inquiry)
        .await
        .unwrap()
        .unwrap()
        .version;
    let form = format!("version={version}&reason=person-asked&note=Called{more}");
    let path = format!("/ops/inquiries/{inquiry}/links");
    let answer = otto.submit(&path, &form).await;
    assert_eq!(answer.page(), (200, "The link is made"));
    (app.newest_link(inquiry).await.id, hidden(&answer))
}

/// The hidden fields of the page's form.
fn hidden(answer: &Answer) -> String {
    let value = |name: &str| {
        let mark = format!("name=\"{name}\" value=\"");
        let (_, rest) = answer.body.split_once(&mark).expect(&answer.body);
        rest.split('"').next().unwrap().to_owned()
    };
    format!("token={}&version={}", value("token"), value("version"))
}

fn token(form: &str) -> &str {
    form.strip_prefix("token=")
        .unwrap()
        .split('&')
        .next()
        .unwrap()
}

#[tokio::test]
async fn a_link_is_previewed_masked_then_mailed_and_the_address_kept_nowhere() {
    let server = MailServer::start().await;
    let (app, inquiry, mut otto) = with_mail(&server, Some(ADDRESS)).await;
    let (link, form) = make(&app, &inquiry, &mut otto, "&locale=es").await;
    let preview = otto
        .submit(&format!("/ops/links/{link}/preview"), &form)
        .await;
    assert_eq!(preview.page(), (200, "The link is made"));
    assert!(preview.body.contains("r•••@e•••.org"), "{}", preview.body);
    assert!(!preview.body.contains(ADDRESS));
    assert!(preview.body.contains("Continúe su verificación"));
    assert!(server.mails().is_empty());

    let answer = otto
        .submit(&format!("/ops/links/{link}/mail"), &hidden(&preview))
        .await;
    let page = format!("/ops/inquiries/{inquiry}?done=mailed");
    assert_eq!(answer.redirect(), (303, &*page));
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].to.contains(ADDRESS));
    let text = mails[0].data.replace("=\n", "");
    assert!(text.contains(token(&form)), "{text}");
    assert!(
        text.contains("From: \"Example Bank\" <no-reply@example.com>"),
        "{text}"
    );

    assert_eq!(app.ledger(&inquiry).await, ["link-created", "mailed"]);
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(
        known.contacted_at,
        app.state.store.ledger(&inquiry).await.unwrap()[1].at
    );
    let audit = app.audit().await;
    assert_eq!(audit.last().unwrap().act, "link-mailed");
    assert_eq!(app.newest_link(&inquiry).await.channel, "mail");
    assert!(!format!("{audit:?}").contains("rita"));
    let database = app.database().await;
    assert!(!database.contains("rita.resumes"));
    assert!(!database.contains(token(&form)));
    assert!(!otto.get(&page).await.body.contains("rita.resumes"));
}

#[tokio::test]
async fn who_presses_twice_sends_one_mail() {
    let server = MailServer::start().await;
    let (app, inquiry, mut otto) = with_mail(&server, Some(ADDRESS)).await;
    let (link, form) = make(&app, &inquiry, &mut otto, "").await;
    let path = format!("/ops/links/{link}/mail");
    assert_eq!(otto.submit(&path, &form).await.status, 303);
    assert_eq!(otto.submit(&path, &form).await.status, 409);
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn a_refused_mail_leaves_the_link_usable_and_says_so() {
    let server = MailServer::that_refuses().await;
    let (app, inquiry, mut otto) = with_mail(&server, Some(ADDRESS)).await;
    let (link, form) = make(&app, &inquiry, &mut otto, "").await;
    let path = format!("/ops/links/{link}/mail");
    let answer = otto.submit(&path, &form).await;
    assert_eq!(answer.status, 502);
    assert!(answer.body.contains("code 550"), "{}", answer.body);
    assert!(answer.body.contains("The link is good all the same"));
    assert!(!answer.body.contains("rita.resumes"));
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "mail-failed"]);
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.contacted_at, 0);
    assert_eq!(app.audit().await.last().unwrap().act, "link-mail-failed");
    assert!(!app.database().await.contains("rita.resumes"));
    let token = token(&form);
    assert!(app.browser().resume(token).await.session_token().is_some());
    // The page that came back can try again.
    let again = hidden(&answer);
    assert_ne!(again, form);
}

#[tokio::test]
async fn a_mail_server_that_is_gone_is_said_to_be() {
    let server = MailServer::start().await;
    let (app, inquiry, mut otto) = with_mail(&server, Some(ADDRESS)).await;
    let (link, form) = make(&app, &inquiry, &mut otto, "").await;
    drop(server);
    tokio::task::yield_now().await;
    let answer = otto.submit(&format!("/ops/links/{link}/mail"), &form).await;
    assert_eq!(answer.status, 502);
    assert!(answer.body.contains("does not answer"), "{}", answer.body);
}

#[tokio::test]
async fn without_an_address_the_link_can_still_be_copied() {
    let server = MailServer::start().await;
    for address in [None, Some("no address at all")] {
        let (app, inquiry, mut otto) = with_mail(&server, address).await;
        let (link, form) = make(&app, &inquiry, &mut otto, "").await;
        for act in ["preview", "mail"] {
            let answer = otto
                .submit(&format!("/ops/links/{link}/{act}"), &form)
                .await;
            assert_eq!(answer.status, 409);
            assert!(answer.body.contains("holds no e-mail address"));
            assert!(answer.body.contains(token(&form)));
        }
        assert_eq!(app.ledger(&inquiry).await, ["link-created"]);
    }
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn when_persona_does_not_tell_the_address_nothing_is_sent() {
    let server = MailServer::start().await;
    let (app, inquiry, mut otto) = with_mail(&server, Some(ADDRESS)).await;
    let (link, form) = make(&app, &inquiry, &mut otto, "").await;
    app.persona
        .inject(Fault::new(FaultKind::RateLimited { reset_seconds: 5 }).times(1));
    let answer = otto.submit(&format!("/ops/links/{link}/mail"), &form).await;
    assert_eq!(answer.page(), (503, "Persona does not answer"));
    assert_eq!(answer.header("retry-after"), "5");
    assert!(server.mails().is_empty());
    assert_eq!(app.ledger(&inquiry).await, ["link-created"]);
}

#[tokio::test]
async fn a_revoked_link_or_a_wrong_token_is_not_mailed() {
    let server = MailServer::start().await;
    let (app, inquiry, mut otto) = with_mail(&server, Some(ADDRESS)).await;
    let (link, form) = make(&app, &inquiry, &mut otto, "").await;
    let path = format!("/ops/links/{link}/mail");
    let wrong = format!("token={}&version=2", "A".repeat(43));
    assert_eq!(otto.submit(&path, &wrong).await.status, 400);
    assert_eq!(otto.submit(&path, "").await.status, 400);
    app.state
        .links
        .revoke(&link, crate::support::why())
        .await
        .unwrap();
    assert_eq!(otto.submit(&path, &form).await.status, 409);
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn without_a_mail_server_nothing_is_offered() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    let id = InquiryId::parse(&inquiry).unwrap();
    let known = app.state.inquiries.refresh(&id).await.unwrap();
    let mut otto = app.staff(Role::Operator).await;
    let version = app
        .state
        .store
        .inquiry(&known.id)
        .await
        .unwrap()
        .unwrap()
        .version;
    let form = format!("version={version}&reason=person-asked&note=Called");
    let answer = otto
        .submit(&format!("/ops/inquiries/{inquiry}/links"), &form)
        .await;
    assert_eq!(answer.page(), (200, "The link is made"));
    assert!(!answer.body.contains("Send by e-mail"));
}
