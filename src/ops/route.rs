//! A route of ops: where, what it is, and the guard in front of it.

use axum::{
    Extension, Router,
    extract::{FromRequestParts, Request, State},
    handler::Handler,
    http::{HeaderMap, Method, StatusCode, header::SET_COOKIE, request::Parts},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Redirect, Response},
    routing::{MethodRouter, get, post},
};

use super::{cookie, refused, sign_in};
use crate::{
    model::role::Act,
    paths,
    staff::{Signed, Stage},
    state::AppState,
};

/// A page or an act of the staff.
#[derive(Clone, Debug)]
pub struct Route {
    /// Where it is, in the router's syntax.
    pub path: &'static str,
    /// `GET` for a page, `POST` for an act.
    pub method: Method,
    /// What it is in the table of who may do what.
    pub act: Act,
    handler: MethodRouter<AppState>,
}

impl Route {
    /// A page.
    pub(super) fn page<H, T>(path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self {
            path,
            method: Method::GET,
            act,
            handler: get(handler),
        }
    }

    /// An act.
    pub(super) fn act<H, T>(path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self {
            path,
            method: Method::POST,
            act,
            handler: post(handler),
        }
    }

    /// Adds the route with its guard.
    pub(super) fn add_to(self, router: Router<AppState>, state: &AppState) -> Router<AppState> {
        let guard = from_fn_with_state((state.clone(), self.act), guard);
        router.route(self.path, self.handler.layer(guard))
    }
}

/// Lets in who is signed in and may do this, and shows the page of what went wrong behind it.
async fn guard(
    State((state, act)): State<(AppState, Act)>,
    mut request: Request,
    next: Next,
) -> Response {
    let signed = match signed(&state, request.headers()).await {
        Ok(Some(signed)) => signed,
        Ok(None) => return sign_in_first(&request),
        Err(response) => return response,
    };
    match signed.stage() {
        Stage::Code => return Redirect::to(paths::SIGN_IN_CODE).into_response(),
        Stage::Enrol => return Redirect::to(paths::SIGN_IN_ENROL).into_response(),
        Stage::Done => {}
    }
    if !signed.may(act) {
        tracing::info!(
            ?act,
            role = signed.role.code(),
            "an act of the staff was refused"
        );
        return refused::not_allowed(&state, &signed, act).await;
    }
    if act.needs_proof() && !state.staff.has_proof(&signed) {
        return Redirect::to(&sign_in::prove_first(&request)).into_response();
    }
    request.extensions_mut().insert(signed.clone());
    let response = next.run(request).await;
    refused::with_page(&state, Some(&signed), response).await
}

/// Who is signed in with the cookie of a request.
pub(super) async fn signed(
    state: &AppState,
    headers: &HeaderMap,
) -> Result<Option<Signed>, Response> {
    let Some(secret) = cookie::read(headers) else {
        return Ok(None);
    };
    match state.staff.signed(&secret).await {
        Ok(signed) => Ok(signed),
        Err(failure) => {
            let response = refused::Failed(failure).into_response();
            Err(refused::with_page(state, None, response).await)
        }
    }
}

/// A page is come back to after signing in; an act must be done again, so that nobody does it unseen.
fn sign_in_first(request: &Request) -> Response {
    let mut response = Redirect::to(&sign_in::first(request)).into_response();
    if let Some(value) = cookie::forget_if_there(request.headers()) {
        response.headers_mut().insert(SET_COOKIE, value);
    }
    response
}

/// Handlers take who is signed in as an argument; without the guard there is nobody.
impl FromRequestParts<AppState> for Signed {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, StatusCode> {
        let signed = Extension::<Self>::from_request_parts(parts, state).await;
        signed
            .map(|Extension(signed)| signed)
            .map_err(|_| StatusCode::UNAUTHORIZED)
    }
}
