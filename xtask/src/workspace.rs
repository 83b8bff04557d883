//! Where the project lies, and how a program is started in it.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// What cargo tells a program it runs. Passed on, some build scripts would take it for a change and build again.
const OF_CARGO_RUN: [&str; 4] = [
    "CARGO_PKG_",
    "CARGO_MANIFEST_",
    "CARGO_BIN_",
    "CARGO_CRATE_",
];

/// The folder that holds the workspace, and what lies in it.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace that this program was built from.
    pub(crate) fn here() -> Self {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            root: package.parent().unwrap_or(package).to_path_buf(),
        }
    }

    /// A path from the root of the workspace.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A file that a release build leaves behind.
    pub(crate) fn release(&self, file: &str) -> PathBuf {
        self.target().join("release").join(file)
    }

    /// A program that measures what is released.
    pub(crate) fn benches(&self, name: &str) -> PathBuf {
        self.target().join("benches").join(name)
    }

    /// A file that a build for the tests leaves behind.
    pub(crate) fn debug(&self, file: &str) -> PathBuf {
        self.target().join("debug").join(file)
    }

    fn target(&self) -> PathBuf {
        let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| OsString::from("target"));
        self.root.join(target)
    }

    /// A program to be started at the root, with the project's own tools first on its path.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("PATH", self.search_path());
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if OF_CARGO_RUN.iter().any(|prefix| text.starts_with(prefix)) {
                command.env_remove(&name);
            }
        }
        command
    }

    /// `cargo` with arguments separated by spaces.
    pub(crate) fn cargo(&self, arguments: &str) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments.split_whitespace());
        command
    }

    /// A program in `.tools` with arguments separated by spaces.
    ///
    /// Started as itself, for `cargo NAME` may find another one in the user's own folder first.
    pub(crate) fn tool(&self, name: &str, arguments: &str) -> Command {
        let mut command = self.command(self.path(".tools/bin").join(name));
        command.args(arguments.split_whitespace());
        command
    }

    fn search_path(&self) -> OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let ours = self.path(".tools/bin");
        let folders = std::iter::once(ours).chain(env::split_paths(&inherited));
        env::join_paths(folders).unwrap_or(inherited)
    }
}

/// Says what is run, runs it with its output shown, and fails unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    eprintln!("$ {shown}");
    let status = command
        .status()
        .with_context(|| format!("cannot start `{shown}`"))?;
    ensure!(status.success(), "`{shown}` failed: {status}");
    Ok(())
}

/// What a program writes to its standard output; nothing if it is not there or fails.
pub(crate) fn read(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
