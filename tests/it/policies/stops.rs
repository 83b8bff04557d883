//! What stops a policy: its template, its caps, the switch, and whoever turns it off.

use leftoff::{
    model::{
        message::MessageState,
        policy::{Obstacle, StepState},
    },
    policy::{Managed, Turn},
    staff::Actor,
    worker::{Pace, Work as _},
};
use simulator::{Seed, Status};

use super::{
    DAY, HOUR, acts, import, look, newest_message, pass, reminders, resumes, settle, somebody,
    states, turn_on, with_mail,
};
use crate::support::MailServer;

#[tokio::test]
async fn an_outdated_template_and_used_up_sessions_stop_a_policy_with_the_reason() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let reminder = turn_on(&app, &reminders()).await;
    let resume = turn_on(&app, &resumes()).await;
    let seed = |sessions: usize, template: &str| Seed {
        status: Status::Pending,
        ended_sessions: sessions,
        template: Some(template.to_owned()),
        ..Seed::default()
    };
    let template = "itmpl_Outdated00000000000000000000";
    let outdated = app.persona.create_inquiry(&seed(0, template));
    let used_up = app
        .persona
        .create_inquiry(&seed(24, "itmpl_Current000000000000000000000"));
    let _ = app.persona.publish_new_template_version(template);
    app.advance(DAY + HOUR);
    import(&app).await;
    settle(&app).await;
    for policy in [&reminder, &resume] {
        for act in acts(&app, policy).await {
            let why = act.reason.as_deref().and_then(Obstacle::parse);
            let meant = if act.inquiry_id == outdated {
                Obstacle::Outdated
            } else {
                Obstacle::SessionCap
            };
            let is_last_session = act.inquiry_id == used_up && policy.id == reminder.id;
            if is_last_session {
                assert_eq!(act.state(), StepState::Done, "the person has one left");
            } else {
                assert_eq!((act.state(), why), (StepState::Stopped, Some(meant)));
            }
        }
        assert_eq!(acts(&app, policy).await.len(), 2);
    }
    assert!(
        app.ledger(&outdated)
            .await
            .contains(&"policy-stopped".to_owned())
    );
    assert!(!app.asked().contains(&"POST resume".to_owned()));
}

#[tokio::test]
async fn the_switch_stops_everything_at_once_also_what_waits() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    turn_on(&app, &reminders()).await;
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    app.advance(DAY);
    while app.state.policies.step().await.unwrap() == Pace::Now {}
    let message = newest_message(&app).await;
    assert_eq!(message.state(), MessageState::Waiting);
    assert!(
        app.state
            .policies
            .turn(&Actor::System, Turn::Stop)
            .await
            .unwrap()
    );
    settle(&app).await;
    let message = newest_message(&app).await;
    assert_eq!(message.state(), MessageState::Dropped);
    let _ = somebody(&app, "nora", Status::Pending).await;
    pass(&app, 24 * 4).await;
    assert!(server.mails().is_empty());
    // What came due meanwhile is not made up for; the last step is still to come.
    assert!(
        app.state
            .policies
            .turn(&Actor::System, Turn::Release)
            .await
            .unwrap()
    );
    pass(&app, 5).await;
    assert!(server.mails().is_empty());
    pass(&app, 24 * 4).await;
    assert_eq!(server.mails().len(), 2);
    let acts: Vec<_> = app.audit().await.into_iter().map(|row| row.act).collect();
    assert!(acts.contains(&"policies-stopped".to_owned()));
    assert!(acts.contains(&"policies-released".to_owned()));
    assert!(
        app.ledger(&inquiry)
            .await
            .contains(&"policy-reminded".to_owned())
    );
}

#[tokio::test]
async fn a_policy_that_is_turned_off_in_the_middle_of_opening_makes_no_link() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let policy = turn_on(&app, &resumes()).await;
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    app.advance(DAY + HOUR);
    look(&app, &inquiry).await;
    assert_eq!(app.state.policies.step().await.unwrap(), Pace::Now);
    assert_eq!(states(&app, &policy).await, [(StepState::Acting, None)]);
    let off = app.state.policies.set_on(&Actor::System, &policy.id, false);
    assert!(matches!(off.await.unwrap(), Managed::Done(_)));
    settle(&app).await;
    let stopped = (StepState::Stopped, Some(Obstacle::SwitchedOff));
    assert_eq!(states(&app, &policy).await, [stopped]);
    assert!(server.mails().is_empty());
    assert!(!app.asked().contains(&"POST resume".to_owned()));
}
