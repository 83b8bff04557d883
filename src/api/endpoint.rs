//! An endpoint: where, what a key needs for it, and how the document describes it.

use axum::{Router, http::Method, middleware::from_fn_with_state, routing::MethodRouter};
use utoipa::openapi::{
    RefOr,
    path::{Operation, PathItem, Paths},
    schema::Schema,
    security::SecurityRequirement,
};
use utoipa_axum::router::UtoipaMethodRouter;

use super::{document, guard::guard};
use crate::{model::scope::Scope, state::AppState};

/// Something that a key can ask for. There is none without a scope.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Where it is, in the router's syntax and in OpenAPI's, which are the same.
    pub path: String,
    /// How it is asked for.
    pub method: Method,
    /// What a key needs for it.
    pub scope: Scope,
    handler: MethodRouter<AppState>,
    pub(super) paths: Paths,
    pub(super) schemas: Vec<(String, RefOr<Schema>)>,
}

impl Endpoint {
    /// An endpoint of a handler that describes itself.
    pub(super) fn new(scope: Scope, described: UtoipaMethodRouter<AppState>) -> Self {
        let (schemas, mut paths, handler) = described;
        let (mut path, mut method) = (String::new(), Method::GET);
        for (name, item) in &mut paths.paths {
            path.clone_from(name);
            if item.post.is_some() {
                method = Method::POST;
            }
            describe(item, scope);
        }
        Self {
            path,
            method,
            scope,
            handler,
            paths,
            schemas,
        }
    }

    /// Adds the route with its guard.
    pub(super) fn add_to(self, router: Router<AppState>, state: &AppState) -> Router<AppState> {
        let guard = from_fn_with_state((state.clone(), self.scope), guard);
        router.route(&self.path, self.handler.route_layer(guard))
    }
}

/// Writes into the document what the guard enforces, so that the two cannot differ.
fn describe(item: &mut PathItem, scope: Scope) {
    let operations = [&mut item.get, &mut item.post];
    for operation in operations.into_iter().flatten() {
        let security = SecurityRequirement::new(document::KEY_SCHEME, [scope.code()]);
        operation.security = Some(vec![security]);
        say_scope(operation, scope);
        document::add_common_answers(operation);
        document::deny_null(operation);
    }
}

fn say_scope(operation: &mut Operation, scope: Scope) {
    let before = operation.description.take().unwrap_or_default();
    let text = format!("{before}\n\nThe key needs the scope `{}`.", scope.code());
    operation.description = Some(text.trim().to_owned());
}
