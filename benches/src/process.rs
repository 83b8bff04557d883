//! A server in a process of its own, and what it used.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

/// Ticks of `/proc/PID/stat` in a second; fixed in Linux's interface to user space.
const TICKS: f64 = 100.0;

/// A running server; it is killed when it is dropped.
#[derive(Debug)]
pub struct Server(Child);

impl Server {
    /// Starts a program and waits until `ready` answers.
    ///
    /// # Errors
    /// When the program cannot be started, or does not answer in time.
    pub async fn start(
        program: &Path,
        arguments: &[&str],
        variables: &[(&str, String)],
        ready: &str,
    ) -> Result<Self> {
        let child = Command::new(program)
            .args(arguments)
            .envs(variables.iter().map(|(name, value)| (*name, value)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let server = Self(child);
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(1))
            .build()?;
        for _ in 0..200 {
            if client
                .get(ready)
                .send()
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                return Ok(server);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("{} does not answer at {ready}", program.display())
    }

    /// Seconds of processor time so far, of user and system.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn cpu_seconds(&self) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0.id()))?;
        // The name in parentheses may hold blanks; the fields after it are counted from the third.
        let (_, fields) = stat.rsplit_once(')').context("no name in stat")?;
        let field = |number: usize| -> Result<f64> {
            Ok(fields
                .split_whitespace()
                .nth(number - 3)
                .context("a short stat")?
                .parse()?)
        };
        Ok((field(14)? + field(15)?) / TICKS)
    }

    /// Resident memory, in MB of 10^6 bytes.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn resident_mb(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib: f64 = line
            .and_then(|line| line.split_whitespace().next())
            .context("no VmRSS")?
            .parse()?;
        Ok(kib * 1024.0 / 1e6)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
