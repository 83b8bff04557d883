//! Lists: filters, paging, search, events, templates.

use std::time::Duration;

use serde_json::{Value, json};
use simulator::{DEFAULT_TEMPLATE, Seed, Status};

use crate::persona::Persona;

fn ids(list: &Value) -> Vec<String> {
    list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Inquiries one hour apart, the oldest first.
fn seed_all(persona: &Persona, statuses: &[Status]) -> Vec<String> {
    let seed = |status| {
        persona.control.advance(Duration::from_hours(1));
        persona.control.create_inquiry(&Seed {
            status,
            reference_id: Some(format!("user-{}", status.as_str())),
            note: Some(status.as_str().to_owned()),
            ..Seed::default()
        })
    };
    statuses.iter().map(|status| seed(*status)).collect()
}

#[tokio::test]
async fn pages_go_from_the_newest_to_the_oldest_and_back() {
    let persona = Persona::start().await;
    let mut all = seed_all(&persona, &[Status::Created; 5]);
    all.reverse();
    let first = persona
        .get("inquiries?page%5Bsize%5D=2&filter%5Bstatus%5D=created")
        .await
        .json();
    assert_eq!(ids(&first), all[0..2]);
    assert_eq!(first["links"]["prev"], Value::Null);
    let next = first["links"]["next"].as_str().unwrap();
    assert!(
        next.starts_with("/api/v1/inquiries?page%5Bafter%5D=inq_"),
        "{next}"
    );
    let second = persona
        .get(next.strip_prefix("/api/v1/").unwrap())
        .await
        .json();
    assert_eq!(ids(&second), all[2..4]);
    let last = second["links"]["next"]
        .as_str()
        .unwrap()
        .strip_prefix("/api/v1/")
        .unwrap();
    let third = persona.get(last).await.json();
    assert_eq!(
        (ids(&third), &third["links"]["next"]),
        (all[4..].to_vec(), &Value::Null)
    );
    let back = third["links"]["prev"]
        .as_str()
        .unwrap()
        .strip_prefix("/api/v1/")
        .unwrap();
    assert_eq!(ids(&persona.get(back).await.json()), all[2..4]);
}

#[tokio::test]
async fn page_sizes_and_cursors_out_of_range_are_refused() {
    let persona = Persona::start().await;
    for query in [
        "page%5Bsize%5D=0",
        "page%5Bsize%5D=101",
        "page%5Bsize%5D=x",
        "page%5Bafter%5D=inq_unknown",
    ] {
        assert_eq!(
            persona.get(&format!("inquiries?{query}")).await.status,
            400,
            "{query}"
        );
    }
}

#[tokio::test]
async fn each_filter_narrows_the_list() {
    let persona = Persona::start().await;
    let all = seed_all(
        &persona,
        &[
            Status::Created,
            Status::Pending,
            Status::Expired,
            Status::Completed,
        ],
    );
    let account = persona
        .get(&format!("inquiries/{}", all[1]))
        .await
        .at("/data/relationships/account/data/id");
    let account = account.as_str().unwrap();
    for (query, found) in [
        (
            format!("filter%5Binquiry-id%5D={},{}", all[0], all[2]),
            vec![&all[2], &all[0]],
        ),
        (format!("filter%5Baccount-id%5D={account}"), vec![&all[1]]),
        (
            "filter%5Breference-id%5D=user-expired".to_owned(),
            vec![&all[2]],
        ),
        (
            "filter%5Bstatus%5D=pending,expired".to_owned(),
            vec![&all[2], &all[1]],
        ),
        ("filter%5Bnote%5D=completed".to_owned(), vec![&all[3]]),
        (
            "filter%5Binquiry-template-id%5D=itmpl_other".to_owned(),
            vec![],
        ),
        ("filter%5Btemplate-id%5D=tmpl_other".to_owned(), vec![]),
        (
            "filter%5Bcreated-at-start%5D=2026-03-01T16:00:00Z".to_owned(),
            vec![&all[3]],
        ),
        (
            "filter%5Bcreated-at-end%5D=2026-03-01T13:00:00Z".to_owned(),
            vec![&all[0]],
        ),
    ] {
        let list = persona.get(&format!("inquiries?{query}")).await.json();
        assert_eq!(ids(&list).iter().collect::<Vec<_>>(), found, "{query}");
    }
    assert_eq!(
        persona
            .get("inquiries?filter%5Bexpires-at%5D=x")
            .await
            .status,
        400
    );
    assert_eq!(
        persona
            .get("inquiries?filter%5Bnote%5D=a&filter%5Bstatus%5D=pending")
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn search_combines_clauses_and_sorts() {
    let persona = Persona::start().await;
    let all = seed_all(
        &persona,
        &[Status::Created, Status::Pending, Status::Expired],
    );
    let leaf = |attribute: &str, operator: &str, value: &str| json!({ "attribute": attribute, "operator": operator, "value": value });
    let search = |body: Value| {
        let persona = &persona;
        async move { ids(&persona.post("inquiries/search", body).await.json()) }
    };
    let open = json!({ "or": [leaf("status", "eq", "pending"), leaf("status", "eq", "created")] });
    assert_eq!(
        search(json!({ "query": open })).await,
        [all[1].clone(), all[0].clone()]
    );
    let asc = json!({ "query": open, "sort": { "attribute": "created_at", "direction": "asc" } });
    assert_eq!(search(asc).await, [all[0].clone(), all[1].clone()]);
    let old = json!({ "and": [leaf("created_at", "lt", "2026-03-01T14:00:00Z"), { "not": leaf("reference_id", "eq", "user-x") }] });
    assert_eq!(search(json!({ "query": old })).await, [all[0].clone()]);
    assert_eq!(
        search(json!({ "page": { "size": 1, "after": all[2] } })).await,
        [all[1].clone()]
    );
    let deep = json!({ "query": { "and": [{ "or": [{ "not": leaf("status", "eq", "x") }] }] } });
    assert_eq!(persona.post("inquiries/search", deep).await.status, 400);
}

#[tokio::test]
async fn every_turn_of_an_inquiry_is_an_event_with_the_object_as_it_was() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    persona
        .control
        .set_status(&inquiry, Status::Pending)
        .unwrap();
    persona.hours(25);
    let path = format!("events?filter%5Bobject-id%5D={inquiry}");
    let events = persona.get(&path).await.json();
    let names: Vec<_> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["attributes"]["name"])
        .collect();
    assert_eq!(
        names,
        ["inquiry.expired", "inquiry.started", "inquiry.created"]
    );
    let created = &events["data"][2]["attributes"];
    assert_eq!(
        created["payload"]["data"]["attributes"]["status"],
        "created"
    );
    let id = events["data"][0]["id"].as_str().unwrap();
    assert_eq!(
        persona
            .get(&format!("events/{id}"))
            .await
            .at("/data/attributes/created-at"),
        "2026-03-02T12:00:00.000Z"
    );
    persona.resume(&inquiry).await;
    assert_eq!(
        ids(&persona.get(&path).await.json()).len(),
        3,
        "a resume is no event"
    );
}

#[tokio::test]
async fn templates_are_for_production_keys() {
    let production = Persona::start_production().await;
    let listed = production.get("inquiry-templates").await.json();
    assert_eq!(ids(&listed), [DEFAULT_TEMPLATE]);
    let versions =
        format!("inquiry-template-versions?filter%5Binquiry-template-id%5D={DEFAULT_TEMPLATE}");
    let published = production
        .control
        .publish_new_template_version(DEFAULT_TEMPLATE);
    let newest = production.get(&versions).await;
    assert_eq!(
        (
            newest.at("/data/0/id"),
            newest.at("/data/0/attributes/live")
        ),
        (json!(published), json!(true))
    );
    let one = production
        .get(&format!(
            "inquiry-templates/{DEFAULT_TEMPLATE}?include=latest-published-version"
        ))
        .await;
    assert_eq!(one.at("/included/0/id"), published);
    assert_eq!(
        production.get("inquiry-template-versions").await.status,
        400
    );

    let sandbox = Persona::start().await;
    assert_eq!(sandbox.get("inquiry-templates").await.status, 403);
}

#[tokio::test]
async fn a_template_tells_whether_it_is_in_use_and_who_may_embed_it() {
    let production = Persona::start_production().await;
    let path = format!("inquiry-templates/{DEFAULT_TEMPLATE}");
    let before = production.get(&path).await;
    assert_eq!(before.at("/data/attributes/status"), "active");
    assert_eq!(
        before.at("/data/attributes/embedded-flow-domain-allowlist"),
        json!([])
    );
    production
        .control
        .allow_domains(DEFAULT_TEMPLATE, &["verify.example.com"]);
    production
        .control
        .set_template_active(DEFAULT_TEMPLATE, false);
    let after = production.get(&path).await;
    assert_eq!(after.at("/data/attributes/status"), "inactive");
    assert_eq!(
        after.at("/data/attributes/embedded-flow-domain-allowlist"),
        json!(["verify.example.com"])
    );
}
