//! A lost link: what is asked for, and the fresh one that comes.

use std::{collections::BTreeSet, time::Duration};

use leftoff::model::role::Role;
use simulator::{Fault, FaultKind, Seed, Status};

use super::{ADDRESS, DAY, ask, finish, known, recover, seed, somebody, told, with_mail};
use crate::support::MailServer;

#[tokio::test]
async fn a_dead_link_leads_to_a_fresh_one_in_the_mail() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let dead = app.link(&inquiry).await;
    app.advance(DAY * 7);
    let mut browser = app.browser();
    let page = browser.get(&format!("/r/{dead}")).await;
    assert_eq!(page.page(), (410, "This link has expired"));
    let field = format!("name=\"reference\" value=\"{dead}\"");
    assert!(page.body.contains(&field), "{}", page.body);
    let answer = browser
        .submit("/recover", &format!("reference={dead}"))
        .await;
    assert_eq!(answer.redirect(), (303, "/recover/sent"));
    let page = browser.get("/recover/sent").await;
    assert_eq!(page.page(), (200, "Look at your messages"));
    assert_eq!(server.mails().len(), 0, "nothing is done before the answer");
    finish(&app).await;

    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].to.contains(ADDRESS), "{}", mails[0].to);
    assert_eq!(
        mails[0].header("Subject"),
        "Your new link from Example Bank"
    );
    let fresh = mails[0].token();
    assert_ne!(fresh, dead);
    let mut anew = app.browser();
    assert!(anew.resume(&fresh).await.session_token().is_some());
    let ledger: BTreeSet<_> = app.ledger(&inquiry).await.into_iter().collect();
    for event in ["recovery-requested", "link-created", "message-sent"] {
        assert!(ledger.contains(event), "{ledger:?}");
    }
    let audit = app.audit().await;
    for act in ["recovery-requested", "link-created", "message-sent"] {
        let newest = audit.iter().rev().find(|row| row.act == act).unwrap();
        assert_eq!(newest.actor, "system", "{act}");
    }
    assert_eq!(app.newest_link(&inquiry).await.channel, "recover");
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
    let database = app.database().await;
    for secret in [ADDRESS, &dead, &fresh] {
        assert!(!database.contains(secret));
    }
}

#[tokio::test]
async fn a_reference_an_inquiry_a_link_and_its_token_are_all_understood() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = known(
        &app,
        &Seed {
            reference_id: Some("user-7".to_owned()),
            ..seed(Status::Pending)
        },
    )
    .await;
    let token = app.link(&inquiry).await;
    let texts = [
        "user-7".to_owned(),
        format!("  {inquiry} "),
        format!("http://localhost:4000/r/{token}?lang=es"),
        token,
    ];
    for (number, text) in texts.iter().enumerate() {
        recover(&app, text).await;
        assert_eq!(server.mails().len(), number + 1, "{text}");
        app.advance(DAY);
    }
    assert_eq!(told(&app, &inquiry).await, [None, None, None, None]);
}

#[tokio::test]
async fn of_several_inquiries_the_newest_that_is_open_at_persona_is_meant() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let of = |status, hours| Seed {
        reference_id: Some("user-7".to_owned()),
        age: Duration::from_hours(hours),
        ..seed(status)
    };
    let oldest = known(&app, &of(Status::Expired, 90)).await;
    let meant = known(&app, &of(Status::Expired, 60)).await;
    let newest = known(&app, &of(Status::Pending, 1)).await;
    known(&app, &of(Status::Approved, 2)).await;
    // We do not know yet that the newest is done.
    app.persona.set_status(&newest, Status::Completed).unwrap();
    recover(&app, "user-7").await;
    assert_eq!(server.mails().len(), 1);
    assert_eq!(told(&app, &meant).await, [None]);
    assert_eq!(told(&app, &oldest).await, []);
    assert_eq!(told(&app, &newest).await, []);
}

#[tokio::test]
async fn the_mail_speaks_the_language_of_the_page() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let mut browser = app.browser();
    let page = browser.get("/recover?lang=es").await;
    assert_eq!(page.page(), (200, "Obtenga un enlace nuevo"));
    assert!(
        page.body.contains("action=\"/recover?lang=es\""),
        "{}",
        page.body
    );
    let form = format!("reference={inquiry}");
    let answer = browser.submit("/recover?lang=es", &form).await;
    assert_eq!(answer.redirect(), (303, "/recover/sent?lang=es"));
    let page = browser.get("/recover/sent?lang=ar").await;
    assert!(page.body.contains("dir=\"rtl\""), "{}", page.body);
    finish(&app).await;
    assert_eq!(server.mails()[0].header("Content-Language"), "es");
}

#[tokio::test]
async fn a_request_outlives_an_outage_and_a_restart() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let down = FaultKind::Status {
        code: 503,
        headers: std::collections::BTreeMap::new(),
        html: false,
    };
    app.persona.inject(Fault::new(down).times(3));
    ask(&app, &inquiry).await;
    let app = app.restart_with(|_| {}).await;
    finish(&app).await;
    assert!(app.persona.faults().is_empty(), "the outage was met");
    assert_eq!(server.mails().len(), 1);
    assert_eq!(told(&app, &inquiry).await, [None]);
}

#[tokio::test]
async fn a_request_is_given_up_when_persona_stays_away_and_the_staff_is_told() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    app.persona
        .inject(Fault::new(FaultKind::DropConnection).times(1000));
    recover(&app, &inquiry).await;
    let told = told(&app, &inquiry).await;
    assert_eq!(told, [Some("persona-silent".to_owned())]);
    let mut otto = app.staff(Role::Operator).await;
    let page = otto.get(&format!("/ops/inquiries/{inquiry}")).await;
    assert!(
        page.body.contains("did not answer for hours"),
        "{}",
        page.body
    );
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
    assert_eq!(server.mails().len(), 0);
}
