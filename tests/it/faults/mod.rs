//! Every request to Persona × everything that can go wrong with it. For each pair: what is seen, what is written down,
//! that nothing is half done, and that the same act works when the fault is gone.

mod clock;
mod disk;
mod locked;
mod person;
mod persona;
mod post;
mod seen;
mod software;
mod staff;
mod tls;
mod work;

use std::fmt::Debug;

use leftoff::config::Config;

use crate::support::App;
use persona::{FAULTS, Fault, Trouble};
use seen::{Seen, book};

/// The secret key: one of production, which may see templates.
const KEY: &str = "persona_production_of_the_matrix";

/// A request by its method and a part of its path.
type Call = (&'static str, &'static str);

/// What opens an expired inquiry again.
const RESUME: Call = ("POST", "/resume");
/// What reads an inquiry.
const LOOK: Call = ("GET", "/inquiries/");

/// What is written down, in any order.
type Notes = &'static [&'static str];

/// Whether somebody acts for the first time, or does the same again after a failure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    Again,
}

/// Who acts, and on what: one for all acts that are of the same shape.
trait Scene: Sized {
    /// What such acts differ in.
    type Plan;

    /// What the settings need.
    fn settings(_: &mut Config) {}
    /// Everything that comes before the request.
    async fn prepare(app: &App, plan: &Self::Plan) -> Self;
    /// Acts, and gives what is seen of it.
    async fn act(&mut self, app: &App, plan: &Self::Plan, turn: Turn) -> Seen;
    /// What is usually seen of trouble; none when it works all the same.
    fn usual(trouble: Trouble) -> Option<Seen>;
    /// The inquiry that it is about.
    fn inquiry(&self) -> &str;
    /// Everything that is written down so far about what it acts on.
    async fn book(&self, app: &App) -> Vec<String> {
        book(app, self.inquiry()).await
    }
    /// What must be true in the end.
    async fn end(&self, _: &App, _: &Self::Plan) {}
}

/// A row of the matrix: something that asks Persona.
struct Act<S: Scene> {
    /// The secret key.
    key: &'static str,
    /// The request that is struck.
    call: Call,
    /// What this act is among those of its scene.
    plan: S::Plan,
    /// What is seen when it works.
    works: Seen,
    /// What is written down when it worked.
    done: Notes,
    /// What is seen of trouble; none when it works all the same.
    fails: fn(Trouble) -> Option<Seen>,
    /// What is written down about the trouble itself.
    notes: fn(&Case) -> Notes,
    /// What is written down when it worked after trouble, where that is not the same.
    done_after: fn(&Case) -> Option<Notes>,
    /// What is written down by whoever lets it go on after the trouble.
    amends: fn(&Case) -> Notes,
    /// Whether nothing is to be done again: somebody must decide what comes next.
    is_final: fn(Trouble) -> bool,
}

impl<S: Scene> Act<S> {
    /// An act of which nothing special is to be said.
    fn new(call: Call, plan: S::Plan, works: Seen, done: Notes) -> Self {
        Self {
            key: KEY,
            call,
            plan,
            works,
            done,
            fails: S::usual,
            notes: |_| &[],
            done_after: |_| None,
            amends: |_| &[],
            is_final: |_| false,
        }
    }
}

/// A fault as it strikes one act.
struct Case {
    fault: &'static Fault,
    trouble: Trouble,
    /// What is seen of it; none when the act works all the same.
    fails: Option<Seen>,
}

impl Case {
    /// Whether work in the background has come to this state.
    fn comes_to(&self, state: &str) -> bool {
        self.fails.as_ref().is_some_and(|seen| seen.words == state)
    }
}

/// What was found that should not be: all of it is told at the end, not the first alone.
#[derive(Default)]
struct Problems(Vec<String>);

impl Problems {
    fn same<T: Debug + PartialEq>(&mut self, fault: &Fault, what: &str, found: &T, meant: &T) {
        if found != meant {
            let name = fault.name;
            self.0
                .push(format!("{name}, {what}: {found:?}, not {meant:?}"));
        }
    }
}

/// Every fault, one after the other, against one act.
async fn all_against<S: Scene>(act: &Act<S>) {
    let mut problems = Problems::default();
    let mut app = App::start_beside(
        |options| act.key.clone_into(&mut options.api_key),
        |config| {
            config.persona.api_key = act.key.into();
            // The machine may be slow; whoever hangs is given up sooner.
            config.persona.timeout_seconds = 20;
            config.ops.sign_in_attempts = 10_000;
            S::settings(config);
        },
    )
    .await;
    for fault in FAULTS {
        app = one_against(act, app, fault, &mut problems).await;
    }
    assert!(problems.0.is_empty(), "\n{}", problems.0.join("\n"));
}

