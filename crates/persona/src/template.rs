//! Inquiry templates.

use serde::Deserialize;

use crate::document::{Resource, Single, null_as_default};
use crate::list::{self, Page, PageRequest};
use crate::request::Call;
use crate::{Client, Error, TemplateId, TemplateStatus, TemplateVersionId};

/// A template that inquiries are made from (docs.withpersona.com/inquiry-templates).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Template {
    /// The template's identifier.
    pub id: TemplateId,
    /// Its settings.
    pub attributes: TemplateAttributes,
    /// The version that new inquiries get.
    pub latest_published_version: Option<TemplateVersionId>,
}

/// The settings of a template that matter outside of Persona's dashboard.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct TemplateAttributes {
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether inquiries can be made from it.
    pub status: TemplateStatus,
    /// The domains that may embed the flow.
    #[serde(default, deserialize_with = "null_as_default")]
    pub embedded_flow_domain_allowlist: Vec<String>,
    /// The subdomains of withpersona.com that serve the hosted flow.
    #[serde(default, deserialize_with = "null_as_default")]
    pub hosted_flow_subdomains: Vec<String>,
    /// The schemes that the hosted flow may redirect to.
    #[serde(default, deserialize_with = "null_as_default")]
    pub hosted_flow_redirect_uri_schemes: Vec<String>,
}

impl Template {
    fn read(resource: Resource<TemplateAttributes>) -> Result<Self, String> {
        Ok(Self {
            id: TemplateId::parse(resource.id).map_err(|error| error.to_string())?,
            latest_published_version: resource.relationships.one("latest-published-version"),
            attributes: resource.attributes,
        })
    }
}

impl Client {
    /// Lists templates. Persona answers this only to a production key
    /// (docs.withpersona.com/api-reference/inquiry-templates).
    pub async fn list_templates(&self, page: &PageRequest) -> Result<Page<Template>, Error> {
        let call = Call::get("list_templates", &["inquiry-templates"]).page(page);
        list::read(&self.send(call).await?, self.api_url(), Template::read)
    }

    /// Reads a template. Persona answers this only to a production key
    /// (docs.withpersona.com/api-reference/inquiry-templates).
    pub async fn retrieve_template(&self, id: &TemplateId) -> Result<Template, Error> {
        let answer = self
            .send(Call::get(
                "retrieve_template",
                &["inquiry-templates", id.as_str()],
            ))
            .await?;
        let document: Single<Resource<TemplateAttributes>> = answer.json()?;
        Template::read(document.data).map_err(|what| answer.malformed(what))
    }
}
