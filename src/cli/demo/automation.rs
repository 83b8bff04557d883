//! What the demo's Leftoff does by itself: one policy that is on since a week, and one that waits for its dry run.

use anyhow::bail;

use super::{plots::Plot, sink::NOT_IN_SERVICE};
use crate::{
    budget::Budget,
    cli::setup,
    clock::Clock,
    inquiries::Inquiries,
    links::Links,
    notify::Notifier,
    policy::{Managed, NewPolicy, Policies},
    staff::Actor,
    state::AppState,
    store::policies::PolicyRow,
    worker::{Pace, Work as _},
};

/// The works of the past.
pub(super) struct Automation {
    policies: Policies,
    notifier: Notifier,
}

impl Automation {
    /// The works by the clock of the past.
    pub(super) fn new(
        state: &AppState,
        clock: &Clock,
        inquiries: &Inquiries,
        links: &Links,
    ) -> anyhow::Result<Self> {
        let budget = Budget::new(setup::persona(&state.config)?);
        let notifier = Notifier::new(
            state.store.clone(),
            inquiries.clone(),
            clock.clone(),
            budget.clone(),
            &state.config,
        )?;
        let policies = Policies::new(
            state.store.clone(),
            inquiries.clone(),
            links.clone(),
            state.tokens.clone(),
            clock.clone(),
            budget,
            notifier.bell().clone(),
        );
        Ok(Self { policies, notifier })
    }

    /// An admin makes both policies and turns one on.
    pub(super) async fn begin(&self, admin: &Actor, template: &str) -> anyhow::Result<()> {
        let on = self.make(admin, &reminders(template)).await?;
        self.make(admin, &second_chance()).await?;
        self.policies.set_on(admin, &on.id, true).await?;
        Ok(())
    }

    async fn make(&self, admin: &Actor, new: &NewPolicy) -> anyhow::Result<PolicyRow> {
        match self.policies.create(admin, new).await? {
            Managed::Done(policy) => Ok(*policy),
            Managed::Wrong(wrong) => bail!("a policy of the demo: {}", wrong.join(" ")),
            Managed::Moved => bail!("a policy of the demo moved"),
        }
    }

    /// Does what is due at this time of the past.
    pub(super) async fn work(&self) -> anyhow::Result<()> {
        while self.policies.step().await? == Pace::Now {}
        while self.notifier.step().await? == Pace::Now {}
        Ok(())
    }
}

fn reminders(template: &str) -> NewPolicy {
    NewPolicy {
        name: "Remind drivers".to_owned(),
        act: "remind".to_owned(),
        template: template.to_owned(),
        channel: "sms".to_owned(),
        locale: "en".to_owned(),
        offsets: "1d, 3d, 7d".to_owned(),
        per_week: "2".to_owned(),
        in_total: "3".to_owned(),
        quiet_from: "20:00".to_owned(),
        quiet_until: "08:00".to_owned(),
        zone: "Europe/Berlin".to_owned(),
    }
}

fn second_chance() -> NewPolicy {
    NewPolicy {
        name: "Second chance".to_owned(),
        act: "resume".to_owned(),
        template: String::new(),
        channel: "mail".to_owned(),
        offsets: "1h".to_owned(),
        ..reminders("")
    }
}

/// The number of somebody whom the policy may write to: one reserved for stories, with a few that cannot be reached.
pub(super) fn number_of(plot: &Plot, number: usize) -> Option<String> {
    plot.is_patient.then(|| match number % 17 {
        0 => "030 901820".to_owned(),
        5 => NOT_IN_SERVICE.to_owned(),
        _ => format!("+1202555{:04}", 100 + number % 99),
    })
}
