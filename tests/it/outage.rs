//! Persona is down, slow, in a hurry, or talks nonsense: the right words, and nothing is lost.

use std::collections::BTreeMap;

use simulator::{Fault, FaultKind, Status};

use crate::support::{App, BIRTHDATE};

/// What can go wrong with one request, and the seconds to wait that the person is told.
fn faults() -> Vec<(FaultKind, u64)> {
    let status = |code, html| FaultKind::Status {
        code,
        headers: BTreeMap::new(),
        html,
    };
    vec![
        (FaultKind::RateLimited { reset_seconds: 7 }, 7),
        (status(500, false), 30),
        (status(502, true), 30),
        (status(503, false), 30),
        (status(401, false), 30),
        (status(403, false), 30),
        (FaultKind::BrokenJson, 30),
        (FaultKind::TruncatedBody, 30),
        (FaultKind::WrongContentType, 30),
        (FaultKind::HugeBody, 30),
        (FaultKind::DropConnection, 30),
        (FaultKind::MissingToken, 30),
    ]
}

#[tokio::test]
async fn a_failed_resume_says_when_to_try_again_and_the_next_press_works() {
    let app = App::start().await;
    for (kind, seconds) in faults() {
        let (token, inquiry) = app.link_to(Status::Expired).await;
        let mut browser = app.browser();
        let fault = Fault::new(kind.clone()).path("/resume").times(1);
        app.persona.inject(fault);
        let answer = browser.resume(&token).await;
        let refusal = (503, "persona-unavailable".to_owned());
        assert_eq!(answer.refusal(), refusal, "{kind:?}");
        assert_eq!(
            answer.header("retry-after"),
            seconds.to_string(),
            "{kind:?}"
        );
        assert_eq!(answer.json()["retry-after"], seconds, "{kind:?}");
        assert_eq!(app.ledger(&inquiry).await, ["link-created"], "{kind:?}");
        assert!(
            app.newest_link(&inquiry).await.device_hash.is_none(),
            "{kind:?}"
        );

        assert!(
            browser.resume(&token).await.session_token().is_some(),
            "{kind:?}"
        );
        assert_eq!(
            app.ledger(&inquiry).await,
            ["link-created", "resumed"],
            "{kind:?}"
        );
        let sessions = app.persona.inquiry(&inquiry).unwrap().sessions;
        assert_eq!(sessions.len(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_persona_that_never_answers_is_given_up_in_time() {
    let app = App::start_with(|config| config.persona.timeout_seconds = 1).await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let mut browser = app.browser();
    app.persona.inject(Fault::new(FaultKind::Hang).times(1));
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (503, "persona-unavailable".to_owned()));
    assert_eq!(answer.header("retry-after"), "30");
    assert!(browser.resume(&token).await.session_token().is_some());
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "resumed"]);
}

#[tokio::test]
async fn a_persona_that_cannot_be_reached_at_all_is_an_outage() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Expired).await;
    let mut browser = app.browser();
    app.simulator.shutdown().await;
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (503, "persona-unavailable".to_owned()));
}

#[tokio::test]
async fn a_failed_press_without_javascript_shows_the_same_page_with_the_reason() {
    let app = App::start().await;
    for (kind, seconds) in faults() {
        let (token, inquiry) = app.link_to(Status::Pending).await;
        let mut browser = app.browser();
        app.persona.inject(Fault::new(kind.clone()));
        let path = format!("/r/{token}");
        let answer = browser.submit(&path, "").await;
        if kind == FaultKind::MissingToken {
            // Such an answer has no session token anyway.
            assert_eq!(answer.status, 303);
        } else {
            assert_eq!(
                answer.page(),
                (503, "Continue your verification"),
                "{kind:?}"
            );
            assert!(
                answer.body.contains("data-stage=\"persona-unavailable\""),
                "{kind:?}"
            );
            assert_eq!(
                answer.header("retry-after"),
                seconds.to_string(),
                "{kind:?}"
            );
            assert_eq!(app.ledger(&inquiry).await, ["link-created"], "{kind:?}");
        }
        app.persona.clear_faults();
        assert_eq!(browser.submit(&path, "").await.status, 303, "{kind:?}");
    }
}

#[tokio::test]
async fn a_completion_during_an_outage_can_be_reported_again() {
    let app = App::start().await;
    for (kind, _) in faults() {
        let (token, inquiry) = app.link_to(Status::Pending).await;
        let mut browser = app.browser();
        browser.resume(&token).await;
        app.persona.set_status(&inquiry, Status::Completed).unwrap();
        if kind != FaultKind::MissingToken {
            app.persona.inject(Fault::new(kind.clone()).times(1));
            let answer = browser.report_completion(&token).await;
            let refusal = (503, "persona-unavailable".to_owned());
            assert_eq!(answer.refusal(), refusal, "{kind:?}");
            assert_eq!(app.receipt(&inquiry).await, None, "{kind:?}");
        }
        assert_eq!(browser.report_completion(&token).await.status, 200);
        assert!(app.receipt(&inquiry).await.is_some(), "{kind:?}");
    }
}

#[tokio::test]
async fn an_outage_takes_no_attempt_at_the_factor() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let mut browser = app.browser();
    for part in ["/inquiries/", "/resume"] {
        let down = FaultKind::Status {
            code: 500,
            headers: BTreeMap::new(),
            html: false,
        };
        app.persona.inject(Fault::new(down).path(part));
        for _ in 0..6 {
            let answer = browser.resume_born(&token, BIRTHDATE).await;
            assert_eq!(answer.refusal(), (503, "persona-unavailable".to_owned()));
        }
        app.persona.clear_faults();
    }
    assert_eq!(app.newest_link(&inquiry).await.wrong_factors, 0);
    let answer = browser.resume_born(&token, BIRTHDATE).await;
    assert!(answer.session_token().is_some());
}
