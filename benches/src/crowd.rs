//! A crowd: made-up inquiries in numbers, the same ones for the same numbers, as years of a busy company leave them.

use std::ops::Range;

use anyhow::Result;
use leftoff::store::{
    Change, Result as Stored, Store,
    inquiries::{self, InquiryRow},
    templates::{self, TemplateRow},
};

const DAY: i64 = 24 * 3_600_000;
/// Inquiries that are written in one change.
const AT_ONCE: u32 = 5_000;
/// The templates, each with how many of 16 use it.
const TEMPLATES: [(&str, &str, u64); 3] = [
    ("itmpl_IdentityCheck0000000000000", "Identity check", 10),
    ("itmpl_DriverOnboarding0000000000", "Driver onboarding", 4),
    ("itmpl_BusinessOwner0000000000000", "Business owner", 2),
];
const STEPS: [&str; 4] = ["start", "document", "selfie", "verify_phone"];

/// Where inquiries stand, each with how many of 100: two in five need somebody.
const STATUSES: [(&str, u64); 8] = [
    ("expired", 18),
    ("pending", 8),
    ("created", 6),
    ("completed", 5),
    ("needs_review", 3),
    ("approved", 48),
    ("declined", 8),
    ("failed", 4),
];

/// Writes the inquiries of these numbers.
///
/// # Errors
/// When the database cannot write.
pub async fn settle(store: &Store, numbers: Range<u32>, now: i64) -> Result<()> {
    store
        .change(move |change| name_templates(change, now))
        .await?;
    for first in numbers.clone().step_by(AT_ONCE as usize) {
        let some = first..numbers.end.min(first + AT_ONCE);
        let written = store.change(move |change| {
            some.into_iter()
                .try_for_each(|number| inquiries::keep(change, &inquiry(number, now)))
        });
        written.await?;
    }
    Ok(())
}

fn name_templates(change: &Change<'_>, now: i64) -> Stored<()> {
    for (id, name, _) in TEMPLATES {
        let row = TemplateRow {
            id: id.to_owned(),
            name: Some(name.to_owned()),
            latest_version_id: Some(version(id, 2)),
            read_at: now,
        };
        templates::keep(change, &row)?;
    }
    Ok(())
}

/// The inquiry of a number.
#[must_use]
pub fn inquiry(number: u32, now: i64) -> InquiryRow {
    let mut dice = Dice(u64::from(number));
    let status = dice.pick(&STATUSES);
    let template = dice.pick(&TEMPLATES.map(|(id, _, share)| (id, share)));
    let made = now - dice.below(120 * 24 * 60) * 60_000;
    let began = (status != "created").then_some(made + dice.below(600) * 1_000);
    let is_done = !matches!(status, "created" | "pending" | "expired");
    let is_cancelled = status == "pending" && dice.below(4) == 0;
    let is_contacted = !is_done && dice.below(3) == 0;
    InquiryRow {
        id: id("inq", number),
        status: status.to_owned(),
        template_id: Some(template.to_owned()),
        template_version_id: Some(version(template, 2 - u64::from(dice.below(5) == 0))),
        reference_id: Some(reference(number)),
        account_id: Some(id("act", number / 4)),
        created_at: Some(made),
        started_at: began,
        expires_at: Some(made + DAY),
        expired_at: (status == "expired").then_some(made + DAY),
        finished_at: is_done.then_some(made + 15 * 60_000),
        step: began.and(
            STEPS
                .get(usize::try_from(dice.below(4)).unwrap_or(0))
                .map(|step| (*step).to_owned()),
        ),
        // Most have one session; few come near the 25 that Persona allows.
        sessions: if dice.below(50) == 0 {
            25
        } else {
            1 + dice.below(6) * dice.below(2)
        },
        trouble: is_cancelled.then(|| "cancelled".to_owned()),
        trouble_at: began.filter(|_| is_cancelled),
        contacted_at: if is_contacted {
            now - dice.below(20) * DAY
        } else {
            0
        },
        read_at: now,
        ..InquiryRow::default()
    }
}

/// The company's own name for the person of an inquiry.
#[must_use]
pub fn reference(number: u32) -> String {
    format!("user-{:07}", number / 2)
}

/// An ID as Persona makes them: no order in them.
#[must_use]
pub fn id(prefix: &str, number: u32) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    let mut dice = Dice(u64::from(number) ^ 0x5eed);
    let letters: String = (0..24)
        .map(|_| {
            char::from(LETTERS[usize::try_from(dice.next() % LETTERS.len() as u64).unwrap_or(0)])
        })
        .collect();
    format!("{prefix}_{letters}")
}

fn version(template: &str, number: u64) -> String {
    format!("itmplv_{}{number}", template.trim_start_matches("itmpl_"))
}

/// Numbers without order, the same in every run: splitmix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> i64 {
        i64::try_from(self.next() % end).unwrap_or_default()
    }

    fn pick(&mut self, shares: &[(&'static str, u64)]) -> &'static str {
        let whole = shares.iter().map(|(_, share)| share).sum();
        let mut at = self.below(whole).unsigned_abs();
        for (name, share) in shares {
            if at < *share {
                return name;
            }
            at -= share;
        }
        shares[0].0
    }
}
