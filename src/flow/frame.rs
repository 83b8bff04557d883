//! Persona's frame in our dialog: mounted through the SDK, guarded, and removed without a trace.

use std::{cell::RefCell, rc::Rc, time::Duration};

use js_sys::{Function, Object};
use leptos::{
    leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle},
    prelude::{document, window},
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{AddEventListenerOptions, Element, HtmlIFrameElement, MessageEvent};

use super::js;

/// The SDK has no timeout of its own: a blocked or hung frame calls nobody back.
const PATIENCE: Duration = Duration::from_secs(15);

/// Tells our frame's messages from others; not a secret.
const CONTAINER: &str = "leftoff-flow";

/// What the frame said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The flow can be used.
    Ready,
    /// The person reached the end, passed or not.
    Complete,
    /// The person left the flow.
    Cancelled,
    /// The flow's session is not valid.
    SessionLost,
    /// Another error.
    Failed,
    /// The camera was refused or did not start.
    CameraDenied,
    /// Nothing, for too long.
    Stalled,
}

/// What the frame is opened with.
pub(super) struct Opening {
    /// The inquiry.
    pub(super) inquiry_id: String,
    /// Persona's session token.
    pub(super) session_token: Option<String>,
    /// Persona's host, as the SDK's option `host` takes it.
    pub(super) host: String,
    /// Its origin.
    pub(super) origin: String,
    /// The page's language.
    pub(super) language: String,
    /// The frame's accessible name.
    pub(super) title: String,
}

pub(super) type Listener = Rc<dyn Fn(Said)>;
type Callback = Closure<dyn Fn(JsValue, JsValue)>;

/// A mounted frame; dropping it removes the frame and every listener.
pub(super) struct Frame {
    element: HtmlIFrameElement,
    origin: String,
    unsubscribe: Function,
    guard: Closure<dyn Fn(MessageEvent)>,
    timer: Rc<RefCell<Option<TimeoutHandle>>>,
    _callbacks: Vec<Callback>,
}

impl Frame {
    /// Puts the frame into `place` and starts it.
    ///
    /// # Errors
    /// When the SDK throws.
    pub(super) fn mount(
        persona: &JsValue,
        place: &Element,
        opening: &Opening,
        listener: &Listener,
    ) -> Result<Self, JsValue> {
        let element: HtmlIFrameElement = document().create_element("iframe")?.dyn_into()?;
        place.replace_children_with_node_1(&element);
        let guard = guard(&element, &opening.origin);
        let options = AddEventListenerOptions::new();
        options.set_capture(true);
        // Before the SDK's own listener, so that a forged message never reaches it.
        window().add_event_listener_with_callback_and_add_event_listener_options(
            "message",
            guard.as_ref().unchecked_ref(),
            &options,
        )?;
        let timer = Rc::new(RefCell::new(start_timer(listener)));
        let (handlers, callbacks) = handlers(listener, &timer, &opening.host);
        let setup_events: Function = js::get(persona, "setupEvents").dyn_into()?;
        let unsubscribe = setup_events
            .call2(persona, &CONTAINER.into(), &handlers)?
            .dyn_into()?;
        let frame = Self {
            element,
            origin: opening.origin.clone(),
            unsubscribe,
            guard,
            timer,
            _callbacks: callbacks,
        };
        frame.start(persona, opening)?;
        Ok(frame)
    }

    fn start(&self, persona: &JsValue, opening: &Opening) -> Result<(), JsValue> {
        let setup_iframe: Function = js::get(persona, "setupIframe").dyn_into()?;
        let options = js::object(&[
            ("inquiryId", opening.inquiry_id.as_str().into()),
            (
                "sessionToken",
                opening
                    .session_token
                    .as_deref()
                    .map_or(JsValue::UNDEFINED, Into::into),
            ),
            ("host", opening.host.as_str().into()),
            ("language", opening.language.as_str().into()),
            ("iframeTitle", opening.title.as_str().into()),
        ]);
        setup_iframe.call4(
            persona,
            &self.element,
            &CONTAINER.into(),
            &"embedded".into(),
            &options,
        )?;
        // The dialog around it is ours; a second one inside would be announced twice.
        self.element.remove_attribute("role")?;
        self.element.remove_attribute("aria-modal")
    }

