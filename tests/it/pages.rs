//! Every state has its own page: heading, words, status. Opening one changes nothing.

use std::time::Duration;

use axum::{body::Body, http::Method};
use leftoff::{
    links::NewLink,
    model::{refusal::Refusal, trouble::Trouble},
};
use simulator::{Seed, Status};

use crate::support::{App, BIRTHDATE, why};

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn each_outcome_has_its_own_page() {
    let app = App::start().await;
    for (status, heading) in [
        (Status::Created, "Continue your verification"),
        (Status::Pending, "Continue your verification"),
        (Status::Expired, "Continue your verification"),
        (Status::Completed, "You are done"),
        (Status::NeedsReview, "Your verification is being reviewed"),
        (Status::Approved, "You are verified"),
        (Status::Declined, "Your verification was not accepted"),
        (Status::Failed, "Your verification did not succeed"),
    ] {
        let (token, _) = app.link_to(status).await;
        let page = app.browser().get(&format!("/r/{token}")).await;
        assert_eq!(page.page(), (200, heading));
        assert!(page.header("content-type").starts_with("text/html"));
        assert!(
            page.body.contains("Example Bank"),
            "who asks is on the page"
        );
    }
}

#[tokio::test]
async fn a_redacted_inquiry_is_gone() {
    let app = App::start().await;
    let inquiry = app.persona.create_inquiry(&Seed {
        status: Status::Completed,
        redacted: true,
        ..Seed::default()
    });
    let token = app.link(&inquiry).await;
    let page = app.browser().get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (410, "This verification was deleted"));
}

#[tokio::test]
async fn a_link_that_works_no_more_says_why() {
    let app = App::start().await;
    let (revoked, inquiry) = app.link_to(Status::Pending).await;
    let id = app.newest_link(&inquiry).await.id;
    app.state.links.revoke(&id, why()).await.unwrap();
    let (expired, _) = app.link_to(Status::Pending).await;
    app.advance(DAY * 7);
    let mut browser = app.browser();
    for (token, heading, code, next) in [
        (
            revoked,
            "This link is no longer valid",
            "link-revoked",
            "newest link",
        ),
        (expired, "This link has expired", "link-expired", "new link"),
    ] {
        let page = browser.get(&format!("/r/{token}")).await;
        assert_eq!(page.page(), (410, heading));
        assert!(page.body.contains(next), "{}", page.body);
        assert_eq!(
            browser.resume(&token).await.refusal(),
            (410, code.to_owned())
        );
        let page = browser.submit(&format!("/r/{token}"), "").await;
        assert_eq!(page.page(), (410, heading));
    }
    assert!(app.asked().is_empty());
}

#[tokio::test]
async fn a_form_that_cannot_be_read_has_a_page_too() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let twice = "birthdate=1990-01-31&birthdate=1990-01-31";
    let page = app.browser().submit(&format!("/r/{token}"), twice).await;
    assert_eq!(page.page(), (400, "This request could not be read"));
    assert!(app.asked().is_empty());
}

#[tokio::test]
async fn what_is_no_address_of_ours_is_not_found() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let never = "A".repeat(43);
    let cut = &token[..42];
    for path in [
        "/r/x".to_owned(),
        format!("/r/{inquiry}"),
        format!("/r/{never}"),
        format!("/r/{cut}"),
        format!("/r/{token}A"),
        "/r/%00".to_owned(),
        "/r/%ff".to_owned(),
        "/r".to_owned(),
        "/no/such/page".to_owned(),
        "/Leptos.toml".to_owned(),
        "/pkg/../../db/test.db".to_owned(),
    ] {
        let page = app.browser().get(&path).await;
        assert_eq!(page.status, 404, "{path}");
        if !path.starts_with("/pkg") {
            assert_eq!(page.page().1, "This page does not exist", "{path}");
        }
    }
}

#[tokio::test]
async fn the_address_without_a_link_says_where_to_find_one() {
    let app = App::start().await;
    let page = app.browser().get("/").await;
    assert_eq!(page.page(), (200, "Identity verification"));
}

#[tokio::test]
async fn the_page_of_a_link_has_words_for_every_stage() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let page = app.browser().get(&format!("/r/{token}")).await;
    let refusals = Refusal::ALL
        .into_iter()
        .filter(|refusal| refusal.stays_on_page());
    let codes = ["working", "loading", "checking", "waiting", "offline"].into_iter();
    let codes = codes.chain(Trouble::ALL.map(Trouble::code));
    for code in codes.chain(refusals.map(Refusal::code)) {
        assert!(
            page.body.contains(&format!("data-when=\"{code}\"")),
            "{code}"
        );
    }
    assert!(page.body.contains(">Continue verification</button>"));
    assert!(page.body.contains("role=\"status\""));
}

#[tokio::test]
async fn the_outcome_leads_back_to_the_company() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Approved);
    let lead = |new: &mut NewLink| {
        new.return_url = Some("https://example.com/back?a=1&b=%22".parse().unwrap());
    };
    let token = app.link_with(&inquiry, lead).await;
    let page = app.browser().get(&format!("/r/{token}")).await;
    let href = "href=\"https://example.com/back?a=1&amp;b=%22\"";
    assert!(page.body.contains(href), "{}", page.body);
    assert!(page.body.contains("Back to Example Bank"));
}

#[tokio::test]
async fn a_name_with_markup_in_it_stays_text() {
    let name = "<script>alert(1)</script> & \"Söhne\"";
    let app = App::start_with(|config| config.portal.name = name.to_owned()).await;
    let (token, _) = app.link_to(Status::Pending).await;
    let page = app.browser().get(&format!("/r/{token}")).await;
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
    assert!(
        page.body.contains("&lt;script&gt;alert(1)"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn a_scanner_that_opens_every_link_changes_nothing_and_asks_nobody() {
    let app = App::start().await;
    let mut links = Vec::new();
    for status in Status::ALL {
        links.push(app.link_to(status).await);
    }
    links.push(app.guarded_link().await);
    let (used, inquiry) = app.guarded_link().await;
    app.browser().resume_born(&used, BIRTHDATE).await;
    links.push((used, inquiry));
    app.persona.clear_requests();
    let mut scanner = app.browser();
    for (token, inquiry) in links {
        let before = app.rows(&inquiry).await;
        let back = app.newest_link(&inquiry).await.id;
        for path in [
            format!("/r/{token}"),
            format!("/r/{token}?lang=es"),
            format!("/return/{back}"),
        ] {
            for number in 0..50 {
                let method = if number % 2 == 0 {
                    Method::GET
                } else {
                    Method::HEAD
                };
                let request = scanner.request(method, &path);
                scanner.send(request.body(Body::empty()).unwrap()).await;
            }
        }
        for path in ["phone", "check"] {
            scanner.get(&format!("/r/{token}/{path}")).await;
        }
        assert_eq!(app.rows(&inquiry).await, before);
    }
    assert!(app.asked().is_empty(), "{:?}", app.asked());
    assert_eq!(scanner.cookie, None);
}
