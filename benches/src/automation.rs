//! What went on by itself for a crowd: policies and what they wrote, events, webhooks, keys.

use anyhow::Result;
use jiff::Timestamp;
use leftoff::{
    id::new_id,
    store::{
        Change, Result as Stored, Store,
        api_keys::{self, ApiKeyRow},
        deliveries::{self, AttemptRow, DELIVERED, DeliveryRow, FAILED, WAITING},
        endpoints::{self, EndpointRow},
        events::{self, APPLIED, EventRow, IGNORED, PARKED, SWEEP, WEBHOOK},
        ledger::LedgerRow,
        links::LinkRow,
        messages::{self, MessageRow},
        policies::{self, PolicyRow},
        policy_acts::{self, PolicyActRow},
    },
};

use crate::crowd;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const POLICIES: [&str; 4] = [
    "Remind drivers",
    "Second chance",
    "Reminders for owners of businesses that are registered abroad",
    "Gig workers",
];
const ENDPOINTS: [(&str, &str); 4] = [
    ("Case system", "https://cases.example.com/hooks/leftoff"),
    (
        "Data warehouse",
        "https://ingest.warehouse.example.com/v2/streams/identity/leftoff?tenant=eu-central",
    ),
    ("Help desk", "https://desk.example.com/leftoff"),
    ("Fraud team", "https://fraud.example.com/in"),
];
const KEYS: [(&str, &str); 4] = [
    ("Our backend", "links:read links:write"),
    ("Warehouse", "receipts:read events:read"),
    (
        "The desk's own tool for people who call",
        "links:read links:write inquiries:read inquiries:resume receipts:read events:read",
    ),
    ("Monitoring", "events:read"),
];
const EVENTS: [&str; 5] = [
    "inquiry.created",
    "inquiry.started",
    "inquiry.expired",
    "inquiry.approved",
    "account.created",
];

/// What the rest belongs to.
#[derive(Clone, Debug)]
pub struct Frame {
    policies: Vec<PolicyRow>,
    endpoints: Vec<EndpointRow>,
    now: i64,
}

impl Frame {
    /// Writes policies, endpoints and keys: few, however large the crowd is.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn write(store: &Store, count: u32, now: i64) -> Result<Self> {
        let frame = Self {
            policies: (0..count.min(4))
                .map(|number| policy(number, now))
                .collect::<Result<_>>()?,
            endpoints: (0..count.min(4))
                .map(|number| endpoint(number, now))
                .collect::<Result<_>>()?,
            now,
        };
        let keys = (0..count.min(12))
            .map(|number| key(number, now))
            .collect::<Result<Vec<_>>>()?;
        let written = frame.clone();
        let write = store.change(move |change| {
            written
                .policies
                .iter()
                .try_for_each(|row| policies::write(change, row))?;
            written
                .endpoints
                .iter()
                .try_for_each(|row| endpoints::add(change, &closed(row)))?;
            keys.iter().try_for_each(|row| api_keys::add(change, row))
        });
        write.await?;
        Ok(frame)
    }

    /// Lets webhooks go to the endpoints from now on, unless one is disabled.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn open(self, store: &Store) -> Result<()> {
        let open = store.change(move |change| {
            let rows = &self.endpoints;
            rows.iter()
                .try_for_each(|row| endpoints::write(change, row))
        });
        Ok(open.await?)
    }

    /// What the nth link left behind beside its entry in the ledger.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn trace(&self, number: u32, link: &LinkRow, entry: &LedgerRow) -> Result<Trace> {
        let message = match of(&self.policies, number) {
            Some(policy) if number.is_multiple_of(3) => {
                Some(message(number, link, policy, self.now)?)
            }
            _ => None,
        };
        let act = match (of(&self.policies, number), &message) {
            (Some(policy), Some(message)) => Some(act(number, link, policy, message)?),
            _ => None,
        };
        let delivery =
            of(&self.endpoints, number).map(|endpoint| delivery(number, endpoint, entry, self.now));
        Ok(Trace {
            event: event(number, link),
            message,
            act,
            delivery,
        })
    }
}

/// What one link left behind.
#[derive(Debug)]
pub struct Trace {
    event: EventRow,
    message: Option<MessageRow>,
    act: Option<PolicyActRow>,
    delivery: Option<DeliveryRow>,
}

