//! The pages of policies: how they are made, tried and turned on, and by whom.

use std::time::Duration;

use leftoff::{
    model::{policy::StepState, role::Role},
    store::policies::PolicyRow,
};
use simulator::Status;

use super::{acts, look, make, pass, reminders, somebody, turn_on, with_mail};
use crate::support::{App, Browser, MailServer};

#[tokio::test]
async fn a_dry_run_tells_what_the_policy_does_then_and_touches_nothing() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let mut people = Vec::new();
    for number in 0..30 {
        people.push(somebody(&app, &format!("user{number}"), Status::Pending).await);
        app.advance(Duration::from_mins(40));
    }
    let policy = turn_on(&app, &reminders()).await;
    let rehearsed = make(&app, &reminders()).await;
    pass(&app, 24 * 2).await;
    app.persona
        .set_status(&people[3], Status::Completed)
        .unwrap();
    look(&app, &people[3]).await;
    pass(&app, 24 * 4).await;
    let done: Vec<_> = acts(&app, &policy)
        .await
        .into_iter()
        .filter(|act| act.state() == StepState::Done)
        .map(|act| (act.inquiry_id, act.step))
        .collect();
    let before = (
        app.counts().await,
        app.audit().await.len(),
        app.persona.requests().len(),
    );
    // The other policy's messages would begin the count anew, so it is rehearsed as if it were that one.
    let told = app.state.policies.rehearse(policy.clone()).await.unwrap();
    let after = (
        app.counts().await,
        app.audit().await.len(),
        app.persona.requests().len(),
    );
    assert_eq!(before, after);
    let mut told: Vec<_> = told
        .rows
        .into_iter()
        .map(|row| (row.inquiry_id, i64::try_from(row.step).unwrap()))
        .collect();
    let mut done = done;
    told.sort();
    done.sort();
    assert_eq!(told, done);
    assert!(
        app.state
            .policies
            .rehearse(rehearsed)
            .await
            .unwrap()
            .inquiries
            > 0
    );
}

/// The form of a policy, as a browser sends it.
fn form(name: &str, offsets: &str) -> String {
    format!(
        "version=0&name={name}&act=remind&template=&channel=mail&locale=en&offsets={offsets}&per_week=2&in_total=5\
         &quiet_from=20%3A00&quiet_until=08%3A00&zone=Europe%2FBerlin"
    )
}

async fn only_policy(app: &App) -> PolicyRow {
    app.state.store.policies().await.unwrap().remove(0)
}

#[tokio::test]
async fn an_admin_makes_a_policy_tries_it_and_turns_it_on() {
    let app = App::start().await;
    let mut ada = app.staff(Role::Admin).await;
    let empty = ada.get("/ops/policies").await;
    assert_eq!(empty.page(), (200, "Policies"));
    assert!(empty.body.contains("No policy yet"));
    assert_eq!(
        ada.get("/ops/policies/new").await.page(),
        (200, "New policy")
    );
    // What is wrong is said, and what was filled in stays.
    let wrong = ada
        .submit("/ops/policies/new", &form("Gentle", "3d%2C+1d"))
        .await;
    assert_eq!(wrong.page(), (422, "New policy"));
    assert!(
        wrong
            .body
            .contains("each time must be later than the one before")
    );
    assert!(wrong.body.contains("value=\"Gentle\""), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"3d, 1d\""));
    let made = ada
        .submit("/ops/policies/new", &form("Gentle", "1d%2C+3d"))
        .await;
    let policy = only_policy(&app).await;
    let path = format!("/ops/policies/{}", policy.id);
    assert_eq!(made.redirect(), (303, &*format!("{path}?done=created")));
    let page = ada.get(&path).await;
    assert_eq!(page.page(), (200, "Gentle"));
    assert!(page.body.contains("1d, 3d after the last that happened"));
    assert!(page.body.contains("20:00-08:00 Europe/Berlin"));
    let dry = ada.get(&format!("{path}/dry-run")).await;
    assert_eq!(dry.page().0, 200);
    assert!(dry.body.contains("It would have done nothing"));
    let on = ada.submit(&format!("{path}/state"), "to=on").await;
    assert_eq!(on.redirect(), (303, &*format!("{path}?done=on")));
    assert!(only_policy(&app).await.on_since.is_some());
    change(&app, &mut ada, &path).await;
    let stop = ada.submit("/ops/policies/switch", "to=stop").await;
    assert_eq!(stop.redirect(), (303, "/ops/policies?done=stopped"));
    assert!(
        ada.get("/ops/policies")
            .await
            .body
            .contains("All policies are stopped")
    );
    assert!(
        ada.get(&path)
            .await
            .body
            .contains("All policies are stopped, so it does nothing")
    );
    ada.submit("/ops/policies/switch", "to=release").await;
    assert_eq!(
        ada.submit("/ops/policies/switch", "to=both").await.status,
        400
    );
    assert_eq!(ada.get("/ops/policies/unknown").await.status, 404);
    let audit = app.audit().await.into_iter();
    let audit: Vec<_> = audit
        .map(|row| row.act)
        .filter(|act| act.contains("polic"))
        .collect();
    let acts = [
        "policy-created",
        "policy-turned-on",
        "policy-changed",
        "policies-stopped",
        "policies-released",
    ];
    assert_eq!(audit, acts);
}

/// Two change it at the same time: the second is told.
async fn change(app: &App, ada: &mut Browser, path: &str) {
    let edit = ada.get(&format!("{path}/edit")).await;
    assert!(edit.body.contains("value=\"1d, 3d\""), "{}", edit.body);
    let version = only_policy(app).await.version;
    let form = form("Gentler", "2d").replace("version=0", &format!("version={version}"));
    let changed = ada.submit(&format!("{path}/edit"), &form).await;
    assert_eq!(changed.redirect(), (303, &*format!("{path}?done=changed")));
    let late = ada.submit(&format!("{path}/edit"), &form).await;
    assert_eq!(late.page(), (422, "Change the policy"));
    assert!(late.body.contains("Somebody changed this policy meanwhile"));
    assert_eq!(only_policy(app).await.name, "Gentler");
}

#[tokio::test]
async fn only_admins_with_a_fresh_proof_change_policies() {
    let app = App::start().await;
    let policy = make(&app, &reminders()).await;
    let path = format!("/ops/policies/{}", policy.id);
    for role in [Role::Operator, Role::Auditor] {
        let mut browser = app.staff(role).await;
        assert_eq!(browser.get(&path).await.status, 200);
        assert!(
            browser
                .get("/ops/policies")
                .await
                .body
                .contains("This takes the role admin")
        );
        assert_eq!(
            browser
                .submit(&format!("{path}/state"), "to=on")
                .await
                .status,
            403
        );
    }
    let mut ada = app.staff(Role::Admin).await;
    app.advance(Duration::from_mins(15));
    let asked = ada.submit(&format!("{path}/state"), "to=on").await;
    let (status, location) = asked.redirect();
    assert_eq!(status, 303);
    assert!(location.starts_with("/ops/prove"), "{location}");
    assert!(only_policy(&app).await.on_since.is_none());
}
