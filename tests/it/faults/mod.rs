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
use seen::Seen;

/// The secret key: one of production, which may see templates.
const KEY: &str = "persona_production_of_the_matrix";

/// A request by its method and a part of its path.
type Call = (&'static str, &'static str);

/// Something that asks Persona.
trait Act: Sized {
    /// The secret key.
    const KEY: &'static str = KEY;
    /// The request that is struck.
    const CALL: Call;
    /// What is written down when it worked, in any order.
    const DONE: &'static [&'static str];

    /// What the settings need.
    fn settings(_: &mut Config) {}
    /// Everything that comes before the request.
    async fn prepare(app: &App) -> Self;
    /// Acts, and gives what is seen of it; the same again after a failure.
    async fn act(&mut self, app: &App) -> Seen;
    /// What is seen when it works.
    fn works() -> Seen;
    /// What is seen of trouble; none when it works all the same.
    fn fails(trouble: Trouble) -> Option<Seen>;
    /// What is written down about the trouble itself.
    fn notes(_: &Fault) -> &'static [&'static str] {
        &[]
    }
    /// What is written down when it worked after this fault.
    fn done(_: &Fault) -> &'static [&'static str] {
        Self::DONE
    }
    /// What is written down by whoever lets it go on after the trouble.
    fn amends(_: Trouble) -> &'static [&'static str] {
        &[]
    }
    /// Whether nothing is to be done again: somebody must decide what comes next.
    fn is_final(_: Trouble) -> bool {
        false
    }
    /// Everything that is written down so far about what it acts on.
    async fn book(&self, app: &App) -> Vec<String>;
    /// What must be true in the end, such as that Persona acted once.
    async fn end(&self, _: &App) {}
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
async fn all_against<A: Act>() {
    let mut problems = Problems::default();
    let mut app = App::start_beside(
        |options| A::KEY.clone_into(&mut options.api_key),
        |config| {
            config.persona.api_key = A::KEY.into();
            // The machine may be slow; whoever hangs is given up sooner.
            config.persona.timeout_seconds = 20;
            config.ops.sign_in_attempts = 10_000;
            A::settings(config);
        },
    )
    .await;
    for fault in FAULTS {
        app = one_against::<A>(app, fault, &mut problems).await;
    }
    assert!(problems.0.is_empty(), "\n{}", problems.0.join("\n"));
}

async fn one_against<A: Act>(app: App, fault: &Fault, problems: &mut Problems) -> App {
    let mut act = A::prepare(&app).await;
    let before = act.book(&app).await;
    let trouble = fault.trouble(A::CALL);
    let (fails, notes) = (A::fails(trouble), sorted(A::notes(fault)));
    let app = fault.begin(app, A::CALL).await;
    let seen = act.act(&app).await;
    let meant = fails.clone().unwrap_or_else(A::works);
    problems.same(fault, "is seen", &seen, &meant);
    if fails.is_some() {
        let during = news(&before, act.book(&app).await);
        problems.same(fault, "is written meanwhile", &during, &notes);
    }
    let app = fault.end(app).await;
    if fails.is_some() && A::is_final(trouble) {
        return app;
    }
    if fails.is_some() {
        let again = act.act(&app).await;
        problems.same(fault, "is seen afterwards", &again, &A::works());
    }
    let after = news(&before, act.book(&app).await);
    let done = [A::notes(fault), A::amends(trouble), A::done(fault)].concat();
    problems.same(fault, "is written in the end", &after, &sorted(&done));
    act.end(&app).await;
    assert!(!app.database().await.contains(A::KEY));
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
    ($($test:ident: $act:ty,)*) => {
        $(
            #[tokio::test]
            async fn $test() {
                all_against::<$act>().await;
            }
        )*
    };
}

matrix! {
    a_person_resumes: person::Resume,
    a_person_opens_what_was_never_begun: person::Open,
    a_person_says_that_they_are_done: person::Finish,
    a_person_proves_the_factor: person::Prove,
    a_person_without_javascript_is_looked_up: person::hosted::Look,
    a_person_without_javascript_is_given_a_way_back: person::hosted::WayBack,
    a_person_without_javascript_gets_a_one_time_link: person::hosted::OneTimeLink,
    a_person_comes_back_from_the_hosted_flow: person::hosted::Return,
    a_person_looks_again: person::hosted::Check,
    staff_reads_an_inquiry_again: staff::Refresh,
    staff_looks_at_sessions: staff::Sessions,
    staff_ends_sessions: staff::EndSessions,
    staff_expires_an_inquiry: staff::Expire,
    staff_makes_a_link: staff::MakeLink,
    staff_looks_at_a_mail: staff::mail::Preview,
    staff_mails_a_link: staff::mail::Post,
    software_makes_a_link_to_what_is_not_known: software::MakeLink,
    software_looks_before_it_resumes: software::Look,
    software_resumes: software::Resume,
    an_import_reads_templates: work::import::Templates,
    an_import_reads_inquiries: work::import::Inquiries,
    an_import_reads_the_name_of_a_template: work::import::Names,
    a_sweep_reads_events: work::sweep::Events,
    a_sweep_reads_inquiries: work::sweep::Inquiries,
    an_event_without_its_inquiry_is_completed: work::event::Bare,
    a_message_asks_for_the_address: work::message::Send,
    a_lost_link_asks_for_the_address: work::message::Recover,
    a_bulk_resumes: work::bulk::Resume,
    a_bulk_expires: work::bulk::Expire,
    a_policy_resumes: work::policy::Resume,
}