impl Trace {
    /// Writes it.
    ///
    /// # Errors
    /// When the database cannot write.
    pub fn add(&self, change: &Change<'_>) -> Stored<()> {
        events::add(change, &self.event)?;
        self.message
            .iter()
            .try_for_each(|row| messages::add(change, row))?;
        self.act
            .iter()
            .try_for_each(|row| policy_acts::add(change, row).map(drop))?;
        self.delivery.iter().try_for_each(|row| {
            deliveries::add(change, row)?;
            attempts(row)
                .iter()
                .try_for_each(|attempt| deliveries::log(change, attempt))
        })
    }
}

fn of<T>(rows: &[T], number: u32) -> Option<&T> {
    rows.get(number as usize % rows.len().max(1))
}

fn nth<T: Copy, const N: usize>(list: &[T; N], number: u32) -> T {
    list[number as usize % N]
}

fn policy(number: u32, now: i64) -> Result<PolicyRow> {
    let at = now - 20 * DAY + i64::from(number);
    let is_resume = number % 4 == 1;
    let text = str::to_owned;
    Ok(PolicyRow {
        id: id(at)?,
        name: text(nth(&POLICIES, number)),
        act: text(if is_resume { "resume" } else { "remind" }),
        channel: text(if number.is_multiple_of(2) {
            "sms"
        } else {
            "mail"
        }),
        locale: text("en"),
        offsets: text(if is_resume { "60" } else { "1440,4320,10080" }),
        per_week: 2,
        in_total: 5,
        quiet: Some(text("20:00-08:00 Europe/Berlin")),
        on_since: None,
        maker: text("system"),
        created_at: at,
        version: 1,
        ..PolicyRow::default()
    })
}

fn endpoint(number: u32, now: i64) -> Result<EndpointRow> {
    let (description, url) = nth(&ENDPOINTS, number);
    let at = now - 25 * DAY + i64::from(number);
    let is_gone = number == 3;
    Ok(EndpointRow {
        id: id(at)?,
        url: url.to_owned(),
        description: description.to_owned(),
        events: if number == 1 {
            "link.created,inquiry.approved,inquiry.declined".to_owned()
        } else {
            String::new()
        },
        created_at: at,
        created_by: "system".to_owned(),
        failing_since: (number == 2).then_some(now - 90 * MINUTE),
        failures: if number == 2 { 14 } else { 0 },
        disabled_at: is_gone.then_some(now - DAY),
        disabled_by: is_gone.then(|| "system".to_owned()),
        disabled_why: is_gone.then(|| "gone".to_owned()),
        ..EndpointRow::default()
    })
}

/// As long as the past is written: what happened then was told then.
fn closed(row: &EndpointRow) -> EndpointRow {
    EndpointRow {
        disabled_at: Some(row.created_at),
        ..row.clone()
    }
}

fn key(number: u32, now: i64) -> Result<ApiKeyRow> {
    let (name, scopes) = nth(&KEYS, number);
    let at = now - 30 * DAY + i64::from(number) * DAY;
    Ok(ApiKeyRow {
        id: id(at)?,
        token_hash: format!("{number:064x}"),
        name: if number < 4 {
            name.to_owned()
        } else {
            format!("{name} {}", number / 4 + 1)
        },
        scopes: scopes.to_owned(),
        created_by: "cli:operator".to_owned(),
        created_at: at,
        expires_at: (number % 3 == 1).then_some(at + 90 * DAY),
        last_used_at: (number % 4 != 3).then_some(now - i64::from(number + 1) * 7 * MINUTE),
        revoked_at: (number % 5 == 4).then_some(now - DAY),
    })
}

/// Of a hundred events most are applied, some ignored, a few found by a sweep, and the second of all is parked.
fn event(number: u32, link: &LinkRow) -> EventRow {
    let at = link.created_at - 2 * MINUTE;
    let name = nth(&EVENTS, number);
    let (state, result) = match number {
        1 => (PARKED, Some("Persona answered 404: Record not found")),
        _ if name == "account.created" => (IGNORED, None),
        _ if number % 7 == 3 => (APPLIED, Some("outdated")),
        _ => (APPLIED, Some("newest")),
    };
    let is_swept = number % 40 == 11;
    EventRow {
        id: crowd::id("evt", number),
        name: name.to_owned(),
        at,
        received_at: at + 1_500,
        source: if is_swept { SWEEP } else { WEBHOOK }.to_owned(),
        told_at: (!is_swept).then_some(at + 1_500),
        object_id: link.inquiry_id.clone(),
        inquiry_id: (state != IGNORED).then(|| link.inquiry_id.clone()),
        state: state.to_owned(),
        settled_at: Some(at + 2_000),
        result: result.map(str::to_owned),
        ..EventRow::default()
    }
}

