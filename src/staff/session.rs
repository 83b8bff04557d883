//! Sessions: from a cookie to who is signed in, and to the end of it.

use std::time::Duration;

use super::{Actor, Staff};
use crate::{
    failure::Failure,
    id::new_id,
    model::role::{Act, Role},
    secret::Secret,
    store::{
        audit::{self, Deed},
        staff::{self, SessionRow, StaffRow},
    },
};

/// How often it is noted that somebody is still there.
const NOTED: Duration = Duration::from_mins(1);

/// Who is signed in, and where.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The person.
    pub person: StaffRow,
    /// What they are.
    pub role: Role,
    /// Where they are signed in.
    pub session: SessionRow,
}

/// What is still to be proved before somebody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing.
    Done,
    /// The code of their second factor.
    Code,
    /// They have no second factor and must set one up.
    Enrol,
}

/// What is kept of the browser that somebody signs in with.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// The browser, in a few words.
    pub name: Option<String>,
    /// The time zone that it is in, by its IANA name.
    pub zone: Option<String>,
}

impl Stage {
    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Code => "code",
            Self::Enrol => "enrol",
        }
    }

    fn of(code: &str) -> Self {
        match code {
            "done" => Self::Done,
            "enrol" => Self::Enrol,
            _ => Self::Code,
        }
    }
}

impl Signed {
    /// What is still to be proved.
    #[must_use]
    pub fn stage(&self) -> Stage {
        Stage::of(&self.session.stage)
    }

    /// Whether they may do this.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.stage() == Stage::Done && self.role.may(act)
    }

    /// Who they are in the audit.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.person.id.clone())
    }
}

impl Staff {
    /// Who has this cookie: none when nobody, when they were away or signed in for too long, or when they were shut out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn signed(&self, cookie: &Secret) -> Result<Option<Signed>, Failure> {
        let signed = self.peek(cookie).await?;
        if let Some(signed) = &signed {
            self.note(&signed.session).await?;
        }
        Ok(signed)
    }

    /// The same, without counting it as something that they did: a page that stays open keeps nobody signed in.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn peek(&self, cookie: &Secret) -> Result<Option<Signed>, Failure> {
        let Some(session) = self.store.staff_session(&cookie.hash()).await? else {
            return Ok(None);
        };
        if session.ended_at.is_some() || !self.is_fresh(&session) {
            return Ok(None);
        }
        let person = self.store.staff(&session.staff_id).await?;
        let person = person.filter(|person| person.disabled_at.is_none());
        Ok(person.and_then(|person| {
            Some(Signed {
                role: Role::parse(&person.role)?,
                person,
                session,
            })
        }))
    }

    pub(super) fn is_fresh(&self, session: &SessionRow) -> bool {
        let now = self.clock.now_ms();
        let idle = i64::from(self.settings.idle_minutes) * 60_000;
        let most = i64::from(self.settings.session_hours) * 3_600_000;
        now - session.seen_at < idle && now - session.created_at < most
    }

    async fn note(&self, session: &SessionRow) -> Result<(), Failure> {
        let now = self.clock.now_ms();
        if u128::try_from(now - session.seen_at).unwrap_or_default() < NOTED.as_millis() {
            return Ok(());
        }
        let id = session.id.clone();
        let noted = self
            .store
            .change(move |change| staff::seen(change, &id, now));
        Ok(noted.await?)
    }

    /// Whether they proved who they are so lately that they may do what asks for it.
    #[must_use]
    pub fn has_proof(&self, signed: &Signed) -> bool {
        let life = i64::from(self.settings.proof_minutes) * 60_000;
        self.clock.now_ms() - signed.session.proved_at < life
    }

    /// Begins a session; gives its cookie.
    pub(super) async fn begin(
        &self,
        person: &StaffRow,
        method: &str,
        stage: Stage,
        browser: Browser,
    ) -> Result<Secret, Failure> {
        let (now, cookie) = (self.clock.now(), Secret::random()?);
        let ms = now.as_millisecond();
        let row = SessionRow {
            id: new_id(now)?,
            token_hash: cookie.hash(),
            staff_id: person.id.clone(),
            method: method.to_owned(),
            stage: stage.code().to_owned(),
            zone: browser.zone,
            browser: browser.name,
            created_at: ms,
            seen_at: ms,
            proved_at: if stage == Stage::Done { ms } else { 0 },
            ended_at: None,
        };
        let deed = (stage == Stage::Done).then(|| deed(&row, "signed-in", ms));
        let begun = self.store.change(move |change| {
            staff::keep_session(change, &row)?;
            deed.map_or(Ok(()), |deed| audit::add(change, deed))
        });
        begun.await?;
        Ok(cookie)
    }

    /// Completes a session after the second factor, with a new cookie: the old one was seen by whoever saw the password.
    pub(super) async fn complete(&self, signed: &Signed) -> Result<Secret, Failure> {
        let (now, cookie) = (self.clock.now_ms(), Secret::random()?);
        let row = SessionRow {
            token_hash: cookie.hash(),
            stage: Stage::Done.code().to_owned(),
            seen_at: now,
            proved_at: now,
            ..signed.session.clone()
        };
        let was_done = signed.stage() == Stage::Done;
        let deed = deed(&row, if was_done { "proved" } else { "signed-in" }, now);
        let kept = self.store.change(move |change| {
            staff::keep_session(change, &row)?;
            audit::add(change, deed)
        });
        kept.await?;
        Ok(cookie)
    }

    /// Ends this session.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn sign_out(&self, signed: &Signed) -> Result<(), Failure> {
        let (person, session) = (signed.person.id.clone(), signed.session.id.clone());
        self.end_session(&signed.actor(), &person, &session).await
    }

    /// Ends one session of somebody.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn end_session(
        &self,
        actor: &Actor,
        staff_id: &str,
        id: &str,
    ) -> Result<(), Failure> {
        let (staff_id, id, now) = (staff_id.to_owned(), id.to_owned(), self.clock.now_ms());
        let deed = Deed {
            at: now,
            actor: actor.to_string(),
            act: "session-ended".to_owned(),
            object: format!("staff:{staff_id}"),
            ..Deed::default()
        };
        let ended = self.store.change(move |change| {
            if staff::end_session(change, &staff_id, &id, now)? {
                audit::add(change, deed)?;
            }
            Ok(())
        });
        Ok(ended.await?)
    }

    /// Ends every session of somebody.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn end_sessions(&self, actor: &Actor, staff_id: &str) -> Result<(), Failure> {
        let (staff_id, now) = (staff_id.to_owned(), self.clock.now_ms());
        let deed = Deed {
            at: now,
            actor: actor.to_string(),
            act: "sessions-ended".to_owned(),
            object: format!("staff:{staff_id}"),
            ..Deed::default()
        };
        let ended = self.store.change(move |change| {
            if staff::end_sessions(change, &staff_id, now)? > 0 {
                audit::add(change, deed)?;
            }
            Ok(())
        });
        Ok(ended.await?)
    }
}

fn deed(session: &SessionRow, act: &str, at: i64) -> Deed {
    Deed {
        at,
        actor: Actor::Staff(session.staff_id.clone()).to_string(),
        act: act.to_owned(),
        object: format!("staff:{}", session.staff_id),
        reason: Some(session.method.clone()),
        ..Deed::default()
    }
}
