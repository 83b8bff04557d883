//! What a request says, or the page for one that cannot be read.

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::request::Parts,
    response::Response,
};
use serde::de::DeserializeOwned;

use super::refused;
use crate::{model::refusal::Refusal, state::AppState, visit::Visit};

/// The one variable part of a path. What cannot be text is no address of ours.
pub struct Segment(pub String);

impl FromRequestParts<AppState> for Segment {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(segment)) => Ok(Self(segment)),
            Err(_) => Err(refuse(state, parts, Refusal::UnknownLink).await),
        }
    }
}

/// The fields of a form of ours.
pub struct Fields<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequest<AppState> for Fields<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts.clone(), body);
        match Form::from_request(request, state).await {
            Ok(Form(fields)) => Ok(Self(fields)),
            Err(_) => Err(refuse(state, &parts, Refusal::BadRequest).await),
        }
    }
}

async fn refuse(state: &AppState, parts: &Parts, refusal: Refusal) -> Response {
    refused::show(state, &Visit::of(parts), refusal.into(), "/").await
}
