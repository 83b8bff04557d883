//! Strangers: neither the words nor the time of an answer tell them anything.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use simulator::{Seed, Status};

use super::{ask, finish, known, seed, with_mail};
use crate::support::{Answer, MailServer};

/// Everything of an answer but what is of this very request.
fn shown(answer: &Answer) -> String {
    // A nonce is 22 signs of base64url, in the policy and in the page.
    let nonce = |text: &str| {
        let marks = ["nonce-", "nonce=\""];
        marks.into_iter().fold(text.to_owned(), |text, mark| {
            let mut parts = text.split(mark);
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |all, part| format!("{all}{mark}{}", &part[22..]))
        })
    };
    let headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id")
        .map(|(name, value)| format!("{name}: {}", nonce(value.to_str().unwrap())))
        .collect();
    format!("{} {headers:?} {}", answer.status, nonce(&answer.body))
}

#[tokio::test]
async fn the_answer_is_the_same_whatever_is_known() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let open = known(
        &app,
        &Seed {
            reference_id: Some("user-7".to_owned()),
            ..seed(Status::Expired)
        },
    )
    .await;
    let done = known(&app, &seed(Status::Approved)).await;
    let token = app.link(&open).await;
    let meant = shown(&ask(&app, "user-7").await);
    assert!(meant.starts_with("303"), "{meant}");
    let never = format!("inq_{}", "x".repeat(24));
    let long = "x".repeat(5000);
    for text in [
        "user-8",
        &open,
        &done,
        &never,
        &token,
        &"A".repeat(43),
        "' or 1=1 --",
        "رقم",
        &long,
    ] {
        assert_eq!(shown(&ask(&app, text).await), meant, "{text}");
    }
    finish(&app).await;
    // After a link was sent, and while the limit of the inquiry holds, it is still the same.
    assert_eq!(server.mails().len(), 1);
    assert_eq!(shown(&ask(&app, "user-7").await), meant);
    let mut browser = app.browser();
    let first = shown(&browser.get("/recover/sent").await);
    assert_eq!(shown(&browser.get("/recover/sent").await), first);
    assert!(app.state.store.next_recovery().await.unwrap().is_some());
}

/// How surely one sample is slower than the other, as a standard normal value (Mann and Whitney).
fn slower(one: &[Duration], other: &[Duration]) -> f64 {
    let wins: f64 = one
        .iter()
        .flat_map(|a| other.iter().map(move |b| (a, b)))
        .map(|(a, b)| match a.cmp(b) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        })
        .sum();
    let size = |sample: &[Duration]| f64::from(u32::try_from(sample.len()).unwrap());
    let (n, m) = (size(one), size(other));
    (wins - n * m / 2.0) / (n * m * (n + m + 1.0) / 12.0).sqrt()
}

#[tokio::test]
async fn the_time_of_the_answer_tells_nothing_either() {
    const ROUNDS: usize = 300;
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    known(
        &app,
        &Seed {
            reference_id: Some("user-7".to_owned()),
            ..seed(Status::Expired)
        },
    )
    .await;
    // What is looked up goes on meanwhile, as in a running program.
    let (recovery, stopping) = (&app.state.recovery, &app.state.stopping);
    app.state.crew.employ(recovery.clone(), stopping.clone());
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS * 2 {
        // Which of the two comes first changes from pair to pair.
        let which = (round + round / 2) % 2;
        let text = ["user-7", "user-8"][which];
        let begun = Instant::now();
        let answer = ask(&app, text).await;
        times[which].push(begun.elapsed());
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        app.advance(Duration::from_secs(6));
    }
    app.state.crew.leave(Duration::ZERO).await;
    let [known, unknown] = times;
    let z = slower(&known, &unknown);
    assert!(z.abs() < 4.0, "one is slower than the other: z = {z}");
    // The measure itself can tell: half of the time more would show at once.
    let more: Vec<_> = known.iter().map(|time| *time * 3 / 2).collect();
    assert!(slower(&more, &unknown) > 4.0);
}
