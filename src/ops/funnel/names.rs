//! What the groups of the funnel are called.

use crate::{
    links::channel::Channel,
    ops::keys::called,
    store::{api_keys::ApiKeyRow, funnel::Grouping, staff::StaffRow, templates::TemplateRow},
};

/// The names that the store knows.
pub(super) struct Names {
    /// The templates.
    pub(super) templates: Vec<TemplateRow>,
    /// The staff.
    pub(super) team: Vec<StaffRow>,
    /// The keys of the API.
    pub(super) keys: Vec<ApiKeyRow>,
}

impl Names {
    /// The name of a group by its key.
    pub(super) fn of(&self, by: Grouping, key: &str) -> String {
        match by {
            Grouping::Day => key.to_owned(),
            Grouping::Channel => self.channel(key),
            Grouping::Template => self.template(key),
            Grouping::Maker => self.maker(key),
        }
    }

    /// How a link reaches the person.
    #[expect(clippy::unused_self, reason = "its siblings look names up")]
    pub(super) fn channel(&self, code: &str) -> String {
        let name = match Channel::parse(code) {
            Some(Channel::Copy) => "Copied by hand",
            Some(Channel::Mail) => "E-mail",
            Some(Channel::Cli) => "Command line",
            Some(Channel::HandOff) => "Hand-off",
            Some(Channel::Bulk) => "Bulk",
            Some(Channel::Api) => "API",
            Some(Channel::Policy) => "Policy",
            Some(Channel::Recover) => "Asked for by the person",
            None => code,
        };
        name.to_owned()
    }

    /// The templates with their names.
    pub(super) fn templates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.templates
            .iter()
            .map(|row| (&*row.id, row.name.as_deref().unwrap_or(&row.id)))
    }

    fn template(&self, id: &str) -> String {
        let known = self.templates().find(|(known, _)| *known == id);
        match known {
            Some((_, name)) => name.to_owned(),
            None if id.is_empty() => "Unknown".to_owned(),
            None => id.to_owned(),
        }
    }

    /// Who made a link: a member of the staff by name, whoever was at the command line by theirs.
    pub(super) fn maker(&self, maker: &str) -> String {
        match maker.split_once(':') {
            Some(("staff", id)) => {
                let person = self.team.iter().find(|row| row.id == id);
                person.map_or_else(|| "somebody who left".to_owned(), |row| row.name.clone())
            }
            Some(("key", id)) => {
                let key = self.keys.iter().find(|row| row.id == id);
                key.map_or_else(|| maker.to_owned(), called)
            }
            Some(("cli", name)) => format!("{name} at the command line"),
            _ if maker == "system" => "Leftoff".to_owned(),
            _ => maker.to_owned(),
        }
    }
}
