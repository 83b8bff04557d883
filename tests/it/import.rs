//! The import: every inquiry of Persona in our tables, whatever happens on the way.

use std::time::Duration;

use axum::http::StatusCode;
use leftoff::{
    mirror::{Scope, State},
    model::role::Role,
    store::imports::ImportRow,
    worker::{Pace, Work as _},
};
use simulator::{Fault, FaultKind, Seed, Status};

use crate::support::App;

/// A template that the simulator does not know before.
const TEMPLATE: &str = "itmpl_Drivers000000000000000000000";

const STATUSES: [Status; 5] = [
    Status::Created,
    Status::Pending,
    Status::Expired,
    Status::NeedsReview,
    Status::Approved,
];

/// Inquiries at Persona, a minute apart.
fn plant(app: &App, count: u64) {
    for (number, status) in (0..count).zip(STATUSES.into_iter().cycle()) {
        let fields = [("name-first".to_owned(), "Zebulon".into())];
        let _ = app.persona.create_inquiry(&Seed {
            status,
            fields: fields.into_iter().collect(),
            reference_id: Some(format!("user-{number:04}")),
            age: Duration::from_secs(number * 60),
            ended_sessions: 2,
            ..Seed::default()
        });
    }
}

async fn start(app: &App, scope: &Scope) -> ImportRow {
    app.persona.clear_requests();
    let started = app.state.mirror.start("cli:a test", scope).await;
    started.unwrap().unwrap()
}

/// Steps until the import rests for good, and lets the time pass that it waits for.
async fn finish(app: &App, id: &str) -> ImportRow {
    loop {
        match app.state.mirror.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => app.advance(wait),
            Pace::Idle => return app.state.store.import(id).await.unwrap().unwrap(),
        }
    }
}

async fn import(app: &App) -> ImportRow {
    let started = start(app, &Scope::default()).await;
    finish(app, &started.id).await
}

/// What we know of all inquiries that Persona has, without when and how often it was read.
async fn known(app: &App) -> Vec<String> {
    let mut known = Vec::new();
    for inquiry in app.persona.inquiries() {
        let mut row = app.state.store.inquiry(&inquiry.id).await.unwrap().unwrap();
        assert_eq!(row.status, inquiry.status.as_str());
        (row.read_at, row.version) = (0, 0);
        known.push(format!("{row:?}"));
    }
    known
}

fn pages(app: &App) -> usize {
    let asked = app.asked();
    asked.iter().filter(|call| *call == "GET inquiries").count()
}

#[tokio::test]
async fn a_thousand_inquiries_come_in_ten_pages_without_personal_data() {
    let app = App::start().await;
    plant(&app, 1000);
    let done = import(&app).await;
    assert_eq!((done.inquiries, done.pages), (1000, 10), "{done:?}");
    assert_eq!(State::of(&done), State::Done);
    assert_eq!(pages(&app), 10);
    assert_eq!(known(&app).await.len(), 1000);
    assert!(!app.database().await.contains("Zebulon"));
    let acts: Vec<_> = app.audit().await.into_iter().map(|row| row.act).collect();
    assert_eq!(acts, ["import-started", "import-finished"]);
}

#[tokio::test]
async fn a_second_import_changes_nothing() {
    let app = App::start().await;
    plant(&app, 250);
    import(&app).await;
    let first = known(&app).await;
    let again = import(&app).await;
    assert_eq!(again.inquiries, 250);
    assert_eq!(known(&app).await, first);
}

