//! How inquiries move: start, finish, expiry, resume, decision, redaction (docs.withpersona.com/model-lifecycle).

use std::cmp::Reverse;

use jiff::Timestamp;
use serde_json::Value;

use crate::clock::later;
use crate::inquiry::Inquiry;
use crate::session::{self, Session};
use crate::state::State;
use crate::status::Status;

/// Why an inquiry does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such inquiry.
    NotFound,
    /// It was redacted.
    Redacted,
    /// It is in a state that does not allow this.
    WrongStatus(Status),
    /// It has as many sessions as it may have.
    TooManySessions,
}

impl State {
    /// Lets everything happen that was due by now.
    pub(crate) fn settle(&mut self) {
        while self
            .deadlines
            .peek()
            .is_some_and(|Reverse((at, _))| *at <= self.now)
        {
            let Some(Reverse((at, id))) = self.deadlines.pop() else {
                return;
            };
            let due = self
                .inquiries
                .get(&id)
                .is_some_and(|inquiry| inquiry.expires_at == Some(at) && inquiry.status.is_open());
            if due {
                self.move_to(&id, Status::Expired, at);
            }
        }
    }

    /// Puts an inquiry into a status whatever it was before, with the times, sessions and events that belong to it.
    pub(crate) fn move_to(&mut self, id: &str, status: Status, at: Timestamp) {
        let Some(inquiry) = self.inquiries.get_mut(id) else {
            return;
        };
        let before = std::mem::replace(&mut inquiry.status, status);
        inquiry.updated_at = at;
        stamp(inquiry, before, at);
        let deadline = inquiry.expires_at.filter(|_| status.is_open());
        if let Some(deadline) = deadline {
            self.deadlines.push(Reverse((deadline, id.to_owned())));
        } else {
            self.end_sessions(id, at);
        }
        self.emit_inquiry(status.event(), id, at);
    }

    /// Reopens an inquiry and gives the session to open it with: an unused live one if there is one, else a new one.
    ///
    /// Only an expired inquiry gets a new expiry; one that is still pending keeps the one it has.
    pub(crate) fn resume(&mut self, id: &str) -> Result<String, Refusal> {
        let inquiry = self.writable(id)?;
        if !matches!(inquiry.status, Status::Pending | Status::Expired) {
            return Err(Refusal::WrongStatus(inquiry.status));
        }
        self.ensure_session_allowed(id)?;
        self.reopen(id);
        self.unused_or_new_session(id)
    }

    /// The session for a link or a resume: an unused live one if there is one, else a new one.
    pub(crate) fn unused_or_new_session(&mut self, inquiry: &str) -> Result<String, Refusal> {
        match self.unused_session(inquiry) {
            Some(session) => Ok(session),
            None => self.new_session(inquiry),
        }
    }

    /// Makes a session, which ends when the inquiry expires as things stand now.
    pub(crate) fn new_session(&mut self, id: &str) -> Result<String, Refusal> {
        let session = self.id("iqse");
        let now = self.now;
        let inquiry = self.inquiries.get_mut(id).ok_or(Refusal::NotFound)?;
        if inquiry.sessions.len() >= session::LIMIT {
            return Err(Refusal::TooManySessions);
        }
        inquiry.sessions.push(session.clone());
        let expires_at = inquiry.expires_at.unwrap_or(now);
        self.sessions.insert(
            session.clone(),
            Session {
                id: session.clone(),
                inquiry: id.to_owned(),
                created_at: now,
                started_at: None,
                ended_at: None,
                expires_at,
                user_agent: None,
            },
        );
        Ok(session)
    }

    /// Marks a session as in use on a device.
    pub(crate) fn activate_session(&mut self, id: &str, user_agent: Option<String>) {
        let now = self.now;
        let Some(session) = self
            .sessions
            .get_mut(id)
            .filter(|session| session.started_at.is_none())
        else {
            return;
        };
        session.started_at = Some(now);
        session.user_agent = user_agent;
        self.emit_session("inquiry-session.started", id, now);
    }

