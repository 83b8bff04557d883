//! Keys in one spelling, whatever spelling a webhook is set to.

use serde_json::Value;

/// Rewrites the keys of Persona's own objects to kebab case, the spelling that this crate reads.
///
/// A webhook is sent in the inflection of its own setting (docs.withpersona.com/key-inflection). Keys below `fields`
/// are the template's own names and stay as they are.
pub(crate) fn to_kebab(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(to_kebab).collect(),
        Value::Object(object) => object.into_iter().map(entry).collect(),
        other => other,
    }
}

fn entry((key, value): (String, Value)) -> (String, Value) {
    if key == "fields" {
        (key, value)
    } else {
        (kebab(key), to_kebab(value))
    }
}

fn kebab(key: String) -> String {
    let is_kebab = |byte: u8| byte != b'_' && !byte.is_ascii_uppercase();
    if key.bytes().all(is_kebab) {
        return key;
    }
    let mut text = String::with_capacity(key.len() + 2);
    for character in key.chars() {
        match character {
            '_' => text.push('-'),
            upper if upper.is_ascii_uppercase() => {
                text.push('-');
                text.push(upper.to_ascii_lowercase());
            }
            other => text.push(other),
        }
    }
    text
}
