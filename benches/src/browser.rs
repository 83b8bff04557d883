//! Chromium, slowed to a phone on a poor network, in a process that `benches/browser` drives.

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

/// What the browser is slowed to: Lighthouse's slow 4G, its round trip added to each request, and its mid-tier phone.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Limits {
    /// Milliseconds that are added to each request.
    pub latency: u32,
    /// Bits a second towards the browser.
    pub down: u32,
    /// Bits a second from it.
    pub up: u32,
    /// How many times slower the processor is.
    pub cpu: u32,
}

/// Slow 4G and a processor that is four times slower.
pub const SLOW: Limits = Limits {
    latency: 150,
    down: 1_600_000,
    up: 750_000,
    cpu: 4,
};

#[derive(Serialize)]
struct Visit<'a> {
    url: &'a str,
    button: &'a str,
    #[serde(flatten)]
    limits: Limits,
}

/// What a visit showed.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Seen {
    /// Milliseconds from the navigation until the flow was ready.
    pub ms: f64,
    /// Bytes that had come over the wire by then, as they were encoded.
    pub bytes: f64,
}

#[derive(Deserialize)]
struct Hello {
    browser: String,
}

/// A running browser; it ends when it is dropped.
#[derive(Debug)]
pub struct Browser {
    child: Child,
    /// It reads from here; when this is closed, it ends.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// Its name and version.
    pub name: String,
}

impl Browser {
    /// Starts it.
    ///
    /// # Errors
    /// When there is none.
    pub fn start() -> Result<Self> {
        let folder = env::var_os("BROWSER").context("BROWSER names the folder of its driver")?;
        let mut child = Command::new("node")
            .arg(Path::new(&folder).join("visit.js"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("node cannot be started")?;
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().context("no standard output")?);
        let hello: Hello = line(&mut output)?;
        Ok(Self {
            child,
            input,
            output,
            name: hello.browser,
        })
    }

    /// Opens a page as a stranger, presses its button as soon as it works, and waits until the flow is ready.
    ///
    /// # Errors
    /// When the flow does not become ready.
    pub fn visit(&mut self, url: &str, button: &str) -> Result<Seen> {
        let limits = SLOW;
        let visit = Visit {
            url,
            button,
            limits,
        };
        let input = self.input.as_mut().context("no standard input")?;
        writeln!(input, "{}", serde_json::to_string(&visit)?)?;
        line(&mut self.output)
    }
}

fn line<T: for<'de> Deserialize<'de>>(output: &mut BufReader<ChildStdout>) -> Result<T> {
    let mut line = String::new();
    ensure!(output.read_line(&mut line)? > 0, "the browser has ended");
    Ok(serde_json::from_str(&line)?)
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A kill would leave Chromium behind.
        drop(self.input.take());
        self.child.wait().ok();
    }
}
