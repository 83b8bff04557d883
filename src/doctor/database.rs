//! Whether the database can be used, has room, and was copied lately.

use std::{fs, path::Path, time::UNIX_EPOCH};

use rustix::fs::Access;

use super::{Doctor, Finding, finding::Topic};
use crate::store::examine::{Examined, FileState, examine};

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
                    Ok(examined) => {
                        let mut findings = file(&examined);
                        findings.push(disk(&examined));
                        findings
                    }
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

fn file(examined: &Examined) -> Vec<Finding> {
    let path = examined.file.display();
    // A database that keeps its journal as WAL cannot even be opened there, which would name the wrong cause.
    if let (Some(_), Some(error)) = (&examined.state, cannot_be_written(&examined.file)) {
        return vec![DATABASE.failed(format!("{path} cannot be written: {error}"), UNWRITABLE)];
    }
    match &examined.state {
        None => vec![DATABASE.note(
            format!("{path} is not there yet"),
            "The first start makes it; if there was one, see that database.url leads to it.",
        )],
        Some(Err(error)) => vec![DATABASE.failed(
            format!("{path} cannot be opened: {error}"),
            "See who owns the file and its folder; if it is damaged, put a backup back with `leftoff restore`.",
        )],
        Some(Ok(state)) => judge(&path.to_string(), state, examined.newest),
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
    if state.schema > newest {
        findings.push(DATABASE.failed(
            format!(
                "{path} has the schema {}, and this program knows {newest}",
                state.schema
            ),
            "Run the Leftoff that it belongs to, or a newer one.",
        ));
    } else if state.schema < newest {
        findings.push(DATABASE.note(
            format!("{path} has the schema {} of {newest}", state.schema),
            "Make a backup; the next start, or `leftoff migrate`, brings it up to date.",
        ));
    }
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

fn disk(examined: &Examined) -> Finding {
    let todo = "Make room, or move the database to a larger disk.";
    match examined.free_bytes {
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
        let left = |free_bytes| {
            disk(&Examined {
                file: "x".into(),
                state: None,
                newest: 1,
                free_bytes,
            })
            .state
        };
        assert_eq!(left(Some(50 << 20)), State::Failed);
        assert_eq!(left(Some(500 << 20)), State::Warning);
        assert_eq!(left(Some(50 << 30)), State::Ok);
        assert_eq!(left(None), State::Note);
    }
}
