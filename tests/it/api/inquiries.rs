//! Inquiries through the API.

use leftoff::model::scope::Scope;
use serde_json::{Value, json};
use simulator::{Seed, Status};

use crate::support::App;

const INQUIRIES: &str = "/api/v1/inquiries";

/// Inquiries that Leftoff knows, and their IDs.
async fn known(app: &App, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 0..count {
        let status = [Status::Expired, Status::Pending, Status::Completed][number % 3];
        let id = app.persona.create_inquiry(&Seed {
            status,
            reference_id: Some(format!("user-{}", number % 5)),
            fields: [("name-first".to_owned(), "Zebulon".into())]
                .into_iter()
                .collect(),
            ..Seed::default()
        });
        let parsed = persona::InquiryId::parse(id.clone()).unwrap();
        app.state.inquiries.refresh(&parsed).await.unwrap();
        ids.push(id);
    }
    app.persona.clear_requests();
    ids
}

fn ids(page: &Value) -> Vec<String> {
    let rows = page["data"].as_array().unwrap().iter();
    rows.map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn inquiries_are_told_without_personal_data_and_without_asking_persona() {
    let app = App::start().await;
    let there = known(&app, 3).await;
    let mut backend = app.backend(&[Scope::InquiriesRead]).await;
    let seen = backend.get(&format!("{INQUIRIES}/{}", there[0])).await;
    let json = seen.json();
    assert_eq!(
        (&json["status"], &json["need"]),
        (&json!("expired"), &json!("expired"))
    );
    assert_eq!(json["reference_id"], "user-0");
    assert_eq!(json["contacted_at"], Value::Null);
    let listed = backend.get(INQUIRIES).await;
    for answer in [seen, listed] {
        assert!(!answer.body.contains("Zebulon"));
    }
    assert_eq!(
        backend
            .get(&format!("{INQUIRIES}/inq_none"))
            .await
            .problem()
            .0,
        404
    );
    assert!(app.asked().is_empty());
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let app = App::start().await;
    let there = known(&app, 15).await;
    let mut backend = app.backend(&[Scope::InquiriesRead]).await;
    for (filter, wanted) in [
        ("status=expired", [0, 3, 6, 9, 12].as_slice()),
        ("need=undecided", &[2, 5, 8, 11, 14]),
        ("reference_id=user-1", &[1, 6, 11]),
        ("status=expired&reference_id=user-1", &[6]),
        ("status=declined", &[]),
    ] {
        let page = backend.get(&format!("{INQUIRIES}?{filter}")).await.json();
        let mut wanted: Vec<_> = wanted.iter().map(|at: &usize| there[*at].clone()).collect();
        wanted.sort_unstable();
        assert_eq!(ids(&page), wanted, "{filter}");
    }
    for (filter, field) in [
        ("status=gone", "status"),
        ("need=love", "need"),
        ("colour=red", "colour"),
    ] {
        let answer = backend.get(&format!("{INQUIRIES}?{filter}")).await;
        assert_eq!(
            answer.problem(),
            (400, "invalid-parameter".to_owned()),
            "{filter}"
        );
        assert_eq!(answer.wrong_fields(), [field]);
    }
}

#[tokio::test]
async fn each_inquiry_is_listed_once_whatever_moves_meanwhile() {
    let app = App::start().await;
    let mut there = known(&app, 20).await;
    there.sort_unstable();
    let mut backend = app.backend(&[Scope::InquiriesRead]).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = backend
            .get(&format!("{INQUIRIES}?limit=3{cursor}"))
            .await
            .json();
        seen.extend(ids(&page));
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
        // What is listed already moves, and others come.
        let id = persona::InquiryId::parse(seen[0].clone()).unwrap();
        app.state.inquiries.refresh(&id).await.unwrap();
        known(&app, 1).await;
    }
    let mut old: Vec<_> = seen
        .iter()
        .filter(|id| there.contains(id))
        .cloned()
        .collect();
    assert_eq!(old, there);
    old.clone_from(&seen);
    old.dedup();
    assert_eq!(old.len(), seen.len());
}

