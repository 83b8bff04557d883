//! What a policy makes of the inquiries that it looks at: each decided and written in one change.

use jiff::Timestamp;
use serde_json::json;

use super::{
    Policies, SYSTEM,
    plan::{Next, Step, Terms},
    story::Known,
};
use crate::{
    failure::Failure,
    id::new_id,
    links::{DraftLink, NewLink, channel::Channel, factor::Factor},
    model::{
        message::MessageKind,
        policy::{Obstacle, PolicyAct, StepState},
    },
    notify::{NewMessage, enqueue},
    quiet::Quiet,
    store::{
        self, Change,
        audit::{self, Deed},
        inquiries::{self, InquiryRow},
        ledger::{self, LedgerRow},
        messages::MessageRow,
        policies::{self, PolicyRow},
        policy_acts::{self, PolicyActRow},
        policy_marks::{self, MarkRow},
    },
};

/// Why a policy makes links, as the ledger and the funnel name it.
const REASON: &str = "policy";

/// What a step may need, made before the change because randomness has no place in one.
#[derive(Debug)]
pub(super) struct Kit {
    pub(super) inquiry: String,
    pub(super) link: DraftLink,
    pub(super) message: MessageRow,
    /// IDs for the step and for its entries in the ledger, in order.
    pub(super) ids: [String; 2],
}

impl Policies {
    /// What a step of a policy for an inquiry may need.
    pub(super) async fn kit(
        &self,
        policy: &PolicyRow,
        inquiry: String,
        now: Timestamp,
    ) -> Result<Kit, Failure> {
        let language = self.store.language_of(&inquiry).await?;
        let new = NewLink {
            inquiry_id: inquiry.clone(),
            maker: SYSTEM.to_owned(),
            reason: REASON.to_owned(),
            note: Some(named(policy)),
            channel: Channel::Policy,
            factor: Factor::None,
            return_url: None,
            locale: Some(language.unwrap_or_else(|| policy.locale.clone())),
            life: None,
        };
        let link = self.links.draft(new, &self.tokens)?;
        let quiet = policy.quiet.as_deref().and_then(Quiet::parse);
        let message = NewMessage {
            kind: match policy.act() {
                PolicyAct::Resume => MessageKind::Link,
                PolicyAct::Remind => MessageKind::Reminder,
            },
            channel: policy.channel(),
            link: link.row(),
            actor: SYSTEM,
            policy: Some((&policy.id, quiet.as_ref())),
        };
        let message = message.row(now)?;
        Ok(Kit {
            inquiry,
            link,
            message,
            ids: [new_id(now)?, new_id(now)?],
        })
    }
}

/// One look of a policy.
pub(super) struct Round {
    pub(super) policy: PolicyRow,
    pub(super) terms: Terms,
    pub(super) since: i64,
    pub(super) now: i64,
}

impl Round {
    /// Looks at some inquiries; whether there is a message to send. Nothing happens when the policy was changed or stopped
    /// meanwhile.
    pub(super) fn run(self, change: &Change<'_>, kits: Vec<Kit>) -> store::Result<bool> {
        if !may_act(change, &self.policy)? {
            return Ok(false);
        }
        let mut has_messages = false;
        for kit in kits {
            has_messages |= self.look(change, kit)?;
        }
        Ok(has_messages)
    }

    fn look(&self, change: &Change<'_>, kit: Kit) -> store::Result<bool> {
        let Some(inquiry) = inquiries::find(change, &kit.inquiry)? else {
            return Ok(false);
        };
        let story = Known::read(change, &self.policy, &inquiry)?.now();
        match self.terms.next(&story, self.since, self.now) {
            Next::Never => self.mark(change, &inquiry, i64::MAX)?,
            Next::At(at) => self.mark(change, &inquiry, at)?,
            Next::Stop(step, obstacle) => self.stop(change, kit, step, obstacle)?,
            Next::Act(step) => return self.act(change, kit, step),
        }
        Ok(false)
    }

    fn mark(&self, change: &Change<'_>, inquiry: &InquiryRow, next_at: i64) -> store::Result<()> {
        let row = MarkRow {
            policy_id: self.policy.id.clone(),
            inquiry_id: inquiry.id.clone(),
            version: inquiry.version,
            next_at,
        };
        policy_marks::mark(change, &row)
    }

