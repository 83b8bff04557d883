//! `leftoff staff add|list|reset`.

use std::io::{self, BufRead as _};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use secrecy::SecretString;
use serde_json::json;

use super::{output, setup};
use crate::{
    clock::Clock,
    config::Config,
    model::role::Role,
    staff::{Actor, NewStaff, Staff, first_password},
    store::Store,
};

/// Add people to the staff, list them, and let them in again.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add somebody. Without --password-stdin a password is made and printed once.
    Add(Add),
    /// List the staff.
    List(List),
    /// Give somebody a new password and take their second factor away, for whoever lost one.
    Reset(Reset),
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// The address that they sign in with.
    email: String,
    /// What they are called.
    #[arg(long)]
    name: String,
    /// viewer, operator, auditor or admin.
    #[arg(long, value_parser = role, default_value = "admin")]
    role: Role,
    #[command(flatten)]
    password: Password,
    #[command(flatten)]
    by: By,
}

#[derive(Args, Debug)]
pub(super) struct Reset {
    /// The address that they sign in with.
    email: String,
    #[command(flatten)]
    password: Password,
    #[command(flatten)]
    by: By,
}

#[derive(Args, Debug)]
pub(super) struct List {
    /// Print JSON, one object a line.
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct By {
    /// Who does it, as the audit names them.
    #[arg(long, env = "USER", hide_env_values = true, default_value = "operator")]
    by: String,
}

#[derive(Args, Debug)]
struct Password {
    /// Read the password from the first line of standard input.
    #[arg(long, conflicts_with = "no_password")]
    password_stdin: bool,
    /// Set no password: they sign in by OpenID Connect only.
    #[arg(long)]
    no_password: bool,
}

impl Password {
    /// The password, and whether it was made here and must be shown.
    fn read(&self) -> anyhow::Result<Option<(SecretString, bool)>> {
        if self.no_password {
            return Ok(None);
        }
        if self.password_stdin {
            let mut line = String::new();
            io::stdin().lock().read_line(&mut line)?;
            return Ok(Some((line.trim_end_matches(['\r', '\n']).into(), false)));
        }
        Ok(Some((first_password()?, true)))
    }
}

impl Command {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let store = setup::store(config).await?;
        let staff = Staff::new(store.clone(), Clock::system(), config)?;
        match self {
            Self::Add(add) => add.run(&staff).await,
            Self::List(list) => list.run(&store).await,
            Self::Reset(reset) => reset.run(&staff, &store).await,
        }
    }
}

impl Add {
    async fn run(self, staff: &Staff) -> anyhow::Result<()> {
        let (password, is_made) = self.password.read()?.unzip();
        let new = NewStaff {
            email: self.email,
            name: self.name,
            role: self.role,
            password: password.clone(),
        };
        let row = staff.add(&Actor::Cli(self.by.by), new).await?;
        output::say(&format!("added {} as {}", row.email, row.role));
        show(password, is_made)
    }
}

impl Reset {
    async fn run(self, staff: &Staff, store: &Store) -> anyhow::Result<()> {
        let email = self.email.trim().to_lowercase();
        let person = store.staff_by_email(&email).await?;
        let person = person.with_context(|| format!("nobody has the address {email}"))?;
        let Some((password, is_made)) = self.password.read()? else {
            bail!("a reset needs a password");
        };
        let actor = Actor::Cli(self.by.by);
        staff.reset(&actor, &person.id, password.clone()).await?;
        output::say("the password is new, the second factor is gone, every session has ended");
        show(Some(password), Some(is_made))
    }
}

impl List {
    async fn run(self, store: &Store) -> anyhow::Result<()> {
        for person in store.team().await? {
            let is_disabled = person.disabled_at.is_some();
            output::result(&if self.json {
                json!({ "id": person.id, "email": person.email, "name": person.name,
                    "role": person.role, "disabled": is_disabled })
                .to_string()
            } else {
                let state = if is_disabled { "disabled" } else { "" };
                format!(
                    "{:8}  {}  {}  {state}",
                    person.role, person.email, person.name
                )
            })?;
        }
        Ok(())
    }
}

/// Prints a password that was made here; it is kept nowhere.
fn show(password: Option<SecretString>, is_made: Option<bool>) -> anyhow::Result<()> {
    use secrecy::ExposeSecret as _;
    match password {
        Some(password) if is_made == Some(true) => {
            output::say("the password, shown this once:");
            Ok(output::result(password.expose_secret())?)
        }
        _ => Ok(()),
    }
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "a role is viewer, operator, auditor or admin".to_owned())
}
