//! A server in a process of its own, and what it used.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};

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
        let server = Self::spawn(program, arguments, variables)?;
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

    /// Starts a program and waits for nothing.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn spawn(program: &Path, arguments: &[&str], variables: &[(&str, String)]) -> Result<Self> {
        let child = Command::new(program)
            .args(arguments)
            .envs(variables.iter().map(|(name, value)| (*name, value)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Self(child))
    }

    /// Asks it to stop, and waits until it has.
    ///
    /// # Errors
    /// When it does not end in peace.
    pub fn stop(mut self) -> Result<()> {
        let id = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw);
        kill_process(id.context("no process")?, Signal::TERM)?;
        let status = self.0.wait()?;
        ensure!(status.success(), "on SIGTERM it ended with {status}");
        Ok(())
    }

    /// Seconds of processor time so far, of user and system, of the process and all that it started.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn cpu_seconds(&self) -> Result<f64> {
        let all = stats()?;
        let mut family = vec![self.0.id()];
        let mut ticks = 0;
        while let Some(id) = family.pop() {
            ticks += all.get(&id).context("the process is gone")?.ticks;
            let children = all.iter().filter(|(_, stat)| stat.parent == id);
            family.extend(children.map(|(child, _)| *child));
        }
        Ok(f64::from(ticks) / TICKS)
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

/// What `/proc` says of a process.
struct Stat {
    parent: u32,
    /// Ticks in user space and in the kernel, of itself and of those of its children that have ended.
    ticks: u32,
}

/// Every process of the machine by its number.
fn stats() -> Result<HashMap<u32, Stat>> {
    let mut found = HashMap::new();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        let Some(id) = entry.file_name().to_str().and_then(|id| id.parse().ok()) else {
            continue;
        };
        // One that ended meanwhile is none of ours, or has been counted to its parent.
        if let Ok(text) = fs::read_to_string(entry.path().join("stat")) {
            found.insert(id, stat(&text)?);
        }
    }
    Ok(found)
}

fn stat(text: &str) -> Result<Stat> {
    // The name in parentheses may hold blanks; the fields after it are counted from the third.
    let (_, fields) = text.rsplit_once(')').context("no name in stat")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let field = |number: usize| -> Result<u32> {
        let text = fields.get(number - 3).context("a short stat")?;
        Ok(text.parse()?)
    };
    Ok(Stat {
        parent: field(4)?,
        ticks: field(14)? + field(15)? + field(16)? + field(17)?,
    })
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
