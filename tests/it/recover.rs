//! `/recover`: whoever lost their link gets another at the contact that Persona holds, and strangers learn nothing.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use leftoff::{
    config::Config,
    model::role::Role,
    worker::{Pace, Work as _},
};
use persona::InquiryId;
use secrecy::SecretString;
use simulator::{Fault, FaultKind, Seed, Status};

use crate::support::{Answer, App, MailServer, why};

const ADDRESS: &str = "rita.resumes@example.org";
const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

async fn with_mail(server: &MailServer) -> App {
    with_mail_and(server, |_| {}).await
}

async fn with_mail_and(server: &MailServer, change: impl FnOnce(&mut Config)) -> App {
    let url = SecretString::from(server.url.clone());
    App::start_with(|config| {
        config.mail.smtp_url = Some(url);
        change(config);
    })
    .await
}

fn seed(status: Status) -> Seed {
    let fields = [("email-address".to_owned(), ADDRESS.into())];
    Seed {
        status,
        fields: fields.into_iter().collect(),
        ..Seed::default()
    }
}

/// An inquiry that we know.
async fn known(app: &App, seed: &Seed) -> String {
    let inquiry = app.persona.create_inquiry(seed);
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    inquiry
}

async fn somebody(app: &App) -> String {
    known(app, &seed(Status::Expired)).await
}

async fn ask(app: &App, text: &str) -> Answer {
    let text: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let mut browser = app.browser();
    browser
        .submit("/recover", &format!("reference={text}"))
        .await
}

/// Steps until nothing is left, and lets the time pass that it waits for.
async fn finish(app: &App) {
    loop {
        match app.state.recovery.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => app.advance(wait),
            Pace::Idle => break,
        }
    }
    loop {
        match app.state.notifier.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => app.advance(wait),
            Pace::Idle => break,
        }
    }
}

async fn recover(app: &App, text: &str) {
    let answer = ask(app, text).await;
    assert_eq!(answer.redirect(), (303, "/recover/sent"));
    finish(app).await;
}

/// Why a request for an inquiry came to nothing, as the staff is told.
async fn told(app: &App, inquiry: &str) -> Vec<Option<String>> {
    let rows = app.state.store.ledger(inquiry).await.unwrap();
    let asked = rows
        .into_iter()
        .filter(|row| row.event == "recovery-requested");
    asked.map(|row| row.detail).collect()
}

#[tokio::test]
async fn a_dead_link_leads_to_a_fresh_one_in_the_mail() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let dead = app.link(&inquiry).await;
    app.advance(DAY * 7);
    let mut browser = app.browser();
    let page = browser.get(&format!("/r/{dead}")).await;
    assert_eq!(page.page(), (410, "This link has expired"));
    let field = format!("name=\"reference\" value=\"{dead}\"");
    assert!(page.body.contains(&field), "{}", page.body);
    let answer = browser
        .submit("/recover", &format!("reference={dead}"))
        .await;
    assert_eq!(answer.redirect(), (303, "/recover/sent"));
    let page = browser.get("/recover/sent").await;
    assert_eq!(page.page(), (200, "Look at your messages"));
    assert_eq!(server.mails().len(), 0, "nothing is done before the answer");
    finish(&app).await;

    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].to.contains(ADDRESS), "{}", mails[0].to);
    assert_eq!(
        mails[0].header("Subject"),
        "Your new link from Example Bank"
    );
    let fresh = mails[0].token();
    assert_ne!(fresh, dead);
    let mut anew = app.browser();
    assert!(anew.resume(&fresh).await.session_token().is_some());
    let ledger: BTreeSet<_> = app.ledger(&inquiry).await.into_iter().collect();
    for event in ["recovery-requested", "link-created", "message-sent"] {
        assert!(ledger.contains(event), "{ledger:?}");
    }
    let audit = app.audit().await;
    for act in ["recovery-requested", "link-created", "message-sent"] {
        let newest = audit.iter().rev().find(|row| row.act == act).unwrap();
        assert_eq!(newest.actor, "system", "{act}");
    }
    assert_eq!(app.newest_link(&inquiry).await.channel, "recover");
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
    let database = app.database().await;
    for secret in [ADDRESS, &dead, &fresh] {
        assert!(!database.contains(secret));
    }
}

#[tokio::test]
async fn a_reference_an_inquiry_a_link_and_its_token_are_all_understood() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = known(
        &app,
        &Seed {
            reference_id: Some("user-7".to_owned()),
            ..seed(Status::Pending)
        },
    )
    .await;
    let token = app.link(&inquiry).await;
    let texts = [
        "user-7".to_owned(),
        format!("  {inquiry} "),
        format!("http://localhost:4000/r/{token}?lang=es"),
        token,
    ];
    for (number, text) in texts.iter().enumerate() {
        recover(&app, text).await;
        assert_eq!(server.mails().len(), number + 1, "{text}");
        app.advance(DAY);
    }
    assert_eq!(told(&app, &inquiry).await, [None, None, None, None]);
}

