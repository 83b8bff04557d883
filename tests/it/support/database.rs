//! Databases of the tests: a file each, or a database of a server each when `LEFTOFF_TEST_DATABASE` names one.

use std::{
    env,
    path::Path,
    process,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use leftoff::store::Store;
use postgres::{Config, NoTls};
use tokio::sync::OnceCell;

/// The server on which every test shall have its database.
const SERVER: &str = "LEFTOFF_TEST_DATABASE";
/// The server for what needs one.
const POSTGRES: &str = "LEFTOFF_TEST_POSTGRES";
/// How many databases this process made on a server.
static MADE: AtomicU64 = AtomicU64::new(0);

/// An empty database of one test; it is gone when this is dropped.
pub(crate) struct Database {
    url: String,
    server: Option<String>,
}

impl Database {
    /// A database of the kind that this run of the tests is about; a file of it lies in the folder.
    pub(crate) async fn new(folder: &Path) -> Self {
        match env::var(SERVER) {
            Ok(server) => Self::on(server).await,
            Err(_) => Self {
                url: format!("sqlite://{}", folder.join("test.db").display()),
                server: None,
            },
        }
    }

    /// A database on a server, whatever this run of the tests is about.
    pub(crate) async fn on_server() -> Self {
        let server = env::var(POSTGRES).unwrap_or_else(|_| {
            panic!("{POSTGRES} names no server: `cargo xtask test rust` starts one")
        });
        Self::on(server).await
    }

    /// Whether this run of the tests is about a server.
    pub(crate) fn is_on_server() -> bool {
        env::var(SERVER).is_ok()
    }

    async fn on(server: String) -> Self {
        static TEMPLATES: OnceCell<()> = OnceCell::const_new();
        TEMPLATES
            .get_or_init(|| make_template(server.clone()))
            .await;
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", process::id());
        let url = format!("{server}/{name}");
        let create = format!("create database {name} template {}", template());
        tell(&format!("{server}/postgres"), create).await;
        Self {
            url,
            server: Some(server),
        }
    }

    /// What somebody does who owns the database: SQL of any kind. The database's refusal is given back.
    pub(crate) async fn own(&self, sql: &str) -> Result<(), String> {
        Self::own_at(&self.url, sql).await
    }

    /// The same at an address.
    pub(crate) async fn own_at(url: &str, sql: &str) -> Result<(), String> {
        let (url, sql) = (url.to_owned(), sql.to_owned());
        let done = tokio::task::spawn_blocking(move || {
            if let Some(file) = url.strip_prefix("sqlite://") {
                let connection = rusqlite::Connection::open(file).unwrap();
                let done = connection.execute_batch(&sql);
                return done.map_err(|error| error.to_string());
            }
            let config: Config = url.parse().unwrap();
            let done = config.connect(NoTls).unwrap().batch_execute(&sql);
            done.map_err(|error| error.as_db_error().unwrap().message().to_owned())
        });
        done.await.unwrap()
    }

    /// Takes away what keeps the audit from being changed.
    pub(crate) async fn unguard(&self) {
        let guards = [
            ("audit", "audit_is_never_changed"),
            ("audit", "audit_is_never_removed"),
            ("audit_head", "audit_head_is_never_removed"),
            ("audit_head", "audit_head_goes_forward"),
        ];
        for (table, guard) in guards {
            let on = self
                .server
                .as_ref()
                .map_or(String::new(), |_| format!(" on {table}"));
            self.own(&format!("drop trigger {guard}{on}"))
                .await
                .unwrap();
        }
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(server) = self.server.clone() else {
            return;
        };
        let name = self.url.rsplit('/').next().unwrap_or_default().to_owned();
        // What is left goes with the server.
        thread::spawn(move || {
            let config: Config = format!("{server}/postgres").parse().ok()?;
            let mut client = config.connect(NoTls).ok()?;
            client
                .batch_execute(&format!("drop database {name} with (force)"))
                .ok()
        });
    }
}

/// The database with all tables that the others are copies of.
fn template() -> String {
    format!("template_{}", process::id())
}

async fn make_template(server: String) {
    let create = format!("create database {}", template());
    tell(&format!("{server}/postgres"), create).await;
    let store = Store::open(&format!("{server}/{}", template()))
        .await
        .unwrap();
    store.close().await;
}

async fn tell(address: &str, sql: String) {
    let config: Config = address.parse().unwrap();
    let told = tokio::task::spawn_blocking(move || {
        let mut client = config.connect(NoTls).unwrap();
        client
            .batch_execute(&sql)
            .map_err(|error| error.to_string())
    });
    told.await.unwrap().unwrap();
}
