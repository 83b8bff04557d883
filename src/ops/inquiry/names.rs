//! Who acted, by the name that people know them by.

use std::collections::BTreeMap;

use super::refused::Failed;
use crate::state::AppState;

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
            if let Some(id) = actor.strip_prefix("staff:")
                && !names.contains_key(actor)
                && let Some(person) = state.store.staff(id).await?
            {
                names.insert(actor.to_owned(), person.name);
            }
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
            _ if actor == "system" => "Leftoff".to_owned(),
            _ if actor == "persona" => "Persona".to_owned(),
            _ => actor.to_owned(),
        }
    }
}
