//! Where people are signed in, and what they change of their own account.

use secrecy::SecretString;

use super::{SignInError, Signed, Staff};
use crate::{
    failure::Failure,
    password::PasswordError,
    secret::Secret,
    store::{
        self, Change,
        audit::{self, Deed},
        staff::{self, SessionRow},
    },
};

/// When somebody was last there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Who, by ID.
    pub person: String,
    /// When they last did something, in ms since 1970.
    pub at: i64,
    /// How many sessions of theirs are open.
    pub open: i64,
}

/// Why somebody's own password is not changed.
#[derive(Debug, thiserror::Error)]
pub enum NewPasswordError {
    /// The present one is not proved.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// The new one is not taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl Staff {
    /// Where somebody is signed in now, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sessions(&self, person: &str) -> Result<Vec<SessionRow>, Failure> {
        let mut sessions = self.store.staff_sessions(person).await?;
        sessions.retain(|session| session.stage == "done" && self.is_fresh(session));
        Ok(sessions)
    }

    /// When each of the staff was last there; nothing for those who never were.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn seen(&self) -> Result<Vec<Seen>, Failure> {
        let now = self.clock.now_ms();
        let begun = now - i64::from(self.settings.session_hours) * 3_600_000;
        let used = now - i64::from(self.settings.idle_minutes) * 60_000;
        let rows = self.store.staff_seen(begun, used).await?;
        let seen = rows.into_iter().map(|row| Seen {
            person: row.staff_id,
            at: row.seen_at,
            open: row.open,
        });
        Ok(seen.collect())
    }

    /// Ends every session of somebody's own but the one that they are using.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn end_other_sessions(&self, signed: &Signed) -> Result<(), Failure> {
        let deed = self.own_deed(signed, "sessions-ended");
        let ended = self.store.change({
            let end = end_others(signed, deed.at);
            move |change| {
                if end(change)? > 0 {
                    audit::add(change, deed)?;
                }
                Ok(())
            }
        });
        Ok(ended.await?)
    }

    /// Gives somebody another password of their own, for the present one; their other sessions end.
    ///
    /// # Errors
    /// [`NewPasswordError`].
    pub async fn change_password(
        &self,
        signed: &Signed,
        present: SecretString,
        new: SecretString,
    ) -> Result<(), NewPasswordError> {
        let person = &signed.person;
        self.take_attempt(&person.email).await?;
        let is_right = self
            .passwords
            .verify(present, person.password_hash.clone())
            .await;
        if !is_right {
            return Err(SignInError::Wrong.into());
        }
        let known = [person.email.as_str(), person.name.as_str()];
        let hash = self.passwords.hash(new, &known).await?;
        let deed = self.own_deed(signed, "password-changed");
        let (id, end) = (person.id.clone(), end_others(signed, deed.at));
        let changed = self.store.change(move |change| {
            staff::edit(change, &id, |row| row.password_hash = Some(hash))?;
            end(change)?;
            audit::add(change, deed)
        });
        Ok(changed
            .await
            .map_err(|error| SignInError::from(Failure::from(error)))?)
    }

    /// Shows somebody's times in another zone, by its IANA name, as long as they stay signed in.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn set_zone(&self, signed: &Signed, zone: String) -> Result<(), Failure> {
        let deed = Deed {
            before: Some(zone_json(signed.session.zone.as_deref())),
            after: Some(zone_json(Some(&zone))),
            ..self.own_deed(signed, "time-zone-set")
        };
        let id = signed.person.id.clone();
        let set = self.store.change(move |change| {
            staff::set_zone(change, &id, &zone)?;
            audit::add(change, deed)
        });
        Ok(set.await?)
    }

    fn own_deed(&self, signed: &Signed, act: &str) -> Deed {
        let actor = signed.actor().to_string();
        Deed {
            at: self.clock.now_ms(),
            object: actor.clone(),
            actor,
            act: act.to_owned(),
            ..Deed::default()
        }
    }
}

fn zone_json(zone: Option<&str>) -> String {
    serde_json::json!({ "zone": zone }).to_string()
}

/// Ends somebody's sessions but the one that they are using; gives how many there were.
fn end_others(
    signed: &Signed,
    at: i64,
) -> impl Fn(&Change<'_>) -> store::Result<usize> + Send + 'static {
    let (person, kept) = (signed.person.id.clone(), signed.session.id.clone());
    move |change| staff::end_other_sessions(change, &person, &kept, at)
}

/// A password that somebody is given: 144 random bits, to be shown once.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn first_password() -> Result<SecretString, getrandom::Error> {
    Ok(Secret::random()?.expose()[..24].to_owned().into())
}
