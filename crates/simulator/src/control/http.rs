//! The control API over HTTP: JSON in and out, no key, loopback only.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Control, InquirySnapshot, Seed, UnknownInquiry, page};
use crate::delivery::{Delivery, WebhookFaults};
use crate::fault::Fault;
use crate::request_log::RequestSeen;
use crate::shared::Shared;
use crate::status::Status;

/// The control API's routes.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/control", get(page::show))
        .route("/control/page/{action}", post(page::act))
        .route("/control/inquiries", get(inquiries).post(create))
        .route("/control/inquiries/{id}", get(inquiry))
        .route("/control/inquiries/{id}/status", post(set_status))
        .route("/control/inquiries/{id}/redact", post(redact))
        .route("/control/clock", get(clock))
        .route("/control/clock/advance", post(advance))
        .route(
            "/control/faults",
            get(faults).post(inject).delete(clear_faults),
        )
        .route("/control/requests", get(requests).delete(clear_requests))
        .route("/control/templates/{id}/publish", post(publish))
        .route("/control/templates/{id}/settings", post(set_template))
        .route("/control/webhooks", get(deliveries))
        .route("/control/webhooks/faults", post(set_webhook_faults))
        .route("/control/webhooks/hold", post(hold_webhooks))
        .route("/control/webhooks/send", post(send_webhooks))
}

impl FromRef<Arc<Shared>> for Control {
    fn from_ref(shared: &Arc<Shared>) -> Self {
        Self::new(Arc::clone(shared))
    }
}

impl IntoResponse for UnknownInquiry {
    fn into_response(self) -> Response {
        (
            StatusCode::NOT_FOUND,
            Json(json!({ "error": self.to_string() })),
        )
            .into_response()
    }
}

async fn inquiries(State(control): State<Control>) -> Json<Vec<InquirySnapshot>> {
    Json(control.inquiries())
}

async fn create(
    State(control): State<Control>,
    Json(seed): Json<Seed>,
) -> Result<Response, UnknownInquiry> {
    let id = control.create_inquiry(&seed);
    let snapshot = control.inquiry(&id).ok_or(UnknownInquiry)?;
    Ok((StatusCode::CREATED, Json(snapshot)).into_response())
}

async fn inquiry(
    State(control): State<Control>,
    Path(id): Path<String>,
) -> Result<Json<InquirySnapshot>, UnknownInquiry> {
    control.inquiry(&id).map(Json).ok_or(UnknownInquiry)
}

#[derive(Deserialize)]
struct NewStatus {
    status: Status,
}

async fn set_status(
    State(control): State<Control>,
    Path(id): Path<String>,
    Json(new): Json<NewStatus>,
) -> Result<StatusCode, UnknownInquiry> {
    control.set_status(&id, new.status)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn redact(
    State(control): State<Control>,
    Path(id): Path<String>,
) -> Result<StatusCode, UnknownInquiry> {
    control.redact(&id)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn clock(State(control): State<Control>) -> Json<Value> {
    shown(control.now())
}

#[derive(Deserialize)]
struct Advance {
    seconds: u64,
}

async fn advance(State(control): State<Control>, Json(advance): Json<Advance>) -> Json<Value> {
    control.advance(Duration::from_secs(advance.seconds));
    shown(control.now())
}

fn shown(now: Timestamp) -> Json<Value> {
    Json(json!({ "now": now }))
}

async fn faults(State(control): State<Control>) -> Json<Vec<Fault>> {
    Json(control.faults())
}

async fn inject(State(control): State<Control>, Json(fault): Json<Fault>) -> StatusCode {
    control.inject(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(control): State<Control>) -> StatusCode {
    control.clear_faults();
    StatusCode::NO_CONTENT
}

async fn requests(State(control): State<Control>) -> Json<Vec<RequestSeen>> {
    Json(control.requests())
}

async fn clear_requests(State(control): State<Control>) -> StatusCode {
    control.clear_requests();
    StatusCode::NO_CONTENT
}

async fn publish(State(control): State<Control>, Path(id): Path<String>) -> Json<Value> {
    Json(json!({ "version": control.publish_new_template_version(&id) }))
}

#[derive(Deserialize)]
struct TemplateSettings {
    active: bool,
    allowed_domains: Vec<String>,
}

async fn set_template(
    State(control): State<Control>,
    Path(id): Path<String>,
    Json(settings): Json<TemplateSettings>,
) -> StatusCode {
    let domains: Vec<_> = settings
        .allowed_domains
        .iter()
        .map(String::as_str)
        .collect();
    control.allow_domains(&id, &domains);
    control.set_template_active(&id, settings.active);
    StatusCode::NO_CONTENT
}

async fn deliveries(State(control): State<Control>) -> Json<Vec<Delivery>> {
    Json(control.deliveries())
}

async fn set_webhook_faults(
    State(control): State<Control>,
    Json(faults): Json<WebhookFaults>,
) -> StatusCode {
    control.set_webhook_faults(faults);
    StatusCode::NO_CONTENT
}

async fn hold_webhooks(State(control): State<Control>) -> StatusCode {
    control.hold_webhooks();
    StatusCode::NO_CONTENT
}

async fn send_webhooks(State(control): State<Control>) -> StatusCode {
    control.send_webhooks();
    StatusCode::NO_CONTENT
}
