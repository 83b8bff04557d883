//! What an application wrote down.

use std::{fs, path::PathBuf};

use leftoff::store::{
    audit::AuditRow,
    receipts::ReceiptRow,
    transfer::{Moved, transfer},
};
use tempfile::TempDir;

use super::App;
use crate::support::Database;

impl App {
    /// What was written into the audit, oldest first.
    pub(crate) async fn audit(&self) -> Vec<AuditRow> {
        self.state.store.audit_from(1, 1_000_000).await.unwrap()
    }

    /// What happened to an inquiry, by name, oldest first.
    pub(crate) async fn ledger(&self, inquiry: &str) -> Vec<String> {
        let rows = self.state.store.ledger(inquiry).await.unwrap();
        rows.into_iter().map(|row| row.event).collect()
    }

    /// What the server verified.
    pub(crate) async fn receipt(&self, inquiry: &str) -> Option<ReceiptRow> {
        self.state.store.receipt(inquiry).await.unwrap()
    }

    /// Every row that speaks of an inquiry, to compare before and after.
    pub(crate) async fn rows(&self, inquiry: &str) -> String {
        let store = &self.state.store;
        let links = store.links(Some(inquiry), 1000).await.unwrap();
        let known = store.inquiry(inquiry).await.unwrap();
        let ledger = store.ledger(inquiry).await.unwrap();
        let receipt = self.receipt(inquiry).await;
        format!("{links:#?}\n{known:#?}\n{ledger:#?}\n{receipt:#?}")
    }

    /// How many rows each table of the database has.
    pub(crate) async fn counts(&self) -> Vec<Moved> {
        let copies = TempDir::new().unwrap();
        let file = format!("sqlite://{}", copies.path().join("copy.db").display());
        let from = self.state.config.database.url.clone();
        transfer(from, file).await.unwrap()
    }

    /// Everything that is in the database, as text: of a file every byte, with what was deleted.
    pub(crate) async fn database(&self) -> String {
        let copies = self.folder.path().join("copies");
        let files = if Database::is_on_server() {
            let file = format!("sqlite://{}", copies.join("copy.db").display());
            let from = self.state.config.database.url.clone();
            transfer(from, file).await.unwrap();
            &copies
        } else {
            &self.folder.path().join("db")
        };
        let bytes: Vec<u8> = fs::read_dir(files)
            .unwrap()
            .flat_map(|file| fs::read(file.unwrap().path()).unwrap())
            .collect();
        fs::remove_dir_all(copies).ok();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// A folder with a copy of the database, `test.db`.
    pub(crate) fn copy(&self, name: &str) -> PathBuf {
        let to = self.folder.path().join(name);
        fs::create_dir(&to).unwrap();
        for file in fs::read_dir(self.folder.path().join("db")).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
        to
    }
}
