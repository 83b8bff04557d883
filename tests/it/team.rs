//! The team, one's own account, and the settings.

use std::time::Duration;

use leftoff::model::role::Role;

use crate::support::{API_KEY, Answer, App, PASSWORD};

async fn acts(app: &App) -> Vec<String> {
    app.audit().await.into_iter().map(|row| row.act).collect()
}

/// The password that a page shows once.
fn shown(answer: &Answer) -> String {
    let (_, rest) = answer
        .body
        .split_once("<code id=\"password\">")
        .expect(&answer.body);
    rest.split_once('<').unwrap().0.to_owned()
}

#[tokio::test]
async fn somebody_who_is_added_signs_in_with_a_password_that_is_shown_once() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let form = "name=Rosa+Maier&email=Rosa%40Example.com&role=operator&by=password";
    let added = admin.submit("/ops/team/new", form).await;
    assert_eq!(added.page(), (200, "Rosa Maier"));
    let password = shown(&added);
    let answer = app.browser().sign_in("rosa@example.com", &password).await;
    assert_eq!(answer.redirect(), (303, "/ops"));
    let row = app
        .audit()
        .await
        .into_iter()
        .rfind(|row| row.act == "staff-added")
        .unwrap();
    assert_eq!(
        row.actor,
        format!("staff:{}", app.person(Role::Admin).await.id)
    );
    assert!(!app.database().await.contains(&password));
    let again = admin.submit("/ops/team/new", form).await;
    assert_eq!(again.page(), (422, "Add somebody"));
    let page = admin.get("/ops/team").await;
    assert!(page.body.contains("Rosa Maier") && !page.body.contains(&password));
}

#[tokio::test]
async fn somebody_who_signs_in_elsewhere_gets_no_password() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let form = "name=Ivo&email=ivo%40example.com&role=viewer&by=oidc";
    let added = admin.submit("/ops/team/new", form).await;
    assert!(!added.body.contains("<code id=\"password\">"));
    let ivo = app
        .state
        .store
        .staff_by_email("ivo@example.com")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(ivo.password_hash, None);
}

#[tokio::test]
async fn a_role_is_changed_and_works_at_once() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let mut viewer = app.staff(Role::Viewer).await;
    assert_eq!(viewer.get("/ops/audit").await.status, 403);
    let id = app.person(Role::Viewer).await.id;
    let answer = admin
        .submit(&format!("/ops/team/{id}/role"), "role=auditor")
        .await;
    assert_eq!(
        answer.redirect(),
        (303, &*format!("/ops/team/{id}/manage?done=role"))
    );
    let page = admin.get(answer.header("location")).await;
    assert!(page.body.contains("The role is changed."));
    assert_eq!(viewer.get("/ops/audit").await.status, 200);
    assert_eq!(acts(&app).await.last().unwrap(), "role-changed");
    assert_eq!(
        admin
            .submit(&format!("/ops/team/{id}/role"), "role=king")
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn whoever_is_shut_out_is_out_until_let_in_again() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let mut viewer = app.staff(Role::Viewer).await;
    let path = format!("/ops/team/{}/state", app.person(Role::Viewer).await.id);
    admin.submit(&path, "state=disabled").await;
    assert_eq!(viewer.get("/ops").await.status, 303);
    let refused = app.browser().sign_in("viewer@example.com", PASSWORD).await;
    assert_eq!(refused.status, 401);
    admin.submit(&path, "state=enabled").await;
    let back = app.browser().sign_in("viewer@example.com", PASSWORD).await;
    assert_eq!(back.status, 303);
    let acts = acts(&app).await;
    for act in ["staff-disabled", "sessions-ended", "staff-enabled"] {
        assert!(acts.contains(&act.to_owned()), "{act} in {acts:?}");
    }
}

