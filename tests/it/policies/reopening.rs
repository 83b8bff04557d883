//! Policies that open expired inquiries again, whatever comes between.

use std::collections::BTreeMap;

use leftoff::{model::policy::StepState, worker::Work as _};
use simulator::{Fault, FaultKind, Status};

use super::{
    DAY, HOUR, acts, look, pass, reminders, resumes, settle, somebody, states, turn_on, with_mail,
};
use crate::support::MailServer;

#[tokio::test]
async fn an_expired_inquiry_is_opened_again_and_the_person_gets_a_link() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let policy = turn_on(&app, &resumes()).await;
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    app.advance(DAY + HOUR);
    look(&app, &inquiry).await;
    settle(&app).await;
    assert_eq!(states(&app, &policy).await, [(StepState::Done, None)]);
    let mail = server.mails().remove(0);
    assert!(mail.to.contains("rita@example.org"));
    assert!(
        app.browser()
            .resume(&mail.token())
            .await
            .session_token()
            .is_some()
    );
    let mut ledger = app.ledger(&inquiry).await;
    ledger.sort();
    let written = ["link-created", "message-sent", "policy-resumed", "resumed"];
    assert_eq!(ledger, written);
    let audit = app.audit().await;
    let deed = audit
        .iter()
        .find(|row| row.act == "policy-resumed")
        .unwrap();
    assert_eq!(deed.actor, "system");
    assert_eq!(deed.note, Some(format!("policy:{}", policy.id)));
    let link = app.newest_link(&inquiry).await;
    assert_eq!((&*link.maker, &*link.channel), ("system", "policy"));
    // Nothing more happens, and the next expiry is another one.
    pass(&app, 3).await;
    assert_eq!(server.mails().len(), 1);
    app.advance(DAY * 2);
    look(&app, &inquiry).await;
    settle(&app).await;
    assert_eq!(acts(&app, &policy).await.len(), 2);
}

#[tokio::test]
async fn what_the_staff_ended_by_hand_a_policy_does_not_open_again() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    turn_on(&app, &resumes()).await;
    turn_on(&app, &reminders()).await;
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    let why = leftoff::links::Why {
        actor: "staff:otto".to_owned(),
        reason: "suspected-misuse".to_owned(),
        note: None,
    };
    app.state
        .inquiries
        .expire(&inquiry, known.version, why)
        .await
        .unwrap();
    pass(&app, 24 * 9).await;
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn a_restart_in_the_middle_does_nothing_twice() {
    let server = MailServer::start().await;
    let mut app = with_mail(&server).await;
    let policy = turn_on(&app, &resumes()).await;
    turn_on(&app, &reminders()).await;
    let mut inquiries = Vec::new();
    for number in 0..40 {
        inquiries.push(somebody(&app, &format!("user{number}"), Status::Pending).await);
    }
    app.advance(DAY + HOUR);
    for inquiry in &inquiries {
        look(&app, inquiry).await;
    }
    app.persona.clear_requests();
    // Each step of the work is the last of its process, and every other one breaks off after Persona's answer.
    for round in 0..60 {
        if round % 2 == 0 {
            let policies = app.state.policies.clone();
            let step = tokio::spawn(async move { policies.step().await });
            let asked = app.persona.requests().len();
            for _ in 0..2000 {
                if app.persona.requests().len() > asked || step.is_finished() {
                    break;
                }
                tokio::task::yield_now().await;
            }
            step.abort();
            step.await.ok();
        } else {
            app.state.policies.step().await.unwrap();
            app.state.notifier.step().await.unwrap();
        }
        app = app.restart_with(|_| {}).await;
    }
    app.advance(HOUR);
    settle(&app).await;
    assert_eq!(acts(&app, &policy).await.len(), 40);
    for inquiry in &inquiries {
        let snapshot = app.persona.inquiry(inquiry).unwrap();
        assert_eq!(snapshot.sessions.len(), 1, "opened again once");
        let links = app.state.links.list(Some(inquiry)).await.unwrap();
        assert_eq!(links.len(), 1);
    }
    let mails = server.mails();
    let ids: std::collections::BTreeSet<_> = mails
        .iter()
        .map(|mail| mail.header("Message-ID").to_owned())
        .collect();
    assert_eq!(ids.len(), 40, "whoever gets one twice can tell");
}

#[tokio::test]
async fn an_outage_of_persona_is_outlived_and_limits_are_kept() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let policy = turn_on(&app, &resumes()).await;
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    app.advance(DAY + HOUR);
    look(&app, &inquiry).await;
    let broken = FaultKind::Status {
        code: 503,
        headers: BTreeMap::new(),
        html: false,
    };
    app.persona
        .inject(Fault::new(broken).path("resume").times(1));
    app.persona.inject(
        Fault::new(FaultKind::DropConnection)
            .path(&inquiry)
            .times(1),
    );
    let limited = FaultKind::RateLimited { reset_seconds: 0 };
    app.persona
        .inject(Fault::new(limited).path(&inquiry).times(1));
    pass(&app, 6).await;
    assert!(app.persona.faults().is_empty());
    assert_eq!(states(&app, &policy).await, [(StepState::Done, None)]);
    assert_eq!(server.mails().len(), 1);
}
