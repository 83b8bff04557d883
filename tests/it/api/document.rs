//! The OpenAPI document: valid, committed, served, and shown as a page.

use std::{fs, path::Path};

use serde_json::Value;

use crate::support::{App, DOCUMENT, Program, validator};

fn committed() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/api/openapi.json");
    fs::read_to_string(file).unwrap()
}

#[tokio::test]
async fn the_committed_document_is_what_the_program_prints_and_serves() {
    let text = leftoff::api::text().unwrap();
    let how = "write it anew: cargo run -- openapi > docs/api/openapi.json";
    assert!(
        committed() == text,
        "docs/api/openapi.json is not current; {how}"
    );
    let printed = Program::new()
        .unset("PERSONA__API_KEY")
        .run(&["openapi"])
        .await;
    assert_eq!((printed.code, printed.stdout), (Some(0), text.clone()));
    let app = App::start().await;
    let served = app.browser().get("/api/v1/openapi.json").await;
    assert_eq!(served.header("content-type"), "application/json");
    assert_eq!(served.body, text);
}

/// The schema is the `OpenAPI` Initiative's own (<https://spec.openapis.org/oas/3.1/schema/2026-08-03>).
#[test]
fn the_document_is_valid_by_the_schema_of_openapi() {
    let schema: Value = serde_json::from_str(include_str!("openapi-3.1.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let document = serde_json::from_str(&committed()).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(&document)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    let mut broken = document;
    broken["paths"]["/api/v1/links"]["get"]["responses"]["200"]["description"] = 7.into();
    assert!(!validator.is_valid(&broken), "the schema finds mistakes");
}

#[test]
fn every_schema_compiles_and_every_reference_leads_somewhere() {
    for schema in DOCUMENT["components"]["schemas"]
        .as_object()
        .unwrap()
        .values()
    {
        validator(schema);
    }
    let mut found = 0;
    references(&DOCUMENT, &mut |reference| {
        found += 1;
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(DOCUMENT.pointer(pointer).is_some(), "{reference}");
    });
    assert!(found > 50);
}

fn references(json: &Value, meet: &mut impl FnMut(&str)) {
    match json {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                meet(reference);
            }
            fields.values().for_each(|field| references(field, meet));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, meet)),
        _ => {}
    }
}

#[tokio::test]
async fn the_page_tells_of_every_endpoint_error_and_schema() {
    let app = App::start().await;
    let page = app.browser().get("/api/v1/docs").await;
    assert_eq!(page.page(), (200, "The API of Leftoff"));
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        assert!(page.body.contains(path), "{path}");
        for operation in item.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(page.body.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }
    for name in DOCUMENT["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        assert!(
            page.body.contains(&format!("id=\"schema-{name}\"")),
            "{name}"
        );
    }
    for kind in ["not-found", "idempotency-mismatch", "persona-failed"] {
        assert!(
            page.body.contains(&format!("id=\"error-{kind}\"")),
            "{kind}"
        );
    }
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"));
    assert!(!page.body.contains("<script>") && !page.body.contains("<script src"));
    assert!(!page.body.contains(" style=\""));
    let targets = page.body.split("href=\"#").skip(1);
    for target in targets.map(|rest| rest.split('"').next().unwrap()) {
        assert!(page.body.contains(&format!("id=\"{target}\"")), "#{target}");
    }
}
