//! Policies: Leftoff acts by itself, exactly as told, never twice, and stops at once when somebody says so.

use std::{collections::BTreeMap, time::Duration};

use leftoff::{
    mirror::Scope,
    model::{
        message::MessageState,
        policy::{Obstacle, StepState},
        role::Role,
    },
    policy::{Managed, NewPolicy, Turn},
    staff::Actor,
    store::{policies::PolicyRow, policy_acts::PolicyActRow},
    worker::{Pace, Work as _},
};
use persona::InquiryId;
use secrecy::SecretString;
use simulator::{Fault, FaultKind, Seed, Status};

use crate::support::{App, Browser, MailServer, Trouble};

const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);

async fn with_mail(server: &MailServer) -> App {
    let url = SecretString::from(server.url.clone());
    App::start_with(|config| {
        config.mail.smtp_url = Some(url);
        // Nothing here is about a slow Persona, and the machine may be.
        config.persona.timeout_seconds = 30;
    })
    .await
}

/// A reminder policy as most would have it, without quiet hours.
fn reminders() -> NewPolicy {
    NewPolicy {
        name: "Reminders".to_owned(),
        act: "remind".to_owned(),
        channel: "mail".to_owned(),
        locale: "en".to_owned(),
        offsets: "1d, 3d, 7d".to_owned(),
        per_week: "9".to_owned(),
        in_total: "9".to_owned(),
        zone: "UTC".to_owned(),
        ..NewPolicy::default()
    }
}

/// A policy that opens expired inquiries again at once.
fn resumes() -> NewPolicy {
    NewPolicy {
        name: "Second chance".to_owned(),
        act: "resume".to_owned(),
        offsets: "0".to_owned(),
        ..reminders()
    }
}

async fn make(app: &App, new: &NewPolicy) -> PolicyRow {
    // IDs of one millisecond are in no order of themselves.
    app.advance(Duration::from_millis(1));
    match app
        .state
        .policies
        .create(&Actor::System, new)
        .await
        .unwrap()
    {
        Managed::Done(policy) => *policy,
        other => panic!("{other:?}"),
    }
}

/// A policy that is on.
async fn turn_on(app: &App, new: &NewPolicy) -> PolicyRow {
    let policy = make(app, new).await;
    let on = app.state.policies.set_on(&Actor::System, &policy.id, true);
    match on.await.unwrap() {
        Managed::Done(policy) => *policy,
        other => panic!("{other:?}"),
    }
}

/// An inquiry that we know, of somebody with an address of their own.
async fn somebody(app: &App, name: &str, status: Status) -> String {
    let inquiry = plant(app, name, status);
    look(app, &inquiry).await;
    inquiry
}

fn plant(app: &App, name: &str, status: Status) -> String {
    let address = format!("{name}@example.org");
    app.persona.create_inquiry(&Seed {
        status,
        fields: [("email-address".to_owned(), address.into())]
            .into_iter()
            .collect(),
        reference_id: Some(name.to_owned()),
        ..Seed::default()
    })
}

async fn look(app: &App, inquiry: &str) {
    let id = InquiryId::parse(inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
}

/// Steps both works until nothing is due now.
async fn settle(app: &App) {
    while app.state.policies.step().await.unwrap() == Pace::Now {}
    while app.state.notifier.step().await.unwrap() == Pace::Now {}
}

/// Lets so many hours pass, and works once an hour.
async fn pass(app: &App, hours: u32) {
    for _ in 0..hours {
        app.advance(HOUR);
        settle(app).await;
    }
}

async fn acts(app: &App, policy: &PolicyRow) -> Vec<PolicyActRow> {
    let mut acts = app
        .state
        .store
        .policy_acts(&policy.id, None, 10_000)
        .await
        .unwrap();
    acts.reverse();
    acts
}

/// What the acts of a policy came to.
async fn states(app: &App, policy: &PolicyRow) -> Vec<(StepState, Option<Obstacle>)> {
    let acts = acts(app, policy).await.into_iter();
    acts.map(|act| (act.state(), act.reason.as_deref().and_then(Obstacle::parse)))
        .collect()
}

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

async fn import(app: &App) {
    let started = app
        .state
        .mirror
        .start("cli:a test", &Scope::default())
        .await;
    started.unwrap().unwrap();
    loop {
        match app.state.mirror.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => app.advance(wait),
            Pace::Idle => return,
        }
    }
}

