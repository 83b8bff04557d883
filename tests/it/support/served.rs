//! The program while it serves, as an operator sees it: what it logs, and how it ends.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
};

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{Ended, Program};

/// A server in a process of its own; it is killed when it is dropped.
pub(crate) struct Served {
    child: Child,
    lines: UnboundedReceiver<String>,
    seen: Vec<String>,
    /// Where it listens.
    pub(crate) addr: SocketAddr,
}

impl Program {
    /// Starts to serve and waits until it does. It logs JSON; its port is a free one unless it was set.
    pub(crate) async fn serve(&self) -> Served {
        let mut command = self.command(&["serve"]);
        command.stderr(Stdio::piped()).stdout(Stdio::null());
        command.env("LEFTOFF_LOG__FORMAT", "json");
        let mut child = command.spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = unbounded_channel();
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut served = Served {
            child,
            lines,
            seen: Vec::new(),
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
        };
        served.addr = served.address_of("serving").await;
        served
    }
}

impl Served {
    /// The address in the line with this message.
    pub(crate) async fn address_of(&mut self, message: &str) -> SocketAddr {
        let line = self.line("message", message).await;
        line["addr"].as_str().unwrap().parse().unwrap()
    }

    /// The first line whose field has this value, from the beginning; it is waited for.
    pub(crate) async fn line(&mut self, field: &str, value: &str) -> Value {
        let wanted = |line: &String| {
            let line: Value = serde_json::from_str(line).ok()?;
            (line[field] == value).then_some(line)
        };
        if let Some(line) = self.seen.iter().find_map(wanted) {
            return line;
        }
        loop {
            let line = self.lines.recv().await;
            let line = line.unwrap_or_else(|| panic!("it ended: {:#?}", self.seen));
            let found = wanted(&line);
            self.seen.push(line);
            if let Some(found) = found {
                return found;
            }
        }
    }

    /// The next line whose field has this value, from now on; it is waited for.
    pub(crate) async fn next_line(&mut self, field: &str, value: &str) -> Value {
        loop {
            let line = self.lines.recv().await;
            let line = line.unwrap_or_else(|| panic!("it ended: {:#?}", self.seen));
            let found = serde_json::from_str::<Value>(&line).ok();
            self.seen.push(line);
            if let Some(found) = found.filter(|found| found[field] == value) {
                return found;
            }
        }
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn tell(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(told.unwrap().success());
    }

    /// A path as the process sees it.
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        let inside = path.strip_prefix("/").unwrap();
        Path::new("/proc")
            .join(self.child.id().to_string())
            .join("root")
            .join(inside)
    }

    /// Ends it at once, as kill -9 does.
    pub(crate) fn kill(self) {
        drop(self);
    }

    /// Waits for its end; `stderr` is everything that it logged.
    pub(crate) async fn ended(mut self) -> Ended {
        while let Some(line) = self.lines.recv().await {
            self.seen.push(line);
        }
        let status = self.child.wait().unwrap();
        Ended {
            code: status.code(),
            stdout: String::new(),
            stderr: std::mem::take(&mut self.seen).join("\n"),
        }
    }

    /// An address below it.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
