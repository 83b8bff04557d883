//! Lists, searches and what else can be looked up.

use std::time::Duration;

use crate::support::{Reply, Server, inquiry};
use persona::{
    Comparison, Error, EventFilter, InquiryFilter, InquiryId, InquiryStatus, PageRequest, Query,
    Search, SessionId, SessionStatus, Sort, SortBy, TemplateId, TemplateStatus,
};
use serde_json::{Value, json};

fn list(items: &Value, next: &Value) -> Reply {
    Reply::json(
        200,
        &json!({ "data": items, "links": { "prev": null, "next": next } }),
    )
}

fn session(id: &str) -> Value {
    json!({ "type": "inquiry-session", "id": id,
        "attributes": { "status": "new", "ip-address": "203.0.113.9", "created-at": "2026-01-01T00:00:00.000Z" },
        "relationships": { "inquiry": { "data": { "type": "inquiry", "id": "inq_1" } } } })
}

#[tokio::test]
async fn all_filters_of_a_list_are_sent_encoded() {
    let server = Server::start(vec![list(&json!([]), &json!(null))]).await;
    let filter = InquiryFilter {
        inquiry_ids: vec![
            InquiryId::parse("inq_1").unwrap(),
            InquiryId::parse("inq_2").unwrap(),
        ],
        reference_id: Some("a&b=ü".to_owned()),
        template_ids: vec![TemplateId::parse("itmpl_1").unwrap()],
        statuses: vec![InquiryStatus::Pending, InquiryStatus::NeedsReview],
        created_from: Some("2026-01-01T00:00:00Z".parse().unwrap()),
        created_until: Some("2026-02-01T00:00:00Z".parse().unwrap()),
        ..InquiryFilter::default()
    };
    let page = server
        .client()
        .list_inquiries(&filter, &PageRequest::of(100))
        .await
        .unwrap();
    assert!(page.items.is_empty() && page.next.is_none() && page.prev.is_none());
    let query = server.seen()[0].line.clone();
    let query = query.split("&fields").next().unwrap();
    insta::assert_snapshot!(query, @"GET /api/v1/inquiries?page%5Bsize%5D=100&filter%5Binquiry-id%5D=inq_1%2Cinq_2&filter%5Breference-id%5D=a%26b%3D%C3%BC&filter%5Binquiry-template-id%5D=itmpl_1&filter%5Bstatus%5D=pending%2Cneeds_review&filter%5Bcreated-at-start%5D=2026-01-01T00%3A00%3A00Z&filter%5Bcreated-at-end%5D=2026-02-01T00%3A00%3A00Z");
}

#[tokio::test]
async fn a_list_never_asks_for_related_objects_which_persona_refuses_there() {
    let server = Server::start(vec![list(&json!([]), &json!(null))]).await;
    server
        .client()
        .list_inquiries(&InquiryFilter::default(), &PageRequest::default())
        .await
        .unwrap();
    assert!(!server.seen()[0].line.contains("include"));
    assert!(!server.seen()[0].line.contains("page"));
}

#[tokio::test]
async fn pages_are_followed_by_their_cursor_and_never_to_another_host() {
    let next =
        json!("https://evil.example/api/v1/inquiries?page%5Bafter%5D=inq_1&page%5Bsize%5D=1");
    let server = Server::start(vec![
        list(&json!([inquiry()]), &next),
        list(&json!([]), &json!(null)),
    ])
    .await;
    let client = server.client();
    let first = client
        .list_inquiries(&InquiryFilter::default(), &PageRequest::of(1))
        .await
        .unwrap();
    assert_eq!(first.items.len(), 1);
    client
        .list_inquiries(&InquiryFilter::default(), &first.next.unwrap())
        .await
        .unwrap();
    assert!(
        server.seen()[1]
            .line
            .starts_with("GET /api/v1/inquiries?page%5Bsize%5D=1&page%5Bafter%5D=inq_1&")
    );
}

#[tokio::test]
async fn a_page_link_without_a_cursor_is_an_error_rather_than_the_end() {
    let server = Server::start(vec![list(&json!([]), &json!("/api/v1/inquiries?page=2"))]).await;
    let client = server.builder().max_retries(0).build().unwrap();
    let error = client
        .list_inquiries(&InquiryFilter::default(), &PageRequest::default())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::MalformedAnswer { .. }));
}

