//! Accounts: added, changed and closed by whoever may.

use secrecy::SecretString;
use serde_json::json;

use super::{Actor, Staff};
use crate::{
    failure::Failure,
    id::new_id,
    model::role::Role,
    password::PasswordError,
    store::{
        self,
        audit::{self, Deed},
        staff::{self, StaffRow},
    },
};

/// Somebody who is to be added.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// The address that they sign in with.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Their first password; none for those who sign in by OpenID Connect only.
    pub password: Option<SecretString>,
}

/// Why an account is not added or changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The address is none.
    #[error("this is no e-mail address")]
    Address,
    /// Somebody has it already.
    #[error("somebody has this e-mail address already")]
    Taken,
    /// There is nobody of this ID.
    #[error("there is no such person")]
    Unknown,
    /// Without an admin nobody could let anybody in.
    #[error("the last admin must stay one")]
    LastAdmin,
    /// The password is not taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// It is not the person's fault.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Staff {
    /// Adds somebody.
    ///
    /// # Errors
    /// [`AccountError`].
    pub async fn add(&self, actor: &Actor, new: NewStaff) -> Result<StaffRow, AccountError> {
        let email = new.email.trim().to_lowercase();
        if !is_address(&email) {
            return Err(AccountError::Address);
        }
        let password_hash = match new.password {
            Some(password) => {
                let known = [email.as_str(), new.name.as_str()];
                Some(self.passwords.hash(password, &known).await?)
            }
            None => None,
        };
        let now = self.clock.now();
        let row = StaffRow {
            id: new_id(now).map_err(Failure::from)?,
            email,
            name: new.name.trim().to_owned(),
            role: new.role.code().to_owned(),
            password_hash,
            created_at: now.as_millisecond(),
            ..StaffRow::default()
        };
        let deed = deed(actor, &row, "staff-added", None, row.created_at);
        let added = self.store.change(move |change| {
            let is_new = staff::add(change, &row)?;
            if is_new {
                audit::add(change, deed)?;
            }
            Ok(is_new.then_some(row))
        });
        added
            .await
            .map_err(Failure::from)?
            .ok_or(AccountError::Taken)
    }

    /// Gives somebody another role.
    ///
    /// # Errors
    /// [`AccountError`].
    pub async fn set_role(&self, actor: &Actor, id: &str, role: Role) -> Result<(), AccountError> {
        self.change(actor, id, "role-changed", move |row| {
            role.code().clone_into(&mut row.role);
        })
        .await
    }

    /// Shuts somebody out, or lets them in again.
    ///
    /// # Errors
    /// [`AccountError`].
    pub async fn set_disabled(
        &self,
        actor: &Actor,
        id: &str,
        is_disabled: bool,
    ) -> Result<(), AccountError> {
        let now = self.clock.now_ms();
        let act = if is_disabled {
            "staff-disabled"
        } else {
            "staff-enabled"
        };
        self.change(actor, id, act, move |row| {
            row.disabled_at = is_disabled.then_some(now);
        })
        .await?;
        if is_disabled {
            self.end_sessions(actor, id).await?;
        }
        Ok(())
    }

    /// Gives somebody another password, and takes their second factor away: they set up a new one.
    ///
    /// # Errors
    /// [`AccountError`].
    pub async fn reset(
        &self,
        actor: &Actor,
        id: &str,
        password: SecretString,
    ) -> Result<(), AccountError> {
        let person = self.store.staff(id).await.map_err(Failure::from)?;
        let person = person.ok_or(AccountError::Unknown)?;
        let known = [person.email.as_str(), person.name.as_str()];
        let hash = self.passwords.hash(password, &known).await?;
        self.change(actor, id, "password-reset", move |row| {
            row.password_hash = Some(hash);
            (row.totp_secret, row.totp_step) = (None, None);
        })
        .await?;
        Ok(self.end_sessions(actor, id).await?)
    }

    /// Changes an account unless that leaves no admin.
    async fn change(
        &self,
        actor: &Actor,
        id: &str,
        act: &'static str,
        edit: impl FnOnce(&mut StaffRow) + Send + 'static,
    ) -> Result<(), AccountError> {
        let (actor, id, now) = (actor.clone(), id.to_owned(), self.clock.now_ms());
        let changed = self.store.change(move |change| {
            let Some(before) = staff::find(change, &id)? else {
                return Ok(Err(AccountError::Unknown));
            };
            let after = staff::edit(change, &id, edit)?.unwrap_or_default();
            if staff::count_admins(change)? == 0 {
                staff::edit(change, &id, |row| *row = before)?;
                return Ok(Err(AccountError::LastAdmin));
            }
            audit::add(change, deed(&actor, &after, act, Some(&before), now))?;
            Ok(Ok(()))
        });
        changed
            .await
            .map_err(|error: store::Error| Failure::from(error))?
    }
}

/// Enough of an address to be one: the mail itself decides.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
    })
}

fn deed(actor: &Actor, after: &StaffRow, act: &str, before: Option<&StaffRow>, at: i64) -> Deed {
    let state = |row: &StaffRow| {
        json!({ "role": row.role, "disabled": row.disabled_at.is_some() }).to_string()
    };
    Deed {
        at,
        actor: actor.to_string(),
        act: act.to_owned(),
        object: format!("staff:{}", after.id),
        before: before.map(state),
        after: Some(state(after)),
        ..Deed::default()
    }
}
