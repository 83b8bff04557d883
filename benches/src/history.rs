//! What was done for a crowd: people of the staff, imports, links with their journeys, and the audit of it all.

use anyhow::Result;
use jiff::Timestamp;
use leftoff::{
    id::new_id,
    model::role::Role,
    store::{
        Change, Result as Stored, Store,
        audit::{self, Deed},
        imports::{self, ImportRow},
        ledger::{self, LedgerRow},
        links::{self, LinkRow},
        staff::{self, StaffRow},
    },
};

use crate::{
    automation::{Frame, Trace},
    crowd,
};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// More people than this no company has at it.
const MOST_PEOPLE: u32 = 50;
const AT_ONCE: usize = 5_000;
const NAMES: [&str; 10] = [
    "Amara Okafor",
    "Bruno Lindqvist",
    "Chiara Fontana",
    "Dmitri Sokolov",
    "Elif Yılmaz",
    "Farid Haddad",
    "Greta Maximiliane von Hohenzollern-Sigmaringen",
    "Hiro Tanaka",
    "Ines Duarte",
    "Jo Wu",
];
const REASONS: [&str; 4] = [
    "person-asked",
    "ran-out",
    "session-lost",
    "technical-trouble",
];
const CHANNELS: [&str; 4] = ["copy", "mail", "bulk", "cli"];

/// A link with what is written beside it.
struct Told {
    link: LinkRow,
    entry: LedgerRow,
    deed: Deed,
    trace: Trace,
}

/// Writes as much of each as fits to so many inquiries: as many links, and some people.
///
/// # Errors
/// When the database cannot write.
pub async fn write(store: &Store, count: u32, now: i64) -> Result<()> {
    let people = people(count.min(MOST_PEOPLE), now)?;
    let imports = imports(count, &people, now)?;
    let frame = Frame::write(store, count, now).await?;
    let mut told = (0..count)
        .map(|number| tell(number, &people, &frame, now))
        .collect::<Result<Vec<_>>>()?;
    told.sort_by_key(|told| told.link.created_at);
    let added = store.change(move |change| {
        for person in &people {
            staff::add(change, person)?;
        }
        imports
            .iter()
            .try_for_each(|import| imports::add(change, import).map(drop))
    });
    added.await?;
    while !told.is_empty() {
        let some: Vec<_> = told.drain(..told.len().min(AT_ONCE)).collect();
        let written =
            store.change(move |change| some.into_iter().try_for_each(|told| keep(change, told)));
        written.await?;
    }
    frame.open(store).await
}

fn keep(change: &Change<'_>, told: Told) -> Stored<()> {
    links::add(change, &told.link)?;
    ledger::add(change, &told.entry)?;
    told.trace.add(change)?;
    audit::add(change, told.deed)
}

fn people(count: u32, now: i64) -> Result<Vec<StaffRow>> {
    let person = |number: u32| {
        let at = now - i64::from(number + 1) * 5 * DAY;
        let name = NAMES[number as usize % NAMES.len()];
        let role = Role::ALL[number as usize % Role::ALL.len()];
        Ok(StaffRow {
            id: id(at)?,
            email: format!("person-{number}@example.com"),
            name: name.to_owned(),
            role: role.code().to_owned(),
            oidc_issuer: Some("https://login.example.com".to_owned()),
            oidc_subject: Some(number.to_string()),
            created_at: at,
            disabled_at: number
                .is_multiple_of(9)
                .then_some(at + DAY)
                .filter(|_| number > 0),
            ..StaffRow::default()
        })
    };
    (0..count).map(person).collect()
}

fn imports(count: u32, people: &[StaffRow], now: i64) -> Result<Vec<ImportRow>> {
    let states = ["done", "done", "cancelled", "done", "parked"];
    let import = |number: u32| {
        let at = now - i64::from(number) * DAY - 2 * MINUTE;
        let state = states[number as usize % states.len()];
        Ok(ImportRow {
            id: id(at)?,
            actor: maker(number, people),
            started_at: at,
            statuses: if number.is_multiple_of(3) {
                "created,pending,expired".to_owned()
            } else {
                String::new()
            },
            since: Some(at - 30 * DAY),
            state: state.to_owned(),
            phase: "inquiries".to_owned(),
            last_at: Some(at - 30 * DAY),
            pages: i64::from(count / 100) + 1,
            inquiries: i64::from(count),
            error: (state == "parked").then(|| "Persona refused the key".to_owned()),
            finished_at: (state != "parked").then_some(at + 90_000),
            ..ImportRow::default()
        })
    };
    (0..count.min(20)).map(import).collect()
}

/// The nth link, made within the last 30 days: of ten, eight were opened, six finished and five approved.
fn tell(number: u32, people: &[StaffRow], frame: &Frame, now: i64) -> Result<Told> {
    let inquiry = crowd::inquiry(number, now);
    let spread = i64::from(number.wrapping_mul(2_654_435_761) % 43_000);
    let at = now - (spread + 2) * MINUTE;
    let luck = number % 10;
    let after = |least: u32, minutes: i64| (luck >= least).then_some(at + minutes * MINUTE);
    let (channel, reason) = (
        CHANNELS[number as usize % CHANNELS.len()],
        REASONS[number as usize / 3 % REASONS.len()],
    );
    let maker = maker(number, people);
    let link = LinkRow {
        id: id(at)?,
        token_hash: format!("{number:064x}"),
        inquiry_id: inquiry.id.clone(),
        maker: maker.clone(),
        reason: reason.to_owned(),
        factor: "none".to_owned(),
        created_at: at,
        expires_at: at + 7 * DAY,
        channel: channel.to_owned(),
        template_id: inquiry.template_id,
        opened_at: after(2, 30),
        resumed_at: after(2, 30),
        ready_at: after(3, 31),
        finished_at: after(4, 39),
        decided_at: after(5, 90),
        outcome: (luck >= 5).then(|| "approved".to_owned()),
        ..LinkRow::default()
    };
    let entry = LedgerRow {
        id: id(at)?,
        inquiry_id: inquiry.id.clone(),
        link_id: Some(link.id.clone()),
        at,
        event: "link-created".to_owned(),
        detail: Some(reason.to_owned()),
        actor: Some(maker.clone()),
    };
    let deed = Deed {
        at,
        actor: maker,
        act: "link-created".to_owned(),
        object: format!("link:{}", link.id),
        reason: Some(reason.to_owned()),
        note: Some("Called the help desk, and had the passport at hand this time".to_owned()),
        before: None,
        after: Some(format!(
            "{{\"inquiry\":\"{}\",\"factor\":\"none\",\"expires_at\":{}}}",
            inquiry.id,
            at + 7 * DAY
        )),
    };
    let trace = frame.trace(number, &link, &entry)?;
    Ok(Told {
        link,
        entry,
        deed,
        trace,
    })
}

/// Somebody on the staff; the command line while there is nobody.
fn maker(number: u32, people: &[StaffRow]) -> String {
    people
        .get(number as usize % people.len().max(1))
        .map_or_else(
            || "cli:operator".to_owned(),
            |person| format!("staff:{}", person.id),
        )
}

fn id(at: i64) -> Result<String> {
    Ok(new_id(Timestamp::from_millisecond(at)?)?)
}
