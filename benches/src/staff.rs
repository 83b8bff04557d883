//! Somebody on the staff: added by the command, signed in by the form.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use reqwest::{
    Client,
    header::{COOKIE, HeaderMap, HeaderValue, LOCATION, ORIGIN, SET_COOKIE},
    redirect::Policy,
};

use crate::running::{Running, released, variables};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "of-the-bench-and-long-enough";

/// Adds an admin to the staff of a database.
///
/// # Errors
/// When the command fails.
pub fn add(database: &str) -> Result<()> {
    let mut command = Command::new(released()?)
        .args(["staff", "add", EMAIL, "--name", "Ada", "--password-stdin"])
        .envs(variables(database))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    let mut input = command.stdin.take().context("no standard input")?;
    writeln!(input, "{PASSWORD}")?;
    drop(input);
    ensure!(command.wait()?.success(), "nobody was added");
    Ok(())
}

/// A client that is signed in. It follows no redirect, and says that it comes from the site itself.
///
/// # Errors
/// When signing in fails.
pub async fn sign_in(running: &Running) -> Result<Client> {
    let mut headers = HeaderMap::new();
    headers.insert(ORIGIN, HeaderValue::from_str(&running.url)?);
    let stranger = client(headers.clone())?;
    let answer = stranger
        .post(format!("{}/ops/sign-in", running.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("email={EMAIL}&password={PASSWORD}"))
        .send()
        .await?;
    let cookie = answer.headers().get(SET_COOKIE).context("no cookie")?;
    let cookie = cookie.to_str()?.split(';').next().context("no cookie")?;
    headers.insert(COOKIE, HeaderValue::from_str(cookie)?);
    client(headers)
}

fn client(headers: HeaderMap) -> Result<Client> {
    let client = Client::builder()
        .default_headers(headers)
        .redirect(Policy::none());
    Ok(client.build()?)
}

/// Sends a form; gives where it leads.
///
/// # Errors
/// When it leads nowhere.
pub async fn submit(client: &Client, url: String, form: String) -> Result<String> {
    let request = client
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    let answer = request.send().await?;
    let status = answer.status();
    let location = answer.headers().get(LOCATION);
    let location = location.with_context(|| format!("{status} instead of a redirect"))?;
    Ok(location.to_str()?.to_owned())
}