async fn one_against<S: Scene>(
    act: &Act<S>,
    app: App,
    fault: &'static Fault,
    problems: &mut Problems,
) -> App {
    let mut scene = S::prepare(&app, &act.plan).await;
    let before = scene.book(&app).await;
    let trouble = fault.trouble(act.call);
    let fails = (act.fails)(trouble);
    let case = Case {
        fault,
        trouble,
        fails,
    };
    let notes = (act.notes)(&case);
    let app = fault.begin(app, act.call).await;
    let seen = scene.act(&app, &act.plan, Turn::First).await;
    let meant = case.fails.as_ref().unwrap_or(&act.works);
    problems.same(fault, "is seen", &seen, meant);
    if case.fails.is_some() {
        let during = news(&before, scene.book(&app).await);
        problems.same(fault, "is written meanwhile", &during, &sorted(notes));
    }
    let app = fault.end(app).await;
    if case.fails.is_some() && (act.is_final)(trouble) {
        return app;
    }
    if case.fails.is_some() {
        let again = scene.act(&app, &act.plan, Turn::Again).await;
        problems.same(fault, "is seen afterwards", &again, &act.works);
    }
    let after = news(&before, scene.book(&app).await);
    let done = (act.done_after)(&case).unwrap_or(act.done);
    let done = [notes, (act.amends)(&case), done].concat();
    problems.same(fault, "is written in the end", &after, &sorted(&done));
    scene.end(&app, &act.plan).await;
    if act.call == RESUME {
        let sessions = app.persona.inquiry(scene.inquiry()).unwrap().sessions;
        assert_eq!(sessions.len(), 1, "a lost answer costs no session");
    }
    assert!(!app.database().await.contains(act.key));
    app
}

fn sorted(list: &[&str]) -> Vec<String> {
    let mut list: Vec<_> = list.iter().map(|&item| item.to_owned()).collect();
    list.sort();
    list
}

/// What stands in the second list beyond the first.
fn news(before: &[String], mut after: Vec<String>) -> Vec<String> {
    for item in before {
        let place = after.iter().position(|other| other == item);
        after.remove(place.unwrap_or_else(|| panic!("{item} is gone: {after:?}")));
    }
    after.sort();
    after
}

/// A test for each act: the rows of the matrix.
macro_rules! matrix {
    ($($test:ident: $act:path,)*) => {
        $(
            #[tokio::test]
            async fn $test() {
                all_against(&$act()).await;
            }
        )*
    };
}

matrix! {
    a_person_resumes: person::resume,
    a_person_opens_what_was_never_begun: person::open,
    a_person_says_that_they_are_done: person::finish,
    a_person_proves_the_factor: person::prove,
    a_person_without_javascript_is_looked_up: person::hosted::look,
    a_person_without_javascript_is_given_a_way_back: person::hosted::way_back,
    a_person_without_javascript_gets_a_one_time_link: person::hosted::one_time_link,
    a_person_comes_back_from_the_hosted_flow: person::hosted::come_back,
    a_person_looks_again: person::hosted::check,
    staff_reads_an_inquiry_again: staff::refresh,
    staff_looks_at_sessions: staff::sessions,
    staff_ends_sessions: staff::end_sessions,
    staff_expires_an_inquiry: staff::expire,
    staff_makes_a_link: staff::make_link,
    staff_looks_at_a_mail: staff::mail::preview,
    staff_mails_a_link: staff::mail::send,
    software_makes_a_link_to_what_is_not_known: software::make_link,
    software_looks_before_it_resumes: software::look,
    software_resumes: software::resume,
    an_import_reads_templates: work::import::templates,
    an_import_reads_inquiries: work::import::inquiries,
    an_import_reads_the_name_of_a_template: work::import::names,
    a_sweep_reads_events: work::sweep::events,
    a_sweep_reads_inquiries: work::sweep::inquiries,
    an_event_without_its_inquiry_is_completed: work::event::complete,
    a_message_asks_for_the_address: work::message::send,
    a_lost_link_asks_for_the_address: work::message::recover,
    a_bulk_resumes: work::bulk::resume,
    a_bulk_expires: work::bulk::expire,
    a_policy_resumes: work::policy::resume,
}