#[tokio::test]
async fn an_expired_inquiry_is_opened_again_and_the_person_gets_a_link() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let policy = turn_on(&app, &resumes()).await;
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    app.advance(DAY + HOUR);
    look(&app, &inquiry).await;
    settle(&app).await;
    assert_eq!(states(&app, &policy).await, [(StepState::Done, None)]);
    let mail = server.mails().remove(0);
    assert!(mail.to.contains("rita@example.org"));
    assert!(
        app.browser()
            .resume(&mail.token())
            .await
            .session_token()
            .is_some()
    );
    let mut ledger = app.ledger(&inquiry).await;
    ledger.sort();
    let written = ["link-created", "message-sent", "policy-resumed", "resumed"];
    assert_eq!(ledger, written);
    let audit = app.audit().await;
    let deed = audit
        .iter()
        .find(|row| row.act == "policy-resumed")
        .unwrap();
    assert_eq!(deed.actor, "system");
    assert_eq!(deed.note, Some(format!("policy:{}", policy.id)));
    let link = app.newest_link(&inquiry).await;
    assert_eq!((&*link.maker, &*link.channel), ("system", "policy"));
    // Nothing more happens, and the next expiry is another one.
    pass(&app, 3).await;
    assert_eq!(server.mails().len(), 1);
    app.advance(DAY * 2);
    look(&app, &inquiry).await;
    settle(&app).await;
    assert_eq!(acts(&app, &policy).await.len(), 2);
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
async fn what_the_staff_ended_by_hand_a_policy_does_not_open_again() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    turn_on(&app, &resumes()).await;
    turn_on(&app, &reminders()).await;
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    let why = leftoff::links::Why {
        actor: "staff:otto".to_owned(),
        reason: "suspected-misuse".to_owned(),
        note: None,
    };
    app.state
        .inquiries
        .expire(&inquiry, known.version, why)
        .await
        .unwrap();
    pass(&app, 24 * 9).await;
    assert!(server.mails().is_empty());
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
async fn at_night_nothing_is_sent_also_when_clocks_change() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    // The night to 29 March 2026 is an hour shorter in Berlin.
    let start: jiff::Timestamp = "2026-03-27T21:30:00Z".parse().unwrap();
    let until = start.as_millisecond() - app.state.clock.now_ms();
    app.advance(Duration::from_millis(until.try_into().unwrap()));
    let night = NewPolicy {
        quiet_from: "22:00".to_owned(),
        quiet_until: "08:00".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        ..reminders()
    };
    let policy = turn_on(&app, &night).await;
    let _ = somebody(&app, "rita", Status::Pending).await;
    // Due at 22:30 on the 28th; the morning begins at 06:00 UTC, not at 07:00.
    for _ in 0..24 * 4 {
        app.advance(Duration::from_mins(15));
        settle(&app).await;
    }
    assert!(server.mails().is_empty());
    app.advance(HOUR * 8);
    settle(&app).await;
    assert!(server.mails().is_empty(), "it is half past seven");
    app.advance(Duration::from_mins(31));
    settle(&app).await;
    assert_eq!(server.mails().len(), 1);
    let at = acts(&app, &policy).await[0].at;
    let at = jiff::Timestamp::from_millisecond(at).unwrap();
    assert!(at >= "2026-03-29T06:00:00Z".parse().unwrap(), "{at}");
    assert!(at < "2026-03-29T06:05:00Z".parse().unwrap(), "{at}");
}

#[tokio::test]
async fn a_message_that_is_tried_again_waits_for_the_morning_too() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let quiet = NewPolicy {
        quiet_from: "12:30".to_owned(),
        quiet_until: "20:00".to_owned(),
        ..reminders()
    };
    turn_on(&app, &quiet).await;
    let _ = somebody(&app, "rita", Status::Pending).await;
    server.trouble(&[
        Trouble::Refuse(451),
        Trouble::Refuse(451),
        Trouble::Refuse(451),
    ]);
    app.advance(DAY + Duration::from_mins(20));
    settle(&app).await;
    for _ in 0..100 {
        app.advance(Duration::from_mins(4));
        settle(&app).await;
        let now = app.state.clock.now().to_string();
        let hour: u32 = now[11..13].parse().unwrap();
        let is_quiet = (13..20).contains(&hour);
        assert!(!is_quiet || server.mails().is_empty(), "{now}");
    }
    pass(&app, 8).await;
    assert_eq!(server.mails().len(), 1);
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

