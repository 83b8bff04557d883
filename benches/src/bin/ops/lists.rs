//! How long lists and search take, and how that grows.

use std::{fmt::Write as _, time::Duration};

use anyhow::Result;
use benches::{crowd, running::Running};
use reqwest::Client;

/// Rounds of which the middle one counts, so that a busy machine does not decide.
const ROUNDS: usize = 3;
const REQUESTS: u32 = 300;
const WARM_UP: u32 = 20;

/// A kind of page: its name, what it must show, and its address for the nth request at a size.
struct Kind {
    name: &'static str,
    text: &'static str,
    path: fn(u32, u32, i64) -> String,
}

const KINDS: [Kind; 15] = [
    Kind {
        name: "queue, first page",
        text: "Queue",
        path: |_, _, _| "/ops".to_owned(),
    },
    Kind {
        name: "one reason",
        text: "Expired",
        path: |_, _, _| "/ops?need=expired".to_owned(),
    },
    Kind {
        name: "newest first",
        text: "Queue",
        path: |_, _, _| "/ops?order=newest".to_owned(),
    },
    Kind {
        name: "longest without contact",
        text: "Queue",
        path: |_, _, _| "/ops?order=quietest".to_owned(),
    },
    Kind {
        name: "pages in the middle",
        text: "Queue",
        path: middle,
    },
    Kind {
        name: "one reason, pages in the middle",
        text: "Stopped",
        path: |nth, size, now| middle(nth, size, now) + "&need=pending",
    },
    Kind {
        name: "all 25 sessions",
        text: "Queue",
        path: |_, _, _| "/ops?sessions=25".to_owned(),
    },
    Kind {
        name: "outdated",
        text: "Queue",
        path: |_, _, _| "/ops?outdated=1".to_owned(),
    },
    Kind {
        name: "one template and reason",
        text: "Never started",
        path: |_, _, _| "/ops?need=created&template=itmpl_BusinessOwner0000000000000".to_owned(),
    },
    Kind {
        name: "nobody wrote for 7 d, 20 sessions, outdated",
        text: "Queue",
        path: |_, _, _| "/ops?quiet=168&sessions=20&outdated=1".to_owned(),
    },
    Kind {
        name: "search: inquiry ID",
        text: "",
        path: |nth, size, _| search(&crowd::id("inq", some(nth, size))),
    },
    Kind {
        name: "search: reference",
        text: "user-",
        path: |nth, size, _| search(&crowd::reference(some(nth, size))),
    },
    Kind {
        name: "search: beginning of a reference",
        text: "user-00",
        path: |_, _, _| search("user-00"),
    },
    Kind {
        name: "search: account ID",
        text: "user-",
        path: |nth, size, _| search(&crowd::id("act", some(nth, size) / 4)),
    },
    Kind {
        name: "an inquiry",
        text: "Timeline",
        path: |nth, size, _| format!("/ops/inquiries/{}", crowd::id("inq", some(nth, size))),
    },
];

fn search(text: &str) -> String {
    format!("/ops/search?q={text}")
}

/// A number of the crowd for the nth request: spread over all of it.
fn some(nth: u32, size: u32) -> u32 {
    nth.wrapping_mul(2_654_435_761) % size
}

/// A page that begins at some time of the last 120 days.
fn middle(nth: u32, size: u32, now: i64) -> String {
    let minutes = i64::from(some(nth, size)) * 120 * 24 * 60 / i64::from(size);
    format!("/ops?after={}.inq_M", now - minutes * 60_000)
}

/// What was measured, a column for each size.
#[derive(Default)]
pub(crate) struct Table {
    sizes: Vec<u32>,
    rows: Vec<Vec<(Duration, Duration)>>,
}

impl Table {
    /// Measures every kind.
    pub(crate) async fn measure(
        &mut self,
        leftoff: &Running,
        client: &Client,
        size: u32,
        now: i64,
    ) -> Result<()> {
        self.sizes.push(size);
        self.rows.resize(KINDS.len(), Vec::new());
        for (kind, row) in KINDS.iter().zip(&mut self.rows) {
            let requests = |count| -> Result<Vec<_>> {
                let request = |nth| {
                    client
                        .get(leftoff.url.clone() + &(kind.path)(nth, size, now))
                        .build()
                };
                Ok((0..count).map(request).collect::<Result<_, _>>()?)
            };
            leftoff
                .round(client, requests(WARM_UP)?, 1, kind.text)
                .await?;
            let mut rounds = Vec::new();
            for _ in 0..ROUNDS {
                let round = leftoff
                    .round(client, requests(REQUESTS)?, 1, kind.text)
                    .await?;
                rounds.push((round.p99, round.p50));
            }
            rounds.sort();
            let (p99, p50) = rounds[ROUNDS / 2];
            eprintln!("{size}: {} {p50:?} {p99:?}", kind.name);
            row.push((p50, p99));
        }
        Ok(())
    }

    /// The table.
    pub(crate) fn text(&self) -> String {
        let mut text = format!(
            "Pages one after another, {REQUESTS} of each kind, the middle of {ROUNDS} rounds: p50 / p99 in ms\n\n| page |"
        );
        for size in &self.sizes {
            write!(text, " {size} inquiries |").ok();
        }
        writeln!(text, "\n|---|{}", "---|".repeat(self.sizes.len())).ok();
        for (kind, row) in KINDS.iter().zip(&self.rows) {
            write!(text, "| {} |", kind.name).ok();
            for (p50, p99) in row {
                write!(text, " {} / {} |", ms(*p50), ms(*p99)).ok();
            }
            text += "\n";
        }
        text
    }
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}
