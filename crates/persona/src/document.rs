//! The JSON:API envelope of Persona's answers, read leniently.

use std::collections::HashMap;

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// An answer about one object (docs.withpersona.com/response-body).
#[derive(Deserialize)]
pub(crate) struct Single<T> {
    pub(crate) data: T,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) included: Vec<Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) meta: Meta,
}

/// Where Persona puts tokens and links; never among the attributes.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Meta {
    pub(crate) session_token: Option<SecretString>,
    pub(crate) one_time_link: Option<SecretString>,
    pub(crate) one_time_link_short: Option<SecretString>,
}

/// An answer with many objects; `links` is missing where nothing is paged.
#[derive(Deserialize)]
pub(crate) struct List<T> {
    pub(crate) data: Vec<T>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) links: Links,
}

/// Relative addresses of the neighbouring pages (docs.withpersona.com/pagination).
#[derive(Default, Deserialize)]
pub(crate) struct Links {
    pub(crate) prev: Option<String>,
    pub(crate) next: Option<String>,
}

/// Any object with attributes and relationships; a rate limit has no `id`.
#[derive(Deserialize)]
pub(crate) struct Resource<A> {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) id: String,
    pub(crate) attributes: A,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) relationships: Relationships,
}

/// What an object points at, by the names of the relationships.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Relationships(HashMap<String, Value>);

impl Relationships {
    /// The identifier behind a to-one relationship; missing, `null` and `{}` all mean that there is none.
    pub(crate) fn one<T: TryFrom<String>>(&self, name: &str) -> Option<T> {
        identifier(self.0.get(name)?.get("data")?)
    }

    /// The identifiers behind a to-many relationship.
    pub(crate) fn many<T: TryFrom<String>>(&self, name: &str) -> Vec<T> {
        let data = self
            .0
            .get(name)
            .and_then(|relationship| relationship.get("data"))
            .and_then(Value::as_array);
        data.into_iter().flatten().filter_map(identifier).collect()
    }
}

fn identifier<T: TryFrom<String>>(reference: &Value) -> Option<T> {
    reference
        .get("id")?
        .as_str()
        .and_then(|id| T::try_from(id.to_owned()).ok())
}

/// Takes `null` for the default value, which serde alone takes only for a missing key.
pub(crate) fn null_as_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de> + Default,
    D: Deserializer<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
