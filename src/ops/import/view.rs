//! The page of imports as HTML.

use leptos::prelude::*;

use super::ImportState;
use crate::{
    news::Texts,
    ops::{
        number::number,
        time::{Reader, brief},
    },
    paths,
    store::{imports::ImportRow, staff::StaffRow},
};

/// What the page is made of.
#[derive(Clone)]
pub(super) struct View {
    pub(super) reader: Reader,
    pub(super) texts: Texts,
    pub(super) imports: Vec<ImportRow>,
    pub(super) team: Vec<StaffRow>,
    pub(super) may_act: bool,
    pub(super) done: String,
}

const NOT_ALLOWED: &str = "This takes the role operator or admin";

impl View {
    pub(super) fn view(&self) -> AnyView {
        let newest = self.imports.first();
        let is_busy = newest.is_some_and(|row| ImportState::of(row) == ImportState::Running);
        view! {
            <div class="head" data-live-from=paths::LIVE>
                <h1>"Import"</h1>
            </div>
            {self.told()}
            <p>
                "Reads inquiries from Persona into the queue: IDs, statuses, steps and times, no personal data.
                An inquiry that Leftoff knows already is brought up to date."
            </p>
            {newest.map(|row| self.newest(row))}
            {self.form(is_busy)}
            {self.table()}
        }
        .into_any()
    }

    fn told(&self) -> Option<AnyView> {
        let (text, is_done) = match self.done.as_str() {
            "started" => ("The import has started.", true),
            "cancelled" => ("The import was cancelled. What it read stays.", true),
            "resumed" => ("The import goes on where it was.", true),
            "busy" => (
                "Another import is under way, or this one ended meanwhile.",
                false,
            ),
            _ => return None,
        };
        Some(if is_done {
            view! { <p class="done" role="status">{text}</p> }.into_any()
        } else {
            view! { <p class="alert" role="alert">{text}</p> }.into_any()
        })
    }

    fn text(&self, name: &str) -> String {
        self.texts.get(name).cloned().unwrap_or_default()
    }

    /// A text that follows the server.
    fn live(&self, name: &'static str) -> impl IntoView + use<> {
        view! { <span class="number" data-live=name>{self.text(name)}</span> }
    }

    fn newest(&self, row: &ImportRow) -> impl IntoView + use<> {
        let state = ImportState::of(row);
        let is_open = matches!(state, ImportState::Running | ImportState::Parked);
        let heading = if is_open { "Under way" } else { "Last import" };
        let progress = (is_open && row.since.is_some()).then(|| {
            view! {
                <progress
                    max="100"
                    value=self.text("import-progress")
                    data-live="import-progress"
                    aria-label="How far back was read"
                ></progress>
            }
        });
        let error = row
            .error
            .clone()
            .map(|error| view! { <p class="alert">{format!("{error}.")}</p> });
        view! {
            <section class="import" aria-label=heading>
                <h2>{heading}</h2>
                <dl class="facts">
                    <div><dt>"State"</dt><dd><span role="status">{self.live("import-state")}</span></dd></div>
                    <div><dt>"Inquiries"</dt><dd>{self.live("import-rows")}</dd></div>
                    <div><dt>"Pages"</dt><dd>{self.live("import-pages")}</dd></div>
                    <div><dt>"Reaches back"</dt><dd>{self.live("import-back")}</dd></div>
                    <div><dt>"Started"</dt><dd>{self.reader.relative(row.started_at)}</dd></div>
                </dl>
                {progress}
                {error}
                {is_open.then(|| self.buttons(row, state))}
            </section>
        }
    }

    fn buttons(&self, row: &ImportRow, state: ImportState) -> impl IntoView + use<> {
        let (is_off, why) = self.off(false);
        let path = |pattern: &str| pattern.replace("{import}", &row.id);
        let go_on = (state == ImportState::Parked).then(|| {
            view! {
                <form method="post" action=path(paths::RESUME_IMPORT)>
                    <button class="main" type="submit" disabled=is_off title=why>"Go on"</button>
                </form>
            }
        });
        view! {
            <div class="row">
                {go_on}
                <form method="post" action=path(paths::CANCEL_IMPORT)>
                    <button class="grave" type="submit" disabled=is_off title=why>
                        "Cancel the import"
                    </button>
                </form>
            </div>
        }
    }

