//! Inquiry templates and their versions, for production keys only (docs.withpersona.com/api-reference/inquiry-templates).

use serde_json::json;

use super::call::{Answer, Call, Reply};
use super::document;
use super::error::ApiError;
use super::list::{Page, paginate};
use crate::resource;
use crate::template::Template;

/// `GET /inquiry-templates`.
pub(crate) fn list(call: &mut Call<'_>) -> Answer {
    ensure_production(call)?;
    let page = Page::from_query(&call.query)?;
    let templates: Vec<_> = call.state.templates.iter().rev().collect();
    Ok(Reply::ok(paginate(
        "inquiry-templates",
        &call.query,
        &page,
        &templates,
        |template| &template.id,
        resource::template,
    )?))
}

/// `GET /inquiry-templates/{id}`.
pub(crate) fn retrieve(call: &mut Call<'_>, id: &str) -> Answer {
    ensure_production(call)?;
    let template = find(call, id)?;
    let mut body = json!({ "data": resource::template(template) });
    if let Some(paths) = call.query.include() {
        document::check(&paths, &["latest-published-version"])?;
        let latest = template.latest().filter(|_| !paths.is_empty());
        body["included"] = latest
            .map(|version| resource::template_version(template, version))
            .into_iter()
            .collect();
    }
    Ok(Reply::ok(body))
}

/// `GET /inquiry-template-versions?filter[inquiry-template-id]=…`.
pub(crate) fn list_versions(call: &mut Call<'_>) -> Answer {
    ensure_production(call)?;
    let filters = call.query.filters(&["inquiry-template-id"])?;
    let [(_, id)] = filters.as_slice() else {
        return Err(ApiError::bad_request(
            "filter.inquiry-template-id is missing",
        ));
    };
    let page = Page::from_query(&call.query)?;
    let template = find(call, id)?;
    let versions: Vec<_> = template.versions.iter().rev().collect();
    let serialise = |version: &_| resource::template_version(template, version);
    Ok(Reply::ok(paginate(
        "inquiry-template-versions",
        &call.query,
        &page,
        &versions,
        |version| &version.id,
        serialise,
    )?))
}

fn find<'a>(call: &'a Call<'_>, id: &str) -> Result<&'a Template, ApiError> {
    call.state
        .templates
        .iter()
        .find(|template| template.id == id)
        .ok_or_else(ApiError::not_found)
}

fn ensure_production(call: &Call<'_>) -> Result<(), ApiError> {
    if call.production {
        Ok(())
    } else {
        Err(ApiError::forbidden(
            "This endpoint needs a production API key",
        ))
    }
}