#[tokio::test]
async fn limits_failures_and_broken_connections_are_waited_out() {
    let app = App::start().await;
    plant(&app, 500);
    let faults = [
        FaultKind::RateLimited { reset_seconds: 0 },
        FaultKind::Status {
            code: 500,
            headers: std::collections::BTreeMap::new(),
            html: false,
        },
        FaultKind::DropConnection,
        FaultKind::Hang,
    ];
    let started = start(&app, &Scope::default()).await;
    for kind in faults {
        let before = app.state.store.import(&started.id).await.unwrap().unwrap();
        app.persona
            .inject(Fault::new(kind.clone()).path("/inquiries").times(1));
        let wait = loop {
            match app.state.mirror.step().await.unwrap() {
                Pace::Now => {}
                Pace::In(wait) => break wait,
                Pace::Idle => panic!("{kind:?} ended the import"),
            }
        };
        assert!(wait >= Duration::from_secs(5), "{kind:?}: {wait:?}");
        assert!(app.persona.faults().is_empty(), "{kind:?} did not strike");
        let waiting = app.state.store.import(&started.id).await.unwrap().unwrap();
        assert!(waiting.error.is_some(), "{kind:?}");
        let asked = app.persona.requests().len();
        app.state.mirror.step().await.unwrap();
        assert_eq!(app.persona.requests().len(), asked, "it asked too early");
        app.advance(wait);
        app.state.mirror.step().await.unwrap();
        let after = app.state.store.import(&started.id).await.unwrap().unwrap();
        assert!(after.inquiries > before.inquiries, "{kind:?}: {after:?}");
        assert_eq!(after.error, None);
    }
    let done = finish(&app, &started.id).await;
    assert_eq!((done.inquiries, done.pages), (500, 5));
    assert_eq!(known(&app).await.len(), 500);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_parks_the_import_until_somebody_says_go_on() {
    let app = App::start().await;
    plant(&app, 300);
    let mut operator = app.staff(Role::Operator).await;
    let started = start(&app, &Scope::default()).await;
    app.state.mirror.step().await.unwrap();
    app.state.mirror.step().await.unwrap();
    app.persona.inject(
        Fault::new(FaultKind::BrokenJson)
            .path("/inquiries")
            .times(1),
    );
    let parked = finish(&app, &started.id).await;
    assert_eq!(State::of(&parked), State::Parked);
    assert_eq!(parked.inquiries, 100);
    let page = operator.get("/ops/import").await.body;
    assert!(page.contains("Stopped by an error"), "{page}");
    assert!(page.contains("answer cannot be used"), "{page}");
    let go_on = format!("/ops/import/{}/go-on", started.id);
    let answer = operator.submit(&go_on, "").await;
    assert_eq!(answer.redirect(), (303, "/ops/import?done=resumed"));
    let done = finish(&app, &started.id).await;
    assert_eq!((done.inquiries, done.pages), (300, 3));
    assert_eq!(known(&app).await.len(), 300);
}

#[tokio::test]
async fn after_a_restart_it_goes_on_and_asks_for_no_page_twice() {
    let app = App::start().await;
    plant(&app, 1000);
    let started = start(&app, &Scope::default()).await;
    for _ in 0..5 {
        app.state.mirror.step().await.unwrap();
    }
    let app = app.restart_with(|_| {}).await;
    let done = finish(&app, &started.id).await;
    assert_eq!((done.inquiries, done.pages), (1000, 10));
    assert_eq!(pages(&app), 10);
    assert_eq!(known(&app).await.len(), 1000);
}

#[tokio::test]
async fn inquiries_that_come_or_leave_the_list_meanwhile_cost_none_of_the_others() {
    let app = App::start().await;
    plant(&app, 500);
    let scope = Scope::new(vec!["needs_review".to_owned(), "pending".to_owned()], None).unwrap();
    let started = start(&app, &scope).await;
    app.state.mirror.step().await.unwrap();
    app.state.mirror.step().await.unwrap();
    let halfway = app.state.store.import(&started.id).await.unwrap().unwrap();
    let cursor = halfway.last_id.unwrap();
    app.persona.set_status(&cursor, Status::Approved).unwrap();
    let _ = app.persona.create_inquiry(&Seed::default());
    let done = finish(&app, &started.id).await;
    assert_eq!(State::of(&done), State::Done, "{done:?}");
    for inquiry in app.persona.inquiries() {
        let is_wanted = matches!(inquiry.status, Status::NeedsReview | Status::Pending);
        let row = app.state.store.inquiry(&inquiry.id).await.unwrap();
        assert_eq!(row.is_some(), is_wanted || inquiry.id == cursor);
    }
}

#[tokio::test]
async fn an_inquiry_that_moved_meanwhile_is_not_set_back() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    app.link(&inquiry).await;
    let mut later = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    later.status = "approved".to_owned();
    later.read_at += 60_000;
    let keep = later.clone();
    let kept = app
        .state
        .store
        .change(move |change| leftoff::store::inquiries::keep(change, &keep));
    kept.await.unwrap();
    let done = import(&app).await;
    assert_eq!(done.inquiries, 1);
    let row = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(row.status, "approved");
}

#[tokio::test]
async fn what_we_know_ourselves_of_an_inquiry_outlives_an_import() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    assert!(browser.resume(&token).await.session_token().is_some());
    browser.report_trouble(&token, "camera-denied").await;
    import(&app).await;
    let row = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(row.trouble.as_deref(), Some("camera-denied"));
    assert_eq!(row.need.as_deref(), Some("failed-to-load"));
    assert!(row.resumed_at.is_some());
}

