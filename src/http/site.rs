//! Files: the built site, the Persona SDK, and the company's face.

use std::path::Path;

use axum::{
    Router,
    extract::State,
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::get,
};
use tower_http::services::{ServeDir, ServeFile};

use crate::{model::sdk, paths, state::AppState};

/// For files whose name changes with their content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For files that keep their name.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

pub(super) fn routes(state: &AppState) -> Router<AppState> {
    let options = &state.config.leptos;
    let root = Path::new(options.site_root.as_ref());
    let package_path = format!("/{}", options.site_pkg_dir);
    let package = compressed(&root.join(options.site_pkg_dir.as_ref()));
    let sdk_file = ServeFile::new(root.join(sdk::PATH.trim_start_matches('/')));
    let sdk_file = sdk_file.precompressed_br().precompressed_gzip();

    let lasting = Router::new()
        .route_service(sdk::PATH, sdk_file)
        .layer(map_response(async |response| cached(response, FOREVER)));
    let package_life = if options.hash_files { FOREVER } else { AN_HOUR };
    let package = Router::new()
        .nest_service(&package_path, package)
        .layer(map_response(move |response| {
            let life = package_life.clone();
            async move { cached(response, life) }
        }));
    let named = Router::new()
        .route_service("/favicon.svg", ServeFile::new(root.join("favicon.svg")))
        .route_service("/robots.txt", ServeFile::new(root.join("robots.txt")))
        .route(paths::BRAND_STYLE, get(style))
        .route(paths::BRAND_LOGO, get(logo))
        .layer(map_response(async |response| cached(response, AN_HOUR)));
    lasting.merge(package).merge(named)
}

fn compressed(folder: &Path) -> ServeDir {
    ServeDir::new(folder)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// Lets browsers keep a file, but not the news that it is missing.
fn cached(mut response: Response, life: HeaderValue) -> Response {
    if response.status().is_success() {
        response.headers_mut().insert(CACHE_CONTROL, life);
    }
    response
}

async fn style(State(state): State<AppState>) -> Response {
    let css = HeaderValue::from_static("text/css; charset=utf-8");
    ([(CONTENT_TYPE, css)], state.brand.style.clone()).into_response()
}

async fn logo(State(state): State<AppState>) -> Response {
    let Some((media_type, bytes)) = state.brand.logo.clone() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (
        [(CONTENT_TYPE, HeaderValue::from_static(media_type))],
        bytes,
    )
        .into_response()
}
