//! Query strings of the portal, of ops and of the API.

use axum::{
    body::Body,
    http::{Method, Uri},
};
use leftoff::model::{role::Role, scope::Scope};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use proptest::prelude::*;
use simulator::Status;

use super::{Target, near};
use crate::support::{App, Backend};

/// What cannot stand in an address; everything else is sent as it is.
const UNSENDABLE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'#')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|');

/// Pages that read their query.
const PAGES: &[&str] = &[
    "/ops",
    "/ops/search",
    "/ops/audit",
    "/ops/events",
    "/ops/messages",
    "/ops/funnel",
    "/ops/bulk",
    "/ops/deliveries",
    "/ops/import",
    "/ops/team",
    "/ops/policies",
    "/ops/settings",
    "/recover",
    "/recover/sent",
    "/",
    "/r/unknown",
    "/return/unknown",
    "/ops/audit/export",
    "/ops/sign-in",
    "/ops/sign-in/oidc",
];
/// Endpoints of the API that do.
const ENDPOINTS: &[&str] = &[
    "/api/v1/links",
    "/api/v1/inquiries",
    "/api/v1/receipts",
    "/api/v1/events",
    "/api/v1/links/unknown",
];
/// Queries that one or another of them understands.
const GOOD: &[&str] = &[
    "",
    "lang=es",
    "status=expired&need=stuck&template=itmpl_x&reason=expired",
    "q=inq_abc",
    "limit=3&cursor=MDE",
    "before=01KJMMA2G2Q0Q3MBKFAENTPPKC",
    "actor=staff:01KJMMA2G2Q0Q3MBKFAENTPPKC&act=link-created&since=2026-01-01",
    "by=maker&from=2026-01-01&to=2026-03-01",
    "state=waiting&channel=mail",
    "reference=user-1",
    "page=2&sort=age&dir=desc",
    "inquiry_id=inq_abc&state=open",
    "done=refreshed",
    "code=x&state=y",
    "status=created&status=pending&age=24",
];

struct World {
    app: App,
    cookie: Option<String>,
    authorization: String,
}

async fn world() -> World {
    let app = App::start().await;
    for status in Status::ALL {
        app.link_to(status).await;
    }
    let scopes = [
        Scope::LinksRead,
        Scope::InquiriesRead,
        Scope::ReceiptsRead,
        Scope::EventsRead,
    ];
    let (_, key) = app.key(&scopes).await;
    World {
        cookie: app.staff(Role::Admin).await.cookie,
        authorization: format!("Bearer {key}"),
        app,
    }
}

async fn page(world: &World, uri: Uri) {
    let mut browser = world.app.browser();
    browser.cookie.clone_from(&world.cookie);
    let request = browser.request(Method::GET, "/").uri(uri.clone());
    let answer = browser.send(request.body(Body::empty()).unwrap()).await;
    let status = answer.status.as_u16();
    assert!(status < 500, "{uri} {status}: {}", answer.body);
    assert!(!answer.body.contains("<script>alert"), "{uri}");
}

async fn endpoint(world: &World, uri: Uri) {
    let mut backend = Backend::new(&world.app, Some(&world.authorization));
    let request = backend.request(Method::GET, "/").uri(uri.clone());
    // It is held against the document, which knows no 500 that we cause.
    let answer = backend.send(request, String::new()).await;
    assert!(answer.status.as_u16() < 500, "{uri}: {}", answer.body);
}

async fn check(world: &World, (path, query): (&str, String)) {
    let query = utf8_percent_encode(&query, UNSENDABLE);
    let Ok(uri) = format!("{path}?{query}").parse::<Uri>() else {
        return;
    };
    if ENDPOINTS.contains(&path) {
        endpoint(world, uri).await;
    } else {
        page(world, uri).await;
    }
}

#[test]
fn no_query_string_makes_a_page_or_an_endpoint_fail() {
    let target = Target::new("query strings", world);
    let paths = [PAGES, ENDPOINTS].concat();
    let inputs = (prop::sample::select(paths), near::text(GOOD));
    target.run(&inputs, &check);
}
