//! Inquiries that were not read for long, compared with what Persona says: not everything that moves one is an event.

use std::collections::BTreeSet;

use persona::{Inquiry, InquiryFilter, InquiryId, PageRequest};

use super::{
    DAY, Sweeps,
    step::{ON_A_PAGE, Phase, advanced, filter},
};
use crate::{
    failure::Failure,
    inquiries::Said,
    mirror::row,
    store::{events::EventRow, inquiries::InquiryRow, sweeps::SweepRow},
};

impl Sweeps {
    /// Looks at inquiries that we know as open and did not read for long.
    pub(super) async fn look_at_inquiries(&self, sweep: &SweepRow) -> Result<(), Failure> {
        // Where no events are seen, this is all that there is.
        let age = if sweep.has_events == 1 { DAY } else { 0 };
        let after = sweep.last_id.clone().unwrap_or_default();
        let known = self
            .store
            .stale_inquiries(after, sweep.started_at - age, ON_A_PAGE.into())
            .await?;
        let Some(last) = known.last() else {
            return self.finish(sweep).await;
        };
        let ids = known
            .iter()
            .filter_map(|row| InquiryId::parse(&*row.id).ok());
        let asked = InquiryFilter {
            inquiry_ids: ids.collect(),
            ..InquiryFilter::default()
        };
        let read_at = self.clock.now_ms();
        let page = PageRequest::of(ON_A_PAGE);
        let listed = self.persona.list_inquiries(&asked, &page).await?;
        let settled: Vec<_> = listed
            .items
            .iter()
            .filter(|inquiry| is_settled(inquiry, sweep))
            .collect();
        let moved: BTreeSet<_> = settled
            .iter()
            .filter_map(|now| moved(&known, now))
            .collect();
        let found = self.events_of(sweep, &moved).await?;
        let seen: Vec<_> = settled
            .into_iter()
            .map(|inquiry| {
                let has_moved = moved.contains(inquiry.id.as_str());
                let is_unexplained = has_moved && !is_explained(inquiry, &found);
                (row(inquiry, read_at), is_unexplained)
            })
            .collect();
        let found = found
            .into_iter()
            .filter(|event| is_missing(event, &known, sweep))
            .collect();
        let now = SweepRow {
            pages: sweep.pages + 1,
            ..advanced(sweep, Phase::Inquiries, Some(last.id.clone()))
        };
        self.keep(sweep, now, found, seen).await
    }

    /// The events of inquiries that moved.
    async fn events_of(
        &self,
        sweep: &SweepRow,
        moved: &BTreeSet<String>,
    ) -> Result<Vec<EventRow>, Failure> {
        if moved.is_empty() || sweep.has_events == 0 {
            return Ok(Vec::new());
        }
        let ids: Vec<_> = moved.iter().cloned().collect();
        let page = PageRequest::of(ON_A_PAGE);
        let listed = self.persona.list_events(&filter(&ids), &page).await?;
        let found = listed.items.iter().map(|event| self.found(event, sweep));
        Ok(found.collect())
    }
}

/// The ID of an inquiry that is not as we know it.
fn moved(known: &[InquiryRow], now: &Inquiry) -> Option<String> {
    let id = now.id.as_str();
    let known = known.iter().find(|row| row.id == id)?;
    let is_same = known.status == now.attributes.status.as_str()
        && known.redacted_at.is_some() == now.is_redacted();
    (!is_same).then(|| id.to_owned())
}

/// Whether nobody moved it at Persona a moment ago. What is younger may come by a webhook, or it was we who moved it and
/// did not write that down yet: the next sweep looks again.
fn is_settled(inquiry: &Inquiry, sweep: &SweepRow) -> bool {
    let updated_at = inquiry.attributes.updated_at;
    updated_at.is_none_or(|at| at.as_millisecond() <= sweep.until)
}

/// Whether the last event of an inquiry tells how it came to be as it is.
fn is_explained(inquiry: &Inquiry, found: &[EventRow]) -> bool {
    let of_it = found
        .iter()
        .filter(|event| event.inquiry_id.as_deref() == Some(inquiry.id.as_str()));
    let last = of_it.max_by_key(|event| (event.at, event.position));
    last.and_then(Said::read).is_some_and(|said| {
        said.status == inquiry.attributes.status.as_str()
            && said.redacted_at.is_some() == inquiry.is_redacted()
    })
}

/// Whether an event came after we last read its inquiry, and long enough ago for a webhook to tell of it.
fn is_missing(event: &EventRow, known: &[InquiryRow], sweep: &SweepRow) -> bool {
    let mut known = known.iter();
    let known = known.find(|row| event.inquiry_id.as_ref() == Some(&row.id));
    event.at <= sweep.until && known.is_some_and(|row| row.read_at <= event.at)
}