    /// Ends a session, once.
    pub(crate) fn end_session(&mut self, id: &str, at: Timestamp) {
        let Some(session) = self.sessions.get_mut(id) else {
            return;
        };
        if session.ended_at.is_some() || session.expires_at < at {
            return;
        }
        session.ended_at = Some(at);
        self.emit_session("inquiry-session.expired", id, at);
    }

    /// Takes what identifies the person out of an inquiry; the status stays.
    pub(crate) fn redact(&mut self, id: &str) -> Result<(), Refusal> {
        self.writable(id)?;
        let now = self.now;
        let Some(inquiry) = self.inquiries.get_mut(id) else {
            return Err(Refusal::NotFound);
        };
        inquiry.redacted_at = Some(now);
        inquiry.updated_at = now;
        inquiry.note = None;
        for field in inquiry.fields.values_mut() {
            field["value"] = Value::Null;
        }
        self.end_sessions(id, now);
        self.emit_inquiry("inquiry.redacted", id, now);
        Ok(())
    }

    /// The inquiry, unless it is unknown or redacted.
    pub(crate) fn writable(&self, id: &str) -> Result<&Inquiry, Refusal> {
        let inquiry = self.inquiries.get(id).ok_or(Refusal::NotFound)?;
        if inquiry.redacted_at.is_some() {
            Err(Refusal::Redacted)
        } else {
            Ok(inquiry)
        }
    }

    fn ensure_session_allowed(&self, id: &str) -> Result<(), Refusal> {
        let inquiry = self.inquiries.get(id).ok_or(Refusal::NotFound)?;
        let full = inquiry.sessions.len() >= session::LIMIT && self.unused_session(id).is_none();
        if full {
            Err(Refusal::TooManySessions)
        } else {
            Ok(())
        }
    }

    /// Persona has no event for this.
    fn reopen(&mut self, id: &str) {
        let now = self.now;
        let Some(inquiry) = self
            .inquiries
            .get_mut(id)
            .filter(|inquiry| inquiry.status == Status::Expired)
        else {
            return;
        };
        let expires_at = later(now, inquiry.intervals.resumed);
        inquiry.status = Status::Pending;
        inquiry.updated_at = now;
        inquiry.expired_at = None;
        inquiry.expires_at = Some(expires_at);
        self.deadlines.push(Reverse((expires_at, id.to_owned())));
    }

    fn unused_session(&self, inquiry: &str) -> Option<String> {
        let ids = &self.inquiries.get(inquiry)?.sessions;
        ids.iter()
            .rev()
            .find(|id| {
                self.sessions
                    .get(*id)
                    .is_some_and(|session| session.status(self.now) == "new")
            })
            .cloned()
    }

    fn end_sessions(&mut self, inquiry: &str, at: Timestamp) {
        for link in self.links.iter_mut().filter(|link| link.inquiry == inquiry) {
            link.expires_at = link.expires_at.min(at);
        }
        let sessions = self
            .inquiries
            .get(inquiry)
            .map(|inquiry| inquiry.sessions.clone())
            .unwrap_or_default();
        for session in sessions {
            self.end_session(&session, at);
        }
    }
}

/// Sets the times that belong to a status.
fn stamp(inquiry: &mut Inquiry, before: Status, at: Timestamp) {
    match inquiry.status {
        Status::Created => {
            inquiry.started_at = None;
            inquiry.expired_at = None;
            inquiry.expires_at = Some(later(at, inquiry.intervals.created));
        }
        Status::Pending => start(inquiry, before, at),
        Status::Completed => inquiry.completed_at = Some(at),
        Status::Failed => inquiry.failed_at = Some(at),
        Status::Expired => inquiry.expired_at = Some(at),
        Status::NeedsReview => inquiry.marked_for_review_at = Some(at),
        Status::Approved | Status::Declined => inquiry.decisioned_at = Some(at),
    }
    if inquiry.status == Status::Completed {
        inquiry.invent_person();
    }
}

fn start(inquiry: &mut Inquiry, before: Status, at: Timestamp) {
    inquiry.started_at.get_or_insert(at);
    let interval = if before == Status::Created {
        inquiry.intervals.started
    } else {
        Some(inquiry.intervals.resumed)
    };
    if let Some(interval) = interval {
        inquiry.expires_at = Some(later(at, interval));
    }
    inquiry.expired_at = None;
}
