//! What is measured, running: Leftoff and the Persona beside it. Each ends when it is dropped.

use std::{
    env,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use reqwest::{Client, Request};
use simulator::{Options, Simulator};

use crate::{
    load::{self, Round},
    process::Server,
};

/// The key of the simulated Persona.
pub const API_KEY: &str = "persona_sandbox_bench";
/// What second factors and tokens are sealed with.
pub const SECRET: &str = "of the bench, and of nobody else";
/// Where no Persona is.
const NOWHERE: &str = "http://localhost:1/api/v1";

/// A server that answers.
#[derive(Debug)]
pub struct Running {
    /// Its process.
    pub server: Server,
    /// Its origin.
    pub url: String,
}

impl Running {
    /// The released Leftoff on a database, beside a simulated Persona, with more settings by name.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn leftoff(
        persona: &Simulator,
        database: &str,
        settings: &[(&str, String)],
    ) -> Result<Self> {
        Self::leftoff_at(persona.api_url().as_str(), database, settings).await
    }

    /// The same without a Persona, for what never asks it.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn leftoff_alone(database: &str, settings: &[(&str, String)]) -> Result<Self> {
        Self::leftoff_at(NOWHERE, database, settings).await
    }

    async fn leftoff_at(
        api_url: &str,
        database: &str,
        settings: &[(&str, String)],
    ) -> Result<Self> {
        let (addr, url) = free_address()?;
        let mut variables = variables(database);
        variables.extend([
            ("LEFTOFF_PERSONA__API_URL", api_url.to_owned()),
            ("LEFTOFF_SERVER__ADDR", addr),
            ("LEFTOFF_SERVER__PUBLIC_URL", url.clone()),
            ("LEFTOFF_LIMITS__ACTS", u32::MAX.to_string()),
            // A sweep would read all inquiries of the rounds to come, and be counted as what is measured.
            ("LEFTOFF_SWEEP__EVERY_MINUTES", "0".to_owned()),
            ("LEFTOFF_LIMITS__PAGES", u32::MAX.to_string()),
        ]);
        variables.extend_from_slice(settings);
        Self::start(&released()?, &["serve"], &variables, url).await
    }

    /// Starts a program; every server says at the same path that it is there.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) async fn start(
        program: &Path,
        arguments: &[&str],
        variables: &[(&str, String)],
        url: String,
    ) -> Result<Self> {
        let ready = format!("{url}/livez");
        let server = Server::start(program, arguments, variables, &ready).await?;
        Ok(Self { server, url })
    }

    /// Sends every request once.
    ///
    /// # Errors
    /// As [`load::run`].
    pub async fn round(
        &self,
        client: &Client,
        requests: Vec<Request>,
        at_once: usize,
        text: &str,
    ) -> Result<Round> {
        load::run(&self.server, client, requests, at_once, text).await
    }
}

/// A simulated Persona that lets so many requests through a minute.
///
/// # Errors
/// When it cannot be started.
pub async fn persona(rate_limit_per_minute: u32) -> Result<Simulator> {
    let options = Options {
        api_key: API_KEY.to_owned(),
        rate_limit_per_minute,
        ..Options::default()
    };
    Ok(Simulator::start(options).await?)
}

/// Where a database in a folder is.
#[must_use]
pub fn database(folder: &Path, name: &str) -> String {
    format!("sqlite://{}", folder.join(name).display())
}

/// The settings without which no command runs.
#[must_use]
pub fn variables(database: &str) -> Vec<(&'static str, String)> {
    vec![
        ("LEFTOFF_PERSONA__API_KEY", API_KEY.to_owned()),
        ("LEFTOFF_SERVER__SECRET", SECRET.to_owned()),
        ("LEFTOFF_DATABASE__URL", database.to_owned()),
        ("LEFTOFF_OPS__SECOND_FACTOR", "optional".to_owned()),
    ]
}

/// A key of the API that may make links.
///
/// # Errors
/// When the program does not make one.
pub fn key(database: &str) -> Result<String> {
    let mut command = Command::new(released()?);
    let command = command.args(["key", "create", "bench", "--scope", "links:write"]);
    let made = command.envs(variables(database)).output()?;
    ensure!(made.status.success(), "no key was made");
    let text = String::from_utf8(made.stdout)?;
    Ok(text.split_whitespace().last().context("no key")?.to_owned())
}

/// The released Leftoff.
///
/// # Errors
/// When nobody said where it lies.
pub fn released() -> Result<PathBuf> {
    let program = env::var_os("LEFTOFF_BIN").context("LEFTOFF_BIN names the released program")?;
    Ok(PathBuf::from(program))
}

/// An address that nobody listens at, and its origin.
///
/// # Errors
/// When there is none.
pub fn free_address() -> Result<(String, String)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    Ok((
        format!("127.0.0.1:{port}"),
        format!("http://localhost:{port}"),
    ))
}
