//! Refusals, faults, novelties, and webhooks.

use std::time::Duration;

use super::{key, seed, start, start_with};
use crate::support::{Reply, Server};
use persona::webhook::{Verifier, WebhookError};
use persona::{
    Client, Error, EventFilter, InquiryId, InquiryStatus, NewInquiry, PageRequest, Shape,
};
use serde_json::json;
use simulator::{Fault, FaultKind, Options, Status, WebhookTarget};

#[tokio::test]
async fn refusals_of_every_kind_are_told_apart() {
    let (simulator, client) = start().await;
    let control = simulator.control();
    let unknown = InquiryId::parse("inq_unknown").unwrap();
    assert!(matches!(
        client.retrieve_inquiry(&unknown, &Shape::state()).await,
        Err(Error::NotFound { .. })
    ));
    let no_template = client
        .create_inquiry(&NewInquiry::default(), &key("none"))
        .await;
    assert!(
        matches!(no_template, Err(Error::Invalid { .. })),
        "{no_template:?}"
    );
    let redacted = seed(&control, Status::Expired);
    control.redact(redacted.as_str()).unwrap();
    let error = client
        .resume_inquiry(&redacted, &key("redacted"), &Shape::state())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Conflict { .. }), "{error:?}");
    let read = client
        .retrieve_inquiry(&redacted, &Shape::state())
        .await
        .unwrap();
    assert!(read.is_redacted() && read.attributes.status == InquiryStatus::Expired);

    let other = Client::builder("persona_sandbox_wrong".into())
        .api_url(simulator.api_url())
        .build()
        .unwrap();
    assert!(matches!(
        other.rate_limits().await,
        Err(Error::Unauthorized { .. })
    ));
}

#[tokio::test]
async fn a_resume_whose_answer_is_lost_is_found_again_without_a_second_session() {
    let (simulator, client) = start().await;
    let control = simulator.control();
    for kind in [FaultKind::DropConnection, FaultKind::TruncatedBody] {
        let id = seed(&control, Status::Expired);
        control.inject(Fault::new(kind).path("/resume").times(1));
        client
            .resume_inquiry(&id, &key(id.as_str()), &Shape::state())
            .await
            .unwrap();
        assert_eq!(client.list_sessions(&id).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn faults_of_a_resume_are_told_by_kind_and_the_next_try_works() {
    let (simulator, client) = start().await;
    let control = simulator.control();
    let status = FaultKind::Status {
        code: 503,
        headers: std::collections::BTreeMap::new(),
        html: true,
    };
    let kinds = [
        status,
        FaultKind::BrokenJson,
        FaultKind::HugeBody,
        FaultKind::MissingToken,
    ];
    for (number, kind) in kinds.into_iter().enumerate() {
        let id = seed(&control, Status::Expired);
        control.inject(Fault::new(kind.clone()).path("/resume"));
        let error = client
            .resume_inquiry(&id, &key(&format!("{number}a")), &Shape::state())
            .await
            .unwrap_err();
        assert!(error.is_outage(), "{kind:?}: {error:?}");
        control.clear_faults();
        client
            .resume_inquiry(&id, &key(&format!("{number}b")), &Shape::state())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn what_is_new_in_an_answer_does_no_harm() {
    let (simulator, client) = start().await;
    let control = simulator.control();
    let id = seed(&control, Status::Expired);
    control.inject(Fault::new(FaultKind::UnknownFields));
    client
        .resume_inquiry(&id, &key("fields"), &Shape::default())
        .await
        .unwrap();
    client.list_sessions(&id).await.unwrap();
    client
        .list_events(&EventFilter::default(), &PageRequest::default())
        .await
        .unwrap();
    control.clear_faults();
    control.inject(Fault::new(FaultKind::UnknownStatus));
    let read = client.retrieve_inquiry(&id, &Shape::state()).await.unwrap();
    assert!(matches!(read.attributes.status, InquiryStatus::Other(_)));
}

#[tokio::test]
async fn a_webhook_that_is_sent_is_verified() {
    let receiver = Server::start(vec![Reply::json(200, &json!({}))]).await;
    let secret = "wbhsec_simulated";
    let target = WebhookTarget {
        url: receiver.client().api_url().clone(),
        secret: secret.to_owned(),
    };
    let (simulator, _client) = start_with(Options {
        webhook: Some(target),
        ..Options::default()
    })
    .await;
    let id = seed(&simulator.control(), Status::Created);
    simulator.control().webhooks_idle().await;

    let delivery = &receiver.seen()[0];
    let (header, body) = (
        delivery.header("persona-signature").unwrap(),
        delivery.body.as_bytes(),
    );
    let verify = |secret: &str| {
        let verifier = Verifier::new(vec![secret.into()], Duration::from_mins(5));
        verifier.verify(header, body, simulator.control().now())
    };
    let event = verify(secret).unwrap().event;
    assert_eq!(
        (event.name.as_str(), event.inquiry_id()),
        ("inquiry.created", Some(id))
    );
    assert_eq!(verify("wbhsec_other").unwrap_err(), WebhookError::Mismatch);
}