fn message(number: u32, link: &LinkRow, policy: &PolicyRow, now: i64) -> Result<MessageRow> {
    let at = link.created_at;
    let (state, error) = match number % 30 {
        3 => ("given-up", Some("refused-550")),
        9 => ("dropped", Some("finished")),
        15 => ("given-up", Some("no-address")),
        21 => ("waiting", None),
        _ => ("sent", None),
    };
    let is_waiting = state == "waiting";
    Ok(MessageRow {
        id: id(at)?,
        kind: if policy.act == "resume" {
            "link"
        } else {
            "reminder"
        }
        .to_owned(),
        inquiry_id: link.inquiry_id.clone(),
        link_id: link.id.clone(),
        channel: policy.channel.clone(),
        locale: Some(nth(&["en", "es", "ar"], number / 3).to_owned()),
        actor: "system".to_owned(),
        policy_id: Some(policy.id.clone()),
        state: state.to_owned(),
        tries: i64::from(!is_waiting),
        created_at: at,
        due_at: if is_waiting {
            now + 9 * 60 * MINUTE
        } else {
            at
        },
        settled_at: (!is_waiting).then_some(at + 4_000),
        error: error.map(str::to_owned),
        ..MessageRow::default()
    })
}

fn act(
    number: u32,
    link: &LinkRow,
    policy: &PolicyRow,
    message: &MessageRow,
) -> Result<PolicyActRow> {
    let at = link.created_at;
    let is_stopped = number % 30 == 12;
    Ok(PolicyActRow {
        id: id(at)?,
        policy_id: policy.id.clone(),
        inquiry_id: link.inquiry_id.clone(),
        anchor: at - DAY,
        step: i64::from(number / 3 % 3),
        missed: i64::from(number % 60 == 6),
        state: if is_stopped { "stopped" } else { "done" }.to_owned(),
        reason: is_stopped.then(|| "cap-total".to_owned()),
        at,
        link_id: Some(link.id.clone()),
        message_id: (!is_stopped).then(|| message.id.clone()),
        due_at: at,
        ..PolicyActRow::default()
    })
}

fn delivery(number: u32, endpoint: &EndpointRow, entry: &LedgerRow, now: i64) -> DeliveryRow {
    let (state, attempts, status, cause) = match number % 25 {
        6 => (FAILED, 8, Some(503), Some("status")),
        10 => (WAITING, 3, None, Some("timeout")),
        14 => (DELIVERED, 2, Some(204), None),
        _ => (DELIVERED, 1, Some(200), None),
    };
    DeliveryRow {
        endpoint_id: endpoint.id.clone(),
        event_id: entry.id.clone(),
        event: "link.created".to_owned(),
        inquiry_id: Some(entry.inquiry_id.clone()),
        state: state.to_owned(),
        created_at: entry.at,
        due_at: if state == WAITING {
            now + 2 * 60 * MINUTE
        } else {
            entry.at
        },
        attempts,
        tries: attempts,
        status,
        cause: cause.map(str::to_owned),
        settled_at: (state != WAITING).then_some(entry.at + 5_000),
    }
}

fn attempts(row: &DeliveryRow) -> Vec<AttemptRow> {
    let attempt = |number: i64| {
        let is_last = number == row.attempts;
        let failed = (Some(503), Some("status".to_owned()));
        let (status, cause) = if is_last {
            (row.status, row.cause.clone())
        } else {
            failed
        };
        AttemptRow {
            endpoint_id: row.endpoint_id.clone(),
            event_id: row.event_id.clone(),
            number,
            at: row.created_at + (number - 1) * 5 * MINUTE,
            took: 40 + number * 13,
            status,
            cause,
        }
    };
    (1..=row.attempts).map(attempt).collect()
}

fn id(at: i64) -> Result<String> {
    Ok(new_id(Timestamp::from_millisecond(at)?)?)
}
