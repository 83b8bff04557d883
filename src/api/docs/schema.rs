//! The schemas on the page: each with its fields.

use leptos::prelude::*;
use serde_json::Value;
use utoipa::openapi::{OpenApi, RefOr, schema::Schema};

use super::{markdown, operation::table};

/// Every schema that has fields or values of its own.
pub(super) fn all(document: &OpenApi) -> Vec<AnyView> {
    let schemas = document.components.iter().flat_map(|all| &all.schemas);
    schemas.map(|(name, schema)| view(name, schema)).collect()
}

fn view(name: &str, schema: &RefOr<Schema>) -> AnyView {
    let json = serde_json::to_value(schema).unwrap_or_default();
    let about = markdown(json["description"].as_str().unwrap_or_default());
    let heading = format!("schema-{name}");
    let labelled = heading.clone();
    let content = match schema {
        RefOr::T(Schema::Object(object)) if !object.properties.is_empty() => {
            let fields = object.properties.iter();
            let rows: Vec<_> = fields
                .map(|(field, schema)| row(field, schema, object.required.contains(field)))
                .collect();
            let head = ["Field", "Type", "Needed", "What it is"];
            table("Fields", &head, rows.into_any())
        }
        _ => view! { <p>{kind(&json)}</p> }.into_any(),
    };
    view! {
        <section class="schema" aria-labelledby=labelled>
            <h3 id=heading>{plain(name)}</h3>
            <div class="prose" inner_html=about></div>
            {content}
        </section>
    }
    .into_any()
}

fn row(field: &str, schema: &RefOr<Schema>, is_required: bool) -> impl IntoView + use<> {
    let json = serde_json::to_value(schema).unwrap_or_default();
    let about = markdown(json["description"].as_str().unwrap_or_default());
    view! {
        <tr>
            <th scope="row"><code>{field.to_owned()}</code></th>
            <td>{kind(&json)}</td>
            <td>{if is_required { "yes" } else { "no" }}</td>
            <td inner_html=about></td>
        </tr>
    }
}

/// The type of something, leading to its schema if it has one.
pub(super) fn kind(schema: &Value) -> AnyView {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap_or_default();
        let href = format!("#schema-{name}");
        return view! { <a href=href>{plain(name)}</a> }.into_any();
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let choices = choices.iter().enumerate().map(|(at, choice)| {
            let or = (at > 0).then_some(" or ");
            view! { {or} {kind(choice)} }
        });
        return choices.collect::<Vec<_>>().into_any();
    }
    if schema["type"] == "array" {
        return view! { "list of " {kind(&schema["items"])} }.into_any();
    }
    words(schema).into_any()
}

/// A simple type in words.
fn words(schema: &Value) -> String {
    let text = |json: &Value| json.as_str().unwrap_or_default().to_owned();
    let values = schema["enum"].as_array();
    if let Some(values) = values {
        let values: Vec<_> = values.iter().map(text).collect();
        return values.join(" or ");
    }
    let kinds = schema["type"].as_array();
    let name = kinds.map_or_else(
        || text(&schema["type"]),
        |kinds| kinds.iter().map(text).collect::<Vec<_>>().join(" or "),
    );
    let format = schema["format"]
        .as_str()
        .filter(|format| !format.starts_with("int"));
    let (least, most) = (&schema["minimum"], &schema["maximum"]);
    match (format, least.as_i64(), most.as_i64()) {
        (Some(format), _, _) => format!("{name} ({format})"),
        (None, Some(least), Some(most)) => format!("{name} from {least} to {most}"),
        _ => name,
    }
}

/// A name as people say it: the list of something is a generic type here.
fn plain(name: &str) -> String {
    match name.strip_prefix("List_") {
        Some(of) => format!("List of {of}"),
        None => name.to_owned(),
    }
}
