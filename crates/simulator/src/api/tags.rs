//! Tags of an inquiry.

use serde::Deserialize;

use super::call::{Answer, Call, present};
use super::document;
use super::error::ApiError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TagBody<T> {
    meta: Option<TagMeta<T>>,
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "kebab-case",
    bound = "T: Deserialize<'de>"
)]
struct TagMeta<T> {
    #[serde(default = "none", deserialize_with = "present")]
    tag_name: Option<T>,
    #[serde(default = "none", deserialize_with = "present")]
    tag_id: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

impl<T> TagBody<T> {
    /// The tag's name. Tags have no IDs here, so one that is given belongs to nothing.
    fn name(self) -> Result<T, ApiError> {
        match self.meta {
            Some(TagMeta {
                tag_name: Some(name),
                tag_id: None,
            }) => Ok(name),
            Some(TagMeta {
                tag_id: Some(_), ..
            }) => Err(ApiError::not_found()),
            _ => Err(ApiError::bad_request("meta.tag-name is missing")),
        }
    }
}

/// `POST /inquiries/{id}/add-tag`.
pub(crate) fn add(call: &mut Call<'_>, id: &str) -> Answer {
    call.state.writable(id)?;
    let name = call.body::<TagBody<String>>()?.name()?;
    change(call, id, |tags| {
        if !tags.contains(&name) {
            tags.push(name);
        }
    })
}

/// `POST /inquiries/{id}/remove-tag`.
pub(crate) fn remove(call: &mut Call<'_>, id: &str) -> Answer {
    call.state.writable(id)?;
    let name = call.body::<TagBody<String>>()?.name()?;
    change(call, id, |tags| tags.retain(|tag| *tag != name))
}

/// `POST /inquiries/{id}/set-tags`.
pub(crate) fn set(call: &mut Call<'_>, id: &str) -> Answer {
    call.state.writable(id)?;
    let names = call.body::<TagBody<Vec<String>>>()?.name()?;
    change(call, id, |tags| *tags = names)
}

fn change(call: &mut Call<'_>, id: &str, act: impl FnOnce(&mut Vec<String>)) -> Answer {
    let now = call.state.now;
    if let Some(inquiry) = call.state.inquiries.get_mut(id) {
        act(&mut inquiry.tags);
        inquiry.updated_at = now;
    }
    call.state.emit_inquiry("inquiry.updated-tags", id, now);
    document::inquiry(call, id)
}