#[tokio::test]
async fn an_expired_inquiry_is_opened_again_and_the_answer_holds_a_link_of_ours() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    let (id, key) = app.key(&[Scope::InquiriesResume]).await;
    let mut backend = crate::support::Backend::new(&app, Some(&format!("Bearer {key}")));
    let path = format!("{INQUIRIES}/{inquiry}/resume");
    let answer = backend
        .post(&path, &json!({ "reason": "ran-out", "locale": "es" }))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let json = answer.json();
    assert_eq!(json["is_reopened"], true);
    assert_eq!(json["inquiry"]["status"], "pending");
    assert_eq!(json["link"]["locale"], "es");
    assert_eq!(app.asked(), ["GET inquiry", "POST resume"]);
    assert_eq!(
        app.ledger(&inquiry).await,
        ["resumed-by-api", "link-created"]
    );
    let acts: Vec<_> = app
        .audit()
        .await
        .into_iter()
        .filter(|row| row.actor == format!("key:{id}"))
        .collect();
    let acts: Vec<_> = acts
        .iter()
        .map(|row| (&*row.act, row.reason.as_deref().unwrap()))
        .collect();
    assert_eq!(
        acts,
        [("inquiry-resumed", "ran-out"), ("link-created", "ran-out")]
    );

    let token = json["url"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let session = app.browser().resume(&token).await.session_token().unwrap();
    assert!(!answer.body.contains(&session));
    let sessions = app.persona.inquiry(&inquiry).unwrap().sessions;
    assert_eq!(
        sessions.len(),
        1,
        "the person gets the session that was made"
    );
}

#[tokio::test]
async fn an_inquiry_that_is_open_gets_a_link_and_costs_no_session() {
    let app = App::start().await;
    let mut backend = app.backend(&[Scope::InquiriesResume]).await;
    for status in [Status::Created, Status::Pending] {
        let inquiry = app.inquiry(status);
        app.persona.clear_requests();
        let path = format!("{INQUIRIES}/{inquiry}/resume");
        let answer = backend.post(&path, &json!({})).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["is_reopened"]),
            (201, &json!(false))
        );
        assert_eq!(app.asked(), ["GET inquiry"]);
        assert_eq!(app.ledger(&inquiry).await, ["link-created"]);
    }
}

#[tokio::test]
async fn what_cannot_be_resumed_is_said_with_its_reason() {
    let app = App::start().await;
    let mut backend = app.backend(&[Scope::InquiriesResume]).await;
    let full = |status| {
        app.persona.create_inquiry(&Seed {
            status,
            ended_sessions: 25,
            ..Seed::default()
        })
    };
    for (inquiry, kind) in [
        (app.inquiry(Status::Approved), "inquiry-settled"),
        (app.inquiry(Status::Completed), "inquiry-settled"),
        (full(Status::Pending), "not-resumable"),
        (full(Status::Expired), "not-resumable"),
    ] {
        let path = format!("{INQUIRIES}/{inquiry}/resume");
        let answer = backend.post(&path, &json!({})).await;
        assert_eq!(answer.problem(), (409, kind.to_owned()), "{inquiry}");
        assert_eq!(app.ledger(&inquiry).await, Vec::<String>::new());
    }
    for unknown in ["inq_nobodymadethisone0000000000", "not%2Fone"] {
        let path = format!("{INQUIRIES}/{unknown}/resume");
        assert_eq!(
            backend.post(&path, &json!({})).await.problem(),
            (404, "not-found".to_owned())
        );
    }
    let path = format!("{INQUIRIES}/{}/resume", app.inquiry(Status::Expired));
    app.persona.clear_requests();
    let answer = backend.post(&path, &json!({ "inquiry_id": "x" })).await;
    assert_eq!(answer.wrong_fields(), ["inquiry_id"]);
    assert!(app.asked().is_empty());
}
