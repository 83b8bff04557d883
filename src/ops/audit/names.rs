//! What actors and objects are called on pages.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{model::role::Act, ops::refused::Failed, paths, staff::Signed, state::AppState};

/// The names of the staff, by how the audit names them.
#[derive(Clone, Debug)]
pub(super) struct Names {
    staff: BTreeMap<String, String>,
    may_see_team: bool,
}

impl Names {
    /// The names that a reader sees.
    pub(super) async fn of(state: &AppState, signed: &Signed) -> Result<Self, Failed> {
        let team = state.store.team().await?.into_iter();
        Ok(Self {
            staff: team
                .map(|person| (format!("staff:{}", person.id), person.name))
                .collect(),
            may_see_team: signed.may(Act::SeeTeam),
        })
    }

    /// Whom the list can be narrowed to: how the audit names them, and their name.
    pub(super) fn actors(&self) -> impl Iterator<Item = (&str, &str)> {
        let others = [("cli:", "Command line"), ("system", "Leftoff itself")];
        let mut staff: Vec<_> = self
            .staff
            .iter()
            .map(|(id, name)| (&**id, &**name))
            .collect();
        staff.sort_by_key(|(_, name)| *name);
        staff.into_iter().chain(others)
    }

    /// An actor as text.
    pub(super) fn text(&self, actor: &str) -> String {
        let name = self.staff.get(actor).cloned();
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
