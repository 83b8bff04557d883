//! The dry run: what will happen to each, why some are left out, and the receipt that is confirmed.

use leptos::prelude::*;

use super::{inquiries, number, show::Sheet};
use crate::{
    model::{
        bulk::{BulkAct, BulkState, Verdict},
        reason::Reason,
    },
    paths,
    store::bulk::Group,
};

/// Requests a minute that Persona allows by default, less what is kept for the portal.
const A_MINUTE: i64 = 255;
/// Longest note, in characters.
pub(super) const LONGEST_NOTE: usize = 500;

pub(super) fn view(sheet: &Sheet) -> impl IntoView + use<> {
    view! {
        <section>
            <h2>"What will happen"</h2>
            {groups(sheet)}
            {duration(sheet)}
        </section>
        {terms(sheet)}
        {receipt(sheet)}
    }
}

fn groups(sheet: &Sheet) -> impl IntoView + use<> {
    let rows: Vec<_> = Verdict::ALL
        .iter()
        .filter_map(|verdict| {
            let group = sheet.verdicts.iter().find(|one| one.code == verdict.code());
            group.map(|group| row(sheet, *verdict, group))
        })
        .collect();
    view! {
        <div class="scroll dry" role="region" aria-label="What will happen" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"What"</th>
                        <th scope="col">"Inquiries"</th>
                        <th scope="col">"For example"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(sheet: &Sheet, verdict: Verdict, group: &Group) -> impl IntoView + use<> {
    let (tone, words) = if verdict == Verdict::Included {
        ("good", effect(sheet.bulk.act()))
    } else {
        ("wait", verdict.words())
    };
    let label = if verdict == Verdict::Included {
        "Included"
    } else {
        "Left out"
    };
    let example = group.example.clone().map(|id| {
        let href = paths::inquiry(&id);
        view! { <a class="id" href=href>{id}</a> }
    });
    view! {
        <tr>
            <th scope="row">
                <span class="badge" data-tone=tone>{label}</span>
                <small>{words}</small>
            </th>
            <td data-label="Inquiries" class="number">{number(group.count)}</td>
            <td data-label="For example" class="example">{example}</td>
        </tr>
    }
}

/// What the act does to each, in a sentence.
const fn effect(act: BulkAct) -> &'static str {
    match act {
        BulkAct::Resume => "Opened again at Persona if it expired, and a new link is made",
        BulkAct::RevokeLinks => "Its open links stop working",
        BulkAct::Expire => "Ended with its sessions; it can be resumed later",
    }
}

fn duration(sheet: &Sheet) -> Option<impl IntoView + use<>> {
    let asks = sheet.bulk.act() != BulkAct::RevokeLinks && sheet.bulk.included > A_MINUTE;
    asks.then(|| {
        let minutes = sheet.bulk.included / A_MINUTE + 1;
        view! {
            <p class="soft">
                {format!("About {minutes} min at the 300 requests a minute that Persona allows by default.")}
            </p>
        }
    })
}

/// Whom the draft leaves out can be chosen, where there is a choice.
fn terms(sheet: &Sheet) -> Option<impl IntoView + use<>> {
    let bulk = &sheet.bulk;
    let is_open = bulk.state() == BulkState::Draft && sheet.may && bulk.act() == BulkAct::Resume;
    is_open.then(|| {
        let contacted = format!("Take people contacted in the last {} h too", sheet.contact_hours);
        view! {
            <form
                class="filters whom"
                method="post"
                action=paths::bulk(paths::BULK_TERMS, &bulk.id)
                aria-label="Whom to take"
            >
                {check("outdated", "Take outdated templates too".to_owned(), bulk.with_outdated != 0)}
                {check("contacted", contacted, bulk.with_contacted != 0)}
                <button type="submit">"Look again"</button>
            </form>
        }
    })
}

fn check(name: &'static str, label: String, is_on: bool) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" name=name value="1" checked=is_on data-submit="" />
            {label}
        </label>
    }
}

