//! A PostgreSQL of its own for the tests: made in a temporary folder, gone with them.

use std::env;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};

use anyhow::{Context, Result};

use crate::apt;
use crate::workspace::{Workspace, read, run};

const DIRECTIONS: &str = "the tests need PostgreSQL 14 or newer; install it and try again:
  Fedora:  sudo dnf install postgresql-server
  Arch:    sudo pacman -S postgresql
  macOS:   brew install postgresql
If its programs have another place, name their folder in LEFTOFF_PG_BIN.";
/// Names the folder of `initdb` and `pg_ctl`.
const VARIABLE: &str = "LEFTOFF_PG_BIN";
/// From this version on a cluster can compare texts as a language does, which ours must not depend on.
const HAS_LANGUAGES: u32 = 15;

/// A running cluster; it is stopped and removed when it is dropped.
pub(crate) struct Cluster<'a> {
    workspace: &'a Workspace,
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

/// Installs PostgreSQL if it is missing, and gives the folder of its programs.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(found) = find(workspace) {
        return Ok(found);
    }
    if fs::exists("/etc/debian_version")? {
        apt::ensure(workspace, &["postgresql"])?;
    }
    find(workspace).context(DIRECTIONS)
}

/// The newest of those that Debian keeps side by side, or the one on the path.
fn find(workspace: &Workspace) -> Option<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE) {
        return Some(named.into());
    }
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let newest = versions
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|programs| programs.join("initdb").is_file())
        .max_by_key(|programs| version(workspace, programs));
    newest.or_else(|| {
        let folders = read(workspace.command("pg_config").arg("--bindir"))?;
        Some(PathBuf::from(folders)).filter(|programs| programs.join("initdb").is_file())
    })
}

/// `initdb (PostgreSQL) 15.18` is 15.
fn version(workspace: &Workspace, programs: &Path) -> Option<u32> {
    let said = read(workspace.command(programs.join("initdb")).arg("--version"))?;
    said.split_whitespace()
        .find_map(|word| word.split('.').next()?.parse().ok())
}

impl<'a> Cluster<'a> {
    /// Makes a cluster and starts it on a free port of loopback. It forgets everything when the machine stops, so it
    /// need not wait for the disk.
    pub(crate) fn start(workspace: &'a Workspace, programs: PathBuf) -> Result<Self> {
        let folder = env::temp_dir().join(format!("leftoff-postgres-{}", process::id()));
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let cluster = Self {
            workspace,
            programs,
            folder,
            port,
        };
        cluster.make()?;
        cluster.control("start")?;
        Ok(cluster)
    }

    /// Its address, without the name of a database.
    pub(crate) fn url(&self) -> String {
        format!("postgres://leftoff@127.0.0.1:{}", self.port)
    }

    fn make(&self) -> Result<()> {
        fs::create_dir(&self.folder)?;
        if apt::is_root(self.workspace) {
            run(self
                .workspace
                .command("chown")
                .arg("postgres")
                .arg(&self.folder))?;
        }
        let mut initdb = self.program("initdb");
        initdb.arg("--pgdata").arg(self.folder.join("data")).args([
            "--username=leftoff",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ]);
        if version(self.workspace, &self.programs) >= Some(HAS_LANGUAGES) {
            initdb.args(["--locale-provider=icu", "--icu-locale=en-US"]);
        }
        run(initdb.stdout(Stdio::null()))
    }

    fn control(&self, act: &str) -> Result<()> {
        let settings = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c max_connections=400 \
             -c fsync=off -c full_page_writes=off",
            self.port,
            self.folder.display()
        );
        let mut command = self.program("pg_ctl");
        command
            .arg(act)
            .arg("--pgdata")
            .arg(self.folder.join("data"))
            .args(["--wait", "--silent", "--mode=immediate", "--log"])
            .arg(self.folder.join("log"))
            .args(["--options", &settings]);
        run(&mut command)
    }

    /// PostgreSQL refuses to run as root, so there it runs as the user that its package made.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if apt::is_root(self.workspace) {
            let mut command = self.workspace.command("runuser");
            command.args(["--user", "postgres", "--"]).arg(program);
            command
        } else {
            self.workspace.command(program)
        };
        command.current_dir("/");
        command
    }
}

impl Drop for Cluster<'_> {
    fn drop(&mut self) {
        let stopped = self.control("stop");
        let removed = fs::remove_dir_all(&self.folder).context("it is not removed");
        if let Err(error) = stopped.and(removed) {
            eprintln!(
                "the PostgreSQL of the tests in {}: {error:#}",
                self.folder.display()
            );
        }
    }
}
