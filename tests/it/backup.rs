//! Copies of the database: taken while others write, whole, and put back.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use leftoff::{
    links::{NewLink, channel::Channel, factor::Factor},
    state::AppState,
};
use serde_json::Value;
use simulator::Status;
use tokio::task::JoinHandle;

use crate::support::{App, Program};

/// Makes links until it is told to stop, and counts them.
struct Writing {
    made: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Writing {
    fn start(state: AppState, inquiry: String) -> Self {
        let made = Arc::new(AtomicUsize::new(0));
        let stop = Arc::new(AtomicBool::new(false));
        let (count, stopped) = (Arc::clone(&made), Arc::clone(&stop));
        let task = tokio::spawn(async move {
            while !stopped.load(Ordering::SeqCst) {
                state.links.create(new_link(&inquiry)).await.unwrap();
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { made, stop, task }
    }

    fn made(&self) -> usize {
        self.made.load(Ordering::SeqCst)
    }

    async fn more_than(&self, count: usize) {
        while self.made() <= count {
            tokio::task::yield_now().await;
        }
    }

    async fn end(self) -> usize {
        self.stop.store(true, Ordering::SeqCst);
        self.task.await.unwrap();
        self.made.load(Ordering::SeqCst)
    }
}

fn new_link(inquiry: &str) -> NewLink {
    NewLink {
        inquiry_id: inquiry.to_owned(),
        maker: "a test".to_owned(),
        reason: "a-test".to_owned(),
        note: None,
        channel: Channel::Copy,
        factor: Factor::None,
        return_url: None,
        locale: None,
        life: None,
    }
}

/// How many rows a table of a database file has, read by nobody of ours.
fn count(file: &Path, table: &str) -> usize {
    let connection = rusqlite::Connection::open(file).unwrap();
    let sql = format!("select count(*) from {table}");
    let count: i64 = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
    usize::try_from(count).unwrap()
}

fn database(app: &App) -> PathBuf {
    let url = &app.state.config.database.url;
    PathBuf::from(url.strip_prefix("sqlite://").unwrap())
}

/// A file that only its owner can read.
fn is_private(file: &Path) {
    let rights = fs::metadata(file).unwrap().permissions().mode();
    assert_eq!(rights & 0o777, 0o600, "{}", file.display());
}

#[tokio::test]
async fn the_database_and_the_files_beside_it_are_for_their_owner_alone() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    app.link(&inquiry).await;
    for ending in ["", "-wal", "-shm"] {
        let mut file = database(&app).into_os_string();
        file.push(ending);
        is_private(Path::new(&file));
    }
}

#[tokio::test]
async fn a_backup_under_writes_is_whole_and_is_put_back() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    app.link(&inquiry).await;
    let program = Program::beside(&app);
    let copy = program.folder().join("copy.db");
    let name = copy.to_str().unwrap();

    let writing = Writing::start(app.state.clone(), inquiry.clone());
    writing.more_than(20).await;
    let before = writing.made();
    let made = program.run(&["backup", name, "--json"]).await;
    let after = writing.made();
    writing.more_than(after).await;
    let total = writing.end().await;

    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let said: Value = serde_json::from_str(&made.stdout).unwrap();
    assert_eq!(said["bytes"], fs::metadata(&copy).unwrap().len());
    is_private(&copy);
    let copied = count(&copy, "links") - 1;
    assert!(
        (before..=after + 1).contains(&copied),
        "{before} {copied} {after}"
    );
    assert!(total > copied, "somebody wrote meanwhile");

    let head = said["head"].as_str().unwrap();
    let url = format!("sqlite://{name}");
    let of_copy = Program::new().set("DATABASE__URL", &url);
    let verified = of_copy.run(&["audit", "verify", "--head", head]).await;
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);

    let busy = program.run(&["restore", name]).await;
    assert_eq!(busy.code, Some(1));
    assert!(busy.stderr.contains("stop the server"), "{}", busy.stderr);
    assert_eq!(
        count(&database(&app), "links"),
        total + 1,
        "nothing is lost"
    );

    app.state.store.close().await;
    let restored = program.run(&["restore", name, "--json"]).await;
    assert_eq!(restored.code, Some(0), "{}", restored.stderr);
    let said: Value = serde_json::from_str(&restored.stdout).unwrap();
    assert_eq!(said["head"], head);
    assert_eq!(count(&database(&app), "links"), copied + 1);
    let kept = PathBuf::from(said["kept"].as_str().unwrap());
    assert_eq!(count(&kept, "links"), total + 1, "what was there is kept");

    let again = app.restart_with(|_| {}).await;
    assert_eq!(
        again.link(&inquiry).await.len(),
        43,
        "it can be written again"
    );
    let verified = Program::beside(&again).run(&["audit", "verify"]).await;
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
}

#[tokio::test]
async fn a_backup_overwrites_nothing_and_needs_a_database() {
    let program = Program::new();
    let file = program.folder().join("copy.db");
    let name = file.to_str().unwrap();
    let ended = program.run(&["backup", name]).await;
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stderr.contains("there is no database"),
        "{}",
        ended.stderr
    );
    assert!(!file.exists());

