//! Lists, searches, sessions, events, templates and limits.

use std::time::Duration;

use super::{key, seed, start, start_with};
use persona::{
    EndpointStatus, Error, EventFilter, InquiryFilter, InquiryId, InquiryStatus, PageRequest,
    Query, Search, SessionStatus, Shape, SimulateAction, Sort, SortBy,
};
use simulator::{Options, Seed, Status, WebhookTarget};

#[tokio::test]
async fn lists_are_walked_page_by_page_in_both_directions() {
    let (simulator, client) = start().await;
    let control = simulator.control();
    let pending: Vec<_> = (0..5).map(|_| seed(&control, Status::Pending)).collect();
    seed(&control, Status::Completed);
    let filter = InquiryFilter {
        statuses: vec![InquiryStatus::Pending],
        ..InquiryFilter::default()
    };

    let mut found = Vec::new();
    let mut page = client
        .list_inquiries(&filter, &PageRequest::of(2))
        .await
        .unwrap();
    let first: Vec<_> = page
        .items
        .iter()
        .map(|inquiry| inquiry.id.clone())
        .collect();
    let second = page.next.clone().unwrap();
    loop {
        found.extend(page.items.iter().map(|inquiry| inquiry.id.clone()));
        let Some(next) = page.next else { break };
        page = client.list_inquiries(&filter, &next).await.unwrap();
    }
    found.sort();
    let mut expected = pending.clone();
    expected.sort();
    assert_eq!(found, expected);

    let back = client
        .list_inquiries(&filter, &second)
        .await
        .unwrap()
        .prev
        .unwrap();
    let back = client.list_inquiries(&filter, &back).await.unwrap();
    assert_eq!(
        back.items
            .into_iter()
            .map(|inquiry| inquiry.id)
            .collect::<Vec<_>>(),
        first
    );
}

#[tokio::test]
async fn every_filter_is_understood() {
    let (simulator, client) = start().await;
    let control = simulator.control();
    let reference_id = Some("user 7&8".to_owned());
    let wanted = Seed {
        reference_id: reference_id.clone(),
        note: Some("n".to_owned()),
        ..Seed::default()
    };
    let wanted = InquiryId::parse(control.create_inquiry(&wanted)).unwrap();
    seed(&control, Status::Created);
    let read = client
        .retrieve_inquiry(&wanted, &Shape::state())
        .await
        .unwrap();
    let made = read.attributes.created_at;
    let filters = [
        InquiryFilter {
            inquiry_ids: vec![wanted.clone()],
            created_from: made,
            created_until: made,
            ..Default::default()
        },
        InquiryFilter {
            account_ids: read.account_id.into_iter().collect(),
            ..Default::default()
        },
        InquiryFilter {
            reference_id,
            template_ids: read.template_id.into_iter().collect(),
            ..Default::default()
        },
        InquiryFilter {
            note: Some("n".to_owned()),
            ..Default::default()
        },
    ];
    for filter in filters {
        let page = client
            .list_inquiries(&filter, &PageRequest::of(100))
            .await
            .unwrap();
        assert_eq!(page.items.len(), 1, "{filter:?}");
        assert_eq!(page.items[0].id, wanted);
    }
}

#[tokio::test]
async fn a_search_is_sorted_combined_and_followed() {
    let (simulator, client) = start().await;
    let control = simulator.control();
    for status in [
        Status::Pending,
        Status::Expired,
        Status::Completed,
        Status::Expired,
    ] {
        seed(&control, status);
    }
    // Persona's search lags behind what was written.
    control.advance(Duration::from_mins(10));
    let open = [
        Query::Status(InquiryStatus::Pending),
        Query::Status(InquiryStatus::Expired),
    ];
    let search = Search {
        query: Some(Query::Or(open.to_vec())),
        sort: Some(Sort {
            by: SortBy::CreatedAt,
            ascending: true,
        }),
    };
    let first = client
        .search_inquiries(&search, &PageRequest::of(2))
        .await
        .unwrap();
    let rest = client
        .search_inquiries(&search, &first.next.unwrap())
        .await
        .unwrap();
    assert_eq!(
        (first.items.len(), rest.items.len(), rest.next),
        (2, 1, None)
    );
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let (simulator, client) = start().await;
    let seed = Seed {
        status: Status::Pending,
        ended_sessions: 15,
        ..Seed::default()
    };
    let id = InquiryId::parse(simulator.control().create_inquiry(&seed)).unwrap();
    client
        .resume_inquiry(&id, &key("resume"), &Shape::state())
        .await
        .unwrap();

    let sessions = client.list_sessions(&id).await.unwrap();
    assert_eq!(sessions.len(), 16);
    let live: Vec<_> = sessions
        .iter()
        .filter(|session| session.attributes.status == SessionStatus::New)
        .collect();
    assert_eq!((live.len(), live[0].inquiry_id.as_ref()), (1, Some(&id)));
    let ended = client.expire_session(&live[0].id).await.unwrap();
    assert_eq!(ended.attributes.status, SessionStatus::Expired);
    client
        .expire_all_sessions(std::slice::from_ref(&id))
        .await
        .unwrap();
    let sessions = client.list_sessions(&id).await.unwrap();
    assert!(
        sessions
            .iter()
            .all(|session| session.attributes.status == SessionStatus::Expired)
    );
}

