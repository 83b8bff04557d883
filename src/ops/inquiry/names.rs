//! Who acted, by the name that people know them by.

use std::collections::BTreeMap;

use super::refused::Failed;
use crate::{ops::keys::called, state::AppState};

/// The names of actors, as the audit and links keep them.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// The names of these actors.
    pub(super) async fn of(
        state: &AppState,
        actors: impl Iterator<Item = &str>,
    ) -> Result<Self, Failed> {
        let mut names = BTreeMap::new();
        for actor in actors {
            if names.contains_key(actor) {
                continue;
            }
            let name = match actor.split_once(':') {
                Some(("staff", id)) => state.store.staff(id).await?.map(|person| person.name),
                Some(("key", id)) => state.store.api_key(id).await?.map(|key| called(&key)),
                _ => None,
            };
            names.extend(name.map(|name| (actor.to_owned(), name)));
        }
        Ok(Self(names))
    }

    /// What an actor is called.
    pub(super) fn name(&self, actor: &str) -> String {
        if let Some(name) = self.0.get(actor) {
            return name.clone();
        }
        match actor.split_once(':') {
            Some(("cli", name)) => format!("{name} at the command line"),
            Some(("staff", _)) => "somebody who left".to_owned(),
            Some(("key", _)) => "a key of the API".to_owned(),
            _ if actor == "system" => "Leftoff".to_owned(),
            _ if actor == "persona" => "Persona".to_owned(),
            _ => actor.to_owned(),
        }
    }
}
