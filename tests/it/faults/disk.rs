//! A disk that is full, and one that can only be read: what is said, that nothing acknowledged is lost, and that all goes
//! on when there is room. The process has a real small file system of its own.

use std::{fs, io, path::PathBuf};

use reqwest::{Response, StatusCode};
use serde_json::Value;
use simulator::Status;

use super::locked::{post_event, press};
use crate::support::{App, Program, Served, WEBHOOK_SECRET};

/// How large the disk is, in KiB: room for the database and for its log, which is carried over at 16 MB.
const DISK: u32 = 32 * 1024;

/// A process whose database lies on a small disk, as a copy of an application's.
struct Cramped {
    served: Served,
    disk: PathBuf,
    program: Program,
}

impl Cramped {
    async fn beside(app: &App, disk: PathBuf) -> Self {
        fs::create_dir_all(&disk).unwrap();
        let from = app.copy("copied");
        // The log begins anew, so that whatever is written needs room.
        let connection = rusqlite::Connection::open(from.join("test.db")).unwrap();
        let empty = "pragma wal_checkpoint(truncate)";
        connection.query_row(empty, [], |_| Ok(())).unwrap();
        drop(connection);
        let database = format!("sqlite://{}", disk.join("test.db").display());
        let program = Program::beside(app)
            .unset("DATABASE__URL")
            .set("DATABASE__URL", &database)
            .set("PERSONA__WEBHOOK_SECRETS", WEBHOOK_SECRET)
            .small_disk(&disk, DISK, &from);
        Self {
            served: program.serve().await,
            disk,
            program,
        }
    }

    /// Something else fills the disk to the last byte.
    fn fill(&self) {
        let mut file = fs::File::create(self.ballast()).unwrap();
        let mut piece = 64 * 1024;
        while piece > 0 {
            match io::Write::write_all(&mut file, &vec![0; piece]) {
                Ok(()) => {}
                Err(error) => {
                    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
                    piece /= 2;
                }
            }
        }
    }

    /// There is room again.
    fn clear(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }

    fn ballast(&self) -> PathBuf {
        self.served.path(&self.disk.join("ballast"))
    }

    /// A copy of the database as it is now. SQLite follows the way into the process's own view of the disk too far, and
    /// would open a file of ours.
    fn snapshot(&self) -> PathBuf {
        let to = self.program.folder().join("snapshot");
        fs::create_dir_all(&to).unwrap();
        for name in ["test.db", "test.db-wal"] {
            fs::copy(self.served.path(&self.disk.join(name)), to.join(name)).unwrap();
        }
        to.join("test.db")
    }

    fn count(&self, sql: &str, parameters: &[&str]) -> i64 {
        let connection = rusqlite::Connection::open(self.snapshot()).unwrap();
        let parameters = rusqlite::params_from_iter(parameters);
        let counted = connection.query_row(sql, parameters, |row| row.get(0));
        counted.unwrap()
    }

    /// How often something is in the history of an inquiry.
    fn times(&self, inquiry: &str, event: &str) -> i64 {
        let sql = "select count(*) from ledger where inquiry_id = ?1 and event = ?2";
        self.count(sql, &[inquiry, event])
    }

    /// Whether all of these events of Persona's are kept.
    fn has_events(&self, ids: &[String]) -> bool {
        let ids: Vec<_> = ids.iter().map(|id| format!("'{id}'")).collect();
        let sql = format!(
            "select count(*) from events where id in ({})",
            ids.join(", ")
        );
        self.count(&sql, &[]) == i64::try_from(ids.len()).unwrap()
    }
}

async fn refusal(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let json: Value = answer.json().await.unwrap();
    (status, json["refusal"].as_str().unwrap_or("ok").to_owned())
}

#[tokio::test]
async fn on_a_full_disk_nothing_is_acknowledged_that_is_lost_and_room_is_all_it_takes() {
    let app = App::start_live(|_| {}).await;
    let mut people = Vec::new();
    for _ in 0..200 {
        let inquiry = app.inquiry(Status::Expired);
        people.push((app.lasting_link(&inquiry).await, inquiry));
    }
    let events = app.told().await;
    let cramped = Cramped::beside(&app, app.folder().join("disk")).await;
    cramped.fill();

    // The log may have some room of its own left; sooner or later there is none.
    let mut people = people.into_iter();
    let (token, inquiry) = loop {
        let (token, inquiry) = people.next().expect("the disk is never full");
        let (status, words) = refusal(press(&cramped.served, &token).await).await;
        if status == 200 {
            assert_eq!(cramped.times(&inquiry, "resumed"), 1, "it was acknowledged");
            continue;
        }
        assert_eq!((status, &*words), (500, "internal"));
        break (token, inquiry);
    };
    let (mut refused, mut kept) = (Vec::new(), Vec::new());
    for event in events.iter().take(40) {
        let (id, status) = post_event(&cramped.served, event).await;
        match status {
            StatusCode::OK => kept.push(id),
            StatusCode::SERVICE_UNAVAILABLE => refused.push(event),
            other => panic!("{other}"),
        }
    }
    assert!(!refused.is_empty(), "the disk takes every event");
    let page = cramped.served.visitor().get(&format!("/r/{token}")).await;
    assert_eq!(page.unwrap().status(), 200, "pages can be read");

    cramped.clear();
    let (status, words) = refusal(press(&cramped.served, &token).await).await;
    assert_eq!((status, &*words), (200, "ok"));
    assert_eq!(
        cramped.times(&inquiry, "resumed"),
        1,
        "once, and not by half"
    );
    for event in refused {
        let (id, status) = post_event(&cramped.served, event).await;
        assert_eq!(status, StatusCode::OK);
        kept.push(id);
    }
    assert!(cramped.has_events(&kept), "what was acknowledged is there");
    let sessions = app.persona.inquiry(&inquiry).unwrap().sessions;
    assert_eq!(sessions.len(), 1, "the session of the failed press is used");
    let url = format!("sqlite://{}", cramped.snapshot().display());
    let outside = Program::beside(&app).unset("DATABASE__URL");
    let outside = outside.set("DATABASE__URL", &url);
    let verified = outside.run(&["audit", "verify"]).await;
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
}

#[tokio::test]
async fn on_a_disk_that_can_only_be_read_the_start_fails_with_the_reason() {
    let app = App::start().await;
    let from = app.copy("read-only");
    let database = format!("sqlite://{}", from.join("test.db").display());
    let program = Program::beside(&app).unset("DATABASE__URL");
    let program = program.set("DATABASE__URL", &database).read_only(&from);
    let ended = program.run(&["serve"]).await;
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    let reason = "the database cannot be written";
    assert!(ended.stderr.contains(reason), "{}", ended.stderr);
}
