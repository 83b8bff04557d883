//! Who on the staff may do what: every role at every route of ops.

use axum::http::{Method, StatusCode};
use leftoff::{
    model::role::{Act, Role},
    ops,
};

use crate::support::{App, Browser};

/// Who may do what, written down a second time and by hand: a change of the table must be meant.
const ALLOWED: [(Act, &str); 27] = [
    (Act::SeeQueue, "viewer operator auditor admin"),
    (Act::SeeInquiry, "viewer operator auditor admin"),
    (Act::SeeFunnel, "viewer operator auditor admin"),
    (Act::SeeEvents, "viewer operator auditor admin"),
    (Act::OwnAccount, "viewer operator auditor admin"),
    (Act::ShareView, "operator admin"),
    (Act::Refresh, "operator admin"),
    (Act::Resume, "operator admin"),
    (Act::Mail, "operator admin"),
    (Act::RevokeLink, "operator admin"),
    (Act::ExpireSessions, "operator admin"),
    (Act::ExpireInquiry, "operator admin"),
    (Act::Bulk, "operator admin"),
    (Act::ReplayEvent, "operator admin"),
    (Act::SeeAudit, "auditor admin"),
    (Act::ExportAudit, "auditor admin"),
    (Act::SeeTeam, "auditor admin"),
    (Act::ManageTeam, "admin"),
    (Act::SeeSettings, "auditor admin"),
    (Act::SeeKeys, "auditor admin"),
    (Act::ManageKeys, "admin"),
    (Act::SeeMessages, "operator auditor admin"),
    (Act::SeePolicies, "operator auditor admin"),
    (Act::ManagePolicies, "admin"),
    (Act::SeeDeliveries, "operator auditor admin"),
    (Act::Replay, "operator admin"),
    (Act::ManageEndpoints, "admin"),
];

#[test]
fn the_table_says_what_was_meant() {
    assert_eq!(ALLOWED.map(|(act, _)| act), Act::ALL);
    for (act, roles) in ALLOWED {
        for role in Role::ALL {
            let is_meant = roles.split(' ').any(|name| name == role.code());
            assert_eq!(role.may(act), is_meant, "{act:?} by {}", role.code());
        }
    }
}

async fn ask(browser: &mut Browser, route: &ops::Route) -> StatusCode {
    // No row has this name, so whoever is let in finds nothing.
    let path = route.path.replace(['{', '}'], "");
    if route.method == Method::GET {
        browser.status(&path).await
    } else {
        browser.submit(&path, "").await.status
    }
}

#[tokio::test]
async fn every_role_gets_what_the_table_says_at_every_route() {
    let app = App::start_with(|config| config.ops.sign_in_attempts = 1000).await;
    let routes = ops::routes();
    assert!(routes.len() > 5);
    for role in Role::ALL {
        for route in &routes {
            let mut browser = app.staff(role).await;
            let status = ask(&mut browser, route).await;
            let is_refused = status == StatusCode::FORBIDDEN;
            let (path, code) = (route.path, role.code());
            assert_eq!(
                !is_refused,
                role.may(route.act),
                "{path} by {code}: {status}"
            );
        }
    }
}

#[tokio::test]
async fn nobody_gets_anything_without_signing_in() {
    let app = App::start().await;
    for route in ops::routes() {
        let path = route.path.replace(['{', '}'], "");
        let mut browser = app.browser();
        let answer = if route.method == Method::GET {
            browser.get(&path).await
        } else {
            browser.submit(&path, "").await
        };
        let (status, location) = answer.redirect();
        assert_eq!(status, 303, "{path}");
        assert!(location.starts_with("/ops/sign-in"), "{path}: {location}");
        assert_eq!(answer.body, "", "{path}");
    }
}