#[tokio::test]
async fn of_several_inquiries_the_newest_that_is_open_at_persona_is_meant() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let of = |status, hours| Seed {
        reference_id: Some("user-7".to_owned()),
        age: Duration::from_hours(hours),
        ..seed(status)
    };
    let oldest = known(&app, &of(Status::Expired, 90)).await;
    let meant = known(&app, &of(Status::Expired, 60)).await;
    let newest = known(&app, &of(Status::Pending, 1)).await;
    known(&app, &of(Status::Approved, 2)).await;
    // We do not know yet that the newest is done.
    app.persona.set_status(&newest, Status::Completed).unwrap();
    recover(&app, "user-7").await;
    assert_eq!(server.mails().len(), 1);
    assert_eq!(told(&app, &meant).await, [None]);
    assert_eq!(told(&app, &oldest).await, []);
    assert_eq!(told(&app, &newest).await, []);
}

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

#[tokio::test]
async fn an_inquiry_gets_one_link_at_a_time_and_few_a_day() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    for _ in 0..3 {
        ask(&app, &inquiry).await;
    }
    finish(&app).await;
    assert_eq!(server.mails().len(), 1, "three asked at once");
    app.advance(MINUTE * 14);
    recover(&app, &inquiry).await;
    assert_eq!(server.mails().len(), 1, "it is too soon");
    for count in [2, 3, 3, 3] {
        app.advance(MINUTE * 16);
        recover(&app, &inquiry).await;
        assert_eq!(server.mails().len(), count);
    }
    app.advance(DAY);
    recover(&app, &inquiry).await;
    assert_eq!(server.mails().len(), 4, "it is another day");
    let other = somebody(&app).await;
    recover(&app, &other).await;
    assert_eq!(server.mails().len(), 5, "another inquiry has its own");
}

#[tokio::test]
async fn an_address_that_asks_too_often_waits_whatever_it_asks_for() {
    let server = MailServer::start().await;
    let app = with_mail_and(&server, |config| config.recover.an_hour = 2).await;
    let inquiry = somebody(&app).await;
    assert_eq!(ask(&app, "nobody").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ask(&app, "nobody").await.status, StatusCode::SEE_OTHER);
    for text in [&inquiry, "nobody"] {
        let answer = ask(&app, text).await;
        assert_eq!(answer.page(), (429, "One moment, please"));
        assert!(!answer.header("retry-after").is_empty());
    }
    let mut elsewhere = app.browser_at("192.0.2.9:1234");
    let answer = elsewhere
        .submit("/recover", &format!("reference={inquiry}"))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    finish(&app).await;
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn nothing_is_sent_where_nothing_can_be_continued() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    for status in [
        Status::Completed,
        Status::NeedsReview,
        Status::Approved,
        Status::Declined,
        Status::Failed,
    ] {
        let inquiry = known(&app, &seed(status)).await;
        recover(&app, &inquiry).await;
        assert_eq!(told(&app, &inquiry).await, [], "{status:?}");
    }
    let redacted = Seed {
        redacted: true,
        ..seed(Status::Completed)
    };
    recover(&app, &known(&app, &redacted).await).await;
    // Known to Persona and not to us: nobody imported it yet.
    recover(&app, &app.persona.create_inquiry(&seed(Status::Pending))).await;
    assert_eq!(server.mails().len(), 0);
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
}

#[tokio::test]
async fn the_staff_learns_that_somebody_asked_who_could_not_be_sent_a_link() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let unreachable = known(
        &app,
        &Seed {
            status: Status::Expired,
            ..Seed::default()
        },
    )
    .await;
    let withdrawn = somebody(&app).await;
    app.link(&withdrawn).await;
    let link = app.newest_link(&withdrawn).await.id;
    app.state.links.revoke(&link, why()).await.unwrap();
    let used_up = Seed {
        ended_sessions: 25,
        ..seed(Status::Expired)
    };
    let used_up = known(&app, &used_up).await;
    for (inquiry, why) in [
        (&unreachable, "no-contact"),
        (&withdrawn, "link-withdrawn"),
        (&used_up, "no-session-left"),
    ] {
        recover(&app, inquiry).await;
        assert_eq!(told(&app, inquiry).await, [Some(why.to_owned())]);
        let mut operator = app.staff(leftoff::model::role::Role::Operator).await;
        let page = operator
            .get(&format!("/ops/inquiries/{inquiry}"))
            .await
            .body;
        assert!(page.contains("The person asked for a new link"), "{page}");
        assert!(page.contains("so nothing was sent"), "{page}");
    }
    assert_eq!(server.mails().len(), 0);
}

