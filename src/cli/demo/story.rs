//! Two weeks before the demo begins: people come, stop, are helped, and finish or do not. Persona's clock and ours stand
//! in the past and are moved from one event to the next, so everything is written by the acts themselves.

use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;
use persona::InquiryId;
use simulator::{Control, DEFAULT_TEMPLATE, Seed, Status};

use super::{
    accounts::{self, Account},
    automation::{self, Automation},
    plots::{ROUND, Step, plot_of},
    seeds, webhooks,
};
use crate::{
    cli::setup,
    clock::{Clock, ManualClock},
    inquiries::{Inquiries, Visitor},
    links::{Links, Why},
    model::{reason::Reason, role::Role},
    staff::{Actor, Staff},
    state::AppState,
    store::links::LinkRow,
};

/// How long the story lasts.
pub(super) const LENGTH: Duration = Duration::from_hours(14 * 24);

const PEOPLE: usize = ROUND * 13;
const HOUR: Duration = Duration::from_hours(1);
const DRIVERS: &str = "itmpl_DriverOnboarding000000000000";
const OWNERS: &str = "itmpl_BusinessOwner000000000000000";
/// When the check of business owners is published anew, so that those from before are outdated.
const PUBLISHED_ANEW: Duration = Duration::from_hours(11 * 24);
/// When somebody thinks of reminders.
const AUTOMATED: Duration = Duration::from_hours(5 * 24);
/// Sessions that those who stop halfway have used.
const SESSIONS: [usize; 12] = [1, 2, 1, 4, 1, 8, 3, 1, 13, 2, 21, 25];

/// Why people are helped, and what is noted.
const CALLS: [(Reason, &str); 5] = [
    (Reason::PersonAsked, "Called the help desk"),
    (Reason::RanOut, "Had no passport at hand that day"),
    (Reason::SessionLost, "Closed the tab on the phone"),
    (Reason::TechnicalTrouble, "The camera did not start"),
    (Reason::Deadline, "Contract begins on Monday"),
];

/// What happens, and when, counted from the beginning.
struct Event {
    at: Duration,
    what: What,
}

enum What {
    Arrive(usize),
    Step(usize, Step),
    PublishAnew,
    Automate,
}

/// Somebody of the story.
#[derive(Clone, Default)]
struct Person {
    inquiry: String,
    link: Option<LinkRow>,
    visitor: Visitor,
}

/// Leftoff in the past.
struct Past<'a> {
    state: &'a AppState,
    persona: &'a Control,
    clock: Clock,
    hand: ManualClock,
    inquiries: Inquiries,
    links: Links,
    operator: String,
    admin: Actor,
    people: Vec<Person>,
    automation: Automation,
}

/// Plays the story until now; gives the staff that lived through it.
pub(super) async fn play(state: &AppState, persona: &Control) -> anyhow::Result<Vec<Account>> {
    let (clock, hand) = Clock::manual(persona.now());
    let staff = Staff::new(state.store.clone(), clock.clone(), &state.config)?;
    let accounts = accounts::add(&staff).await?;
    let client = setup::persona(&state.config)?;
    let inquiries = Inquiries::new(state.store.clone(), client, clock.clone(), &state.config);
    let links = Links::new(
        state.store.clone(),
        clock.clone(),
        state.config.links.clone(),
    );
    let past = Past {
        automation: Automation::new(state, &clock, &inquiries, &links)?,
        operator: accounts::of(&accounts, Role::Operator).to_string(),
        admin: accounts::of(&accounts, Role::Admin),
        people: vec![Person::default(); PEOPLE],
        state,
        persona,
        clock,
        hand,
        inquiries,
        links,
    };
    past.play()
        .await
        .context("the story of the demo broke off")?;
    name_templates(persona);
    Ok(accounts)
}

fn name_templates(persona: &Control) {
    persona.name_template(DEFAULT_TEMPLATE, "Identity check");
    persona.name_template(DRIVERS, "Driver onboarding");
    persona.name_template(OWNERS, "Business owner");
}

/// Everything that happens, in order.
fn events() -> Vec<Event> {
    let publish = Event {
        at: PUBLISHED_ANEW,
        what: What::PublishAnew,
    };
    let mut events: Vec<_> = (0..PEOPLE).flat_map(of_person).collect();
    events.push(publish);
    events.push(Event {
        at: AUTOMATED,
        what: What::Automate,
    });
    events.retain(|event| event.at < LENGTH);
    events.sort_by_key(|event| event.at);
    events
}

fn of_person(number: usize) -> impl Iterator<Item = Event> {
    let count = u32::try_from(number).unwrap_or_default();
    // Some come close together and some apart.
    let arrival = LENGTH * count / u32::try_from(PEOPLE).unwrap_or(1)
        + Duration::from_secs(u64::from(count) * 7919 % 3600);
    let steps = plot_of(number)
        .steps
        .iter()
        .map(move |(minutes, step)| Event {
            at: arrival + Duration::from_mins(*minutes),
            what: What::Step(number, *step),
        });
    let arrive = Event {
        at: arrival,
        what: What::Arrive(number),
    };
    std::iter::once(arrive).chain(steps)
}

