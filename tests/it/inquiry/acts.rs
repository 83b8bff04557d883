//! The other acts, and what stands in their way.

use std::time::Duration;

use persona::InquiryId;
use simulator::{Fault, FaultKind, Status};

use super::{RESUME, form, known, last_deed, path, says, version};

#[tokio::test]
async fn reading_an_inquiry_again_disturbs_nobody_unless_it_changed() {
    let (app, inquiry, _) = known(Status::Expired).await;
    let before = version(&app, &inquiry).await;
    app.advance(Duration::from_secs(1));
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    assert_eq!(version(&app, &inquiry).await, before);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    app.advance(Duration::from_secs(1));
    app.state.inquiries.refresh(&id).await.unwrap();
    assert_eq!(version(&app, &inquiry).await, before + 1);
}

#[tokio::test]
async fn an_act_without_a_right_reason_is_asked_for_again() {
    let (app, inquiry, mut otto) = known(Status::Expired).await;
    let rows = app.rows(&inquiry).await;
    let deeds = app.audit().await.len();
    let wrong = [
        ("/links", "", "Choose a reason."),
        (
            "/links",
            "reason=suspected-misuse&note=x",
            "Choose a reason.",
        ),
        ("/links", "reason=person-asked&note=+", "Write a note"),
        ("/links", "reason=person-asked&note=kept&days=365", "kept"),
        ("/links", "reason=person-asked&note=kept&locale=xx", "kept"),
        (
            "/links",
            "reason=person-asked&note=kept&factor=shoe",
            "kept",
        ),
        ("/expire-sessions", "", "Choose a reason."),
        ("/expire", "reason=person", "Choose a reason."),
        ("/expire", "reason=other", "Say in the note"),
    ];
    for (act, fields, text) in wrong {
        let form = form(&app, &inquiry, fields).await;
        let answer = otto.submit(&path(&inquiry, act), &form).await;
        assert_eq!(answer.status, 400, "{act} {fields}");
        says(&answer, text);
    }
    let long = format!("reason=person-asked&note={}", "x".repeat(501));
    let form = form(&app, &inquiry, &long).await;
    let answer = otto.submit(&path(&inquiry, "/links"), &form).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        otto.submit(&path(&inquiry, "/links"), RESUME).await.status,
        400
    );
    assert_eq!(app.rows(&inquiry).await, rows);
    assert_eq!(app.audit().await.len(), deeds);
    assert!(app.asked().is_empty());
}

#[tokio::test]
async fn a_finished_inquiry_is_refused_even_if_we_did_not_know() {
    let (app, inquiry, mut otto) = known(Status::Pending).await;
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    let form = form(&app, &inquiry, RESUME).await;
    let answer = otto.submit(&path(&inquiry, "/links"), &form).await;
    assert_eq!(answer.status, 409);
    says(&answer, "No link was made");
    assert!(app.ledger(&inquiry).await.is_empty());
    let page = otto.get(&path(&inquiry, "")).await;
    says(&page, "nothing to resume");
    assert!(!page.body.contains("Make a link"));
    let form = self::form(&app, &inquiry, "reason=mistake").await;
    let answer = otto.submit(&path(&inquiry, "/expire"), &form).await;
    assert_eq!(answer.status, 409);
}

#[tokio::test]
async fn when_persona_fails_nothing_changes_and_the_page_says_when_to_try_again() {
    let (app, inquiry, mut otto) = known(Status::Pending).await;
    let rows = app.rows(&inquiry).await;
    let deeds = app.audit().await.len();
    let kinds = [
        (FaultKind::RateLimited { reset_seconds: 9 }, "9"),
        (FaultKind::DropConnection, "30"),
    ];
    for (kind, wait) in kinds {
        let acts = [
            ("/links", RESUME),
            ("/refresh", ""),
            ("/expire-sessions", "reason=mistake"),
            ("/expire", "reason=mistake"),
        ];
        for (act, fields) in acts {
            app.persona.inject(Fault::new(kind.clone()).times(1));
            let form = form(&app, &inquiry, fields).await;
            let answer = otto.submit(&path(&inquiry, act), &form).await;
            assert_eq!(answer.page(), (503, "Persona does not answer"), "{act}");
            assert_eq!(answer.header("retry-after"), wait, "{act}");
            assert_eq!(app.rows(&inquiry).await, rows, "{act}");
            assert_eq!(app.audit().await.len(), deeds, "{act}");
        }
        app.persona.inject(Fault::new(kind).times(1));
        let answer = otto.get(&path(&inquiry, "?sessions=1")).await;
        assert_eq!(answer.page(), (503, "Persona does not answer"));
    }
}

#[tokio::test]
async fn ended_sessions_are_over_and_the_link_starts_a_new_one() {
    let (app, inquiry, mut otto) = known(Status::Expired).await;
    let token = app.link(&inquiry).await;
    let mut person = app.browser();
    let first = person.resume(&token).await.session_token();
    let form = form(&app, &inquiry, "reason=suspected-misuse").await;
    let answer = otto
        .submit(&path(&inquiry, "/expire-sessions"), &form)
        .await;
    assert_eq!(
        answer.redirect(),
        (303, &*path(&inquiry, "?done=sessions-expired"))
    );
    let deed = last_deed(&app).await;
    assert_eq!(
        (&*deed.act, &*deed.object),
        ("sessions-expired", &*format!("inquiry:{inquiry}"))
    );
    let second = person.resume(&token).await.session_token();
    assert!(second.is_some());
    assert_ne!(first, second);
}

#[tokio::test]
async fn an_expired_inquiry_was_confirmed_and_can_be_resumed() {
    let (app, inquiry, mut otto) = known(Status::Pending).await;
    let ask = otto.get(&path(&inquiry, "/expire")).await;
    assert_eq!(ask.page(), (200, "Expire this inquiry?"));
    says(&ask, "can be resumed");
    let form = form(&app, &inquiry, "reason=suspected-misuse&note=Two+people").await;
    let answer = otto.submit(&path(&inquiry, "/expire"), &form).await;
    assert_eq!(answer.redirect(), (303, &*path(&inquiry, "?done=expired")));
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.status, "expired");
    let deed = last_deed(&app).await;
    assert_eq!(deed.act, "inquiry-expired");
    assert!(deed.before.unwrap().contains("pending"));
    assert!(deed.after.unwrap().contains("expired"));
    let token = app.link(&inquiry).await;
    assert!(app.browser().resume(&token).await.session_token().is_some());
}
