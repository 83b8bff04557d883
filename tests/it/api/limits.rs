//! One key may ask only so much, and is told how much is left.

use std::time::Duration;

use leftoff::model::scope::Scope;

use crate::support::{Answer, App, Backend};

fn allowance(answer: &Answer) -> [u32; 3] {
    ["limit", "remaining", "reset"]
        .map(|name| answer.header(&format!("ratelimit-{name}")).parse().unwrap())
}

#[tokio::test]
async fn the_fourth_request_of_three_is_refused_and_another_key_goes_on() {
    let app = App::start_with(|config| config.limits.api = 3).await;
    let mut backend = app.backend(&[Scope::LinksRead]).await;
    for left in [2, 1, 0] {
        let answer = backend.get("/api/v1/links").await;
        assert_eq!(answer.status, 200);
        let [limit, remaining, reset] = allowance(&answer);
        assert_eq!((limit, remaining), (3, left));
        assert!(
            (1..=60).contains(&reset) && reset >= (3 - left) * 20 - 1,
            "{reset}"
        );
    }
    let answer = backend.get("/api/v1/links").await;
    assert_eq!(answer.problem(), (429, "too-many-requests".to_owned()));
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=20).contains(&wait), "{wait}");
    assert_eq!(allowance(&answer)[..2], [3, 0]);
    let mut other = app.backend(&[Scope::LinksRead]).await;
    assert_eq!(other.get("/api/v1/links").await.status, 200);
}

#[tokio::test]
async fn what_is_taken_in_parts_is_counted_to_the_last_and_comes_back() {
    let app = App::start_with(|config| config.limits.api = 45).await;
    let mut backend = app.backend(&[Scope::LinksRead]).await;
    for left in (0..45).rev() {
        let answer = backend.get("/api/v1/links").await;
        assert_eq!(answer.status, 200);
        assert_eq!(allowance(&answer)[..2], [45, left]);
    }
    assert_eq!(backend.get("/api/v1/links").await.status, 429);
    app.advance(Duration::from_secs(20));
    for _ in 0..15 {
        assert_eq!(backend.get("/api/v1/links").await.status, 200);
    }
    assert_eq!(backend.get("/api/v1/links").await.status, 429);
}

#[tokio::test]
async fn what_is_refused_for_its_scope_counts_too() {
    let app = App::start_with(|config| config.limits.api = 2).await;
    let mut backend = app.backend(&[Scope::LinksRead]).await;
    assert_eq!(backend.get("/api/v1/events").await.status, 403);
    assert_eq!(backend.get("/api/v1/links").await.status, 200);
    assert_eq!(backend.get("/api/v1/links").await.status, 429);
}

#[tokio::test]
async fn an_address_that_tries_keys_is_stopped_and_good_keys_are_not() {
    let app = App::start_with(|config| config.limits.api = 3).await;
    let mut good = app.backend(&[Scope::LinksRead]).await;
    let wrong = format!("Bearer leftoff_sk_{}", "A".repeat(43));
    let mut bad = Backend::new(&app, Some(&wrong));
    for _ in 0..3 {
        assert_eq!(bad.get("/api/v1/links").await.status, 401);
    }
    let answer = bad.get("/api/v1/events").await;
    assert_eq!(answer.problem(), (429, "too-many-requests".to_owned()));
    assert!(answer.header("retry-after").parse::<u32>().is_ok());
    assert_eq!(good.get("/api/v1/links").await.status, 200);
}

#[tokio::test]
async fn the_limits_of_pages_and_acts_are_not_the_apis() {
    let app = App::start_with(|config| (config.limits.pages, config.limits.acts) = (1, 1)).await;
    let mut backend = app.backend(&[Scope::LinksRead]).await;
    for _ in 0..5 {
        assert_eq!(backend.get("/api/v1/links").await.status, 200);
    }
    assert_eq!(app.browser().get("/").await.status, 200);
}