#[tokio::test]
async fn a_reset_replaces_the_password_and_ends_the_sessions() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let mut viewer = app.staff(Role::Viewer).await;
    let path = format!("/ops/team/{}/reset", app.person(Role::Viewer).await.id);
    let password = shown(&admin.submit(&path, "").await);
    assert_eq!(viewer.get("/ops").await.status, 303);
    assert_eq!(
        app.browser()
            .sign_in("viewer@example.com", PASSWORD)
            .await
            .status,
        401
    );
    assert_eq!(
        app.browser()
            .sign_in("viewer@example.com", &password)
            .await
            .status,
        303
    );
    assert!(acts(&app).await.contains(&"password-reset".to_owned()));
}

#[tokio::test]
async fn an_admin_ends_one_session_or_all_of_them() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let (mut one, mut other) = (app.staff(Role::Viewer).await, app.staff(Role::Viewer).await);
    let id = app.person(Role::Viewer).await.id;
    let sessions = app.state.staff.sessions(&id).await.unwrap();
    assert_eq!(sessions.len(), 2);
    let path = format!("/ops/team/{id}/sessions");
    admin
        .submit(&path, &format!("session={}", sessions[0].id))
        .await;
    assert_eq!(
        (
            one.get("/ops").await.status.as_u16(),
            other.get("/ops").await.status.as_u16()
        ),
        (200, 303)
    );
    admin.submit(&path, "").await;
    assert_eq!(one.get("/ops").await.status, 303);
    let acts = acts(&app).await;
    assert_eq!(acts[acts.len() - 2..], ["session-ended", "sessions-ended"]);
}

#[tokio::test]
async fn the_last_admin_is_told_why_nothing_changes() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    let id = app.person(Role::Admin).await.id;
    let count = app.audit().await.len();
    for (act, form) in [("role", "role=viewer"), ("state", "state=disabled")] {
        let answer = admin.submit(&format!("/ops/team/{id}/{act}"), form).await;
        assert_eq!(answer.page(), (409, "Manage <!>A admin"), "{act}");
        assert!(answer.body.contains("the last admin must stay one"));
    }
    assert_eq!(app.audit().await.len(), count);
    assert_eq!(admin.get("/ops").await.status, 200);
}

#[tokio::test]
async fn acts_of_admins_ask_for_a_fresh_proof_after_ten_minutes() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    app.staff(Role::Viewer).await;
    let id = app.person(Role::Viewer).await.id;
    app.advance(Duration::from_mins(11));
    assert_eq!(
        admin.get("/ops/team").await.status,
        200,
        "looking needs none"
    );
    let manage = format!("/ops/team/{id}/manage");
    let asked = admin.get(&manage).await;
    let (status, prove) = asked.redirect();
    assert!(
        status == 303 && prove.starts_with("/ops/prove?next="),
        "{prove}"
    );
    let refused = admin
        .submit(&format!("/ops/team/{id}/role"), "role=admin")
        .await;
    assert!(refused.header("location").starts_with("/ops/prove"));
    assert_eq!(app.person(Role::Viewer).await.role, "viewer");
    let proved = admin
        .submit(asked.header("location"), &format!("password={PASSWORD}"))
        .await;
    assert_eq!(proved.redirect(), (303, &*manage));
    assert_eq!(admin.get(&manage).await.status, 200);
}

#[tokio::test]
async fn an_auditor_sees_the_team_and_changes_nothing() {
    let app = App::start().await;
    let mut auditor = app.staff(Role::Auditor).await;
    let id = app.person(Role::Auditor).await.id;
    let page = auditor.get("/ops/team").await;
    assert!(page.body.contains("title=\"This takes the role admin\""));
    assert_eq!(
        auditor.get(&format!("/ops/team/{id}")).await.page(),
        (200, "A auditor")
    );
    let refused = auditor
        .submit(&format!("/ops/team/{id}/role"), "role=admin")
        .await;
    assert_eq!(refused.status, 403);
    assert_eq!(app.person(Role::Auditor).await.role, "auditor");
}

