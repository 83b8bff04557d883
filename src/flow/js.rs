//! Short words for reading and building JavaScript values.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A property, or `undefined` where there is none.
pub(super) fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is text.
pub(super) fn text(object: &JsValue, key: &str) -> Option<String> {
    get(object, key).as_string()
}

/// Sets a property. On the plain objects that we build it cannot fail.
pub(super) fn set(object: &JsValue, key: &str, value: &JsValue) {
    Reflect::set(object, &key.into(), value).ok();
}

/// A plain object.
pub(super) fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        set(&object, key, value);
    }
    object
}