    /// Tells the flow that it is on view.
    pub(super) fn open(&self) {
        self.tell("open", &Object::new());
    }

    fn tell(&self, action: &str, metadata: &Object) {
        let message = js::object(&[("action", action.into()), ("metadata", metadata.into())]);
        if let Some(content) = self.element.content_window() {
            // A frame that is elsewhere by now does not get it, and need not.
            content.post_message(&message, &self.origin).ok();
        }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        stop_timer(&self.timer);
        self.tell("destroy", &Object::new());
        self.unsubscribe.call0(&JsValue::UNDEFINED).ok();
        let guard = self.guard.as_ref().unchecked_ref();
        window()
            .remove_event_listener_with_callback_and_bool("message", guard, true)
            .ok();
        self.element.remove();
    }
}

/// Lets through only what our own frame, at Persona's origin, says about our container.
///
/// The SDK itself checks neither the source nor the whole origin.
fn guard(element: &HtmlIFrameElement, origin: &str) -> Closure<dyn Fn(MessageEvent)> {
    let (element, origin) = (element.clone(), origin.to_owned());
    Closure::new(move |event: MessageEvent| {
        let content: JsValue = element.content_window().into();
        let source: JsValue = event.source().into();
        let is_ours = !content.is_null()
            && source == content
            && event.origin() == origin
            && js::text(&event.data(), "containerId").as_deref() == Some(CONTAINER);
        if !is_ours {
            event.stop_immediate_propagation();
        }
    })
}

fn start_timer(listener: &Listener) -> Option<TimeoutHandle> {
    let listener = Rc::clone(listener);
    set_timeout_with_handle(move || listener(Said::Stalled), PATIENCE).ok()
}

fn stop_timer(timer: &RefCell<Option<TimeoutHandle>>) {
    if let Some(handle) = timer.borrow_mut().take() {
        handle.clear();
    }
}

/// The SDK's callbacks, all keys of them, as its types demand.
fn handlers(
    listener: &Listener,
    timer: &Rc<RefCell<Option<TimeoutHandle>>>,
    host: &str,
) -> (Object, Vec<Callback>) {
    let say = |what: fn(&JsValue, &JsValue) -> Option<Said>| {
        let (listener, timer) = (Rc::clone(listener), Rc::clone(timer));
        Callback::new(move |one: JsValue, two: JsValue| {
            if let Some(said) = what(&one, &two) {
                stop_timer(&timer);
                listener(said);
            }
        })
    };
    let named = [
        ("onReady", say(|_, _| Some(Said::Ready))),
        ("onComplete", say(|_, _| Some(Said::Complete))),
        ("onCancel", say(|_, _| Some(Said::Cancelled))),
        ("onError", say(|error, _| Some(read_error(error)))),
        ("onEvent", say(read_event)),
    ];
    let object = js::object(&[
        ("onLoad", JsValue::NULL),
        ("templateId", JsValue::NULL),
        ("templateVersionId", JsValue::NULL),
        ("eventsAllowlist", JsValue::NULL),
        ("host", host.into()),
    ]);
    for (name, callback) in &named {
        js::set(&object, name, callback.as_ref());
    }
    (
        object,
        named.into_iter().map(|(_, callback)| callback).collect(),
    )
}

fn read_error(error: &JsValue) -> Said {
    match js::text(error, "code").as_deref() {
        Some("unauthenticated") => Said::SessionLost,
        Some("camera_error") => Said::CameraDenied,
        _ => Said::Failed,
    }
}

fn read_event(name: &JsValue, metadata: &JsValue) -> Option<Said> {
    match name.as_string()?.as_str() {
        "load-camera-failed" => Some(Said::CameraDenied),
        "camera-permissions-check-result" => {
            let refused = js::get(metadata, "hasCameraPermission").as_bool() == Some(false);
            refused.then_some(Said::CameraDenied)
        }
        _ => None,
    }
}