#[tokio::test]
async fn ones_own_password_is_changed_for_the_present_one() {
    let app = App::start().await;
    let mut viewer = app.staff(Role::Viewer).await;
    let mut elsewhere = app.staff(Role::Viewer).await;
    let path = "/ops/account/password";
    let wrong = viewer
        .submit(path, "present=wrong&new=another-password-entirely")
        .await;
    assert_eq!(wrong.page(), (401, "Your account"));
    let weak = viewer
        .submit(path, &format!("present={PASSWORD}&new=passwordpassword"))
        .await;
    assert_eq!(weak.page(), (422, "Your account"));
    let form = format!("present={PASSWORD}&new=another-password-entirely");
    let answer = viewer.submit(path, &form).await;
    assert_eq!(answer.redirect(), (303, "/ops/account?done=password"));
    assert_eq!(viewer.get("/ops").await.status, 200, "this session goes on");
    assert_eq!(elsewhere.get("/ops").await.status, 303, "others do not");
    let email = "viewer@example.com";
    assert_eq!(app.browser().sign_in(email, PASSWORD).await.status, 401);
    assert_eq!(
        app.browser()
            .sign_in(email, "another-password-entirely")
            .await
            .status,
        303
    );
    assert!(acts(&app).await.contains(&"password-changed".to_owned()));
}

#[tokio::test]
async fn one_signs_out_elsewhere_and_everywhere() {
    let app = App::start().await;
    let mut here = app.staff(Role::Viewer).await;
    let mut there = app.staff(Role::Viewer).await;
    let path = "/ops/account/sessions";
    let answer = here.submit(path, "which=others").await;
    assert_eq!(answer.redirect(), (303, "/ops/account?done=others"));
    assert_eq!(
        (
            here.get("/ops").await.status.as_u16(),
            there.get("/ops").await.status.as_u16()
        ),
        (200, 303)
    );
    let answer = here.submit(path, "which=all").await;
    assert_eq!(answer.redirect(), (303, "/ops/sign-in"));
    assert_eq!(here.get("/ops").await.status, 303);
    assert_eq!(
        acts(&app)
            .await
            .iter()
            .filter(|act| *act == "sessions-ended")
            .count(),
        2
    );
}

#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else_from_their_own_account() {
    let app = App::start().await;
    let mut viewer = app.staff(Role::Viewer).await;
    let mut admin = app.staff(Role::Admin).await;
    let id = app.person(Role::Admin).await.id;
    let session = app.state.staff.sessions(&id).await.unwrap().remove(0).id;
    viewer
        .submit("/ops/account/sessions", &format!("session={session}"))
        .await;
    assert_eq!(admin.get("/ops").await.status, 200);
}

#[tokio::test]
async fn times_are_shown_in_the_zone_that_somebody_picks() {
    let app = App::start().await;
    let mut auditor = app.staff(Role::Auditor).await;
    assert!(
        auditor
            .get("/ops/audit")
            .await
            .body
            .contains("13:00:00 CET")
    );
    let answer = auditor
        .submit("/ops/account/zone", "zone=Asia%2FTokyo")
        .await;
    assert_eq!(answer.redirect(), (303, "/ops/account?done=zone"));
    assert!(
        auditor
            .get("/ops/audit")
            .await
            .body
            .contains("21:00:00 JST")
    );
    let refused = auditor
        .submit("/ops/account/zone", "zone=Middle%2FEarth")
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(acts(&app).await.last().unwrap(), "time-zone-set");
}

#[tokio::test]
async fn the_settings_show_what_is_in_force_and_no_secret() {
    let app = App::start().await;
    let mut auditor = app.staff(Role::Auditor).await;
    let page = auditor.get("/ops/settings").await;
    assert_eq!(page.page(), (200, "Settings"));
    for text in [
        "Example Bank",
        "persona.api_key",
        "5.9.0",
        "2025-12-08",
        "/ops/policies",
        "readable",
    ] {
        assert!(page.body.contains(text), "{text}");
    }
    assert!(!page.body.contains(API_KEY));
    assert!(!page.body.contains("a secret of the tests"));
    assert_eq!(
        app.staff(Role::Operator)
            .await
            .get("/ops/settings")
            .await
            .status,
        403
    );
}
