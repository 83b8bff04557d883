//! The inquiry page and its acts: each with what it writes down, and what stands in its way.

use std::time::Duration;

use leftoff::{model::role::Role, store::audit::AuditRow};
use persona::InquiryId;
use simulator::{Fault, FaultKind, Seed, Status};

use crate::support::{Answer, App, Browser};

/// An application with an inquiry that it knows, and an operator.
async fn known(status: Status) -> (App, String, Browser) {
    let app = App::start().await;
    let inquiry = know(&app, status).await;
    let otto = app.staff(Role::Operator).await;
    (app, inquiry, otto)
}

async fn know(app: &App, status: Status) -> String {
    let inquiry = app.inquiry(status);
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    app.persona.clear_requests();
    inquiry
}

async fn version(app: &App, inquiry: &str) -> i64 {
    app.state
        .store
        .inquiry(inquiry)
        .await
        .unwrap()
        .unwrap()
        .version
}

/// What the page's own form would send, with something in it.
async fn form(app: &App, inquiry: &str, fields: &str) -> String {
    let known = app.state.store.inquiry(inquiry).await.unwrap().unwrap();
    let (version, status) = (known.version, known.status);
    let seen = app.state.clock.now_ms();
    format!("version={version}&status={status}&seen={seen}&{fields}")
}

const RESUME: &str = "reason=person-asked&note=Called+us";

fn path(inquiry: &str, act: &str) -> String {
    format!("/ops/inquiries/{inquiry}{act}")
}