fn receipt(sheet: &Sheet) -> impl IntoView + use<> {
    let short: String = sheet.bulk.fingerprint.chars().take(12).collect();
    let form = match sheet.bulk.state() {
        _ if !sheet.may => {
            view! { <p class="soft">"An operator or an admin can confirm it."</p> }.into_any()
        }
        BulkState::WaitingApproval => approval(sheet).into_any(),
        _ if sheet.bulk.included == 0 => nothing(sheet).into_any(),
        _ => confirmation(sheet).into_any(),
    };
    view! {
        <section class="receipt" aria-labelledby="receipt">
            <h2 id="receipt">"Receipt " <code>{short}</code></h2>
            <p class="soft">
                "It stands for these inquiries as they are now. When one of them moves, it is void and there is a new one."
            </p>
            {form}
        </section>
    }
}

fn nothing(sheet: &Sheet) -> impl IntoView + use<> {
    view! {
        <p>"Nothing would happen to anybody, so there is nothing to confirm."</p>
        {discard(sheet)}
    }
}

fn confirmation(sheet: &Sheet) -> impl IntoView + use<> {
    let bulk = &sheet.bulk;
    let chosen = bulk.reason.clone().unwrap_or_default();
    let options: Vec<_> = bulk
        .act()
        .reasons()
        .iter()
        .map(|reason| {
            let code = reason.code();
            view! { <option value=code selected=code == chosen>{reason.title()}</option> }
        })
        .collect();
    let needs_another = (bulk.included > sheet.four_eyes).then(|| {
        let text = format!(
            "More than {}: somebody else than who made it must approve it afterwards.",
            inquiries(sheet.four_eyes)
        );
        view! { <p>{text}</p> }
    });
    let label = format!(
        "Confirm: {} for {}",
        verb(bulk.act()),
        inquiries(bulk.included)
    );
    view! {
        {needs_another}
        <form method="post" action=paths::bulk(paths::BULK_CONFIRM, &bulk.id)>
            <input type="hidden" name="fingerprint" value=bulk.fingerprint.clone() />
            <p class="field">
                <label for="reason">"Reason"</label>
                <select id="reason" name="reason" required>
                    <option value="">"Choose one"</option>
                    {options}
                </select>
            </p>
            <p class="field">
                <label for="note">"Note"</label>
                <textarea id="note" name="note" required maxlength=LONGEST_NOTE>{bulk.note.clone()}</textarea>
            </p>
            <button class="main" type="submit">{label}</button>
        </form>
        {discard(sheet)}
    }
}

const fn verb(act: BulkAct) -> &'static str {
    match act {
        BulkAct::Resume => "make links",
        BulkAct::RevokeLinks => "revoke the links",
        BulkAct::Expire => "expire",
    }
}

fn approval(sheet: &Sheet) -> impl IntoView + use<> {
    let bulk = &sheet.bulk;
    let who = bulk.confirmed_by.as_deref().unwrap_or(&bulk.maker);
    let own = "You made it, so somebody else must approve it";
    let title = sheet.is_maker.then_some(own);
    view! {
        <dl class="facts">
            <div><dt>"Confirmed by"</dt><dd>{sheet.names.say(who)}</dd></div>
            <div><dt>"Reason"</dt><dd>{reason(bulk.reason.as_deref())}</dd></div>
            <div><dt>"Note"</dt><dd>{bulk.note.clone()}</dd></div>
        </dl>
        <div class="acts">
            <form method="post" action=paths::bulk(paths::BULK_APPROVE, &bulk.id)>
                <input type="hidden" name="fingerprint" value=bulk.fingerprint.clone() />
                <button class="main" type="submit" disabled=sheet.is_maker title=title>
                    {format!("Approve: {} for {}", verb(bulk.act()), inquiries(bulk.included))}
                </button>
            </form>
            {discard(sheet)}
        </div>
        {title.map(|title| view! { <p class="soft">{title} "."</p> })}
    }
}

fn discard(sheet: &Sheet) -> impl IntoView + use<> {
    view! {
        <form method="post" action=paths::bulk(paths::BULK_CANCEL, &sheet.bulk.id)>
            <button class="plain" type="submit">"Discard the draft"</button>
        </form>
    }
}

/// What a reason is called.
pub(super) fn reason(code: Option<&str>) -> String {
    Reason::words(code.unwrap_or_default()).to_owned()
}
