//! Key case: requests may use any of three, answers use the one that `Key-Inflection` names
//! (docs.withpersona.com/key-inflection). Keys inside `fields` are never touched.

use serde_json::{Map, Value};

/// The case of an answer's keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inflection {
    Camel,
    Kebab,
    Snake,
}

impl Inflection {
    /// What a header value means; `None` for what Persona does not know.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        match value {
            "camel" => Some(Self::Camel),
            "kebab" => Some(Self::Kebab),
            "snake" => Some(Self::Snake),
            _ => None,
        }
    }

    /// Gives all keys of a kebab-case document this case.
    pub(crate) fn apply(self, value: Value) -> Value {
        match self {
            Self::Kebab => value,
            Self::Camel => rename(value, &camel),
            Self::Snake => rename(value, &|key| key.replace('-', "_")),
        }
    }
}

/// Gives all keys kebab case, whichever they had.
pub(crate) fn to_kebab(value: Value) -> Value {
    rename(value, &kebab)
}

/// One key in kebab case.
pub(crate) fn kebab(key: &str) -> String {
    let mut kebab = String::with_capacity(key.len() + 4);
    for letter in key.chars() {
        match letter {
            '_' => kebab.push('-'),
            upper if upper.is_ascii_uppercase() => {
                kebab.push('-');
                kebab.push(upper.to_ascii_lowercase());
            }
            other => kebab.push(other),
        }
    }
    kebab
}

fn camel(key: &str) -> String {
    let mut words = key.split('-');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

fn rename(value: Value, case: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::Object(object) => Value::Object(rename_keys(object, case)),
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| rename(item, case)).collect())
        }
        other => other,
    }
}

fn rename_keys(object: Map<String, Value>, case: &dyn Fn(&str) -> String) -> Map<String, Value> {
    let entry = |(key, value): (String, Value)| {
        let value = if key == "fields" {
            value
        } else {
            rename(value, case)
        };
        (case(&key), value)
    };
    object.into_iter().map(entry).collect()
}