    assert_eq!(program.run(&["migrate"]).await.code, Some(0));
    fs::write(&file, "somebody's").unwrap();
    let ended = program.run(&["backup", name]).await;
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stderr.contains("is there already"),
        "{}",
        ended.stderr
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "somebody's");

    let nowhere = program.folder().join("no/such/folder/copy.db");
    let ended = program.run(&["backup", nowhere.to_str().unwrap()]).await;
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stderr.contains("cannot be written"),
        "{}",
        ended.stderr
    );
}

#[tokio::test]
async fn what_is_no_backup_is_not_put_back() {
    let program = Program::new();
    assert_eq!(program.run(&["migrate"]).await.code, Some(0));
    let database = program.folder().join("leftoff.db");
    let before = fs::read(&database).unwrap();
    let file = program.folder().join("other.db");
    let name = file.to_str().unwrap();

    let ended = program.run(&["restore", name]).await;
    assert!(
        ended.stderr.contains("there is no database"),
        "{}",
        ended.stderr
    );
    fs::write(&file, "no database".repeat(1000)).unwrap();
    let ended = program.run(&["restore", name]).await;
    assert!(
        ended.stderr.contains("no whole database"),
        "{}",
        ended.stderr
    );
    fs::remove_file(&file).unwrap();
    let foreign = rusqlite::Connection::open(&file).unwrap();
    foreign
        .execute_batch("create table strangers (id)")
        .unwrap();
    let ended = program.run(&["restore", name]).await;
    assert!(
        ended.stderr.contains("Leftoff's tables"),
        "{}",
        ended.stderr
    );
    let later = "create table refinery_schema_history (version, name, applied_on, checksum);
        insert into refinery_schema_history values (9999, 'later', '', '')";
    foreign.execute_batch(later).unwrap();
    let ended = program.run(&["restore", name]).await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("schema 9999"), "{}", ended.stderr);
    assert_eq!(fs::read(&database).unwrap(), before);
    let entries = fs::read_dir(program.folder()).unwrap();
    let left: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("part") || name.contains("restore"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_damaged_database_and_its_journal_give_way_to_a_backup() {
    let program = Program::new();
    assert_eq!(program.run(&["migrate"]).await.code, Some(0));
    let copy = program.folder().join("copy.db");
    let name = copy.to_str().unwrap();
    assert_eq!(program.run(&["backup", name]).await.code, Some(0));
    let database = program.folder().join("leftoff.db");
    let journal = program.folder().join("leftoff.db-wal");
    fs::write(&database, "torn".repeat(5000)).unwrap();
    fs::write(&journal, "a journal of the torn one").unwrap();
    let restored = program.run(&["restore", name]).await;
    assert_eq!(restored.code, Some(0), "{}", restored.stderr);
    let verified = program.run(&["audit", "verify"]).await;
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    assert!(
        restored.stderr.contains("is kept as"),
        "{}",
        restored.stderr
    );
}

#[tokio::test]
async fn migrate_says_from_where_to_where() {
    let program = Program::new();
    let made = program.run(&["migrate", "--json"]).await;
    let said: Value = serde_json::from_str(&made.stdout).unwrap();
    assert_eq!(said["before"], 0);
    assert!(said["after"].as_i64().unwrap() > 0);
    let again = program.run(&["migrate"]).await;
    assert_eq!((again.code, again.stdout.as_str()), (Some(0), ""));
    assert!(again.stderr.contains("already"), "{}", again.stderr);
}
