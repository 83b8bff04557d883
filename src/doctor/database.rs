//! Whether the database can be used, has room, and was copied lately.

use std::{fs, path::Path, time::UNIX_EPOCH};

use rustix::fs::Access;

use super::{Doctor, Finding, finding::Topic};
use crate::store::examine::{Examined, FileState, Place, ServerState, examine};

pub(super) const DATABASE: Topic = Topic {
    check: "database",
    name: "Database",
    why: "Links, receipts and the audit are in it; without it nothing works.",
};
const DISK: Topic = Topic {
    check: "disk",
    name: "Free disk space",
    why: "On a full disk every change fails: links cannot be opened and receipts are not written.",
};
const BACKUP: Topic = Topic {
    check: "backup",
    name: "Backup",
    why: "What was written since the last backup is gone with the disk.",
};

/// Below it the disk is about to be full, in bytes.
const LITTLE: u64 = 100 << 20;
/// Below it somebody should look, in bytes.
const SMALL: u64 = 1 << 30;
/// The oldest PostgreSQL that has what Leftoff needs, as it counts its versions.
const OLDEST_SERVER: i64 = 140_000;
/// What to do when nothing can be written.
const UNWRITABLE: &str = "Let the user that runs Leftoff write the file and its folder; no other program may hold it locked.";
/// An older backup is a warning, in hours.
const STALE_HOURS: u64 = 48;

impl Doctor {
    pub(super) async fn look_at_database(&self) -> Vec<Finding> {
        let mut findings = match &self.settings.database {
            None => vec![DATABASE.unseen("the section [database] cannot be read")],
            Some(settings) => {
                let url = settings.url.clone();
                match tokio::task::spawn_blocking(move || examine(&url)).await {
                    Ok(examined) => find(&examined),
                    Err(_) => vec![DATABASE.failed(
                        "could not be looked at",
                        "Run it again; if it stays so, report it with the output of --json.",
                    )],
                }
            }
        };
        findings.extend(self.backup.as_deref().map(|file| self.look_at_backup(file)));
        findings
    }

    fn look_at_backup(&self, file: &Path) -> Finding {
        let todo = "See why the job that runs `leftoff backup` does not.";
        let Ok(written) = fs::metadata(file).and_then(|data| data.modified()) else {
            return BACKUP.failed(format!("there is no file {}", file.display()), todo);
        };
        let written = written.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(self.clock.now().as_second()).unwrap_or_default();
        let hours = now.saturating_sub(written.as_secs()) / 3600;
        if hours >= STALE_HOURS {
            BACKUP.warning(format!("is {hours} h old: {}", file.display()), todo)
        } else {
            BACKUP.ok(format!("is {hours} h old: {}", file.display()))
        }
    }
}

fn find(examined: &Examined) -> Vec<Finding> {
    match &examined.place {
        Place::File {
            file,
            state,
            free_bytes,
        } => {
            let mut findings = look_at_file(file, state.as_ref(), examined.newest);
            findings.push(disk(*free_bytes));
            findings
        }
        Place::Server(Ok(state)) => judge_server(state, examined.newest),
        Place::Server(Err(error)) => vec![DATABASE.failed(
            format!("PostgreSQL does not let Leftoff in: {error}"),
            "See that the server runs, that database.url leads to it, and that its user may connect.",
        )],
        Place::Nowhere => vec![DATABASE.failed(
            "database.url is no address of a database",
            "Set it to sqlite://path or postgres://user:password@host/name.",
        )],
    }
}

fn judge_server(state: &ServerState, newest: i64) -> Vec<Finding> {
    let version = &state.version;
    let mut findings = Vec::new();
    if state.version_number < OLDEST_SERVER {
        findings.push(DATABASE.failed(
            format!("PostgreSQL {version} is too old"),
            "Use PostgreSQL 14 or newer.",
        ));
    }
    if let Some(error) = &state.write_error {
        findings.push(DATABASE.failed(
            format!("PostgreSQL {version} takes no changes: {error}"),
            "Let database.url lead to the primary server.",
        ));
    }
    findings.extend(judge_schema(
        &format!("PostgreSQL {version}"),
        state.schema,
        newest,
    ));
    if findings.is_empty() {
        let (megabytes, schema) = (state.bytes >> 20, state.schema);
        findings.push(DATABASE.ok(format!(
            "PostgreSQL {version} answers: schema {schema}, {megabytes} MiB"
        )));
    }
    findings
}

