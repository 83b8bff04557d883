//! The program itself, run as an operator runs it.

use std::{
    fs::File,
    path::Path,
    process::{Child, Command},
};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_leftoff");

/// The command `leftoff` with a folder and settings of its own; nothing of the environment reaches it.
pub(crate) struct Program {
    folder: TempDir,
    variables: Vec<(String, String)>,
    /// What a shell does before the program, in a view of the file systems that nobody else has.
    before: Option<String>,
}

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Program {
    /// The program with the settings of the repository, a key, and a database of its own.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let database = format!("sqlite://{}/leftoff.db", folder.path().display());
        let program = Self {
            folder,
            variables: Vec::new(),
            before: None,
        };
        program
            .set("CONFIG", root.join("Leptos.toml").to_str().unwrap())
            .set("PERSONA__API_KEY", super::app::API_KEY)
            .set("SERVER__SECRET", super::app::SERVER_SECRET)
            .set("DATABASE__URL", &database)
            .set("LOG__FILTER", "trace")
    }

    /// The program beside an application of the test: the same Persona, the same database.
    pub(crate) fn beside(app: &super::App) -> Self {
        Self::new()
            .set("PERSONA__API_URL", app.simulator.api_url().as_str())
            .set("PERSONA__FLOW_HOST", &app.simulator.flow_host())
            .set("DATABASE__URL", &app.state.config.database.url)
            .set("SERVER__ADDR", "127.0.0.1:0")
            .set("LOG__FILTER", "info")
            .served()
    }

    /// The same with another variable `LEFTOFF_…`.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.variables
            .push((format!("LEFTOFF_{name}"), value.to_owned()));
        self
    }

    /// The same with a site to serve: the browser SDK alone, which is checked at the start.
    pub(crate) fn served(self) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let name = leftoff::model::sdk::PATH.trim_start_matches('/');
        let to = self.folder.path().join("site").join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        let sdk = root.join("public").join(name);
        std::fs::copy(sdk, to).expect("`cargo xtask setup` fetches the SDK");
        let settings = std::fs::read_to_string(root.join("Leptos.toml")).unwrap();
        let settings = settings
            .replace("\"target/site\"", "\"site\"")
            .replace("hash-files = true", "hash-files = false");
        self.unset("CONFIG").set_file("CONFIG", &settings)
    }

    /// The same without a variable `LEFTOFF_…`.
    pub(crate) fn unset(mut self, name: &str) -> Self {
        let name = format!("LEFTOFF_{name}");
        self.variables.retain(|(other, _)| *other != name);
        self
    }

    /// The same with a file of its own folder, and a variable that names it.
    pub(crate) fn set_file(self, name: &str, content: &str) -> Self {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        self.set(name, path.to_str().unwrap())
    }

    /// The same with a folder that can only be read.
    pub(crate) fn read_only(mut self, folder: &Path) -> Self {
        let folder = folder.display();
        let mount = format!("mount --bind {folder} {folder} && mount -o remount,bind,ro {folder}");
        self.before = Some(mount);
        self
    }

    /// The same with a disk of its own of so many KiB at a folder, which begins with a copy of what is in another.
    pub(crate) fn small_disk(mut self, at: &Path, kib: u32, copy_of: &Path) -> Self {
        let (at, copy_of) = (at.display(), copy_of.display());
        let mount = format!("mount -t tmpfs -o size={kib}k tmpfs {at} && cp {copy_of}/* {at}");
        self.before = Some(mount);
        self
    }

    /// Where the program keeps what it makes.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command as it will be run.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match &self.before {
            Some(before) => mounting(before),
            None => Command::new(PROGRAM),
        };
        command.args(arguments).current_dir(self.folder.path());
        command.env_clear().envs(self.variables.iter().cloned());
        command
    }

    /// Starts a command that goes on until it is killed.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    /// The same, with what it logs in a file.
    pub(crate) fn start_with_log(&self, arguments: &[&str], log: &Path) -> Child {
        let mut command = self.command(arguments);
        command.stderr(File::create(log).unwrap()).spawn().unwrap()
    }

    /// Runs a command to its end, while the test's own servers go on.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ended {
        let mut command = self.command(arguments);
        let output = tokio::task::spawn_blocking(move || command.output());
        let output = output.await.unwrap().unwrap();
        Ended {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The program behind mounts that nobody else sees and that end with it; it keeps the process ID of `unshare`. Whoever is
/// not root becomes so in a view of the users of its own.
fn mounting(before: &str) -> Command {
    let mut command = Command::new("unshare");
    command.arg("--mount");
    if !rustix::process::geteuid().is_root() {
        command.arg("--map-root-user");
    }
    let script = format!("{before} && exec \"$0\" \"$@\"");
    command.args(["sh", "-c", &script, PROGRAM]);
    command
}
