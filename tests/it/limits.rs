//! One address may ask only so much.

use simulator::Status;

use crate::support::{Answer, App};

/// The seconds to wait; a minute's share is at most a minute away.
fn wait(answer: &Answer) -> u64 {
    let seconds = answer.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    seconds
}

#[tokio::test]
async fn the_fourth_act_of_three_is_refused_and_another_address_goes_on() {
    let app = App::start_with(|config| config.limits.acts = 3).await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    for _ in 0..3 {
        assert_eq!(browser.resume(&token).await.status, 200);
    }
    let before = app.rows(&inquiry).await;
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (429, "too-many".to_owned()));
    assert_eq!(answer.json()["retry-after"], wait(&answer));
    assert_eq!(app.rows(&inquiry).await, before);

    let form = browser.submit(&format!("/r/{token}"), "").await;
    assert_eq!(
        form.page(),
        (429, "One moment, please"),
        "a form is an act too"
    );
    wait(&form);
    let page = browser.get(&format!("/r/{token}")).await;
    assert_eq!(page.status, 200, "pages have their own limit");

    let (other, _) = app.link_to(Status::Pending).await;
    let mut elsewhere = app.browser_at("198.51.100.7:1");
    assert_eq!(elsewhere.resume(&other).await.status, 200);
    let mut same_host = app.browser_at("192.0.2.1:9999");
    assert_eq!(same_host.resume(&other).await.refusal().0, 429);
}

#[tokio::test]
async fn the_third_page_of_two_is_refused_in_words() {
    let app = App::start_with(|config| config.limits.pages = 2).await;
    let mut browser = app.browser();
    for _ in 0..2 {
        assert_eq!(browser.get("/").await.status, 200);
    }
    let page = browser.get_with("/", "accept-language", "es").await;
    assert_eq!(page.page(), (429, "Un momento, por favor"));
    wait(&page);
    assert_eq!(app.browser_at("198.51.100.7:1").get("/").await.status, 200);
}

#[tokio::test]
async fn guesses_at_links_that_are_none_are_counted_too() {
    let app = App::start_with(|config| config.limits.pages = 2).await;
    let mut browser = app.browser();
    for _ in 0..2 {
        assert_eq!(
            browser.get(&format!("/r/{}", "A".repeat(43))).await.status,
            404
        );
    }
    assert_eq!(
        browser.get(&format!("/r/{}", "B".repeat(43))).await.status,
        429
    );
    assert_eq!(browser.get("/return/none").await.status, 429);
}

#[tokio::test]
async fn one_household_of_ipv6_is_one_address() {
    let app = App::start_with(|config| config.limits.pages = 1).await;
    assert_eq!(app.browser_at("[2001:db8::1]:1").get("/").await.status, 200);
    assert_eq!(app.browser_at("[2001:db8::2]:1").get("/").await.status, 429);
    assert_eq!(
        app.browser_at("[2001:db8:0:1::1]:1").get("/").await.status,
        200
    );
}
