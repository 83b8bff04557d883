//! The inquiries and links of the demo: one for each state that a person can meet.

use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;
use persona::InquiryId;
use serde_json::{Map, json};
use simulator::{Control, Seed, Status};
use url::Url;

use crate::{
    cli::link,
    clock::Clock,
    inquiries::Visitor,
    links::{Links, MadeLink, NewLink, Why, channel::Channel, factor::Factor},
    state::AppState,
};

/// A link of the demo.
pub(super) struct SeededLink {
    /// Short, for tests.
    pub(super) name: &'static str,
    /// A sentence, for people.
    pub(super) tells: &'static str,
    /// The inquiry.
    pub(super) inquiry: String,
    /// What to open.
    pub(super) url: Url,
}

/// What is special about a link, beside its inquiry.
#[derive(Clone, Copy)]
enum Twist {
    None,
    Factor,
    Expired,
    Revoked,
    OtherDevice,
}

const LINKS: [(&str, &str, Status, Twist); 14] = [
    (
        "expired",
        "Expired inquiry: Leftoff's main job",
        Status::Expired,
        Twist::None,
    ),
    (
        "pending",
        "Pending inquiry whose session is lost",
        Status::Pending,
        Twist::None,
    ),
    (
        "created",
        "Inquiry that was never started",
        Status::Created,
        Twist::None,
    ),
    (
        "factor",
        "Asks for the date of birth first: 1990-01-31",
        Status::Expired,
        Twist::Factor,
    ),
    (
        "completed",
        "Completed, not decided yet",
        Status::Completed,
        Twist::None,
    ),
    (
        "needs-review",
        "In review",
        Status::NeedsReview,
        Twist::None,
    ),
    ("approved", "Approved", Status::Approved, Twist::None),
    ("declined", "Declined", Status::Declined, Twist::None),
    ("failed", "Failed", Status::Failed, Twist::None),
    ("redacted", "Redacted", Status::Completed, Twist::None),
    (
        "expired-link",
        "Link whose time is over",
        Status::Pending,
        Twist::Expired,
    ),
    (
        "revoked-link",
        "Link that was taken back",
        Status::Pending,
        Twist::Revoked,
    ),
    (
        "other-device",
        "Link that belongs to another device",
        Status::Pending,
        Twist::OtherDevice,
    ),
    (
        "locked-out",
        "Pending with all 25 sessions used",
        Status::Pending,
        Twist::None,
    ),
];

const DAY: Duration = Duration::from_hours(24);

/// Makes inquiries and links.
pub(super) async fn plant(state: &AppState, persona: &Control) -> anyhow::Result<Vec<SeededLink>> {
    let mut links = Vec::with_capacity(LINKS.len());
    for (name, tells, status, twist) in LINKS {
        let inquiry = persona.create_inquiry(&seed(name, status));
        let made = make(state, &inquiry, tells, twist).await?;
        let url = link::url(&state.config, &made)?;
        links.push(SeededLink {
            name,
            tells,
            inquiry,
            url,
        });
    }
    Ok(links)
}

fn seed(name: &str, status: Status) -> Seed {
    Seed {
        status,
        fields: Map::from_iter([
            ("birthdate".to_owned(), json!("1990-01-31")),
            ("email-address".to_owned(), json!("robin@example.com")),
        ]),
        reference_id: Some(format!("demo-{name}")),
        age: if status == Status::Expired {
            DAY * 3
        } else {
            DAY / 8
        },
        ended_sessions: if name == "locked-out" { 25 } else { 1 },
        redacted: name == "redacted",
        ..Seed::default()
    }
}

/// A link of the demo to an inquiry.
pub(super) fn new_link(
    inquiry: &str,
    maker: &str,
    reason: &str,
    note: &str,
) -> anyhow::Result<NewLink> {
    Ok(NewLink {
        inquiry_id: inquiry.to_owned(),
        maker: maker.to_owned(),
        reason: reason.to_owned(),
        note: Some(note.to_owned()),
        channel: Channel::Copy,
        factor: Factor::None,
        return_url: Some("https://example.com/welcome-back".parse()?),
        locale: None,
        life: None,
    })
}

async fn make(
    state: &AppState,
    inquiry: &str,
    reason: &str,
    twist: Twist,
) -> anyhow::Result<MadeLink> {
    let id = InquiryId::parse(inquiry)?;
    state
        .inquiries
        .refresh(&id)
        .await
        .context("the simulated Persona does not answer")?;
    let mut new = new_link(inquiry, "system", "demo", reason)?;
    if matches!(twist, Twist::Factor) {
        new.factor = Factor::Birthdate;
    }
    if matches!(twist, Twist::Expired) {
        return Ok(long_ago(state).create(new).await?);
    }
    let made = state.links.create(new).await?;
    bend(state, &made, twist).await?;
    Ok(made)
}

async fn bend(state: &AppState, made: &MadeLink, twist: Twist) -> anyhow::Result<()> {
    match twist {
        Twist::Revoked => {
            let why = Why {
                actor: "system".to_owned(),
                reason: "mistake".to_owned(),
                note: None,
            };
            state.links.revoke(&made.row.id, why).await?;
        }
        Twist::OtherDevice => drop(
            state
                .inquiries
                .claim(&made.row, &Visitor::default())
                .await?,
        ),
        Twist::None | Twist::Factor | Twist::Expired => {}
    }
    Ok(())
}

/// Makes links at a time when they are over by now.
fn long_ago(state: &AppState) -> Links {
    let settings = state.config.links.clone();
    let then = state.clock.now() - settings.life() - DAY;
    let (clock, _) = Clock::manual(Timestamp::max(then, Timestamp::UNIX_EPOCH));
    Links::new(state.store.clone(), clock, settings)
}