    /// Whether a button is disabled, and why.
    fn off(&self, is_busy: bool) -> (bool, Option<&'static str>) {
        match (self.may_act, is_busy) {
            (false, _) => (true, Some(NOT_ALLOWED)),
            (true, true) => (true, Some("An import is under way")),
            (true, false) => (false, None),
        }
    }

    fn form(&self, is_busy: bool) -> impl IntoView + use<> {
        let (is_off, why) = self.off(is_busy);
        view! {
            <form class="filters" method="post" action=paths::IMPORT aria-label="New import">
                <label>
                    "Made in"
                    <select name="days">
                        <option value="7">"the last 7 days"</option>
                        <option value="30" selected=true>"the last 30 days"</option>
                        <option value="90">"the last 90 days"</option>
                        <option value="">"all time"</option>
                    </select>
                </label>
                <label>
                    "Status"
                    <select name="statuses">
                        <option value="">"Any"</option>
                        <option value="created,pending,expired">"Not finished"</option>
                        <option value="completed,needs_review">"Finished, not decided"</option>
                    </select>
                </label>
                <button class="main" type="submit" disabled=is_off title=why>"Start an import"</button>
                {why.map(|why| view! { <span class="soft">{why}"."</span> })}
            </form>
        }
    }

    fn table(&self) -> AnyView {
        if self.imports.is_empty() {
            return view! {
                <section class="empty">
                    <h2>"Nothing was imported yet"</h2>
                    <p>
                        "Start with the last 30 days. The queue fills page by page, and the portal always comes
                        first when Persona limits our requests."
                    </p>
                </section>
            }
            .into_any();
        }
        let rows: Vec<_> = self.imports.iter().map(|row| self.row(row)).collect();
        view! {
            <h2>"Imports"</h2>
            <div class="scroll" role="region" aria-label="Imports" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Started"</th>
                            <th scope="col">"By"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"Inquiries"</th>
                            <th scope="col">"Took"</th>
                            <th scope="col">"State"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }

    fn row(&self, row: &ImportRow) -> impl IntoView + use<> {
        let took = row
            .finished_at
            .map(|at| took(at - row.started_at))
            .unwrap_or_default();
        let (tone, state) = match ImportState::of(row) {
            ImportState::Running => ("accent", "Under way"),
            ImportState::Parked => ("bad", "Stopped by an error"),
            ImportState::Done => ("good", "Complete"),
            ImportState::Cancelled => ("wait", "Cancelled"),
        };
        view! {
            <tr>
                <th scope="row">{self.reader.exact(row.started_at)}</th>
                <td data-label="By">{self.name(&row.actor)}</td>
                <td data-label="What">{what(row)}</td>
                <td data-label="Inquiries" class="number">{number(row.inquiries)}</td>
                <td data-label="Took" class="number">{took}</td>
                <td data-label="State"><span class="badge" data-tone=tone>{state}</span></td>
            </tr>
        }
    }

    /// Who started it, by name.
    fn name(&self, actor: &str) -> String {
        let id = actor.strip_prefix("staff:");
        let person = id.and_then(|id| self.team.iter().find(|person| person.id == id));
        match (person, actor.split_once(':')) {
            (Some(person), _) => person.name.clone(),
            (None, Some(("cli", name))) => format!("{name} (command line)"),
            (None, _) if actor == "system" => "Leftoff".to_owned(),
            (None, _) => actor.to_owned(),
        }
    }
}

/// Which inquiries were asked for, in words.
fn what(row: &ImportRow) -> String {
    let statuses = if row.statuses.is_empty() {
        "any status".to_owned()
    } else {
        row.statuses.replace(',', ", ").replace('_', " ")
    };
    match row.since {
        Some(since) => format!("{statuses}, made in {}", brief(row.started_at - since)),
        None => format!("{statuses}, all time"),
    }
}

/// A length of time to the second while it is short.
fn took(ms: i64) -> String {
    if ms < 60_000 {
        format!("{} s", ms / 1000)
    } else {
        brief(ms)
    }
}
