//! The API as a page, made from its document.

mod operation;
mod schema;

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;
use pulldown_cmark::{Parser, html::push_html};
use utoipa::openapi::OpenApi;

use super::{document, endpoint::Endpoint, endpoints, kind::Kind};
use crate::{app, ops, paths, state::AppState};

/// The page.
pub(super) async fn show(State(state): State<AppState>) -> Response {
    app::respond(&state, StatusCode::OK, Arc::new(|| page().into_any())).await
}

fn page() -> impl IntoView {
    let (document, endpoints) = (document(), endpoints());
    let contents = contents(&endpoints);
    view! {
        <!DOCTYPE html>
        <html lang="en" dir="ltr">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex, nofollow" />
                <meta name="color-scheme" content="light dark" />
                <title>"API · Leftoff"</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=ops::style_url() />
                <link rel="stylesheet" href=paths::BRAND_STYLE />
            </head>
            <body class="api">
                <a class="skip" href="#main">"Skip to the content"</a>
                <nav aria-label="Contents">{contents}</nav>
                <main id="main" tabindex="-1">
                    <h1>"The API of Leftoff"</h1>
                    <p>
                        "The same as "
                        <a href=paths::API_DOCUMENT>"an OpenAPI 3.1 document"</a> "."
                    </p>
                    <div class="prose" inner_html=markdown(&about(&document))></div>
                    {groups(&document, &endpoints)}
                    <h2 id="errors">"Errors"</h2>
                    <p>
                        "What is not carried out is answered by a problem (RFC 9457, "
                        <code>"application/problem+json"</code>
                        "). Branch on the end of " <code>"type"</code> ", or on the status."
                    </p>
                    {problems()}
                    <h2 id="schemas">"Schemas"</h2>
                    {schema::all(&document)}
                </main>
            </body>
        </html>
    }
}

fn about(document: &OpenApi) -> String {
    document.info.description.clone().unwrap_or_default()
}

/// Text of the document as HTML; it is ours, and no part of it comes from outside.
fn markdown(text: &str) -> String {
    let mut html = String::new();
    push_html(&mut html, Parser::new(text));
    html
}

fn contents(endpoints: &[Endpoint]) -> AnyView {
    let links: Vec<_> = endpoints
        .iter()
        .map(|endpoint| {
            let href = format!("#{}", operation::anchor(endpoint));
            let method = endpoint.method.as_str().to_owned();
            let path = short(&endpoint.path).to_owned();
            view! { <li><a href=href><b>{method}</b> " " {path}</a></li> }
        })
        .collect();
    view! {
        <p class="name"><strong>"Leftoff"</strong> " API"</p>
        <ul>
            <li><a href="#main">"About"</a></li>
            {links}
            <li><a href="#errors">"Errors"</a></li>
            <li><a href="#schemas">"Schemas"</a></li>
        </ul>
    }
    .into_any()
}

/// A path without what all of them begin with.
fn short(path: &str) -> &str {
    path.strip_prefix(paths::API_V1).unwrap_or(path)
}

fn groups(document: &OpenApi, endpoints: &[Endpoint]) -> Vec<AnyView> {
    let tags = document.tags.iter().flatten();
    tags.map(|tag| {
        let operations: Vec<_> = endpoints
            .iter()
            .filter(|endpoint| operation::is_of(endpoint, &tag.name))
            .map(operation::view)
            .collect();
        let about = markdown(tag.description.as_deref().unwrap_or_default());
        view! {
            <h2>{tag.name.clone()}</h2>
            <div class="prose" inner_html=about></div>
            {operations}
        }
        .into_any()
    })
    .collect()
}

fn problems() -> AnyView {
    let rows: Vec<_> = Kind::ALL
        .into_iter()
        .map(|kind| {
            let advice = markdown(kind.advice());
            view! {
                <tr id=format!("error-{}", kind.code())>
                    <th scope="row"><code>{kind.code()}</code></th>
                    <td class="number">{kind.status().as_u16()}</td>
                    <td>{kind.title()}</td>
                    <td inner_html=advice></td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="scroll" role="region" aria-labelledby="errors" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Type"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col">"Title"</th>
                        <th scope="col">"What to do"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
