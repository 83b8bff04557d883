//! Security headers: what no answer lacks, and the policy of a page.

use std::collections::BTreeMap;

use axum::{body::Body, http::Request};
use simulator::Status;

use crate::support::{Answer, App};

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    let page = browser.get(&format!("/r/{token}")).await;
    let file = browser.get("/favicon.svg").await;
    let style = browser.get("/brand.css").await;
    assert_eq!(
        (page.status, file.status, style.status.as_u16()),
        (style.status, style.status, 200)
    );
    let missing = browser.get("/none").await;
    let act = browser.resume(&token).await;
    let refused = app.browser().resume(&token).await;
    let health = browser.get("/readyz").await;
    assert_eq!(health.status, 200);
    for answer in [&page, &file, &style, &missing, &act, &refused, &health] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'")
        );
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        let permissions = answer.header("permissions-policy");
        let flow = format!("(self \"http://{}\")", app.simulator.flow_host());
        assert!(
            permissions.contains(&format!("camera={flow}")),
            "{permissions}"
        );
        assert!(
            permissions.contains(&format!("microphone={flow}")),
            "{permissions}"
        );
        assert!(permissions.contains("geolocation=()"), "{permissions}");
        assert_eq!(answer.header("strict-transport-security"), "");
    }
    for answer in [&page, &missing, &act, &refused] {
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(file.header("cache-control"), "public, max-age=3600");
}

#[tokio::test]
async fn a_site_behind_https_says_that_it_stays_there() {
    let app = App::start_with(|config| {
        config.server.public_url = "https://verify.example.com".parse().unwrap();
    })
    .await;
    let page = app.browser().get("/").await;
    let lasting = "max-age=63072000; includeSubDomains";
    assert_eq!(page.header("strict-transport-security"), lasting);
    let (token, _) = app.link_to(Status::Pending).await;
    assert_eq!(app.browser().resume(&token).await.status, 200);
}

/// The directives of a page's policy.
fn policy(page: &Answer) -> BTreeMap<&str, &str> {
    let policy = page.header("content-security-policy");
    let directives = policy.split(';').map(str::trim);
    directives
        .filter_map(|directive| directive.split_once(' '))
        .collect()
}

#[tokio::test]
async fn a_page_runs_only_its_own_scripts_and_frames_only_the_flow() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let page = app.browser().get(&format!("/r/{token}")).await;
    let policy = policy(&page);
    let flow = format!("http://{}", app.simulator.flow_host());
    assert_eq!(policy["frame-src"], flow);
    assert_eq!(policy["default-src"], "'none'");
    assert_eq!(policy["base-uri"], "'none'");
    assert_eq!(policy["style-src"], "'self'");
    assert_eq!(policy["connect-src"], "'self'");
    assert_eq!(policy["require-trusted-types-for"], "'script'");
    assert_eq!(policy["trusted-types"], "leftoff-sdk");
    assert_eq!(policy["form-action"], format!("'self' {flow}"));
    let whole = page.header("content-security-policy");
    assert!(!whole.contains("'unsafe-inline'") && !whole.contains("'unsafe-eval'"));

    let nonce = nonce(&page);
    assert_eq!(
        policy["script-src"],
        format!("'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'")
    );
    let scripts: Vec<_> = page.body.split("<script").skip(1).collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        assert!(script.contains(&format!("nonce=\"{nonce}\"")), "{script}");
    }
    for inline in [" style=", " onclick=", " onload=", "javascript:", "<style"] {
        assert!(!page.body.contains(inline), "{inline}");
    }
}

fn nonce(page: &Answer) -> &str {
    let (_, rest) = page
        .header("content-security-policy")
        .split_once("'nonce-")
        .unwrap();
    rest.split_once('\'').unwrap().0
}

#[tokio::test]
async fn no_nonce_comes_twice() {
    let app = App::start().await;
    let mut browser = app.browser();
    let (one, two) = (browser.get("/").await, browser.get("/").await);
    assert!(nonce(&one).len() >= 16, "{}", nonce(&one));
    assert_ne!(nonce(&one), nonce(&two));
}

#[tokio::test]
async fn a_request_keeps_the_id_that_a_proxy_gave_it_but_no_other_text() {
    let app = App::start().await;
    let long = "a".repeat(65);
    for (sent, is_kept) in [
        (vec!["0f3b9c2e-5b1d_4c1a"], true),
        (vec![&*"a".repeat(64)], true),
        (vec![&*long], false),
        (vec![""], false),
        (vec!["ada@example.com"], false),
        (vec!["one two"], false),
        (vec!["one", "two"], false),
    ] {
        let mut request = Request::get("/livez");
        for id in &sent {
            request = request.header("x-request-id", *id);
        }
        let request = request.body(Body::empty()).unwrap();
        let answer = app.browser().send(request).await;
        let given = answer.headers.get_all("x-request-id");
        let given: Vec<_> = given.iter().map(|id| id.to_str().unwrap()).collect();
        assert_eq!(given.len(), 1, "{sent:?}");
        assert_eq!(given == sent, is_kept, "{sent:?}: {given:?}");
    }
}