async fn newest_message(app: &App) -> leftoff::store::messages::MessageRow {
    let query = leftoff::store::messages::MessageQuery::default();
    app.state.store.messages(query, 1).await.unwrap().remove(0)
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

#[tokio::test]
async fn a_restart_in_the_middle_does_nothing_twice() {
    let server = MailServer::start().await;
    let mut app = with_mail(&server).await;
    let policy = turn_on(&app, &resumes()).await;
    turn_on(&app, &reminders()).await;
    let mut inquiries = Vec::new();
    for number in 0..40 {
        inquiries.push(somebody(&app, &format!("user{number}"), Status::Pending).await);
    }
    app.advance(DAY + HOUR);
    for inquiry in &inquiries {
        look(&app, inquiry).await;
    }
    app.persona.clear_requests();
    // Each step of the work is the last of its process, and every other one breaks off after Persona's answer.
    for round in 0..60 {
        if round % 2 == 0 {
            let policies = app.state.policies.clone();
            let step = tokio::spawn(async move { policies.step().await });
            let asked = app.persona.requests().len();
            for _ in 0..2000 {
                if app.persona.requests().len() > asked || step.is_finished() {
                    break;
                }
                tokio::task::yield_now().await;
            }
            step.abort();
            step.await.ok();
        } else {
            app.state.policies.step().await.unwrap();
            app.state.notifier.step().await.unwrap();
        }
        app = app.restart_with(|_| {}).await;
    }
    app.advance(HOUR);
    settle(&app).await;
    assert_eq!(acts(&app, &policy).await.len(), 40);
    for inquiry in &inquiries {
        let snapshot = app.persona.inquiry(inquiry).unwrap();
        assert_eq!(snapshot.sessions.len(), 1, "opened again once");
        let links = app.state.links.list(Some(inquiry)).await.unwrap();
        assert_eq!(links.len(), 1);
    }
    let mails = server.mails();
    let ids: std::collections::BTreeSet<_> = mails
        .iter()
        .map(|mail| mail.header("Message-ID").to_owned())
        .collect();
    assert_eq!(ids.len(), 40, "whoever gets one twice can tell");
}

#[tokio::test]
async fn an_outage_of_persona_is_outlived_and_limits_are_kept() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let policy = turn_on(&app, &resumes()).await;
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    app.advance(DAY + HOUR);
    look(&app, &inquiry).await;
    let broken = FaultKind::Status {
        code: 503,
        headers: BTreeMap::new(),
        html: false,
    };
    app.persona
        .inject(Fault::new(broken).path("resume").times(1));
    app.persona.inject(
        Fault::new(FaultKind::DropConnection)
            .path(&inquiry)
            .times(1),
    );
    let limited = FaultKind::RateLimited { reset_seconds: 0 };
    app.persona
        .inject(Fault::new(limited).path(&inquiry).times(1));
    pass(&app, 6).await;
    assert!(app.persona.faults().is_empty());
    assert_eq!(states(&app, &policy).await, [(StepState::Done, None)]);
    assert_eq!(server.mails().len(), 1);
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

#[tokio::test]
async fn a_dry_run_tells_what_the_policy_does_then_and_touches_nothing() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let mut people = Vec::new();
    for number in 0..30 {
        people.push(somebody(&app, &format!("user{number}"), Status::Pending).await);
        app.advance(Duration::from_mins(40));
    }
    let policy = turn_on(&app, &reminders()).await;
    let rehearsed = make(&app, &reminders()).await;
    pass(&app, 24 * 2).await;
    app.persona
        .set_status(&people[3], Status::Completed)
        .unwrap();
    look(&app, &people[3]).await;
    pass(&app, 24 * 4).await;
    let done: Vec<_> = acts(&app, &policy)
        .await
        .into_iter()
        .filter(|act| act.state() == StepState::Done)
        .map(|act| (act.inquiry_id, act.step))
        .collect();
    let before = (
        app.counts().await,
        app.audit().await.len(),
        app.persona.requests().len(),
    );
    // The other policy's messages would begin the count anew, so it is rehearsed as if it were that one.
    let told = app.state.policies.rehearse(policy.clone()).await.unwrap();
    let after = (
        app.counts().await,
        app.audit().await.len(),
        app.persona.requests().len(),
    );
    assert_eq!(before, after);
    let mut told: Vec<_> = told
        .rows
        .into_iter()
        .map(|row| (row.inquiry_id, i64::try_from(row.step).unwrap()))
        .collect();
    let mut done = done;
    told.sort();
    done.sort();
    assert_eq!(told, done);
    assert!(
        app.state
            .policies
            .rehearse(rehearsed)
            .await
            .unwrap()
            .inquiries
            > 0
    );
}

