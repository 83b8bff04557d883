//! One API call: its query, its body and the memory that it acts on.

use axum::http::StatusCode;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::error::ApiError;
use super::inflection;
use crate::state::State;

/// What a handler gets.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a mut State,
    /// Whether the key belongs to a production environment.
    pub(crate) production: bool,
    pub(crate) query: Query,
    body: Value,
}

/// What a handler gives.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

/// What every handler returns.
pub(crate) type Answer = Result<Reply, ApiError>;

impl Reply {
    /// 200 with this body.
    pub(crate) fn ok(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            body,
        }
    }

    /// 201 with this body.
    pub(crate) fn created(body: Value) -> Self {
        Self {
            status: StatusCode::CREATED,
            body,
        }
    }
}

impl<'a> Call<'a> {
    /// Reads query and body; an empty body counts as `{}`.
    pub(crate) fn new(
        state: &'a mut State,
        production: bool,
        query: &str,
        body: &[u8],
    ) -> Result<Self, ApiError> {
        let body = if body.is_empty() {
            json!({})
        } else {
            serde_json::from_slice(body)
                .map_err(|_| ApiError::bad_request("The request body is not valid JSON"))?
        };
        Ok(Self {
            state,
            production,
            query: Query::parse(query),
            body: inflection::to_kebab(body),
        })
    }

    /// The body as a type that denies what the documentation does not name.
    pub(crate) fn body<T: DeserializeOwned>(&mut self) -> Result<T, ApiError> {
        serde_json::from_value(self.body.take())
            .map_err(|error| ApiError::bad_request(error.to_string()))
    }
}

/// For fields that may be left out but not be null: reads a value into `Some`.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// The decoded query, in order.
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    fn parse(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// `filter[…]` parameters by name in kebab case; refused if one is not in `allowed`.
    pub(crate) fn filters(&self, allowed: &[&str]) -> Result<Vec<(String, &str)>, ApiError> {
        let filters: Vec<_> = self.members("filter").collect();
        match filters
            .iter()
            .find(|(name, _)| !allowed.contains(&name.as_str()))
        {
            Some((name, _)) => Err(ApiError::bad_request(format!(
                "filter.{name} is not allowed"
            ))),
            None => Ok(filters),
        }
    }

    /// `fields[TYPE]=a,b` for a resource's type, where a parent type covers its subtypes.
    pub(crate) fn fields_of(&self, kind: &str) -> Option<Vec<String>> {
        let parent = kind.split('/').next().unwrap_or(kind);
        let (_, list) = self
            .members("fields")
            .find(|(name, _)| name == kind || name == parent)?;
        Some(list.split(',').map(str::trim).map(str::to_owned).collect())
    }

    /// The `include` paths; `None` if the parameter is missing.
    pub(crate) fn include(&self) -> Option<Vec<String>> {
        let list = self.get("include")?;
        Some(
            list.split(',')
                .map(str::trim)
                .filter(|path| !path.is_empty())
                .map(inflection::kebab)
                .collect(),
        )
    }

    /// This query with other `page[after]` and `page[before]`, encoded.
    pub(crate) fn with_cursor(&self, cursor: &str, id: &str) -> String {
        let rest = self
            .0
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "page[after]" | "page[before]"));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair(&format!("page[{cursor}]"), id);
        query.extend_pairs(rest);
        query.finish()
    }

    fn members<'a>(&'a self, family: &'a str) -> impl Iterator<Item = (String, &'a str)> {
        self.0.iter().filter_map(move |(key, value)| {
            let name = key
                .strip_prefix(family)?
                .strip_prefix('[')?
                .strip_suffix(']')?;
            Some((inflection::kebab(name), value.as_str()))
        })
    }
}

/// Keeps only the wanted attributes of a resource; `fields.name` keeps one field (docs.withpersona.com/response-body).
pub(crate) fn sparse(resource: &mut Value, query: &Query) {
    let Some(wanted) = resource["type"]
        .as_str()
        .and_then(|kind| query.fields_of(kind))
    else {
        return;
    };
    let Some(attributes) = resource
        .get_mut("attributes")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let plain: Vec<_> = wanted.iter().map(|name| inflection::kebab(name)).collect();
    let members: Vec<_> = wanted
        .iter()
        .filter_map(|name| name.strip_prefix("fields."))
        .collect();
    if !plain.iter().any(|name| name == "fields") && !members.is_empty() {
        if let Some(Value::Object(fields)) = attributes.get_mut("fields") {
            keep(fields, |key| {
                members
                    .iter()
                    .any(|member| inflection::kebab(member) == inflection::kebab(key))
            });
        }
        keep(attributes, |key| {
            key == "fields" || plain.iter().any(|name| name == key)
        });
    } else {
        keep(attributes, |key| plain.iter().any(|name| name == key));
    }
}

fn keep(object: &mut Map<String, Value>, wanted: impl Fn(&str) -> bool) {
    object.retain(|key, _| wanted(key));
}