/// Templates are listed for production keys only; others learn of them through an inquiry.
#[tokio::test]
async fn a_template_that_was_published_anew_makes_its_inquiries_outdated() {
    for (key, lists) in [
        ("persona_sandbox_drift", 0),
        ("persona_production_drift", 1),
    ] {
        let set_key = |options: &mut simulator::Options| options.api_key = key.to_owned();
        let app = App::start_beside(set_key, |config| config.persona.api_key = key.into()).await;
        let seed = Seed {
            template: Some(TEMPLATE.to_owned()),
            status: Status::Expired,
            ..Seed::default()
        };
        let _ = app.persona.create_inquiry(&seed);
        app.persona.name_template(TEMPLATE, "Driver onboarding");
        import(&app).await;
        let mut viewer = app.staff(Role::Viewer).await;
        let page = viewer.get("/ops").await.body;
        assert!(page.contains("Driver onboarding"), "{key}: {page}");
        assert!(!page.contains(">Outdated</span>"), "{key}");
        let latest = app.persona.publish_new_template_version(TEMPLATE);
        app.advance(Duration::from_secs(1));
        import(&app).await;
        let templates = app.state.store.templates().await.unwrap();
        let template = templates.iter().find(|row| row.id == TEMPLATE).unwrap();
        assert_eq!(template.latest_version_id.as_ref(), Some(&latest), "{key}");
        let page = viewer.get("/ops").await.body;
        assert!(page.contains(">Outdated</span>"), "{key}");
        let is_list = |seen: &&simulator::RequestSeen| {
            seen.path.ends_with("/inquiry-templates") && seen.status == Some(200)
        };
        let listed = app.persona.requests().iter().filter(is_list).count();
        assert_eq!(listed, lists, "{key}");
    }
}

#[tokio::test]
async fn background_work_leaves_the_last_part_of_the_window_to_the_portal() {
    let limit = |options: &mut simulator::Options| options.rate_limit_per_minute = 40;
    let app = App::start_beside(limit, |_| {}).await;
    plant(&app, 5000);
    start(&app, &Scope::default()).await;
    let wait = loop {
        match app.state.mirror.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => break wait,
            Pace::Idle => panic!("the import is over"),
        }
    };
    assert!(wait <= Duration::from_mins(1), "{wait:?}");
    assert_eq!(
        app.persona.requests().len(),
        34,
        "15 % of 40 are the portal's"
    );
}

#[tokio::test]
async fn an_operator_starts_and_cancels_and_only_one_import_runs() {
    let app = App::start().await;
    plant(&app, 300);
    let mut operator = app.staff(Role::Operator).await;
    let answer = operator.submit("/ops/import", "days=30&statuses=").await;
    assert_eq!(answer.redirect(), (303, "/ops/import?done=started"));
    let answer = operator.submit("/ops/import", "days=30&statuses=").await;
    assert_eq!(answer.redirect(), (303, "/ops/import?done=busy"));
    let import = app.state.store.running_import().await.unwrap().unwrap();
    app.state.mirror.step().await.unwrap();
    let answer = operator
        .submit(&format!("/ops/import/{}/cancel", import.id), "")
        .await;
    assert_eq!(answer.redirect(), (303, "/ops/import?done=cancelled"));
    assert_eq!(app.state.mirror.step().await.unwrap(), Pace::Idle);
    let page = operator.get("/ops/import?done=cancelled").await;
    assert!(
        page.body.contains("The import was cancelled"),
        "{}",
        page.body
    );
    assert!(page.body.contains("A operator"), "{}", page.body);
    let acts: Vec<_> = app
        .audit()
        .await
        .into_iter()
        .filter(|row| row.object == format!("import:{}", import.id))
        .map(|row| (row.act, row.actor == import.actor))
        .collect();
    let by_operator = |act: &str| (act.to_owned(), true);
    let meant = ["import-started", "import-cancelled"].map(by_operator);
    assert_eq!(acts, meant);
}

#[tokio::test]
async fn a_form_that_nobody_was_shown_is_refused() {
    let app = App::start().await;
    let mut operator = app.staff(Role::Operator).await;
    for form in ["days=many&statuses=", "days=7&statuses=gone"] {
        let answer = operator.submit("/ops/import", form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form}");
    }
    assert_eq!(app.state.store.running_import().await.unwrap(), None);
}

#[tokio::test]
async fn a_viewer_sees_imports_and_is_told_why_they_start_none() {
    let app = App::start().await;
    let mut viewer = app.staff(Role::Viewer).await;
    let page = viewer.get("/ops/import").await;
    assert_eq!(page.page(), (200, "Import"));
    assert!(page.body.contains("This takes the role operator or admin"));
}