/// The form of a policy, as a browser sends it.
fn form(name: &str, offsets: &str) -> String {
    format!(
        "version=0&name={name}&act=remind&template=&channel=mail&locale=en&offsets={offsets}&per_week=2&in_total=5\
         &quiet_from=20%3A00&quiet_until=08%3A00&zone=Europe%2FBerlin"
    )
}

async fn only_policy(app: &App) -> PolicyRow {
    app.state.store.policies().await.unwrap().remove(0)
}

#[tokio::test]
async fn an_admin_makes_a_policy_tries_it_and_turns_it_on() {
    let app = App::start().await;
    let mut ada = app.staff(Role::Admin).await;
    let empty = ada.get("/ops/policies").await;
    assert_eq!(empty.page(), (200, "Policies"));
    assert!(empty.body.contains("No policy yet"));
    assert_eq!(
        ada.get("/ops/policies/new").await.page(),
        (200, "New policy")
    );
    // What is wrong is said, and what was filled in stays.
    let wrong = ada
        .submit("/ops/policies/new", &form("Gentle", "3d%2C+1d"))
        .await;
    assert_eq!(wrong.page(), (422, "New policy"));
    assert!(
        wrong
            .body
            .contains("each time must be later than the one before")
    );
    assert!(wrong.body.contains("value=\"Gentle\""), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"3d, 1d\""));
    let made = ada
        .submit("/ops/policies/new", &form("Gentle", "1d%2C+3d"))
        .await;
    let policy = only_policy(&app).await;
    let path = format!("/ops/policies/{}", policy.id);
    assert_eq!(made.redirect(), (303, &*format!("{path}?done=created")));
    let page = ada.get(&path).await;
    assert_eq!(page.page(), (200, "Gentle"));
    assert!(page.body.contains("1d, 3d after the last that happened"));
    assert!(page.body.contains("20:00-08:00 Europe/Berlin"));
    let dry = ada.get(&format!("{path}/dry-run")).await;
    assert_eq!(dry.page().0, 200);
    assert!(dry.body.contains("It would have done nothing"));
    let on = ada.submit(&format!("{path}/state"), "to=on").await;
    assert_eq!(on.redirect(), (303, &*format!("{path}?done=on")));
    assert!(only_policy(&app).await.on_since.is_some());
    change(&app, &mut ada, &path).await;
    let stop = ada.submit("/ops/policies/switch", "to=stop").await;
    assert_eq!(stop.redirect(), (303, "/ops/policies?done=stopped"));
    assert!(
        ada.get("/ops/policies")
            .await
            .body
            .contains("All policies are stopped")
    );
    assert!(
        ada.get(&path)
            .await
            .body
            .contains("All policies are stopped, so it does nothing")
    );
    ada.submit("/ops/policies/switch", "to=release").await;
    assert_eq!(
        ada.submit("/ops/policies/switch", "to=both").await.status,
        400
    );
    assert_eq!(ada.get("/ops/policies/unknown").await.status, 404);
    let audit = app.audit().await.into_iter();
    let audit: Vec<_> = audit
        .map(|row| row.act)
        .filter(|act| act.contains("polic"))
        .collect();
    let acts = [
        "policy-created",
        "policy-turned-on",
        "policy-changed",
        "policies-stopped",
        "policies-released",
    ];
    assert_eq!(audit, acts);
}

