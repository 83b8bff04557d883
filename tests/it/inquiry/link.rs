//! Links that the staff makes, and two who make one at the same time.

use leftoff::model::role::Role;
use simulator::Status;

use super::{RESUME, form, known, last_deed, path, says, url};

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
