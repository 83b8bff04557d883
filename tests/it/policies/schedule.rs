//! Reminders and links: when they go out, and to whom not.

use std::collections::BTreeMap;

use leftoff::{
    model::policy::{Obstacle, StepState},
    policy::NewPolicy,
};
use simulator::Status;

use super::{
    DAY, HOUR, acts, import, look, pass, plant, reminders, resumes, settle, somebody, states,
    turn_on, with_mail,
};
use crate::support::MailServer;

#[tokio::test]
async fn a_thousand_expired_inquiries_get_exactly_what_the_schedule_says() {
    const PEOPLE: usize = 1000;
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let second_chance = turn_on(&app, &resumes()).await;
    let followed = turn_on(
        &app,
        &NewPolicy {
            offsets: "20h".to_owned(),
            ..reminders()
        },
    )
    .await;
    for number in 0..PEOPLE {
        let _ = plant(&app, &format!("user{number}"), Status::Pending);
    }
    import(&app).await;
    settle(&app).await;
    assert!(server.mails().is_empty(), "nothing is due yet");
    // They expire after a day.
    app.advance(DAY + HOUR);
    import(&app).await;
    settle(&app).await;
    // One link each; whoever was just written to is not reminded of what was due before.
    let mails = server.mails();
    let subjects = |words: &str| {
        mails
            .iter()
            .filter(|mail| mail.header("Subject").contains(words))
            .count()
    };
    assert_eq!(subjects("Continue your verification"), PEOPLE);
    assert_eq!(
        mails.len(),
        PEOPLE,
        "whoever was just written to is not reminded"
    );
    let mut recipients: BTreeMap<String, usize> = BTreeMap::new();
    for mail in &mails {
        *recipients.entry(mail.to.clone()).or_default() += 1;
    }
    assert_eq!(recipients.len(), PEOPLE);
    assert_eq!(acts(&app, &second_chance).await.len(), PEOPLE);
    let resumes = app
        .asked()
        .iter()
        .filter(|call| *call == "POST resume")
        .count();
    assert_eq!(resumes, PEOPLE);
    for inquiry in app.persona.inquiries() {
        assert_eq!(inquiry.status, Status::Pending);
    }
    // Twenty hours later each is reminded once, whoever finished not.
    let done: Vec<_> = app.persona.inquiries().into_iter().take(100).collect();
    for inquiry in &done {
        app.persona
            .set_status(&inquiry.id, Status::Completed)
            .unwrap();
    }
    pass(&app, 21).await;
    assert_eq!(server.mails().len(), 2 * PEOPLE - 100);
    assert_eq!(acts(&app, &followed).await.len(), PEOPLE);
    pass(&app, 3).await;
    assert_eq!(server.mails().len(), 2 * PEOPLE - 100);
    let ids: std::collections::BTreeSet<_> = server
        .mails()
        .iter()
        .map(|mail| mail.header("Message-ID").to_owned())
        .collect();
    assert_eq!(ids.len(), 2 * PEOPLE - 100, "each is a mail of its own");
    assert!(!app.database().await.contains("@example.org"));
}

#[tokio::test]
async fn reminders_follow_the_schedule_and_stop_when_the_person_goes_on() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let policy = turn_on(&app, &reminders()).await;
    let idle = somebody(&app, "idle", Status::Pending).await;
    let busy = somebody(&app, "busy", Status::Pending).await;
    pass(&app, 25).await;
    assert_eq!(server.mails().len(), 2);
    // One opens the link: what was left of the schedule is over, and another begins with that.
    let mail = server
        .mails()
        .into_iter()
        .find(|mail| mail.to.contains("busy"))
        .unwrap();
    assert!(
        app.browser()
            .resume(&mail.token())
            .await
            .session_token()
            .is_some()
    );
    pass(&app, 20).await;
    assert_eq!(server.mails().len(), 2);
    pass(&app, 30).await;
    let to = |name: &str| {
        server
            .mails()
            .iter()
            .filter(|mail| mail.to.contains(name))
            .count()
    };
    assert_eq!((to("idle"), to("busy")), (2, 2));
    app.persona.set_status(&busy, Status::Completed).unwrap();
    look(&app, &busy).await;
    pass(&app, 24 * 8).await;
    assert_eq!((to("idle"), to("busy")), (3, 2));
    let steps: Vec<_> = acts(&app, &policy)
        .await
        .into_iter()
        .filter(|act| act.inquiry_id == idle)
        .map(|act| (act.step, act.missed))
        .collect();
    assert_eq!(steps, [(0, 0), (1, 0), (2, 0)]);
}

#[tokio::test]
async fn who_is_written_to_by_the_staff_is_not_reminded_right_after() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    turn_on(&app, &reminders()).await;
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    app.advance(HOUR * 23);
    settle(&app).await;
    let link = |new: &mut leftoff::links::NewLink| new.maker = "staff:otto".to_owned();
    app.link_with(&inquiry, link).await;
    pass(&app, 20).await;
    assert!(server.mails().is_empty());
    pass(&app, 5).await;
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn missed_reminders_become_one() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let policy = turn_on(&app, &reminders()).await;
    let _ = somebody(&app, "rita", Status::Pending).await;
    // Nobody works for five days.
    app.advance(DAY * 5);
    settle(&app).await;
    let acts = acts(&app, &policy).await;
    assert_eq!((acts.len(), acts[0].step, acts[0].missed), (1, 1, 1));
    pass(&app, 24 * 10).await;
    assert_eq!(server.mails().len(), 2);
}

#[tokio::test]
async fn caps_hold_for_the_person_whichever_inquiry_and_policy() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let capped = NewPolicy {
        offsets: "1d, 2d, 3d".to_owned(),
        per_week: "1".to_owned(),
        in_total: "2".to_owned(),
        ..reminders()
    };
    let one = turn_on(&app, &capped).await;
    let other = turn_on(&app, &capped).await;
    for _ in 0..2 {
        let _ = somebody(&app, "rita", Status::Pending).await;
    }
    pass(&app, 24 * 6).await;
    assert_eq!(server.mails().len(), 1);
    pass(&app, 24 * 4).await;
    assert_eq!(server.mails().len(), 2);
    pass(&app, 24 * 20).await;
    assert_eq!(server.mails().len(), 2);
    let mut states = states(&app, &one).await;
    states.extend(self::states(&app, &other).await);
    assert!(states.contains(&(StepState::Stopped, Some(Obstacle::CapTotal))));
    assert_eq!(
        states
            .iter()
            .filter(|(state, _)| *state == StepState::Done)
            .count(),
        2
    );
}

#[tokio::test]
async fn old_inquiries_are_left_alone_when_a_policy_is_turned_on() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let _ = somebody(&app, "old", Status::Pending).await;
    let _ = somebody(&app, "older", Status::Expired).await;
    app.advance(DAY * 30);
    import(&app).await;
    let policy = turn_on(&app, &reminders()).await;
    let resume = turn_on(&app, &resumes()).await;
    pass(&app, 24 * 8).await;
    assert!(acts(&app, &policy).await.is_empty());
    assert!(acts(&app, &resume).await.is_empty());
}
