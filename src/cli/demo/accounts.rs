//! The staff of the demo: one account for each role.

use crate::{
    model::role::Role,
    secret::Secret,
    staff::{Actor, NewStaff, Staff},
};

/// An account of the demo.
pub(super) struct Account {
    /// Their ID.
    id: String,
    /// What they are.
    pub(super) role: Role,
    /// The address that they sign in with.
    pub(super) email: &'static str,
    /// Made anew for each demo.
    pub(super) password: String,
}

const PEOPLE: [(Role, &str, &str); 4] = [
    (Role::Viewer, "vera@example.com", "Vera Viewer"),
    (Role::Operator, "otto@example.com", "Otto Operator"),
    (Role::Auditor, "ana@example.com", "Ana Auditor"),
    (Role::Admin, "ada@example.com", "Ada Admin"),
];

/// Adds them.
pub(super) async fn add(staff: &Staff) -> anyhow::Result<Vec<Account>> {
    let mut accounts = Vec::new();
    for (role, email, name) in PEOPLE {
        let password = Secret::random()?.expose()[..20].to_owned();
        let new = NewStaff {
            email: email.to_owned(),
            name: name.to_owned(),
            role,
            password: Some(password.clone().into()),
        };
        let row = staff.add(&Actor::System, new).await?;
        accounts.push(Account {
            id: row.id,
            role,
            email,
            password,
        });
    }
    Ok(accounts)
}

/// Somebody of this role, as the audit names them.
pub(super) fn of(accounts: &[Account], role: Role) -> Actor {
    let account = accounts.iter().find(|account| account.role == role);
    account.map_or(Actor::System, |account| Actor::Staff(account.id.clone()))
}
