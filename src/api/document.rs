//! The OpenAPI document: put together from the endpoints, so that it tells what is served.

use axum::{
    http::{HeaderValue, header::CONTENT_TYPE},
    response::IntoResponse,
};
use serde_json::error::Error as JsonError;
use utoipa::{
    PartialSchema as _, ToSchema as _,
    openapi::{
        Components, Content, Header, InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi,
        OpenApiBuilder, Ref, RefOr, Response, ResponseBuilder,
        path::Operation,
        schema::{Schema, SchemaType, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
        tag::TagBuilder,
    },
};

use super::{
    endpoints,
    problem::{FieldError, MEDIA_TYPE, ProblemBody},
};

/// What the document calls our keys.
pub(super) const KEY_SCHEME: &str = "key";

/// What is told before the endpoints, in Markdown.
const ABOUT: &str = include_str!("about.md");

const TAGS: [(&str, &str); 4] = [
    (
        "Links",
        "A link is a URL of Leftoff that leads a person to one inquiry. It can be sent by mail or message: it holds no secret of \
         Persona, opening it changes nothing, and it belongs to the first device that uses it.",
    ),
    (
        "Inquiries",
        "What Leftoff knows of Persona's inquiries: IDs, statuses and times, no personal data.",
    ),
    (
        "Receipts",
        "What the server verified at Persona when the person said they were done. Nothing of it comes from the browser.",
    ),
    (
        "Events",
        "The ledger: what happened to each inquiry. The same events can be had as webhooks.",
    ),
];

/// The document.
#[must_use]
pub fn document() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Leftoff")
        .version("1")
        .description(Some(ABOUT.trim()))
        .license(Some(
            LicenseBuilder::new()
                .name("Apache-2.0")
                .identifier(Some("Apache-2.0"))
                .build(),
        ));
    let tags = TAGS.map(|(name, about)| {
        let tag = TagBuilder::new().name(name).description(Some(about));
        tag.build()
    });
    let mut document = OpenApiBuilder::new()
        .info(info.build())
        .tags(Some(tags))
        .components(Some(components()))
        .build();
    for endpoint in endpoints() {
        document.paths.merge(endpoint.paths);
        if let Some(components) = &mut document.components {
            components.schemas.extend(endpoint.schemas);
        }
    }
    if let Some(components) = &mut document.components {
        components.schemas.values_mut().for_each(require_all);
    }
    document
}

/// The document as it is served and committed.
///
/// # Errors
/// Never for what is put together here.
pub fn text() -> Result<String, JsonError> {
    let mut text = serde_json::to_string_pretty(&document())?;
    text.push('\n');
    Ok(text)
}

/// Serves the document.
pub(super) async fn show() -> impl IntoResponse {
    let media_type = HeaderValue::from_static("application/json");
    ([(CONTENT_TYPE, media_type)], text().unwrap_or_default())
}

fn components() -> Components {
    let mut components = Components::new();
    let key = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("leftoff_sk_…")
        .description(Some(
            "A key of the API, made in ops or by `leftoff key create`. The scopes of an endpoint are those that the key needs.",
        ));
    components.add_security_scheme(KEY_SCHEME, SecurityScheme::Http(key.build()));
    let problems = [
        (ProblemBody::name(), ProblemBody::schema()),
        (FieldError::name(), FieldError::schema()),
    ];
    for (name, schema) in problems {
        components.schemas.insert(name.into_owned(), schema);
    }
    let headers = ALLOWANCE.map(|(name, about)| (name.to_owned(), RefOr::T(allowance(about))));
    components.headers.extend(headers);
    components
}

/// Adds what every endpoint can answer, and the headers of what it does answer.
pub(super) fn add_common_answers(operation: &mut Operation) {
    let of_bodies = [
        (
            "400",
            "The body is no JSON object, or a header is not acceptable",
        ),
        ("413", "The body is too long"),
        ("415", "The body is of another type than JSON"),
    ];
    let has_body = operation.request_body.is_some();
    let of_bodies = of_bodies.into_iter().filter(|_| has_body);
    let of_all = [
        ("401", "There is no good key"),
        ("403", "The key lacks the scope"),
        (
            "429",
            "Too many requests; `Retry-After` says how many seconds to wait",
        ),
        ("500", "Our own fault"),
    ];
    let responses = &mut operation.responses.responses;
    for (status, about) in of_all.into_iter().chain(of_bodies) {
        responses.insert(status.to_owned(), RefOr::T(problem(about)));
    }
    for (status, response) in responses {
        if let RefOr::T(response) = response
            && status != "401"
        {
            add_allowance(response);
        }
    }
}

fn problem(about: &str) -> Response {
    let schema = Ref::from_schema_name(ProblemBody::name());
    ResponseBuilder::new()
        .description(about)
        .content(MEDIA_TYPE, Content::new(Some(schema)))
        .build()
}

/// How much a key may still ask for, as headers.
const ALLOWANCE: [(&str, &str); 3] = [
    ("RateLimit-Limit", "Requests in a minute."),
    (
        "RateLimit-Remaining",
        "Requests that would be let through at once now.",
    ),
    (
        "RateLimit-Reset",
        "Seconds until all of them are there again.",
    ),
];

fn allowance(about: &str) -> Header {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    let mut header = Header::new(Schema::Object(number.build()));
    header.description = Some(about.to_owned());
    header
}

fn add_allowance(response: &mut Response) {
    for (name, _) in ALLOWANCE {
        let header = Ref::new(format!("#/components/headers/{name}"));
        response.headers.insert(name.to_owned(), RefOr::Ref(header));
    }
}

/// A parameter of a request is there or not; it is never `null`.
pub(super) fn deny_null(operation: &mut Operation) {
    let parameters = operation.parameters.iter_mut().flatten();
    for parameter in parameters {
        let RefOr::T(parameter) = parameter else {
            continue;
        };
        if let Some(RefOr::T(Schema::Object(object))) = &mut parameter.schema
            && let SchemaType::Array(kinds) = &object.schema_type
            && let Some(kind) = kinds.iter().find(|kind| **kind != Type::Null)
        {
            object.schema_type = SchemaType::Type(kind.clone());
        }
    }
}

/// Answers always hold all of their fields, `null` where there is nothing. Requests say which they need: they are the ones
/// that admit no other fields. A problem has its `errors` only where fields are.
fn require_all(schema: &mut RefOr<Schema>) {
    if let RefOr::T(Schema::Object(object)) = schema
        && object.additional_properties.is_none()
        && !object.properties.contains_key("errors")
    {
        object.required = object.properties.keys().cloned().collect();
    }
}
