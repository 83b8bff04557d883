//! Signing in: a password, then the code of the second factor.

use std::time::Duration;

use secrecy::SecretString;

use super::{Browser, Signed, Staff, Stage};
use crate::{
    config::SecondFactor,
    failure::Failure,
    secret::Secret,
    store::{
        audit::{self, Deed},
        staff::{self, StaffRow},
        tries::{Allowance, Taken},
    },
    totp,
};

/// What second factors are sealed for.
pub(super) const TOTP: &str = "totp";

/// Somebody proved enough to get a cookie.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session's cookie.
    pub cookie: Secret,
    /// What is still to be proved.
    pub stage: Stage,
}

/// A second factor that is being set up. It travels with the form, sealed, until its first code proves it.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The sealed secret.
    pub sealed: String,
    /// The address that an authenticator reads.
    pub address: String,
    /// The secret as people type it.
    pub text: String,
}

/// Why somebody is not let in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The address, the password or the code is wrong; which one is not said.
    #[error("wrong address, password or code")]
    Wrong,
    /// Too many were wrong: how long to wait.
    #[error("too many attempts")]
    TooMany(Duration),
    /// It is not the person's fault.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Staff {
    /// Checks address and password.
    ///
    /// An address that nobody has is answered as a wrong password is, after the same time and as often.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(
        &self,
        email: &str,
        password: SecretString,
        browser: Browser,
    ) -> Result<SignedIn, SignInError> {
        let email = email.trim().to_lowercase();
        self.take_attempt(&email).await?;
        let person = self
            .store
            .staff_by_email(&email)
            .await
            .map_err(Failure::from)?;
        let person = person.filter(|person| person.disabled_at.is_none());
        let hash = person
            .as_ref()
            .and_then(|person| person.password_hash.clone());
        let is_right = self.passwords.verify(password, hash).await;
        let Some(person) = person.filter(|_| is_right) else {
            tracing::info!("a sign-in was refused");
            return Err(SignInError::Wrong);
        };
        let stage = self.stage_of(&person);
        let cookie = self.begin(&person, "password", stage, browser).await?;
        Ok(SignedIn { cookie, stage })
    }

    fn stage_of(&self, person: &StaffRow) -> Stage {
        match (&person.totp_secret, self.settings.second_factor) {
            (Some(_), _) => Stage::Code,
            (None, SecondFactor::Required) => Stage::Enrol,
            (None, SecondFactor::Optional) => Stage::Done,
        }
    }

    /// Checks the code of the second factor; the session goes on under a new cookie.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn confirm(&self, signed: &Signed, code: &str) -> Result<Secret, SignInError> {
        let person = &signed.person;
        self.take_attempt(&person.email).await?;
        let secret = person.totp_secret.as_deref();
        let secret = secret.and_then(|sealed| self.seal.open(TOTP, sealed));
        let step = secret.and_then(|secret| self.step(&secret, code, person.totp_step));
        self.use_step(person, step.ok_or(SignInError::Wrong)?)
            .await?;
        Ok(self.complete(signed).await?)
    }

    /// Checks the password again, of somebody who is signed in; the session goes on under a new cookie.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn prove(
        &self,
        signed: &Signed,
        password: SecretString,
    ) -> Result<Secret, SignInError> {
        let person = &signed.person;
        self.take_attempt(&person.email).await?;
        let hash = person.password_hash.clone();
        if !self.passwords.verify(password, hash).await {
            return Err(SignInError::Wrong);
        }
        Ok(self.complete(signed).await?)
    }

    /// A new second factor for somebody; nothing is kept before its first code.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn enrolment(&self, signed: &Signed) -> Result<Enrolment, Failure> {
        self.enrolment_of(signed, &totp::new_secret()?)
    }

    /// The second factor of a form that comes back; none when it was not sealed for this person.
    #[must_use]
    pub fn enrolment_again(&self, signed: &Signed, sealed: &str) -> Option<Enrolment> {
        let secret = self.sealed_secret(signed, sealed)?;
        self.enrolment_of(signed, &secret).ok()
    }

    fn enrolment_of(&self, signed: &Signed, secret: &[u8]) -> Result<Enrolment, Failure> {
        let mut plain = signed.person.id.clone().into_bytes();
        plain.extend(secret);
        let address = totp::address(secret, &self.company, &signed.person.email);
        Ok(Enrolment {
            sealed: self.seal.close(ENROLMENT, &plain)?,
            address: address.unwrap_or_default(),
            text: totp::text(secret),
        })
    }

    fn sealed_secret(&self, signed: &Signed, sealed: &str) -> Option<Vec<u8>> {
        let plain = self.seal.open(ENROLMENT, sealed)?;
        plain
            .strip_prefix(signed.person.id.as_bytes())
            .map(<[u8]>::to_vec)
    }

    /// Keeps a second factor that its first code proves; the session goes on under a new cookie.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn enrol(
        &self,
        signed: &Signed,
        sealed: &str,
        code: &str,
    ) -> Result<Secret, SignInError> {
        self.take_attempt(&signed.person.email).await?;
        let secret = self
            .sealed_secret(signed, sealed)
            .ok_or(SignInError::Wrong)?;
        let step = self.step(&secret, code, None).ok_or(SignInError::Wrong)?;
        let sealed = self.seal.close(TOTP, &secret).map_err(Failure::from)?;
        self.keep_factor(&signed.person, sealed, step).await?;
        Ok(self.complete(signed).await?)
    }

    async fn keep_factor(
        &self,
        person: &StaffRow,
        sealed: String,
        step: i64,
    ) -> Result<(), Failure> {
        let (id, at) = (person.id.clone(), self.clock.now_ms());
        let deed = Deed {
            at,
            actor: super::Actor::Staff(id.clone()).to_string(),
            act: "second-factor-set-up".to_owned(),
            object: format!("staff:{id}"),
            ..Deed::default()
        };
        let kept = self.store.change(move |change| {
            staff::edit(change, &id, |row| {
                row.totp_secret = Some(sealed);
                row.totp_step = Some(step);
            })?;
            audit::add(change, deed)
        });
        Ok(kept.await?)
    }

    fn step(&self, secret: &[u8], code: &str, after: Option<i64>) -> Option<i64> {
        let seconds = u64::try_from(self.clock.now().as_second()).unwrap_or_default();
        totp::check(secret, code, seconds, after)
    }

    /// Uses a code up: of two who come with the same one, the second is refused.
    async fn use_step(&self, person: &StaffRow, step: i64) -> Result<(), SignInError> {
        let id = person.id.clone();
        let used = self.store.change(move |change| {
            let mut is_new = false;
            staff::edit(change, &id, |row| {
                is_new = row.totp_step.is_none_or(|last| step > last);
                row.totp_step = row.totp_step.max(Some(step));
            })?;
            Ok(is_new)
        });
        if used.await.map_err(Failure::from)? {
            Ok(())
        } else {
            Err(SignInError::Wrong)
        }
    }

    pub(super) async fn take_attempt(&self, email: &str) -> Result<(), SignInError> {
        let limit = self.settings.sign_in_attempts.max(1);
        let allowance = Allowance {
            limit,
            window: A_MINUTE * limit,
        };
        let (who, now) = (("sign-in", email), self.clock.now_ms());
        let taken = self.store.take_tries(who, allowance, 1, now);
        match taken.await.map_err(Failure::from)? {
            Taken { count: 0, wait, .. } => Err(SignInError::TooMany(wait)),
            _ => Ok(()),
        }
    }
}

/// After so long one more attempt is allowed.
const A_MINUTE: Duration = Duration::from_mins(1);

/// What second factors are sealed for while they are being set up.
const ENROLMENT: &str = "enrolment";
