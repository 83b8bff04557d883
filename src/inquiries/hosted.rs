//! The way without JavaScript, or around a blocked frame: Persona's hosted flow by a one-time link.

use persona::{Error as PersonaError, InquiryPatch};
use url::Url;

use super::{Inquiries, Phase, Visitor, inquiry_id};
use crate::{
    failure::Failure,
    links::entry,
    meter,
    model::refusal::Refusal,
    secret::Secret,
    store::{ledger, links::LinkRow},
};

/// Where the browser goes next, and the device that the link is bound to now.
#[derive(Clone, Debug)]
pub struct HostedFlow {
    /// Persona's one-time link: a secret until it is used.
    pub url: Url,
    /// Its cookie must reach the browser.
    pub device: Secret,
}

impl Inquiries {
    /// Gets a one-time link for the inquiry of a link; the hosted flow will return to `return_to`.
    ///
    /// An expired inquiry is resumed before, because Persona makes no one-time link for it
    /// (<https://docs.withpersona.com/inquiry-one-time-links>).
    ///
    /// # Errors
    /// As [`Inquiries::resume`], and when the link leads to a host that the settings do not name.
    pub async fn hosted_flow(
        &self,
        link: &LinkRow,
        visitor: &Visitor,
        return_to: &Url,
    ) -> Result<HostedFlow, Failure> {
        self.admit(link, visitor).await?;
        let pressed_at = self.clock.now_ms();
        let hosted = self.hosted_flow_for(link, visitor, return_to, pressed_at);
        let hosted = hosted.await;
        match &hosted {
            Ok(_) => meter::resume("one-time-link-opened"),
            Err(failure) => meter::resume(failure.refusal().code()),
        }
        if hosted.is_err() {
            self.record_press(link, pressed_at).await?;
        }
        hosted
    }

    async fn hosted_flow_for(
        &self,
        link: &LinkRow,
        visitor: &Visitor,
        return_to: &Url,
        pressed_at: i64,
    ) -> Result<HostedFlow, Failure> {
        let id = inquiry_id(link)?;
        let phase = self.refresh(&id).await?.phase();
        if phase.is_settled() {
            return Err(Refusal::Settled.into());
        }
        let visitor = if phase == Phase::Expired {
            let device = self.try_resume(link, visitor).await?.device;
            let birthdate = visitor.birthdate.clone();
            Visitor {
                device: Some(device),
                birthdate,
            }
        } else {
            visitor.clone()
        };
        let patch = InquiryPatch {
            redirect_uri: Some(return_to.to_string()),
            ..InquiryPatch::default()
        };
        self.persona.update_inquiry(&id, &patch).await?;
        let key = Self::action_key()?;
        let made = self.persona.generate_one_time_link(&id, None, &key).await;
        let made = made.map_err(|error| match error {
            PersonaError::Conflict { .. } => Refusal::NotResumable.into(),
            error => Failure::from(error),
        })?;
        let url = self.trusted(made.url.expose())?;
        let device = self.record_hosted(link, &visitor, pressed_at).await?;
        Ok(HostedFlow { url, device })
    }

    async fn record_hosted(
        &self,
        link: &LinkRow,
        visitor: &Visitor,
        pressed_at: i64,
    ) -> Result<Secret, Failure> {
        let link = self
            .store
            .link(&link.id)
            .await?
            .ok_or(Refusal::UnknownLink)?;
        let entry = entry(&link, self.clock.now(), "one-time-link-opened", None)?;
        let binding = self.binding(&link, visitor, pressed_at)?;
        let written = self.store.change(move |change| {
            let bound = binding.write(change, Some(entry.at))?;
            if bound.is_some() {
                ledger::add(change, &entry)?;
            }
            Ok(bound)
        });
        written.await?.ok_or_else(|| Refusal::OtherDevice.into())
    }

    /// Refuses a link to anywhere but the hosts of the settings.
    fn trusted(&self, link: &str) -> Result<Url, Failure> {
        let url: Url = link.parse().map_err(|_| Failure::ForeignLink)?;
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            _ => return Err(Failure::ForeignLink),
        };
        let admitted = self
            .link_hosts
            .iter()
            .any(|pattern| matches_host(pattern, &host));
        let is_safe = url.scheme() == "https" || host.starts_with("localhost:");
        if admitted && is_safe {
            Ok(url)
        } else {
            Err(Failure::ForeignLink)
        }
    }
}

fn matches_host(pattern: &str, host: &str) -> bool {
    pattern
        .strip_prefix('*')
        .map_or(pattern == host, |suffix| host.ends_with(suffix))
}
