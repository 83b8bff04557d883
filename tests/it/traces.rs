//! Traces: a collector on loopback gets real OTLP, with what was done and nothing that is secret.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::{ResourceSpans, Span},
};
use prost::Message as _;
use simulator::Status;
use tokio::net::TcpListener;

use crate::support::{API_KEY, App, Program};

type Taken = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

/// A collector that takes everything.
async fn collector() -> (String, Taken) {
    async fn take(State(taken): State<Taken>, headers: HeaderMap, body: Bytes) -> StatusCode {
        taken.lock().unwrap().push((headers, body));
        StatusCode::OK
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let taken = Taken::default();
    let router = Router::new().route("/v1/traces", post(take));
    let router = router.with_state(Arc::clone(&taken));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, taken)
}

fn text(attributes: &[KeyValue], key: &str) -> Option<String> {
    let found = attributes.iter().find(|attribute| attribute.key == key)?;
    match found.value.as_ref()?.value.as_ref()? {
        Value::StringValue(text) => Some(text.clone()),
        Value::IntValue(number) => Some(number.to_string()),
        _ => None,
    }
}

fn spans(resources: &[ResourceSpans]) -> Vec<&Span> {
    let scopes = resources.iter().flat_map(|resource| &resource.scope_spans);
    scopes.flat_map(|scope| &scope.spans).collect()
}

#[tokio::test]
async fn a_collector_gets_each_request_and_what_it_asked_persona_for() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    let token = app.lasting_link(&inquiry).await;
    let (url, received) = collector().await;
    let program = Program::beside(&app)
        .set("TELEMETRY__OTLP_ENDPOINT", &url)
        .set("TELEMETRY__OTLP_HEADERS", "x-team=verification");
    let served = program.serve().await;
    let opened = served.visitor().resume(&token).await.unwrap();
    assert_eq!(opened.status(), 200);
    served.tell("TERM");
    assert_eq!(served.ended().await.code, Some(0));

    let received = received.lock().unwrap();
    let mut resources = Vec::new();
    for (headers, body) in received.iter() {
        assert_eq!(headers["content-type"], "application/x-protobuf");
        assert_eq!(headers["x-team"], "verification");
        let request = ExportTraceServiceRequest::decode(body.clone()).unwrap();
        resources.extend(request.resource_spans);
        let raw = String::from_utf8_lossy(body);
        for secret in [API_KEY, &token, &inquiry] {
            assert!(!raw.contains(secret), "{secret}");
        }
    }
    let service = resources[0].resource.as_ref().unwrap();
    assert_eq!(
        text(&service.attributes, "service.name").unwrap(),
        "leftoff"
    );
    let spans = spans(&resources);
    let named = |name: &str| spans.iter().find(|span| span.name == name).copied();
    let request = named("POST /api/{act}").expect("the request's span");
    let status = text(&request.attributes, "http.response.status_code");
    assert_eq!(status.as_deref(), Some("200"));
    // Work in the background asks Persona too.
    let resumes =
        |span: &&&Span| text(&span.attributes, "operation").as_deref() == Some("resume_inquiry");
    let call = spans.iter().find(resumes).expect("the call's span");
    assert_eq!(call.name, "persona");
    assert_eq!(call.trace_id, request.trace_id);
    assert_eq!(call.parent_span_id, request.span_id);
    assert_eq!(text(&call.attributes, "outcome").as_deref(), Some("ok"));
}

#[tokio::test]
async fn a_collector_that_is_not_there_holds_nobody_up() {
    let app = App::start().await;
    let program = Program::beside(&app).set("TELEMETRY__OTLP_ENDPOINT", "http://127.0.0.1:9");
    let served = program.serve().await;
    let page = served.visitor().get("/livez").await.unwrap();
    assert_eq!(page.status(), 200);
    served.tell("TERM");
    assert_eq!(served.ended().await.code, Some(0));
}

#[tokio::test]
async fn an_endpoint_that_is_none_is_a_problem_of_the_settings() {
    for (name, value, key) in [
        (
            "TELEMETRY__OTLP_ENDPOINT",
            "grpc://collector",
            "telemetry.otlp_endpoint",
        ),
        (
            "TELEMETRY__OTLP_HEADERS",
            "secret-token",
            "telemetry.otlp_headers",
        ),
    ] {
        let ended = Program::new().set(name, value).run(&["migrate"]).await;
        assert_eq!(ended.code, Some(1));
        assert!(ended.stderr.contains(key), "{}", ended.stderr);
        assert!(!ended.stderr.contains("secret-token"), "{}", ended.stderr);
    }
}