#[tokio::test]
async fn a_search_is_followed_by_the_same_body_with_the_cursor_in_the_address() {
    let next = json!("/api/v1/inquiries/search?page%5Bafter%5D=inq_1&page%5Bsize%5D=5");
    let server = Server::start(vec![
        list(&json!([inquiry()]), &next),
        list(&json!([]), &json!(null)),
    ])
    .await;
    let client = server.client();
    let search = Search {
        query: Some(Query::And(vec![
            Query::Or(vec![
                Query::Status(InquiryStatus::Expired),
                Query::Status(InquiryStatus::Pending),
            ]),
            Query::Not(Box::new(Query::ReferenceId("user-7".to_owned()))),
            Query::CreatedAt(Comparison::From, "2026-01-01T00:00:00Z".parse().unwrap()),
        ])),
        sort: Some(Sort {
            by: SortBy::UpdatedAt,
            ascending: true,
        }),
    };
    let first = client
        .search_inquiries(&search, &PageRequest::of(5))
        .await
        .unwrap();
    client
        .search_inquiries(&search, &first.next.unwrap())
        .await
        .unwrap();

    let seen = server.seen();
    assert_eq!(seen[0].body, seen[1].body);
    assert!(
        seen[0]
            .line
            .starts_with("POST /api/v1/inquiries/search?fields")
    );
    assert!(seen[1].line.contains("page%5Bafter%5D=inq_1"));
    let body: Value = serde_json::from_str(&seen[0].body).unwrap();
    insta::assert_json_snapshot!(body, @r#"
    {
      "page": {
        "size": 5
      },
      "query": {
        "and": [
          {
            "or": [
              {
                "attribute": "status",
                "operator": "eq",
                "value": "expired"
              },
              {
                "attribute": "status",
                "operator": "eq",
                "value": "pending"
              }
            ]
          },
          {
            "not": {
              "attribute": "reference_id",
              "operator": "eq",
              "value": "user-7"
            }
          },
          {
            "attribute": "created_at",
            "operator": "gte",
            "value": "2026-01-01T00:00:00Z"
          }
        ]
      },
      "sort": {
        "attribute": "updated_at",
        "direction": "asc"
      }
    }
    "#);
}

#[tokio::test]
async fn sessions_are_listed_over_all_pages() {
    let next = json!("/api/v1/inquiry-sessions?page%5Bafter%5D=iqse_1");
    let script = vec![
        list(&json!([session("iqse_1")]), &next),
        list(&json!([session("iqse_2")]), &json!(null)),
    ];
    let server = Server::start(script).await;
    let sessions = server
        .client()
        .list_sessions(&InquiryId::parse("inq_1").unwrap())
        .await
        .unwrap();

    assert_eq!(
        sessions
            .iter()
            .map(|session| session.id.as_str())
            .collect::<Vec<_>>(),
        ["iqse_1", "iqse_2"]
    );
    assert_eq!(sessions[0].attributes.status, SessionStatus::New);
    assert_eq!(sessions[0].inquiry_id.as_ref().unwrap().as_str(), "inq_1");
    assert!(!format!("{sessions:?}").contains("203.0.113.9"));
    let seen = server.seen();
    assert_eq!(
        seen[0].line,
        "GET /api/v1/inquiry-sessions?filter%5Binquiry-id%5D=inq_1"
    );
    assert_eq!(
        seen[1].line,
        "GET /api/v1/inquiry-sessions?filter%5Binquiry-id%5D=inq_1&page%5Bafter%5D=iqse_1"
    );
}

#[tokio::test]
async fn sessions_expire_one_by_one_and_all_at_once() {
    let one = Reply::json(200, &json!({ "data": session("iqse_1") }));
    let all = Reply::json(
        200,
        &json!({ "data": [session("iqse_1"), session("iqse_2")] }),
    );
    let server = Server::start(vec![one, all]).await;
    let client = server.client();
    client
        .expire_session(&SessionId::parse("iqse_1").unwrap())
        .await
        .unwrap();
    let ended = client
        .expire_all_sessions(&[InquiryId::parse("inq_1").unwrap()])
        .await
        .unwrap();
    assert_eq!(ended.len(), 2);
    let seen = server.seen();
    assert_eq!(
        seen[0].text(),
        "POST /api/v1/inquiry-sessions/iqse_1/expire"
    );
    assert_eq!(
        seen[1].text(),
        "POST /api/v1/inquiry-sessions/expire-all\n{\"meta\":{\"inquiry-ids\":[\"inq_1\"]}}"
    );
}

#[tokio::test]
async fn an_event_names_its_inquiry_and_not_itself() {
    let event = json!({ "type": "event", "id": "evt_1", "attributes": {
        "name": "inquiry.expired", "created-at": "2026-01-01T00:00:00.100Z", "context": {},
        "payload": { "data": inquiry() } } });
    let server = Server::start(vec![list(&json!([event]), &json!(null))]).await;
    let filter = EventFilter {
        names: vec!["inquiry.expired".to_owned()],
        object_ids: vec!["inq_1".to_owned()],
        event_ids: vec![],
    };
    let page = server
        .client()
        .list_events(&filter, &PageRequest::default())
        .await
        .unwrap();

    let event = &page.items[0];
    assert_eq!(
        (event.id.as_str(), event.inquiry_id().unwrap().as_str()),
        ("evt_1", "inq_1")
    );
    assert_eq!(
        event.inquiry().unwrap().field("name-first"),
        Some(&json!("Jane"))
    );
    assert!(!format!("{event:?}").contains("Jane"));
    insta::assert_snapshot!(server.seen()[0].line, @"GET /api/v1/events?filter%5Bname%5D=inquiry.expired&filter%5Bobject-id%5D=inq_1");
}

#[tokio::test]
async fn templates_are_read_with_their_latest_version() {
    let template = json!({ "type": "inquiry-template", "id": "itmpl_1",
        "attributes": { "name": "KYC", "status": "active", "embedded-flow-domain-allowlist": ["example.com"],
            "field-schemas": [{}] },
        "relationships": { "latest-published-version": { "data": { "type": "x", "id": "itmplv_9" } } } });
    let script = vec![
        list(&json!([template]), &json!(null)),
        Reply::json(200, &json!({ "data": template })),
    ];
    let server = Server::start(script).await;
    let client = server.client();
    let listed = client
        .list_templates(&PageRequest::default())
        .await
        .unwrap()
        .items
        .remove(0);
    let read = client.retrieve_template(&listed.id).await.unwrap();
    assert_eq!(read.attributes.status, TemplateStatus::Active);
    assert_eq!(
        read.attributes.embedded_flow_domain_allowlist,
        ["example.com"]
    );
    assert_eq!(
        read.latest_published_version,
        listed.latest_published_version
    );
    assert_eq!(read.latest_published_version.unwrap().as_str(), "itmplv_9");
}

#[tokio::test]
async fn the_rate_limit_is_known_from_a_call_and_from_every_answer() {
    let attributes = json!({ "limit": 300, "remaining": 250, "seconds-to-reset": 60 });
    let body = json!({ "data": [{ "type": "rate-limit/new", "attributes": attributes },
        { "type": "rate-limit/api", "attributes": attributes }] });
    let headers = [
        ("RateLimit-Limit", "300"),
        ("RateLimit-Remaining", "249"),
        ("RateLimit-Reset", "42"),
    ];
    let server = Server::start(vec![Reply::with_headers(200, &headers, &body)]).await;
    let client = server.client();
    assert_eq!(client.last_rate_limit(), None);

    let limits = client.rate_limits().await.unwrap();
    assert_eq!(
        (limits.len(), limits[0].remaining, limits[0].reset),
        (1, 250, Duration::from_mins(1))
    );
    let seen = client.clone().last_rate_limit().unwrap();
    assert_eq!((seen.limit, seen.remaining), (300, 249));
    assert!(seen.reset <= Duration::from_secs(42) && seen.reset > Duration::from_secs(30));
}
