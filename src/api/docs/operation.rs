//! One endpoint on the page: what it does, what it takes, what it answers.

use leptos::prelude::*;
use serde_json::Value;
use utoipa::openapi::path::Operation;

use super::{markdown, schema};
use crate::api::endpoint::Endpoint;

/// Where an endpoint is on the page.
pub(super) fn anchor(endpoint: &Endpoint) -> String {
    let id = operation(endpoint).and_then(|operation| operation.operation_id.clone());
    id.unwrap_or_default()
}

/// Whether an endpoint belongs to a group.
pub(super) fn is_of(endpoint: &Endpoint, tag: &str) -> bool {
    let tags = operation(endpoint).and_then(|operation| operation.tags.as_ref());
    tags.is_some_and(|tags| tags.iter().any(|name| name == tag))
}

fn operation(endpoint: &Endpoint) -> Option<&Operation> {
    let item = endpoint.paths.get_path_item(&endpoint.path)?;
    item.get.as_ref().or(item.post.as_ref())
}

/// An endpoint.
pub(super) fn view(endpoint: &Endpoint) -> AnyView {
    let Some(operation) = operation(endpoint) else {
        return ().into_any();
    };
    let id = anchor(endpoint);
    let heading = format!("{id}-name");
    let labelled = heading.clone();
    let about = markdown(operation.description.as_deref().unwrap_or_default());
    let json = serde_json::to_value(operation).unwrap_or_default();
    view! {
        <section class="operation" id=id aria-labelledby=labelled>
            <h3 id=heading>{operation.summary.clone()}</h3>
            <p class="call">
                <b>{endpoint.method.as_str().to_owned()}</b> " " <code>{endpoint.path.clone()}</code>
            </p>
            <div class="prose" inner_html=about></div>
            {parameters(&json)}
            {body(&json)}
            {answers(&json)}
        </section>
    }
    .into_any()
}

fn text(json: &Value) -> String {
    json.as_str().unwrap_or_default().to_owned()
}

fn parameters(operation: &Value) -> Option<AnyView> {
    let parameters = operation["parameters"].as_array()?;
    let rows: Vec<_> = parameters
        .iter()
        .map(|parameter| {
            let is_required = parameter["required"] == true;
            view! {
                <tr>
                    <th scope="row"><code>{text(&parameter["name"])}</code></th>
                    <td>{text(&parameter["in"])}</td>
                    <td>{schema::kind(&parameter["schema"])}</td>
                    <td>{if is_required { "yes" } else { "no" }}</td>
                    <td inner_html=markdown(&text(&parameter["description"]))></td>
                </tr>
            }
        })
        .collect();
    let head = ["Parameter", "In", "Type", "Needed", "What it is"];
    Some(table("Parameters", &head, rows.into_any()))
}

fn body(operation: &Value) -> Option<AnyView> {
    let content = &operation["requestBody"]["content"]["application/json"];
    let schema = content.get("schema")?;
    Some(view! { <p>"The body is JSON: " {schema::kind(schema)} "."</p> }.into_any())
}

fn answers(operation: &Value) -> Option<AnyView> {
    let responses = operation["responses"].as_object()?;
    let rows: Vec<_> = responses
        .iter()
        .map(|(status, response)| {
            let content = response["content"].as_object();
            let schema = content.and_then(|content| content.values().next());
            let schema = schema.map(|content| schema::kind(&content["schema"]));
            view! {
                <tr>
                    <th scope="row" class="number">{status.clone()}</th>
                    <td>{schema}</td>
                    <td inner_html=markdown(&text(&response["description"]))></td>
                </tr>
            }
        })
        .collect();
    let head = ["Status", "Body", "When"];
    Some(table("Answers", &head, rows.into_any()))
}

/// A table with a caption.
pub(super) fn table(caption: &'static str, head: &[&'static str], rows: AnyView) -> AnyView {
    let head: Vec<_> = head
        .iter()
        .map(|name| view! { <th scope="col">{*name}</th> })
        .collect();
    view! {
        <div class="scroll" role="group" aria-label=caption tabindex="0">
            <table>
                <caption>{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