#[tokio::test]
async fn the_mail_speaks_the_language_of_the_page() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let mut browser = app.browser();
    let page = browser.get("/recover?lang=es").await;
    assert_eq!(page.page(), (200, "Obtenga un enlace nuevo"));
    assert!(
        page.body.contains("action=\"/recover?lang=es\""),
        "{}",
        page.body
    );
    let form = format!("reference={inquiry}");
    let answer = browser.submit("/recover?lang=es", &form).await;
    assert_eq!(answer.redirect(), (303, "/recover/sent?lang=es"));
    let page = browser.get("/recover/sent?lang=ar").await;
    assert!(page.body.contains("dir=\"rtl\""), "{}", page.body);
    finish(&app).await;
    assert_eq!(server.mails()[0].header("Content-Language"), "es");
}

#[tokio::test]
async fn a_request_outlives_an_outage_and_a_restart() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let down = FaultKind::Status {
        code: 503,
        headers: std::collections::BTreeMap::new(),
        html: false,
    };
    app.persona.inject(Fault::new(down).times(3));
    ask(&app, &inquiry).await;
    let app = app.restart_with(|_| {}).await;
    finish(&app).await;
    assert!(app.persona.faults().is_empty(), "the outage was met");
    assert_eq!(server.mails().len(), 1);
    assert_eq!(told(&app, &inquiry).await, [None]);
}

#[tokio::test]
async fn a_request_is_given_up_when_persona_stays_away_and_the_staff_is_told() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    app.persona
        .inject(Fault::new(FaultKind::DropConnection).times(1000));
    recover(&app, &inquiry).await;
    let told = told(&app, &inquiry).await;
    assert_eq!(told, [Some("persona-silent".to_owned())]);
    let mut otto = app.staff(Role::Operator).await;
    let page = otto.get(&format!("/ops/inquiries/{inquiry}")).await;
    assert!(
        page.body.contains("did not answer for hours"),
        "{}",
        page.body
    );
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
    assert_eq!(server.mails().len(), 0);
}

#[tokio::test]
async fn looking_at_the_form_changes_nothing() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let token = app.link(&inquiry).await;
    let mut browser = app.browser();
    let page = browser.get("/recover").await;
    assert_eq!(page.page(), (200, "Get a new link"));
    browser.get(&format!("/recover?reference={inquiry}")).await;
    browser.get("/recover/sent").await;
    browser.get(&format!("/r/{token}")).await;
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
    let page = browser.submit("/recover", "reference=++").await;
    assert_eq!(page.page(), (422, "Get a new link"));
    assert!(
        page.body.contains("Please enter your reference"),
        "{}",
        page.body
    );
    assert_eq!(
        browser.submit("/recover", "").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
}

#[tokio::test]
async fn every_page_of_a_link_that_is_over_offers_another() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let (expired, revoked) = (app.link(&inquiry).await, app.link(&inquiry).await);
    let id = app.newest_link(&inquiry).await.id;
    app.state.links.revoke(&id, why()).await.unwrap();
    app.advance(DAY * 7);
    let bound = app.link(&inquiry).await;
    app.browser().resume(&bound).await;
    let mut browser = app.browser();
    for (token, status) in [(&expired, 410), (&revoked, 410), (&bound, 403)] {
        let page = browser.get(&format!("/r/{token}")).await;
        assert_eq!(page.status, status);
        assert!(page.body.contains("Send me a new link"), "{}", page.body);
        assert!(
            page.body.contains(&format!("value=\"{token}\"")),
            "{}",
            page.body
        );
    }
    for path in ["/", "/nowhere", &format!("/r/{}", "A".repeat(43))] {
        let page = browser.get(path).await;
        assert!(
            page.body.contains("href=\"/recover\""),
            "{path}: {}",
            page.body
        );
    }
}

#[tokio::test]
async fn without_a_way_to_send_anything_nobody_is_promised_a_link() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.advance(DAY * 7);
    let mut browser = app.browser();
    for path in [format!("/r/{token}"), "/".to_owned()] {
        let page = browser.get(&path).await;
        assert!(!page.body.contains("Send me a new link"), "{}", page.body);
    }
    let page = browser.get("/recover").await;
    assert!(
        page.body.contains("cannot be ordered here"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("name=\"reference\""), "{}", page.body);
    let page = browser
        .submit("/recover", &format!("reference={inquiry}"))
        .await;
    assert_eq!(page.page(), (200, "Get a new link"));
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
}