    fn stop(
        &self,
        change: &Change<'_>,
        kit: Kit,
        step: Step,
        obstacle: Obstacle,
    ) -> store::Result<()> {
        let [id, entry] = kit.ids;
        let row = PolicyActRow {
            reason: Some(obstacle.code().to_owned()),
            ..self.row(id, &kit.inquiry, step, StepState::Stopped)
        };
        if policy_acts::add(change, &row)? {
            write_down(change, &row, entry, self.now)?;
        }
        Ok(())
    }

    /// A reminder is made at once; an inquiry that must be opened again first is only begun with.
    fn act(&self, change: &Change<'_>, kit: Kit, step: Step) -> store::Result<bool> {
        let [id, entry] = kit.ids.clone();
        if self.terms.act == PolicyAct::Resume {
            let row = self.row(id, &kit.inquiry, step, StepState::Acting);
            policy_acts::add(change, &row)?;
            return Ok(false);
        }
        let row = PolicyActRow {
            link_id: Some(kit.link.row().id.clone()),
            message_id: Some(kit.message.id.clone()),
            ..self.row(id, &kit.inquiry, step, StepState::Done)
        };
        if !policy_acts::add(change, &row)? {
            return Ok(false);
        }
        kit.link.add(change)?;
        enqueue(change, &kit.message)?;
        write_down(change, &row, entry, self.now)?;
        Ok(true)
    }

    fn row(&self, id: String, inquiry: &str, step: Step, state: StepState) -> PolicyActRow {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        PolicyActRow {
            id,
            policy_id: self.policy.id.clone(),
            inquiry_id: inquiry.to_owned(),
            anchor: step.anchor,
            step: count(step.step),
            missed: count(step.missed),
            state: state.code().to_owned(),
            at: self.now,
            due_at: self.now,
            ..PolicyActRow::default()
        }
    }
}

/// Whether a policy is on, as it was when it was looked at, and policies may act at all.
pub(super) fn may_act(change: &Change<'_>, seen: &PolicyRow) -> store::Result<bool> {
    let is_stopped = policies::switch(change)?.is_stopped != 0;
    let policy = policies::find(change, &seen.id)?;
    let is_as_seen = policy.is_some_and(|policy| policy.version == seen.version);
    Ok(!is_stopped && is_as_seen && seen.on_since.is_some())
}

/// How the audit names a policy.
pub(super) fn named(policy: &PolicyRow) -> String {
    format!("policy:{}", policy.id)
}

/// Writes a step that ended into the ledger and into the audit.
pub(super) fn write_down(
    change: &Change<'_>,
    row: &PolicyActRow,
    entry: String,
    now: i64,
) -> store::Result<()> {
    let event = event(change, row)?;
    let policy = format!("policy:{}", row.policy_id);
    let detail = row.reason.clone().unwrap_or_else(|| policy.clone());
    ledger::add(
        change,
        &LedgerRow {
            id: entry,
            inquiry_id: row.inquiry_id.clone(),
            link_id: row.link_id.clone(),
            at: now,
            event: event.to_owned(),
            detail: Some(detail),
            actor: Some(SYSTEM.to_owned()),
        },
    )?;
    let after = json!({ "step": row.step + 1, "missed": row.missed, "why": row.reason,
        "link": row.link_id, "message": row.message_id });
    audit::add(
        change,
        Deed {
            at: now,
            actor: SYSTEM.to_owned(),
            act: event.to_owned(),
            object: format!("inquiry:{}", row.inquiry_id),
            reason: Some(REASON.to_owned()),
            note: Some(policy),
            after: Some(after.to_string()),
            ..Deed::default()
        },
    )
}

/// What happened, in the past tense.
fn event(change: &Change<'_>, row: &PolicyActRow) -> store::Result<&'static str> {
    let act = policies::find(change, &row.policy_id)?.map(|policy| policy.act());
    Ok(match (row.state(), act) {
        (StepState::Done, Some(PolicyAct::Resume)) => "policy-resumed",
        (StepState::Done | StepState::Acting, _) => "policy-reminded",
        (StepState::Stopped, _) => "policy-stopped",
        (StepState::Failed, _) => "policy-failed",
    })
}
