//! The examples of the API's documentation, run as whoever reads it runs them.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use leftoff::model::scope::Scope;
use simulator::Status;

use crate::support::App;

/// Each language's ending, and what runs it.
const LANGUAGES: [(&str, &str); 4] = [
    ("sh", "sh"),
    ("py", "python3"),
    ("rb", "ruby"),
    ("mjs", "node"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/api")
}

/// Runs an example while the test's own server goes on; whoever lacks its interpreter is told so.
async fn run(
    (ending, interpreter): (&'static str, &'static str),
    example: &str,
    arguments: &[&str],
    variables: &[(&str, &str)],
    input: &str,
) -> Output {
    let file = folder()
        .join("examples")
        .join(format!("{example}.{ending}"));
    let mut command = Command::new(interpreter);
    command
        .arg(file)
        .args(arguments)
        .envs(variables.iter().copied());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let input = input.to_owned();
    let ran = tokio::task::spawn_blocking(move || {
        let mut child = command.spawn().unwrap_or_else(|error| {
            panic!("{interpreter} cannot be run: {error}; `cargo xtask test` installs it")
        });
        let mut stdin = child.stdin.take().unwrap();
        // Whoever reads no input may have ended.
        stdin.write_all(input.as_bytes()).ok();
        drop(stdin);
        child.wait_with_output().unwrap()
    });
    ran.await.unwrap()
}

fn lines(output: &Output, what: &str) -> Vec<String> {
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{what}: {out}{err}");
    out.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn each_language_makes_one_link_by_two_requests() {
    let app = App::start().await;
    let site = app.serve().await;
    let (_, key) = app.key(&[Scope::LinksWrite]).await;
    for language in LANGUAGES {
        let inquiry = app.inquiry(Status::Expired);
        let variables = [("LEFTOFF_URL", &*site), ("LEFTOFF_API_KEY", &*key)];
        let output = run(language, "links", &[&inquiry], &variables, "").await;
        let lines = lines(&output, language.1);
        let token = lines[0].strip_prefix("http://localhost:4000/r/").unwrap();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(
            app.state.links.list(Some(&inquiry)).await.unwrap().len(),
            1,
            "{}",
            language.1
        );
        assert_eq!(app.browser().resume(token).await.status, 200);
        let refused = run(language, "links", &["none"], &variables, "").await;
        assert!(!refused.status.success(), "{}", language.1);
    }
}

#[tokio::test]
async fn each_language_pages_through_events_and_goes_on_later() {
    let app = App::start().await;
    let site = app.serve().await;
    let (_, key) = app.key(&[Scope::EventsRead]).await;
    let (_, inquiry) = app.link_to(Status::Pending).await;
    for _ in 0..230 {
        app.link(&inquiry).await;
    }
    let variables = [("LEFTOFF_URL", &*site), ("LEFTOFF_API_KEY", &*key)];
    for (so_far, language) in (231..).zip(LANGUAGES) {
        let output = run(language, "events", &[], &variables, "").await;
        let mut seen = lines(&output, language.1);
        let last = seen.pop().unwrap();
        let cursor = last.strip_prefix("cursor ").unwrap();
        assert_eq!(seen.len(), so_far, "{}", language.1);
        assert!(
            seen.iter()
                .all(|line| line.ends_with(&format!(" link-created {inquiry}")))
        );
        app.link(&inquiry).await;
        let output = run(language, "events", &[cursor], &variables, "").await;
        assert_eq!(lines(&output, language.1).len(), 2, "{}", language.1);
    }
}

/// A signature by Standard Webhooks, made without any of the examples.
fn signature(secret: &str, id: &str, at: i64, body: &str) -> String {
    let key = STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap())
        .unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    let signed = hmac::sign(&key, format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(signed))
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "the examples look at the machine's own clock"
)]
async fn each_language_knows_a_webhook_of_ours_from_others() {
    let secret = format!("whsec_{}", STANDARD.encode([7; 32]));
    let other = format!("whsec_{}", STANDARD.encode([8; 32]));
    let body = r#"{"type":"link-created","note":"é"}"#;
    let now = Timestamp::now().as_second();
    let good = signature(&secret, "msg_1", now, body);
    let rotating = format!("{} v1a,xx {good}", signature(&other, "msg_1", now, body));
    let old = signature(&secret, "msg_1", now - 301, body);
    for language in LANGUAGES.into_iter().filter(|(ending, _)| *ending != "sh") {
        for (id, at, sign, text, is_ours) in [
            ("msg_1", now, &*good, body, true),
            ("msg_1", now, &*rotating, body, true),
            (
                "msg_1",
                now,
                &*good,
                r#"{"type":"link-created","note":"e"}"#,
                false,
            ),
            ("msg_2", now, &*good, body, false),
            ("msg_1", now - 1, &*good, body, false),
            ("msg_1", now - 301, &*old, body, false),
            (
                "msg_1",
                now,
                &*signature(&other, "msg_1", now, body),
                body,
                false,
            ),
            ("msg_1", now, &*good.replace("v1,", "v2,"), body, false),
            ("msg_1", now, "v1,", body, false),
            ("msg_1", now, "nonsense", body, false),
        ] {
            let at = at.to_string();
            let variables = [
                ("WEBHOOK_SECRET", &*secret),
                ("WEBHOOK_ID", id),
                ("WEBHOOK_TIMESTAMP", &*at),
                ("WEBHOOK_SIGNATURE", sign),
            ];
            let output = run(language, "webhook", &[], &variables, text).await;
            let what = format!("{} with {sign} for {id} at {at}: {output:?}", language.1);
            assert_eq!(output.status.success(), is_ours, "{what}");
        }
    }
}

#[test]
fn the_guide_shows_every_example_as_it_is() {
    let guide = fs::read_to_string(folder().join("README.md")).unwrap();
    let mut shown = 0;
    for file in fs::read_dir(folder().join("examples")).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(
            guide.contains(&format!("(examples/{name})")),
            "{name} is not linked"
        );
        assert!(
            guide.contains(&fs::read_to_string(&file).unwrap()),
            "{name} is shown otherwise"
        );
        shown += 1;
    }
    assert_eq!(shown, 11);
}
