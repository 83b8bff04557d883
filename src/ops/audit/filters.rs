//! The audit's filters: all of them in the URL, and nothing else.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;

use super::Names;
use crate::{ops::time::Reader, paths, store::audit::AuditQuery};

/// What the URL of the audit says. A value that it cannot have is no filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Filters {
    #[serde(default)]
    actor: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    object: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    older: String,
    #[serde(default)]
    newer: String,
}

/// From where a page shows rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// From the newest.
    Newest,
    /// Rows before this one.
    Before(i64),
    /// Rows after this one.
    After(i64),
}

impl Place {
    /// The row before which the page begins.
    pub(super) const fn before(self) -> Option<i64> {
        match self {
            Self::Before(seq) => Some(seq),
            _ => None,
        }
    }
}

impl Filters {
    /// Whether anything is asked for.
    pub(super) fn is_narrow(&self) -> bool {
        !self.to_query(false).is_empty()
    }

    /// From where.
    pub(super) fn place(&self) -> Place {
        let older = self.older.parse().map(Place::Before);
        let newer = self.newer.parse().map(Place::After);
        older.or(newer).unwrap_or(Place::Newest)
    }

    /// What the store is asked for.
    pub(super) fn query(&self, reader: &Reader) -> AuditQuery {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        AuditQuery {
            actor: given(&self.actor),
            act: given(&self.act),
            object: given(&self.object).map(object),
            reason: given(&self.reason),
            from: reader.midnight(&self.from, 0),
            until: reader.midnight(&self.to, 1),
        }
    }

    /// The same list from another place.
    pub(super) fn at(&self, place: Place) -> String {
        let (older, newer) = match place {
            Place::Newest => (String::new(), String::new()),
            Place::Before(seq) => (seq.to_string(), String::new()),
            Place::After(seq) => (String::new(), seq.to_string()),
        };
        let filters = Self {
            older,
            newer,
            ..self.clone()
        };
        let query = filters.to_query(true);
        if query.is_empty() {
            paths::AUDIT.to_owned()
        } else {
            format!("{}?{query}", paths::AUDIT)
        }
    }

    /// What is asked for, without the place.
    pub(super) fn kept(&self) -> String {
        self.to_query(false)
    }

    /// What is asked for, as fields of a form.
    pub(super) fn pairs(&self) -> [(&'static str, &str); 6] {
        [
            ("actor", &self.actor),
            ("act", &self.act),
            ("object", &self.object),
            ("reason", &self.reason),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    fn to_query(&self, with_place: bool) -> String {
        let place = [("older", self.older.as_str()), ("newer", &self.newer)];
        let place = place.into_iter().filter(|_| with_place);
        let set = self.pairs().into_iter().chain(place);
        let set = set.filter(|(_, value)| !value.is_empty());
        Serializer::new(String::new()).extend_pairs(set).finish()
    }

    /// The form that narrows the list.
    pub(super) fn form(&self, names: &Names, acts: &[String]) -> impl IntoView + use<> {
        let actors: Vec<_> = names
            .actors()
            .map(|(id, name)| option(id, name, &self.actor))
            .collect();
        let acts: Vec<_> = acts
            .iter()
            .map(|act| option(act, &act.replace('-', " "), &self.act))
            .collect();
        let clear = self
            .is_narrow()
            .then(|| view! { <a class="plain" href=paths::AUDIT>"Clear"</a> });
        view! {
            <form class="filters" action=paths::AUDIT aria-label="Filters">
                <label>
                    "Who"
                    <select name="actor" data-submit="">
                        {option("", "Anybody", &self.actor)}
                        {actors}
                    </select>
                </label>
                <label>
                    "What"
                    <select name="act" data-submit="">
                        {option("", "Anything", &self.act)}
                        {acts}
                    </select>
                </label>
                <label>
                    "To what"
                    <input name="object" value=self.object.clone() placeholder="inq_… or link:…" maxlength="100" />
                </label>
                <label>
                    "Reason"
                    <input name="reason" value=self.reason.clone() maxlength="60" />
                </label>
                <label>"From" <input type="date" name="from" value=self.from.clone() /></label>
                <label>"To" <input type="date" name="to" value=self.to.clone() /></label>
                <button type="submit">"Apply"</button>
                {clear}
            </form>
        }
    }
}

/// People name an inquiry by its ID alone.
fn object(text: String) -> String {
    if text.starts_with("inq_") {
        format!("inquiry:{text}")
    } else {
        text
    }
}

fn option(value: &str, name: &str, chosen: &str) -> impl IntoView + use<> {
    view! { <option value=value.to_owned() selected=value == chosen>{name.to_owned()}</option> }
}
