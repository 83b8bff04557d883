//! What is said of the database and its backups.

use std::{fs, time::Duration};

use super::Patient;

#[tokio::test]
async fn a_database_that_is_damaged_locked_or_too_new_fails() {
    let patient = Patient::new().await;
    let file = patient.program.folder().join("leftoff.db");
    let report = patient.examine().await;
    report.says("database", "note", "not there yet", "database.url");
    assert!(!file.exists(), "doctor makes nothing");

    fs::write(
        &file,
        "this is no database, whatever its name says".repeat(100),
    )
    .unwrap();
    let report = patient.examine().await;
    report.says("database", "failed", "cannot be opened", "leftoff restore");
    fs::remove_file(&file).unwrap();

    assert_eq!(patient.program.run(&["migrate"]).await.code, Some(0));
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.execute_batch("begin immediate").unwrap();
    let report = patient.examine().await;
    report.says("database", "failed", "cannot be written", "locked");
    connection.execute_batch("rollback").unwrap();
    patient
        .examine()
        .await
        .says("database", "ok", "is whole", "");

    let later = "insert into refinery_schema_history (version, name, applied_on, checksum)
        values (9999, 'later', '2030-01-01T00:00:00Z', '0')";
    connection.execute(later, []).unwrap();
    let report = patient.examine().await;
    report.says("database", "failed", "has the schema 9999", "a newer one");
    connection
        .execute("delete from refinery_schema_history where version > 1", [])
        .unwrap();
    let report = patient.examine().await;
    report.says("database", "note", "has the schema 1 of", "leftoff migrate");
}

#[tokio::test]
async fn a_database_with_a_torn_page_is_called_damaged() {
    let patient = Patient::new().await;
    assert_eq!(patient.program.run(&["migrate"]).await.code, Some(0));
    let file = patient.program.folder().join("leftoff.db");
    let mut bytes = fs::read(&file).unwrap();
    let page = 4096;
    bytes[3 * page..6 * page].fill(0x5a);
    fs::write(&file, bytes).unwrap();
    let report = patient.examine().await;
    report.says("database", "failed", "damaged", "leftoff restore");
}

#[tokio::test]
async fn a_database_that_can_only_be_read_fails() {
    let mut patient = Patient::new().await;
    assert_eq!(patient.program.run(&["migrate"]).await.code, Some(0));
    let folder = patient.program.folder().to_owned();
    patient.program = patient.program.read_only(&folder);
    let report = patient.examine().await;
    report.says("database", "failed", "cannot be written", "write the file");
}

#[tokio::test]
async fn a_backup_that_is_named_must_be_there_and_young() {
    let patient = Patient::new().await;
    let file = patient.program.folder().join("backup.db");
    let name = file.to_str().unwrap();
    let report = patient.examine_with(&["--backup", name]).await;
    report.says("backup", "failed", "there is no file", "leftoff backup");
    fs::write(&file, "").unwrap();
    let report = patient.examine_with(&["--backup", name]).await;
    report.says("backup", "ok", "0 h old", "");
    let written = fs::File::options().write(true).open(&file).unwrap();
    let now = fs::metadata(&file).unwrap().modified().unwrap();
    written
        .set_modified(now - Duration::from_hours(72))
        .unwrap();
    let report = patient.examine_with(&["--backup", name]).await;
    report.says("backup", "warning", "72 h old", "leftoff backup");
}