impl Past<'_> {
    async fn play(mut self) -> anyhow::Result<()> {
        let start = self.persona.now();
        for event in events() {
            self.persona.set_webhook_faults(webhooks::faults(event.at));
            self.move_to(start + event.at);
            self.automation.work().await?;
            match event.what {
                What::Arrive(number) => self.arrive(number).await?,
                What::Automate => self.automation.begin(&self.admin, DRIVERS).await?,
                What::Step(number, step) => self.step(number, step).await?,
                What::PublishAnew => drop(self.persona.publish_new_template_version(OWNERS)),
            }
        }
        self.move_to(self.state.clock.now());
        self.automation.work().await
    }

    /// Persona's clock runs by itself meanwhile, so ours follows it.
    fn move_to(&self, time: Timestamp) {
        self.persona.advance(between(self.persona.now(), time));
        self.hand
            .advance(between(self.clock.now(), self.persona.now()));
    }

    async fn arrive(&mut self, number: usize) -> anyhow::Result<()> {
        let plot = plot_of(number);
        let template = match number % 5 {
            _ if plot.is_patient => DRIVERS,
            1 | 3 => OWNERS,
            _ => DEFAULT_TEMPLATE,
        };
        let stops = plot.steps.is_empty() && plot.begins == Status::Pending;
        let telephone = automation::number_of(plot, number);
        let telephone = telephone.map(|number| ("phone-number".to_owned(), number.into()));
        self.people[number].inquiry = self.persona.create_inquiry(&Seed {
            fields: telephone.into_iter().collect(),
            status: plot.begins,
            template: Some(template.to_owned()),
            reference_id: Some(format!("user-{number:04}")),
            expires_in: plot.is_patient.then_some(LENGTH + 24 * HOUR),
            ended_sessions: match plot.begins {
                Status::Created => 0,
                _ if stops => SESSIONS[number % SESSIONS.len()],
                _ => 1,
            },
            ..Seed::default()
        });
        if plot.is_patient {
            // Leftoff hears of those whom its policy may remind.
            let id = InquiryId::parse(&self.people[number].inquiry)?;
            self.inquiries.refresh(&id).await?;
        }
        Ok(())
    }

    async fn step(&mut self, number: usize, step: Step) -> anyhow::Result<()> {
        let person = self.people[number].clone();
        match step {
            Step::Finish => self.finish(&person).await?,
            Step::Review => self.set(&person, Status::NeedsReview)?,
            Step::Approve => self.set(&person, Status::Approved)?,
            Step::Decline => self.set(&person, Status::Declined)?,
            Step::Link => self.people[number].link = Some(self.link(number).await?),
            Step::Write => self.write(&person).await?,
            Step::Open => self.people[number] = self.open(person).await?,
            Step::Meet(trouble) => {
                let link = person.link()?;
                self.inquiries
                    .record_trouble(link, &person.visitor, trouble)
                    .await?;
            }
            Step::Revoke => self.revoke(&person).await?,
        }
        Ok(())
    }

    fn set(&self, person: &Person, status: Status) -> anyhow::Result<()> {
        Ok(self.persona.set_status(&person.inquiry, status)?)
    }

    async fn finish(&self, person: &Person) -> anyhow::Result<()> {
        self.set(person, Status::Completed)?;
        if let Some(link) = &person.link {
            self.inquiries.verify(link, &person.visitor).await?;
        }
        Ok(())
    }

    async fn link(&self, number: usize) -> anyhow::Result<LinkRow> {
        let inquiry = &self.people[number].inquiry;
        self.inquiries.refresh(&InquiryId::parse(inquiry)?).await?;
        let (reason, note) = CALLS[number % CALLS.len()];
        let new = seeds::new_link(inquiry, &self.operator, reason.code(), note)?;
        Ok(self.links.create(new).await?.row)
    }

    /// The person opens the link, which is their device's from then on.
    async fn open(&self, person: Person) -> anyhow::Result<Person> {
        let link = person.link()?;
        let opened = self.inquiries.resume(link, &Visitor::default()).await?;
        let link = self.state.store.link(&link.id).await?;
        let visitor = Visitor {
            device: Some(opened.device),
            ..Visitor::default()
        };
        Ok(Person {
            link,
            visitor,
            ..person
        })
    }

    /// No mail leaves a demo; that one was sent is written down as if it had.
    async fn write(&self, person: &Person) -> anyhow::Result<()> {
        let link = person.link()?;
        let recorded = self.inquiries.record_mail(&self.operator, link, &Ok(()));
        Ok(recorded.await?)
    }

    async fn revoke(&self, person: &Person) -> anyhow::Result<()> {
        let why = Why {
            actor: self.operator.clone(),
            reason: Reason::Mistake.code().to_owned(),
            note: Some("Made for the wrong inquiry".to_owned()),
        };
        self.links.revoke(&person.link()?.id, why).await?;
        Ok(())
    }
}

impl Person {
    fn link(&self) -> anyhow::Result<&LinkRow> {
        self.link.as_ref().context("a step before its link")
    }
}

/// How long from one time to a later one; nothing when it is earlier.
fn between(from: Timestamp, to: Timestamp) -> Duration {
    let ms = to.as_millisecond() - from.as_millisecond();
    Duration::from_millis(u64::try_from(ms).unwrap_or_default())
}