#[tokio::test]
async fn events_of_an_inquiry_are_found_by_its_identifier_and_name() {
    let (simulator, client) = start().await;
    let id = seed(&simulator.control(), Status::Created);
    seed(&simulator.control(), Status::Created);
    client
        .simulate(&id, &[SimulateAction::Start, SimulateAction::Expire])
        .await
        .unwrap();
    let filter = EventFilter {
        names: vec!["inquiry.expired".to_owned(), "inquiry.started".to_owned()],
        object_ids: vec![id.to_string()],
        ..EventFilter::default()
    };
    let events = client
        .list_events(&filter, &PageRequest::default())
        .await
        .unwrap()
        .items;
    let mut names: Vec<_> = events.iter().map(|event| event.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["inquiry.expired", "inquiry.started"]);
    assert!(
        events
            .iter()
            .all(|event| event.inquiry_id().as_ref() == Some(&id) && event.inquiry().is_some())
    );
}

#[tokio::test]
async fn templates_need_a_production_key() {
    let (_simulator, sandbox) = start().await;
    assert!(
        sandbox
            .list_templates(&PageRequest::default())
            .await
            .unwrap_err()
            .status()
            .is_some()
    );
    let options = Options {
        api_key: "persona_production_1".to_owned(),
        ..Options::default()
    };
    let (_simulator, client) = start_with(options).await;
    let listed = client
        .list_templates(&PageRequest::default())
        .await
        .unwrap()
        .items;
    let read = client.retrieve_template(&listed[0].id).await.unwrap();
    assert_eq!(
        read.latest_published_version,
        listed[0].latest_published_version
    );
    assert!(read.latest_published_version.is_some());
}

#[tokio::test]
async fn the_request_budget_is_told_and_its_end_is_an_error_of_its_own() {
    let options = Options {
        rate_limit_per_minute: 3,
        ..Options::default()
    };
    let (_simulator, client) = start_with(options).await;
    let limits = client.rate_limits().await.unwrap();
    assert_eq!(limits[0].limit, 3);
    assert_eq!(client.last_rate_limit().unwrap().remaining, 2);
    let mut error = None;
    for _ in 0..3 {
        error = client.rate_limits().await.err();
    }
    let Some(Error::RateLimited {
        retry_after: Some(wait),
        ..
    }) = error
    else {
        panic!("{error:?}")
    };
    assert!(wait > Duration::from_secs(30));
}

#[tokio::test]
async fn a_probe_tells_the_environment_the_time_and_the_budget() {
    let start = "2026-03-01T12:00:00Z".parse().unwrap();
    let (simulator, client) = start_with(Options {
        start_time: Some(start),
        frozen_clock: true,
        ..Options::default()
    })
    .await;
    let probe = client.probe().await.unwrap();
    assert_eq!(probe.date, Some(start));
    assert!(probe.environment_id.unwrap().starts_with("env_"));
    assert!(probe.organization_id.unwrap().starts_with("org_"));
    let budget = probe.rate_limit.unwrap();
    assert_eq!((budget.limit, budget.remaining), (300, 299));
    simulator.control().advance(Duration::from_secs(61));
    let later = client.probe().await.unwrap().date.unwrap();
    assert_eq!(later.duration_since(start).as_secs(), 61);
}

#[tokio::test]
async fn webhook_endpoints_are_listed_with_what_they_get_and_without_secrets() {
    let webhook = Some(WebhookTarget {
        url: "http://localhost:9/webhooks/persona".parse().unwrap(),
        secret: "wbhsec_example".to_owned(),
    });
    let (_simulator, client) = start_with(Options {
        webhook,
        ..Options::default()
    })
    .await;
    let page = client
        .list_webhook_endpoints(&PageRequest::of(10))
        .await
        .unwrap();
    let [endpoint] = &page.items[..] else {
        panic!("{page:?}")
    };
    assert!(endpoint.id.starts_with("wbh_"));
    assert_eq!(endpoint.attributes.status, EndpointStatus::Enabled);
    assert_eq!(
        endpoint.attributes.url,
        "http://localhost:9/webhooks/persona"
    );
    assert!(endpoint.attributes.gets("inquiry.expired"));
    assert!(!format!("{page:?}").contains("wbhsec_"));
}
