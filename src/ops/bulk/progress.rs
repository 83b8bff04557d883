//! How far a bulk is, and what can be done about it.

use leptos::prelude::*;

use super::{draft::reason, live, number, show::Sheet};
use crate::{
    model::bulk::{BulkAct, BulkState},
    paths,
    store::bulk::BulkRow,
};

pub(super) fn view(sheet: &Sheet) -> impl IntoView + use<> {
    let bulk = &sheet.bulk;
    let problem = bulk.problem.clone().map(|problem| {
        view! {
            <p class="alert" role="alert">
                "Leftoff paused it: " {problem} ". Put it right, then let it go on."
            </p>
        }
    });
    view! {
        {problem}
        {bar(bulk)}
        <dl class="facts counts">
            {count(bulk, "Done", "done", bulk.done)}
            {count(bulk, "Skipped", "skipped", bulk.skipped)}
            {count(bulk, "Failed", "failed", bulk.failed)}
            {count(bulk, "Left", "left", bulk.left())}
        </dl>
        {who(sheet)}
        {sheet.may.then(|| acts(sheet))}
    }
}

fn bar(bulk: &BulkRow) -> impl IntoView + use<> {
    let settled = bulk.included - bulk.left();
    view! {
        <progress
            class="far"
            max=bulk.included
            value=settled
            aria-label="How far it is"
            data-live=live(bulk, "settled")
        ></progress>
    }
}

fn count(bulk: &BulkRow, name: &'static str, what: &str, of: i64) -> impl IntoView + use<> {
    view! {
        <div>
            <dt>{name}</dt>
            <dd class="number" data-live=live(bulk, what)>{number(of)}</dd>
        </div>
    }
}

fn who(sheet: &Sheet) -> impl IntoView + use<> {
    let bulk = &sheet.bulk;
    let hand = |name: &'static str, actor: &Option<String>, at: Option<i64>| {
        let actor = actor.as_deref().map(|actor| sheet.names.say(actor))?;
        let at = at.map(|at| sheet.reader.exact(at));
        Some(view! { <div><dt>{name}</dt><dd>{actor} " " <small>{at}</small></dd></div> })
    };
    let time = |name: &'static str, at: Option<i64>| {
        at.map(|at| view! { <div><dt>{name}</dt><dd>{sheet.reader.exact(at)}</dd></div> })
    };
    let retry_of = bulk.retry_of.as_deref().map(|id| {
        let href = paths::bulk(paths::BULK, id);
        view! { <div><dt>"Tries again"</dt><dd><a href=href>"what failed before"</a></dd></div> }
    });
    let maker = Some(bulk.maker.clone());
    view! {
        <dl class="facts">
            {hand("Made by", &maker, Some(bulk.created_at))}
            {hand("Confirmed by", &bulk.confirmed_by, bulk.confirmed_at)}
            {hand("Approved by", &bulk.approved_by, bulk.approved_at)}
            {time("Ended", bulk.finished_at)}
            <div><dt>"Reason"</dt><dd>{reason(bulk.reason.as_deref())}</dd></div>
            <div><dt>"Note"</dt><dd class="note">{bulk.note.clone()}</dd></div>
            {retry_of}
        </dl>
    }
}

fn acts(sheet: &Sheet) -> impl IntoView + use<> {
    let bulk = &sheet.bulk;
    let act = |route: &str, name: &'static str, class: &'static str| {
        let action = paths::bulk(route, &bulk.id);
        view! {
            <form method="post" action=action>
                <button class=class type="submit">{name}</button>
            </form>
        }
    };
    let state = bulk.state();
    let pause = (state == BulkState::Running).then(|| act(paths::BULK_PAUSE, "Pause", ""));
    let go_on = (state == BulkState::Paused).then(|| act(paths::BULK_GO_ON, "Go on", "main"));
    let cancel = (!state.is_over()).then(|| act(paths::BULK_CANCEL, "Cancel the rest", "grave"));
    let retry = (state.is_over() && bulk.failed > 0)
        .then(|| act(paths::BULK_RETRY, "Try the failed ones again", ""));
    view! {
        <div class="acts">{pause} {go_on} {cancel} {retry}</div>
        {links(sheet)}
    }
}

/// Links are handed out once: they are secrets, and the database knows only their hashes.
fn links(sheet: &Sheet) -> Option<impl IntoView + use<>> {
    let bulk = &sheet.bulk;
    let has_links = bulk.act() == BulkAct::Resume && bulk.done > 0;
    has_links.then(|| {
        let left = sheet.links_left;
        let title = (left == 0).then_some("Each link is handed out once, and all of them were");
        view! {
            <section class="receipt" aria-labelledby="links">
                <h2 id="links">"Links"</h2>
                <p>
                    "A file with a link for each inquiry, for your own mailing. Each link is handed out once, to whoever
                    takes it first; the audit names them."
                </p>
                <form method="post" action=paths::bulk(paths::BULK_LINKS, &bulk.id)>
                    <button type="submit" disabled=left == 0 title=title>
                        {format!("Take {} links (CSV)", number(left))}
                    </button>
                </form>
            </section>
        }
    })
}
