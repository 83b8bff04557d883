//! What is in no log and no file: keys, links, names of requests.

use std::{fs, net::TcpListener};

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use simulator::{Options, Seed, Simulator, Status};

use crate::support::{API_KEY, Program};

#[tokio::test]
async fn a_server_that_logs_everything_logs_no_secret() {
    let options = Options {
        api_key: API_KEY.to_owned(),
        ..Options::default()
    };
    let persona = Simulator::start(options).await.unwrap();
    let inquiry = persona.control().create_inquiry(&Seed {
        status: Status::Expired,
        ..Seed::default()
    });
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let program = Program::new()
        .set("PERSONA__API_URL", persona.api_url().as_str())
        .served()
        .set("SERVER__ADDR", &format!("127.0.0.1:{port}"))
        .set("LOG__FILTER", "trace,h2=off,hyper=off,mio=off");
    let scopes = "links:read,links:write,inquiries:resume,events:read";
    let made = program
        .run(&["key", "create", "Backend", "--scope", scopes])
        .await;
    let key = made.stdout.trim().to_owned();
    let log = program.folder().join("log");
    let mut child = program.start_with_log(&["serve"], &log);
    let site = format!("http://127.0.0.1:{port}");
    let client = Client::builder().build().unwrap();
    while client.get(format!("{site}/readyz")).send().await.is_err() {
        assert!(
            child.try_wait().unwrap().is_none(),
            "{}",
            fs::read_to_string(&log).unwrap()
        );
        tokio::task::yield_now().await;
    }
    let send = |path: String, body: Value| {
        let request = client.post(format!("{site}{path}")).bearer_auth(&key);
        request
            .header("idempotency-key", "the-name-of-a-request")
            .json(&body)
            .send()
    };
    let links = send("/api/v1/links".to_owned(), json!({ "inquiry_id": inquiry }))
        .await
        .unwrap();
    assert_eq!(links.status(), StatusCode::CREATED);
    let link: Value = links.json().await.unwrap();
    let resume = send(
        format!("/api/v1/inquiries/{inquiry}/resume"),
        json!({ "note": "a-note-in-words" }),
    );
    let resumed: Value = resume.await.unwrap().json().await.unwrap();
    let refused = send("/api/v1/links".to_owned(), json!({ "what-is-wrong": 1 }))
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    child.kill().unwrap();
    child.wait().unwrap();
    let log = fs::read_to_string(&log).unwrap();
    assert!(log.contains("/api/v1/inquiries/{id}/resume"), "{log}");
    let token = |answer: &Value| {
        answer["url"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned()
    };
    let files = fs::read_dir(program.folder()).unwrap();
    let database: Vec<u8> = files
        .filter(|file| {
            file.as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with("leftoff.db")
        })
        .flat_map(|file| fs::read(file.unwrap().path()).unwrap())
        .collect();
    let database = String::from_utf8_lossy(&database);
    for secret in [
        &token(&link),
        &token(&resumed),
        &key,
        &key[11..],
        "the-name-of-a-request",
        API_KEY,
    ] {
        assert!(!log.contains(secret), "{secret} in {log}");
        assert!(!database.contains(secret), "{secret} in the database");
    }
    for text in ["a-note-in-words", "what-is-wrong"] {
        assert!(!log.contains(text), "{text} in {log}");
    }
}
