//! One visit, from the button to the outcome.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use js_sys::Promise;
use leptos::{
    prelude::{set_timeout, window},
    task::spawn_local,
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlFormElement, SubmitEvent};

use super::{
    Stage,
    api::{self, Problem},
    frame::{Frame, Listener, Opening, Said},
    js,
    page::Page,
    sdk,
};
use crate::{model::trouble::Trouble, paths};

/// How often the server is asked again when Persona does not know of the end yet, and how far apart.
const CHECKS: u32 = 3;
const BETWEEN_CHECKS: Duration = Duration::from_secs(2);

thread_local! {
    /// A page has one flow at most.
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// The flow on view.
struct Open {
    frame: Frame,
    _on_close: Closure<dyn Fn()>,
}

/// Says in the page that the island is at work from now on.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature of a directive"
)]
pub(super) fn go_live(root: web_sys::Element) {
    root.set_attribute("data-live", "").ok();
}

/// Takes over the button's form; every other form goes its own way.
pub(super) fn submit(event: &SubmitEvent) {
    let Some(page) = event
        .current_target()
        .and_then(|root| Page::find(root.unchecked_ref()))
    else {
        return;
    };
    let form = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let wants_native = event
        .submitter()
        .is_some_and(|button| button.has_attribute("data-native"));
    if wants_native || !form.is_some_and(|form| page.is_form(&form)) {
        return;
    }
    event.prevent_default();
    if !BUSY.replace(true) {
        spawn_local(async move {
            go(&page).await;
            BUSY.set(false);
        });
    }
}

async fn go(page: &Page) {
    page.show(Stage::Working);
    let link = page.fact("data-link");
    let birthdate = page.birthdate().map_or(JsValue::NULL, Into::into);
    let act = js::object(&[("link", link.into()), ("birthdate", birthdate)]);
    let answer = match api::post(paths::RESUME_INQUIRY, &act).await {
        Ok(answer) => answer,
        Err(problem) => return stop(page, &problem),
    };
    let Ok(persona) = sdk::load().await else {
        return trouble(page, Trouble::ScriptBlocked);
    };
    page.show(Stage::Loading);
    if open(page, &persona, &opening(page, &answer)).is_err() {
        trouble(page, Trouble::ScriptBlocked);
    }
}

fn opening(page: &Page, answer: &JsValue) -> Opening {
    Opening {
        inquiry_id: js::text(answer, "inquiry-id").unwrap_or_default(),
        session_token: js::text(answer, "session-token"),
        host: page.fact("data-host"),
        origin: page.fact("data-origin"),
        language: page.fact("data-language"),
        title: page.fact("data-title"),
    }
}

fn open(page: &Page, persona: &JsValue, opening: &Opening) -> Result<(), JsValue> {
    let listener: Listener = {
        let page = page.clone();
        Rc::new(move |said| hear(&page, said))
    };
    let on_close = {
        let page = page.clone();
        Closure::new(move || leave(&page))
    };
    page.dialog.show_modal()?;
    js::set(&page.dialog, "onclose", on_close.as_ref());
    let frame = Frame::mount(persona, &page.place, opening, &listener)?;
    OPEN.with_borrow_mut(|open| {
        *open = Some(Open {
            frame,
            _on_close: on_close,
        });
    });
    Ok(())
}

/// Does what the flow's word asks for. Nothing of it is believed: the server looks for itself.
fn hear(page: &Page, said: Said) {
    match said {
        Said::Ready => {
            OPEN.with_borrow(|open| open.iter().for_each(|open| open.frame.open()));
            page.show(Stage::Flow);
            tell(page, paths::REPORT_READY, None);
        }
        Said::Complete => {
            close(page);
            let page = page.clone();
            spawn_local(async move { check(&page).await });
        }
        Said::Cancelled => end(page, Trouble::Cancelled),
        Said::SessionLost => end(page, Trouble::SessionLost),
        Said::Failed => end(page, Trouble::FlowError),
        // The flow may still recover, so the dialog stays and shows the ways out.
        Said::CameraDenied => trouble(page, Trouble::CameraDenied),
        Said::Stalled => trouble(page, Trouble::FrameStalled),
    }
}

/// The person closed the dialog by Escape or by its button.
fn leave(page: &Page) {
    if OPEN.with_borrow(Option::is_some) {
        end(page, Trouble::Cancelled);
    }
}

fn end(page: &Page, why: Trouble) {
    close(page);
    trouble(page, why);
}

fn close(page: &Page) {
    let open = OPEN.take();
    js::set(&page.dialog, "onclose", &JsValue::NULL);
    page.dialog.close();
    // Not here: the word that ends the flow is spoken by one of its own callbacks.
    spawn_local(async move { drop(open) });
}

/// Shows what went wrong and has it recorded.
fn trouble(page: &Page, trouble: Trouble) {
    page.show(Stage::Trouble(trouble));
    tell(page, paths::REPORT_TROUBLE, Some(trouble));
}

/// Tells the server what it records; whether that succeeds changes nothing for the person.
fn tell(page: &Page, path: &'static str, trouble: Option<Trouble>) {
    let trouble = trouble.map_or(JsValue::NULL, |trouble| trouble.code().into());
    let act = js::object(&[
        ("link", page.fact("data-link").into()),
        ("trouble", trouble),
    ]);
    spawn_local(async move {
        api::post(path, &act).await.ok();
    });
}

/// Has the server read what became of the inquiry; the outcome has its own page.
async fn check(page: &Page) {
    page.show(Stage::Checking);
    let act = js::object(&[("link", page.fact("data-link").into())]);
    for _ in 0..CHECKS {
        match api::post(paths::REPORT_COMPLETION, &act).await {
            Ok(verified) if js::get(&verified, "is-settled").is_truthy() => return reload(page),
            Ok(_) => wait(BETWEEN_CHECKS).await,
            Err(problem) => return stop(page, &problem),
        }
    }
    page.show(Stage::Waiting);
}

/// Stays where the person can do something, and goes to the server's own page otherwise.
fn stop(page: &Page, problem: &Problem) {
    match problem {
        Problem::Offline => page.show(Stage::Offline),
        Problem::Refused(refusal) if refusal.stays_on_page() => page.show(Stage::Refused(*refusal)),
        Problem::Refused(refusal) if refusal.is_on_link() => reload(page),
        // Only the answer to the form tells this one.
        Problem::Refused(_) => page.send_form(),
    }
}

fn reload(page: &Page) {
    window().location().replace(&page.fact("data-page")).ok();
}

async fn wait(time: Duration) {
    let passed = Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                resolve.call0(&JsValue::UNDEFINED).ok();
            },
            time,
        );
    });
    JsFuture::from(passed).await.ok();
}