/// Two change it at the same time: the second is told.
async fn change(app: &App, ada: &mut Browser, path: &str) {
    let edit = ada.get(&format!("{path}/edit")).await;
    assert!(edit.body.contains("value=\"1d, 3d\""), "{}", edit.body);
    let version = only_policy(app).await.version;
    let form = form("Gentler", "2d").replace("version=0", &format!("version={version}"));
    let changed = ada.submit(&format!("{path}/edit"), &form).await;
    assert_eq!(changed.redirect(), (303, &*format!("{path}?done=changed")));
    let late = ada.submit(&format!("{path}/edit"), &form).await;
    assert_eq!(late.page(), (422, "Change the policy"));
    assert!(late.body.contains("Somebody changed this policy meanwhile"));
    assert_eq!(only_policy(app).await.name, "Gentler");
}

#[tokio::test]
async fn only_admins_with_a_fresh_proof_change_policies() {
    let app = App::start().await;
    let policy = make(&app, &reminders()).await;
    let path = format!("/ops/policies/{}", policy.id);
    for role in [Role::Operator, Role::Auditor] {
        let mut browser = app.staff(role).await;
        assert_eq!(browser.get(&path).await.status, 200);
        assert!(
            browser
                .get("/ops/policies")
                .await
                .body
                .contains("This takes the role admin")
        );
        assert_eq!(
            browser
                .submit(&format!("{path}/state"), "to=on")
                .await
                .status,
            403
        );
    }
    let mut ada = app.staff(Role::Admin).await;
    app.advance(Duration::from_mins(15));
    let asked = ada.submit(&format!("{path}/state"), "to=on").await;
    let (status, location) = asked.redirect();
    assert_eq!(status, 303);
    assert!(location.starts_with("/ops/prove"), "{location}");
    assert!(only_policy(&app).await.on_since.is_none());
}

#[tokio::test]
async fn the_page_of_messages_shows_what_did_not_arrive_and_tries_it_again() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    turn_on(&app, &reminders()).await;
    let mut otto = app.staff(Role::Operator).await;
    assert!(
        otto.get("/ops/messages")
            .await
            .body
            .contains("No message yet")
    );
    let inquiry = somebody(&app, "rita", Status::Pending).await;
    server.trouble(&[Trouble::Refuse(550)]);
    app.advance(DAY);
    settle(&app).await;
    let mut otto = app.staff(Role::Operator).await;
    let page = otto.get("/ops/messages").await;
    assert_eq!(page.page(), (200, "Messages"));
    for text in [
        &*inquiry,
        "The mail server refused it with code 550.",
        "Reminders",
        "Given up",
    ] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    assert!(!page.body.contains("rita@"));
    let narrow = otto.get("/ops/messages?state=sent").await;
    assert!(narrow.body.contains("Nothing matches"));
    let message = newest_message(&app).await;
    let retry = format!("/ops/messages/{}/retry", message.id);
    assert_eq!(
        app.staff(Role::Auditor)
            .await
            .submit(&retry, "")
            .await
            .status,
        403
    );
    let retried = otto.submit(&retry, "").await;
    assert_eq!(retried.redirect(), (303, "/ops/messages?done=retried"));
    settle(&app).await;
    assert_eq!(server.mails().len(), 1);
    let again = otto.submit(&retry, "").await;
    assert_eq!(again.redirect(), (303, "/ops/messages?done=moved"));
    assert_eq!(
        otto.submit("/ops/messages/none/retry", "").await.status,
        404
    );
    let retried = app
        .audit()
        .await
        .into_iter()
        .find(|row| row.act == "message-retried");
    assert!(retried.unwrap().actor.starts_with("staff:"));
}

#[tokio::test]
async fn messages_are_paged_without_gaps() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    turn_on(&app, &reminders()).await;
    for number in 0..120 {
        let _ = somebody(&app, &format!("user{number}"), Status::Pending).await;
    }
    app.advance(DAY);
    settle(&app).await;
    let mut otto = app.staff(Role::Operator).await;
    let mut path = "/ops/messages?state=sent".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    let mut pages = 0;
    loop {
        let page = otto.get(&path).await;
        pages += 1;
        for part in page.body.split("/ops/inquiries/").skip(1) {
            seen.insert(part.split('"').next().unwrap().to_owned());
        }
        let Some((before, _)) = page.body.split_once("\" rel=\"next\"") else {
            break;
        };
        let (_, href) = before.rsplit_once("href=\"").unwrap();
        path = href.replace("&amp;", "&");
    }
    assert_eq!((pages, seen.len()), (3, 120));
}
