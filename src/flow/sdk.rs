//! Persona's SDK in the page: loaded once, when it is needed, and only if its hash is right.

use std::cell::OnceCell;

use js_sys::{Function, Promise};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::{TRUSTED_TYPES_POLICY, js};
use crate::model::sdk;

/// The SDK's global object, loaded if it is not there yet.
///
/// # Errors
/// When the script is blocked, altered, or does not define `Persona`.
pub(super) async fn load() -> Result<JsValue, JsValue> {
    let loaded = persona();
    if loaded.is_object() {
        return Ok(loaded);
    }
    let script = document().create_element("script")?;
    js::set(&script, "integrity", &sdk::INTEGRITY.into());
    js::set(&script, "crossOrigin", &"anonymous".into());
    let done = Promise::new(&mut |resolve, reject| {
        js::set(&script, "onload", &resolve);
        js::set(&script, "onerror", &reject);
    });
    js::set(&script, "src", &script_url()?);
    document()
        .head()
        .ok_or(JsValue::NULL)?
        .append_child(&script)?;
    JsFuture::from(done).await?;
    let loaded = persona();
    if loaded.is_object() {
        Ok(loaded)
    } else {
        Err(JsValue::NULL)
    }
}

fn persona() -> JsValue {
    js::get(&window(), "Persona")
}

/// The SDK's URL as a type that the page's policy lets into `script.src`.
fn script_url() -> Result<JsValue, JsValue> {
    thread_local! {
        static URL: OnceCell<JsValue> = const { OnceCell::new() };
    }
    if let Some(url) = URL.with(|url| url.get().cloned()) {
        return Ok(url);
    }
    let url = trusted_url()?;
    URL.with(|kept| kept.set(url.clone())).ok();
    Ok(url)
}

/// Browsers without Trusted Types take the plain text.
fn trusted_url() -> Result<JsValue, JsValue> {
    let factory = js::get(&window(), "trustedTypes");
    if !factory.is_object() {
        return Ok(sdk::PATH.into());
    }
    // Whatever it is asked for, the policy makes this one URL.
    let make = Closure::<dyn Fn() -> JsValue>::new(|| sdk::PATH.into());
    let rules = js::object(&[("createScriptURL", make.as_ref().clone())]);
    let create: Function = js::get(&factory, "createPolicy").dyn_into()?;
    let policy = create.call2(&factory, &TRUSTED_TYPES_POLICY.into(), &rules)?;
    let create: Function = js::get(&policy, "createScriptURL").dyn_into()?;
    create.call1(&policy, &sdk::PATH.into())
}
