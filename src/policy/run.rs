//! The rounds: steps that were begun go on first, then each policy looks at the inquiries that it may have to do with.

use std::time::Duration;

use super::{Policies, act::Round, plan::Terms};
use crate::{
    failure::Failure,
    model::policy::PolicyAct,
    store::{
        policies::{PolicyRow, SwitchRow},
        policy_marks::Candidates,
    },
    worker::{Bell, Pace, Work},
};

/// How long the policies rest when nothing is due. Nobody minds a minute, and it does not matter who brought the news.
const REST: Duration = Duration::from_mins(1);
/// Inquiries that a policy looks at in one change.
const AT_ONCE: i64 = 50;

impl Work for Policies {
    const NAME: &'static str = "policies";

    async fn step(&self) -> Result<Pace, Failure> {
        let carried = self.carry_on().await?;
        if carried == Pace::Now {
            return Ok(Pace::Now);
        }
        let switch = self.store.policy_switch().await?;
        if switch.is_stopped == 0 {
            let mut policies = self.store.policies().await?;
            // Whose inquiry is opened again gets that link, and no reminder at the same time.
            policies.sort_by_key(|policy| policy.act() != PolicyAct::Resume);
            for policy in policies {
                if self.look(&policy, &switch).await? {
                    return Ok(Pace::Now);
                }
            }
        }
        Ok(match carried {
            Pace::In(wait) => Pace::In(wait.min(REST)),
            _ => Pace::In(REST),
        })
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

impl Policies {
    /// Lets a policy look at some inquiries; false when there are none.
    async fn look(&self, policy: &PolicyRow, switch: &SwitchRow) -> Result<bool, Failure> {
        let Some(on_since) = policy.on_since else {
            return Ok(false);
        };
        let terms = Terms::of(policy);
        let now = self.clock.now();
        let first = terms.offsets.first().copied().unwrap_or_default();
        let candidates = Candidates {
            policy_id: policy.id.clone(),
            act: policy.act(),
            template_id: policy.template_id.clone(),
            still_since: now.as_millisecond() - first,
            now: now.as_millisecond(),
        };
        let found = self.store.policy_candidates(candidates, AT_ONCE).await?;
        if found.is_empty() {
            return Ok(false);
        }
        let mut kits = Vec::new();
        for inquiry in found {
            kits.push(self.kit(policy, inquiry, now).await?);
        }
        let round = Round {
            policy: policy.clone(),
            terms,
            since: on_since.max(switch.since),
            now: now.as_millisecond(),
        };
        let has_messages = self.store.change(move |change| round.run(change, kits));
        if has_messages.await? {
            self.messages.ring();
        }
        if policy.act() == PolicyAct::Resume {
            self.bell.ring();
        }
        Ok(true)
    }
}
