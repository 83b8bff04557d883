//! The date of birth as a factor: compared with Persona's, limited, never kept.

use leftoff::links::{NewLink, factor::Factor};
use simulator::{Seed, Status};

use crate::support::{App, BIRTHDATE};

const WRONG: &str = "1970-12-24";

fn refused(code: &str) -> (u16, String) {
    (403, code.to_owned())
}

#[tokio::test]
async fn a_link_with_a_factor_asks_for_it_before_persona_is_asked() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let mut browser = app.browser();
    let page = browser.get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (200, "Continue your verification"));
    assert!(page.body.contains("name=\"birthdate\""), "{}", page.body);
    assert_eq!(
        browser.resume(&token).await.refusal(),
        refused("factor-needed")
    );
    assert_eq!(
        browser.resume_born(&token, " ").await.refusal(),
        refused("factor-needed")
    );
    assert!(app.asked().is_empty());
    assert_eq!(app.ledger(&inquiry).await, ["link-created"]);
}

#[tokio::test]
async fn the_right_date_opens_the_link_and_is_not_asked_again() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let mut browser = app.browser();
    let answer = browser.resume_born(&token, BIRTHDATE).await;
    assert!(answer.session_token().is_some());
    assert!(browser.resume(&token).await.session_token().is_some());
    let page = browser.get(&format!("/r/{token}")).await;
    assert!(!page.body.contains("name=\"birthdate\""), "{}", page.body);
    let ledger = app.ledger(&inquiry).await;
    assert_eq!(ledger, ["link-created", "resumed", "reopened"]);
}

#[tokio::test]
async fn a_wrong_date_is_refused_and_may_be_corrected() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let mut browser = app.browser();
    for wrong in [WRONG, "1990-01-30", "31.01.1990", "x"] {
        let answer = browser.resume_born(&token, wrong).await;
        assert_eq!(answer.refusal(), refused("factor-wrong"), "{wrong}");
    }
    assert_eq!(app.newest_link(&inquiry).await.wrong_factors, 4);
    let answer = browser.resume_born(&token, BIRTHDATE).await;
    assert!(answer.session_token().is_some());
}

#[tokio::test]
async fn after_five_wrong_dates_the_right_one_does_not_open_the_link() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let mut browser = app.browser();
    for _ in 0..5 {
        let answer = browser.resume_born(&token, WRONG).await;
        assert_eq!(answer.refusal(), refused("factor-wrong"));
    }
    app.persona.clear_requests();
    let mut another = app.browser();
    for browser in [&mut browser, &mut another] {
        let answer = browser.resume_born(&token, BIRTHDATE).await;
        assert_eq!(answer.refusal(), refused("factor-locked"));
    }
    assert!(app.asked().is_empty());
    let page = browser.get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (403, "This link is locked"));
    let refusals = app.ledger(&inquiry).await;
    assert_eq!(
        refusals
            .iter()
            .filter(|event| *event == "factor-refused")
            .count(),
        5
    );
}

#[tokio::test]
async fn guesses_at_the_same_time_get_no_extra_attempts() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let guesses = (0..20).map(|_| {
        let (mut browser, token) = (app.browser(), token.clone());
        tokio::spawn(async move { browser.resume_born(&token, WRONG).await.refusal().1 })
    });
    let mut wrong = 0;
    for guess in guesses.collect::<Vec<_>>() {
        match guess.await.unwrap().as_str() {
            "factor-wrong" => wrong += 1,
            "factor-locked" => {}
            other => panic!("{other}"),
        }
    }
    assert_eq!(wrong, 5);
    assert_eq!(app.asked().len(), 5);
    assert_eq!(app.newest_link(&inquiry).await.wrong_factors, 5);
}

#[tokio::test]
async fn the_right_date_moves_the_link_to_a_new_device() {
    let app = App::start().await;
    let (token, _) = app.guarded_link().await;
    let (mut old, mut new) = (app.browser(), app.browser());
    old.resume_born(&token, BIRTHDATE).await;
    let page = new.get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (403, "Continue your verification"));
    assert!(page.body.contains("opened on another device before"));
    assert_eq!(new.resume(&token).await.refusal(), refused("factor-needed"));
    let answer = new.resume_born(&token, BIRTHDATE).await;
    assert!(answer.session_token().is_some());
    assert_eq!(old.resume(&token).await.refusal(), refused("factor-needed"));
    assert_eq!(
        old.report_completion(&token).await.refusal(),
        refused("other-device")
    );
    assert_eq!(new.report_completion(&token).await.status, 200);
}

#[tokio::test]
async fn the_last_attempt_is_enough_without_javascript_too() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    app.persona.set_status(&inquiry, Status::Expired).unwrap();
    let mut browser = app.browser();
    let path = format!("/r/{token}");
    for _ in 0..4 {
        let page = browser.submit(&path, &format!("birthdate={WRONG}")).await;
        assert_eq!(page.page(), (403, "Continue your verification"));
        assert!(page.body.contains("data-stage=\"factor-wrong\""));
    }
    let answer = browser
        .submit(&path, &format!("birthdate={BIRTHDATE}"))
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

#[tokio::test]
async fn an_inquiry_without_a_date_of_birth_opens_with_none() {
    let app = App::start().await;
    let inquiry = app.persona.create_inquiry(&Seed {
        status: Status::Pending,
        ..Seed::default()
    });
    let ask = |new: &mut NewLink| new.factor = Factor::Birthdate;
    let token = app.link_with(&inquiry, ask).await;
    let mut browser = app.browser();
    for guess in [BIRTHDATE, "null", "0000-00-00"] {
        let answer = browser.resume_born(&token, guess).await;
        assert_eq!(answer.refusal(), refused("factor-wrong"), "{guess}");
    }
}

#[tokio::test]
async fn a_finished_check_tells_its_outcome_only_to_who_proved_the_factor() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let (mut browser, mut stranger) = (app.browser(), app.browser());
    browser.resume_born(&token, BIRTHDATE).await;
    app.persona.set_status(&inquiry, Status::Declined).unwrap();
    browser.report_completion(&token).await;
    let path = format!("/r/{token}");
    let page = browser.get(&path).await;
    assert_eq!(page.page(), (200, "Your verification was not accepted"));
    let page = stranger.get(&path).await;
    assert_eq!(page.page(), (409, "This verification is finished"));
}
