//! What actors and objects are called on pages.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    model::role::Act,
    ops::{keys::called, refused::Failed},
    paths,
    staff::Signed,
    state::AppState,
};

/// The names of the staff and of keys, by how the audit names them.
#[derive(Clone, Debug)]
pub(in crate::ops) struct Names {
    staff: BTreeMap<String, String>,
    keys: BTreeMap<String, String>,
    may_see_team: bool,
}

impl Names {
    /// The names that a reader sees.
    pub(in crate::ops) async fn of(state: &AppState, signed: &Signed) -> Result<Self, Failed> {
        let team = state.store.team().await?.into_iter();
        let keys = state.store.api_keys().await?.into_iter();
        Ok(Self {
            keys: keys
                .map(|key| (format!("key:{}", key.id), called(&key)))
                .collect(),
            staff: team
                .map(|person| (format!("staff:{}", person.id), person.name))
                .collect(),
            may_see_team: signed.may(Act::SeeTeam),
        })
    }

    /// Whom the list can be narrowed to: how the audit names them, and their name.
    pub(super) fn actors(&self) -> impl Iterator<Item = (&str, &str)> {
        let others = [
            ("key:", "Every API key"),
            ("cli:", "Command line"),
            ("system", "Leftoff itself"),
        ];
        let mut staff: Vec<_> = self
            .staff
            .iter()
            .map(|(id, name)| (&**id, &**name))
            .collect();
        staff.sort_by_key(|(_, name)| *name);
        let keys = self.keys.iter().map(|(id, name)| (&**id, &**name));
        staff.into_iter().chain(keys).chain(others)
    }

    /// An actor as text.
    pub(in crate::ops) fn text(&self, actor: &str) -> String {
        let name = self
            .staff
            .get(actor)
            .or_else(|| self.keys.get(actor))
            .cloned();
        name.unwrap_or_else(|| match actor.split_once(':') {
            Some(("cli", name)) => format!("{name} (command line)"),
            None if actor == "system" => "Leftoff".to_owned(),
            _ => actor.to_owned(),
        })
    }

    /// An actor or an object by its name, with its ID behind, leading to its page.
    pub(super) fn view(&self, named: &str) -> AnyView {
        let id = named.to_owned();
        let text = self.text(named);
        let href = match named.split_once(':') {
            Some(("inquiry", inquiry)) => Some(paths::inquiry(inquiry)),
            Some(("staff", person)) if self.may_see_team => {
                Some(paths::of_person(paths::PERSON, person))
            }
            Some(("policy", policy)) => Some(paths::of_policy(paths::POLICY, policy)),
            Some(("endpoint", endpoint)) => Some(paths::endpoint(paths::ENDPOINT, endpoint)),
            _ => None,
        };
        let class = (text == id).then_some("id");
        let text = text.strip_prefix("inquiry:").unwrap_or(&text).to_owned();
        match href {
            Some(href) => view! { <a class=class href=href title=id>{text}</a> }.into_any(),
            None => view! { <span class=class title=id>{text}</span> }.into_any(),
        }
    }
}
