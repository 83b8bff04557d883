//! The quiet hours: nothing is sent while people sleep, wherever they live.

use std::time::Duration;

use leftoff::policy::NewPolicy;
use simulator::Status;

use super::{DAY, HOUR, acts, pass, reminders, settle, somebody, turn_on, with_mail};
use crate::support::{MailServer, Trouble};

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