/// The URL that a page shows.
fn url(answer: &Answer) -> String {
    let (_, rest) = answer
        .body
        .split_once("id=\"link-url\"")
        .expect(&answer.body);
    let (_, rest) = rest.split_once("value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn last_deed(app: &App) -> AuditRow {
    app.audit().await.pop().unwrap()
}

/// The body of an answer without its one-time nonces.
fn says(answer: &Answer, text: &str) {
    assert!(answer.body.contains(text), "{text}: {}", answer.body);
}

#[tokio::test]
async fn a_link_is_made_shown_once_and_written_down() {
    let (app, inquiry, mut otto) = known(Status::Expired).await;
    let form = form(
        &app,
        &inquiry,
        &format!("{RESUME}&days=1&locale=es&factor=birthdate"),
    )
    .await;
    let answer = otto.submit(&path(&inquiry, "/links"), &form).await;
    assert_eq!(answer.page(), (200, "The link is made"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let url = url(&answer);
    let token = url.rsplit('/').next().unwrap().to_owned();
    says(&answer, "<svg");
    assert_eq!(app.ledger(&inquiry).await, ["link-created"]);

    let link = app.newest_link(&inquiry).await;
    assert_eq!(
        (&*link.factor, link.locale.as_deref()),
        ("birthdate", Some("es"))
    );
    assert_eq!(link.expires_at - link.created_at, 24 * 60 * 60 * 1000);
    let deed = last_deed(&app).await;
    assert_eq!(
        (&*deed.act, &*deed.object),
        ("link-created", &*format!("link:{}", link.id))
    );
    assert_eq!(deed.actor, link.maker);
    assert!(deed.actor.starts_with("staff:"));
    assert_eq!(deed.reason.as_deref(), Some("person-asked"));
    assert_eq!(deed.note.as_deref(), Some("Called us"));
    assert!(!app.database().await.contains(&token));

    let page = otto.get(&path(&inquiry, "")).await;
    assert!(!page.body.contains(&token));
    says(&page, "A operator");
    let answer = app.browser().get(&format!("/r/{token}")).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn the_same_form_sent_again_makes_no_second_link() {
    let (app, inquiry, mut otto) = known(Status::Expired).await;
    let form = form(&app, &inquiry, RESUME).await;
    let first = otto.submit(&path(&inquiry, "/links"), &form).await;
    assert_eq!(first.status, 200);
    let again = otto.submit(&path(&inquiry, "/links"), &form).await;
    assert_eq!(again.status, 409);
    says(&again, "nothing was done");
    says(&again, "Link made");
    says(&again, "Called us");
    assert_eq!(app.ledger(&inquiry).await, ["link-created"]);
}

#[tokio::test]
async fn of_two_operators_the_second_is_told_what_the_first_did() {
    let (app, inquiry, mut otto) = known(Status::Expired).await;
    let mut ada = app.staff(Role::Admin).await;
    let seen = form(&app, &inquiry, RESUME).await;
    assert_eq!(
        otto.submit(&path(&inquiry, "/links"), &seen).await.status,
        200
    );
    let acts = [
        ("/links", RESUME),
        ("/expire-sessions", "reason=mistake"),
        ("/expire", "reason=mistake"),
    ];
    let rows = app.rows(&inquiry).await;
    let deeds = app.audit().await.len();
    for (act, fields) in acts {
        let form = format!("{seen}&{fields}").replace(&format!("&{RESUME}&"), "&");
        let answer = ada.submit(&path(&inquiry, act), &form).await;
        assert_eq!(answer.status, 409, "{act}");
        says(&answer, "Link made");
        says(&answer, "A operator");
    }
    let link = app.newest_link(&inquiry).await.id;
    let form = seen.replace(RESUME, "reason=mistake");
    let answer = ada
        .submit(&format!("/ops/links/{link}/revoke"), &form)
        .await;
    assert_eq!(answer.status, 409);
    assert_eq!(app.rows(&inquiry).await, rows);
    assert_eq!(app.audit().await.len(), deeds);

    // What the page asks again for goes through.
    let now = self::form(&app, &inquiry, RESUME).await;
    assert_eq!(
        ada.submit(&path(&inquiry, "/links"), &now).await.status,
        200
    );
}

#[tokio::test]
async fn two_who_press_at_the_same_moment_make_one_link() {
    let (app, inquiry, otto) = known(Status::Expired).await;
    let ada = app.staff(Role::Admin).await;
    let form = form(&app, &inquiry, RESUME).await;
    let path = path(&inquiry, "/links");
    let presses = [otto, ada].map(|mut browser| {
        let (path, form) = (path.clone(), form.clone());
        async move { browser.submit(&path, &form).await.status.as_u16() }
    });
    let mut statuses = futures_util::future::join_all(presses).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(app.ledger(&inquiry).await, ["link-created"]);
}

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
async fn a_revoked_link_is_gone_for_the_person() {
    let (app, inquiry, mut otto) = known(Status::Expired).await;
    let token = app.link(&inquiry).await;
    let link = app.newest_link(&inquiry).await.id;
    let revoke = format!("/ops/links/{link}/revoke");
    let nothing = form(&app, &inquiry, "").await;
    assert_eq!(otto.submit(&revoke, &nothing).await.status, 400);
    let form = form(&app, &inquiry, "reason=wrong-person&note=Typo").await;
    let answer = otto.submit(&revoke, &form).await;
    assert_eq!(answer.redirect(), (303, &*path(&inquiry, "?done=revoked")));
    assert_eq!(app.browser().get(&format!("/r/{token}")).await.status, 410);
    let deed = last_deed(&app).await;
    assert_eq!(
        (&*deed.act, deed.reason.as_deref()),
        ("link-revoked", Some("wrong-person"))
    );
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "link-revoked"]);
    let page = otto.get(&path(&inquiry, "?done=revoked")).await;
    says(&page, "role=\"status\"");
    assert!(!page.body.contains("Revoke for good"));
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

#[tokio::test]
async fn a_refresh_brings_the_template_and_its_advice() {
    let (app, inquiry, mut otto) = known(Status::Expired).await;
    let page = otto.get(&path(&inquiry, "")).await;
    says(&page, "not known yet");
    let refresh = path(&inquiry, "/refresh");
    let answer = otto.submit(&refresh, "").await;
    assert_eq!(
        answer.redirect(),
        (303, &*path(&inquiry, "?done=refreshed"))
    );
    says(
        &otto.get(&path(&inquiry, "")).await,
        "still the published version",
    );
    assert_eq!(last_deed(&app).await.act, "refreshed");
    let template = app.state.store.templates().await.unwrap().remove(0);
    let _ = app.persona.publish_new_template_version(&template.id);
    otto.submit(&refresh, "").await;
    let page = otto.get(&path(&inquiry, "")).await;
    says(&page, "Make a new inquiry");
    says(&page, "published anew");
}

#[tokio::test]
async fn the_page_asks_persona_for_sessions_only_when_it_is_told_to() {
    let app = App::start().await;
    let inquiry = app.persona.create_inquiry(&Seed {
        status: Status::Expired,
        ended_sessions: 3,
        reference_id: Some("user-7".to_owned()),
        ..Seed::default()
    });
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    app.persona.clear_requests();
    let mut vera = app.staff(Role::Viewer).await;
    let page = vera.get(&path(&inquiry, "")).await;
    assert_eq!(page.status, 200);
    says(&page, "3 of 25");
    says(&page, "user-7");
    assert!(app.asked().is_empty());
    let page = vera.get(&path(&inquiry, "?sessions=1")).await;
    assert_eq!(app.asked(), ["GET inquiry-sessions"]);
    assert_eq!(page.body.matches("<th scope=\"row\">").count(), 3);
    assert!(!page.body.contains("127.0.0.1"));
    says(&page, "Your role is viewer");
    assert!(!page.body.contains("<textarea"));
}

#[tokio::test]
async fn what_the_command_line_and_a_hand_off_make_is_in_the_audit_too() {
    let (app, inquiry, mut otto) = known(Status::Expired).await;
    let token = app
        .link_with(&inquiry, |new| new.maker = "cli:rita".to_owned())
        .await;
    assert_eq!(last_deed(&app).await.actor, "cli:rita");
    let answer = app.browser().submit(&format!("/r/{token}/phone"), "").await;
    assert_eq!(answer.status, 200);
    let deed = last_deed(&app).await;
    assert_eq!((&*deed.actor, &*deed.act), ("system", "handed-off"));
    let page = otto.get(&path(&inquiry, "")).await;
    says(&page, "rita at the command line");
}