fn look_at_file(
    file: &Path,
    state: Option<&Result<FileState, String>>,
    newest: i64,
) -> Vec<Finding> {
    let path = file.display();
    // A database that keeps its journal as WAL cannot even be opened there, which would name the wrong cause.
    if let (Some(_), Some(error)) = (state, cannot_be_written(file)) {
        return vec![DATABASE.failed(format!("{path} cannot be written: {error}"), UNWRITABLE)];
    }
    match state {
        None => vec![DATABASE.note(
            format!("{path} is not there yet"),
            "The first start makes it; if there was one, see that database.url leads to it.",
        )],
        Some(Err(error)) => vec![DATABASE.failed(
            format!("{path} cannot be opened: {error}"),
            "See who owns the file and its folder; if it is damaged, put a backup back with `leftoff restore`.",
        )],
        Some(Ok(state)) => judge(&path.to_string(), state, newest),
    }
}

/// Why the system does not let us write the file, or the log beside it.
fn cannot_be_written(file: &Path) -> Option<rustix::io::Errno> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let try_out = |path: &Path| rustix::fs::access(path, Access::WRITE_OK).err();
    try_out(file).or_else(|| try_out(folder))
}

fn judge(path: &str, state: &FileState, newest: i64) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(damage) = &state.damage {
        findings.push(DATABASE.failed(
            format!("{path} is damaged: {damage}"),
            "Stop the server, keep the file, and put a backup back with `leftoff restore`.",
        ));
    }
    if let Some(error) = &state.write_error {
        findings.push(DATABASE.failed(format!("{path} cannot be written: {error}"), UNWRITABLE));
    }
    findings.extend(judge_schema(path, state.schema, newest));
    if state.schema > 0 && state.journal != "wal" {
        findings.push(DATABASE.note(
            format!("{path} keeps its journal as {:?}, not as \"wal\"", state.journal),
            "Nothing, if it was restored just now: the next start sets it. Otherwise the file system may not allow it.",
        ));
    }
    if findings.is_empty() {
        let megabytes = state.bytes >> 20;
        let schema = state.schema;
        findings.push(DATABASE.ok(format!(
            "{path} is whole: schema {schema}, {megabytes} MiB, WAL"
        )));
    }
    findings
}

fn judge_schema(database: &str, schema: i64, newest: i64) -> Option<Finding> {
    if schema > newest {
        return Some(DATABASE.failed(
            format!("{database} has the schema {schema}, and this program knows {newest}"),
            "Run the Leftoff that it belongs to, or a newer one.",
        ));
    }
    (schema < newest).then(|| {
        DATABASE.note(
            format!("{database} has the schema {schema} of {newest}"),
            "Make a backup; the next start, or `leftoff migrate`, brings it up to date.",
        )
    })
}

fn disk(free_bytes: Option<u64>) -> Finding {
    let todo = "Make room, or move the database to a larger disk.";
    match free_bytes {
        None => DISK.note("cannot be told", "See for yourself with `df`."),
        Some(free) => {
            let found = format!("{} MiB", free >> 20);
            match free {
                ..LITTLE => DISK.failed(found, todo),
                LITTLE..SMALL => DISK.warning(found, todo),
                _ => DISK.ok(found),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::State, *};

    #[test]
    fn little_room_is_said_before_there_is_none() {
        let left = |free_bytes| disk(free_bytes).state;
        assert_eq!(left(Some(50 << 20)), State::Failed);
        assert_eq!(left(Some(500 << 20)), State::Warning);
        assert_eq!(left(Some(50 << 30)), State::Ok);
        assert_eq!(left(None), State::Note);
    }
}
