//! A link belongs to the first device that opens it.

use std::collections::BTreeSet;

use simulator::Status;

use crate::support::App;

const NAME: &str = "__Host-leftoff-device";

#[tokio::test]
async fn a_second_device_is_refused_and_the_first_goes_on() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let (mut first, mut second) = (app.browser(), app.browser());
    let session = first.resume(&token).await.session_token();
    app.persona.clear_requests();

    let answer = second.resume(&token).await;
    assert_eq!(answer.refusal(), (403, "other-device".to_owned()));
    let path = format!("/r/{token}");
    let heading = "This link belongs to another device";
    assert_eq!(second.get(&path).await.page(), (403, heading));
    assert_eq!(second.submit(&path, "").await.page(), (403, heading));
    assert_eq!(second.cookie, None);
    assert!(app.asked().is_empty());

    assert_eq!(first.resume(&token).await.session_token(), session);
    let page = first.get(&path).await;
    assert_eq!(page.page(), (200, "Continue your verification"));
    let ledger = app.ledger(&inquiry).await;
    assert_eq!(ledger, ["link-created", "resumed", "reopened"]);
}

#[tokio::test]
async fn a_race_of_two_devices_has_one_winner() {
    let app = App::start().await;
    for status in [Status::Created, Status::Pending, Status::Expired] {
        let (token, inquiry) = app.link_to(status).await;
        let (mut one, mut two) = (app.browser(), app.browser());
        let answers = tokio::join!(one.resume(&token), two.resume(&token));
        let (won, lost): (Vec<_>, Vec<_>) = [answers.0, answers.1]
            .into_iter()
            .partition(|answer| answer.status == 200);
        assert_eq!((won.len(), lost.len()), (1, 1), "{status:?}");
        assert_eq!(lost[0].refusal(), (403, "other-device".to_owned()));
        assert_eq!(lost[0].header("set-cookie"), "");
        assert!(app.newest_link(&inquiry).await.device_hash.is_some());
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_hosts() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let answer = app.browser().resume(&token).await;
    let mut parts = answer.header("set-cookie").split("; ");
    let (name, value) = parts.next().unwrap().split_once('=').unwrap();
    assert_eq!((name, value.len()), (NAME, 43));
    let attributes: BTreeSet<_> = parts.collect();
    let wanted = [
        "HttpOnly",
        "Max-Age=2592000",
        "Path=/",
        "SameSite=Lax",
        "Secure",
    ];
    assert_eq!(attributes, BTreeSet::from(wanted));
}

#[tokio::test]
async fn a_page_that_is_only_opened_gives_no_cookie() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let page = app.browser().get(&format!("/r/{token}")).await;
    assert_eq!(page.header("set-cookie"), "");
}

#[tokio::test]
async fn a_device_keeps_its_cookie_across_links() {
    let app = App::start().await;
    let (one, _) = app.link_to(Status::Pending).await;
    let (two, _) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&one).await;
    let cookie = browser.cookie.clone();
    browser.resume(&two).await;
    assert!(cookie.is_some());
    assert_eq!(browser.cookie, cookie);
    assert_eq!(browser.resume(&one).await.status, 200);
}

#[tokio::test]
async fn a_forged_cookie_opens_nothing() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.browser().resume(&token).await;
    let hash = app.newest_link(&inquiry).await.device_hash.unwrap();
    let right_length = "A".repeat(43);
    for value in [&*right_length, &hash, &token, "", "null", "%00", "é"] {
        let mut forger = app.browser();
        forger.cookie = Some(format!("{NAME}={value}"));
        let answer = forger.resume(&token).await;
        assert_eq!(
            answer.refusal(),
            (403, "other-device".to_owned()),
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_garbled_cookie_is_replaced() {
    let app = App::start().await;
    for garbled in [
        format!("{NAME}=short"),
        "=;;; ,".to_owned(),
        "other=1".to_owned(),
    ] {
        let (token, _) = app.link_to(Status::Pending).await;
        let mut browser = app.browser();
        browser.cookie = Some(garbled.clone());
        assert_eq!(browser.resume(&token).await.status, 200, "{garbled}");
        assert_ne!(browser.cookie, Some(garbled));
        assert_eq!(browser.resume(&token).await.status, 200);
    }
}
